/**
 * Smooth Heaviside projection of filtered densities about a threshold (Wang, Lazarov and Sigmund 2011, equation 9). Three
 * thresholds give an eroded, a nominal and a dilated design; where all three have the same members, none of these is thinner
 * than what the filter's radius and the thresholds say.
 */
export interface Projection {
  /** Sharpness: about 1 hardly projects, 32 gives nearly 0 or 1. */
  beta: number;
  threshold: number;
}

export const ERODED = 0.75;
export const NOMINAL = 0.5;
export const DILATED = 0.25;

/**
 * The filter's radius for a least member size: with thresholds of 0.25, 0.5 and 0.75 both are the same (Qian and Sigmund
 * 2013, equation 9: size = 2 radius sqrt(eroded - 1/2)).
 */
export const filterRadiusFor = (minimumMember_mm: number): number => minimumMember_mm / (2 * Math.sqrt(ERODED - 0.5));

export function project(filtered: Float64Array, { beta, threshold }: Projection): Float64Array {
  const low = Math.tanh(beta * threshold);
  const range = low + Math.tanh(beta * (1 - threshold));
  return filtered.map((value) => (low + Math.tanh(beta * (value - threshold))) / range);
}

/** The derivative of each projected value by its filtered value. */
export function projectionSlope(filtered: Float64Array, { beta, threshold }: Projection): Float64Array {
  const range = Math.tanh(beta * threshold) + Math.tanh(beta * (1 - threshold));
  return filtered.map((value) => (beta * (1 - Math.tanh(beta * (value - threshold)) ** 2)) / range);
}
