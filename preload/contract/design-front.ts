/** Which of several designs nobody would give for another: for the search that ends, and for the window that watches it. */
import type { DesignCandidate } from './design.ts';

export type ObjectiveDirection = 'minimise' | 'maximise';

/**
 * The feasible designs that no other feasible one beats in every objective, in the order given, with their objectives as
 * numbers of which less is better. Of equals, the first one tried.
 * @param directions of the objectives, in their order
 */
export function designFront(
  candidates: readonly DesignCandidate[],
  directions: readonly ObjectiveDirection[],
): { number: number; values: number[] }[] {
  const scores = candidates.flatMap(({ number, feasible, objectives }) =>
    feasible && objectives.every(({ value }) => value !== null)
      ? [{ number, values: objectives.map(({ value }, k) => (directions[k] === 'minimise' ? value! : -value!)) }]
      : [],
  );
  return scores.filter(
    (one) =>
      !scores.some(
        (other) =>
          other !== one &&
          other.values.every((value, k) => value <= one.values[k]!) &&
          (other.values.some((value, k) => value < one.values[k]!) || other.number < one.number),
      ),
  );
}
