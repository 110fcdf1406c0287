/** What was recognised, in plain words with sizes. */

/** To a thousandth, without trailing zeros. */
export const size = (value_mm: number): string => String(Math.round(value_mm * 1000 + 1e-6) / 1000);

export const degrees = (angle_rad: number): string => `${Math.round((angle_rad * 18000) / Math.PI) / 100}°`;

/** `8.4 and 15`, `5, 8.4 and 15`. */
export const sizes = (values_mm: readonly number[]): string => {
  const each = values_mm.map(size);
  return each.length < 2 ? each.join('') : `${each.slice(0, -1).join(', ')} and ${each.at(-1)}`;
};

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
