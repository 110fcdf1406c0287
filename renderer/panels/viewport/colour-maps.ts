/** Colours of the contour legend. The viewport paints the same ramp; both are sampled from the stops given here. */

export type Rgb = [number, number, number];

/** Dark blue to dark red through the rainbow, the finite-element convention; 0..255. */
export const RAINBOW: Rgb[] = [
  [0, 0, 143],
  [0, 0, 255],
  [0, 255, 255],
  [0, 255, 0],
  [255, 255, 0],
  [255, 0, 0],
  [128, 0, 0],
];

export function sample(stops: Rgb[], t: number): Rgb {
  const at = Math.min(1, Math.max(0, t)) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(at));
  const [low, high] = [stops[index]!, stops[index + 1]!];
  const part = at - index;
  return [0, 1, 2].map((i) => Math.round(low[i]! + (high[i]! - low[i]!) * part)) as Rgb;
}

/** The colours of `bands` equal bands from the lowest to the highest; 0 gives a fine ramp. */
export function bandColours(bands: number, stops: Rgb[] = RAINBOW): Rgb[] {
  const count = bands > 0 ? bands : 64;
  return Array.from({ length: count }, (_, i) => sample(stops, count === 1 ? 0.5 : i / (count - 1)));
}

/** The values between the bands, from the highest to the lowest, as many as fit well beside the legend. */
export function legendValues([low, high]: [number, number], bands: number): number[] {
  const steps = bands > 0 && bands <= 14 ? bands : 8;
  return Array.from({ length: steps + 1 }, (_, i) => high + ((low - high) * i) / steps);
}
