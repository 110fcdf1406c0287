/**
 * Intervals that hold what they promise, whatever the model believes of itself: the model's own deviations are stretched until
 * they would have covered held-out answers. Normalised conformal prediction (H. Papadopoulos, A. Gammerman and V. Vovk, 2008)
 * on the residuals of cross-validation (R. F. Barber, E. J. Candès, A. Ramdas and R. J. Tibshirani, Predictive inference with
 * the jackknife+, Annals of Statistics 49, 2021). Coverage is marginal: over many new designs of the same kind, never of one.
 */

/**
 * The factor for deviations: the ceil((n + 1) level)-th smallest of the scores |error| / deviation; the largest where n is too
 * small for the level.
 */
export function conformalFactor(scores: ArrayLike<number>, level: number): number {
  const sorted = Float64Array.from(scores).sort();
  const place = Math.ceil((sorted.length + 1) * level);
  return sorted[Math.min(place, sorted.length) - 1]!;
}

/** Fewest held-out answers for which an interval of this level can be promised at all. */
export const fewestFor = (level: number): number => Math.ceil(level / (1 - level));

/** Which of k groups each of n designs is held out in; of equal sizes to one, by chance. */
export function folds(n: number, k: number, order: readonly number[]): Int32Array {
  const fold = new Int32Array(n);
  order.forEach((design, place) => {
    fold[design] = place % k;
  });
  return fold;
}

/** Levels that a coverage curve is drawn at. */
export const CURVE_LEVELS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95] as const;

/** How wide intervals of other levels are, over the one of the given level: calibrated in the same way. */
export function conformalCurve(scores: ArrayLike<number>, level: number): { level: number; width: number }[] {
  const own = conformalFactor(scores, level);
  return CURVE_LEVELS.map((each) => ({ level: each, width: own > 0 ? conformalFactor(scores, each) / own : 1 }));
}
