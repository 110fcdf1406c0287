/** The values that are written beside the legend. */

/** The values between the bands, from the highest to the lowest, as many as fit well beside the legend. */
export function legendValues([low, high]: [number, number], bands: number): number[] {
  const steps = bands > 0 && bands <= 14 ? bands : 8;
  return Array.from({ length: steps + 1 }, (_, i) => high + ((low - high) * i) / steps);
}
