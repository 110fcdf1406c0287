/** Numbers as people read them: four digits, with their unit. */
export const figure = (value: number, unit = '', digits = 4): string => {
  if (!Number.isFinite(value)) return 'unknown';
  const text =
    value === 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e7)
      ? String(Number(value.toPrecision(digits)))
      : value.toExponential(digits - 1);
  return unit === '' || unit === '1' || unit === '-' ? text : `${text} ${unit}`;
};

export const kilograms = (mass_kg: number): string =>
  mass_kg >= 0.1 ? figure(mass_kg, 'kg') : figure(mass_kg * 1000, 'g');

export const percentChange = (before: number, after: number): string => {
  const change = (100 * (after - before)) / Math.abs(before);
  const size = Math.abs(change);
  const shown = size >= 10 ? size.toFixed(0) : size.toFixed(1);
  return change === 0 ? 'unchanged' : `${change > 0 ? '+' : '−'}${shown} %`;
};

/** A variable's value in the unit that people type: mm, degrees, or plain. */
export const variableText = (value: number | undefined, dimension: 'length' | 'angle' | 'number'): string =>
  value === undefined
    ? 'unknown'
    : dimension === 'length'
      ? figure(value, 'mm')
      : dimension === 'angle'
        ? figure((value * 180) / Math.PI, 'deg')
        : figure(value);

export const place = (at: readonly [number, number, number]): string =>
  `(${at.map((each) => (Math.abs(each) < 1e-6 ? '0' : figure(each, '', 3))).join(', ')})`;
