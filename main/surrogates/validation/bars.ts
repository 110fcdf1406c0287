/** What a surrogate has to reach on designs that it never saw, to be called valid. */
import type { SurrogateField } from '../../../preload/contract/index.ts';

export const BARS = {
  /** Share of the variance of every scalar. */
  r2: 0.99,
  /** |predicted - solved| / |solved|, root mean square over the designs. */
  relativeL2: { displacement: 0.03, von_mises: 0.08, temperature: 0.02 } satisfies Record<SurrogateField, number>,
  /** Share of intervals of the 90 % level that hold the solved value. */
  coverage: { low: 0.86, high: 0.94 },
  /** Share of inputs out of validity that are declined. */
  declined: 0.95,
} as const;

/** From this many designs on the band of coverage is the whole bar. */
const ENOUGH = 50;
/** Two standard deviations of a share that is found by so few. */
const DEVIATIONS = 1.96;

/** The band of coverage for n designs: with few of them a share says little, and the band is as wide as chance is. */
export function coverageBand(n: number, level: number): { low: number; high: number } {
  const { low, high } = BARS.coverage;
  if (n >= ENOUGH) return { low, high };
  const chance = DEVIATIONS * Math.sqrt((level * (1 - level)) / Math.max(1, n));
  return { low: Math.min(low, Math.max(0, level - chance)), high: Math.max(high, Math.min(1, level + chance)) };
}
