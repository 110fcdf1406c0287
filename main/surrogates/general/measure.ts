/** The comparison: previews judged by references over many parts, in the figures that are published. */
import type { Band, Measured } from './card.ts';
import { type Judgement, quantile, rankCorrelation } from './judge.ts';

/** Relative L2 error of displacement that a preview should stay within. */
export const DISPLACEMENT_BAR = 0.15;
export const RANK_BAR = 0.9;
export const SECONDS_BAR = 1;

export const LEVEL = 0.9;

export function measuredOf(judgements: readonly Judgement[]): Measured {
  const displacement = judgements.map((one) => one.displacement);
  const peaks = judgements.map((one) => one.peak_MPa);
  const references = judgements.map((one) => one.referencePeak_MPa);
  const over = (values: readonly number[]): number[] =>
    values.map((value, i) => value / judgements[i]!.referenceMean_MPa);
  const off = peaks.map((peak, i) => Math.exp(Math.abs(Math.log(peak / references[i]!))) - 1);
  return {
    displacementMedian_percent: 100 * quantile(displacement, 0.5),
    displacement90_percent: 100 * quantile(displacement, 0.9),
    displacementWithin15: displacement.filter((one) => one <= DISPLACEMENT_BAR).length,
    vonMisesMedian_percent:
      100 *
      quantile(
        judgements.map((one) => one.vonMises),
        0.5,
      ),
    peakRankCorrelation: rankCorrelation(peaks, references),
    concentrationRankCorrelation: rankCorrelation(over(peaks), over(references)),
    peakMedian_percent: 100 * quantile(off, 0.5),
    peak90_percent: 100 * quantile(off, 0.9),
  };
}

/**
 * What the true value is between, over the previewed one, for nine of ten further parts that are like these. With the n ratios
 * in order, as many are left out at either end as keep the promise (split conformal prediction: V. Vovk, A. Gammerman and
 * G. Shafer, Algorithmic Learning in a Random World, 2005).
 */
export function bandOf(ratios: readonly number[], level: number = LEVEL): Band {
  const sorted = ratios.toSorted((a, b) => a - b);
  const leftOut = Math.max(0, Math.floor(((1 - level) / 2) * (sorted.length + 1)) - 1);
  return { low: sorted[leftOut]!, high: sorted[sorted.length - 1 - leftOut]! };
}

export const bandsOf = (judgements: readonly Judgement[]): { displacement: Band; peakStress: Band } => ({
  displacement: bandOf(judgements.map(({ largestDisplacement }) => 1 / largestDisplacement)),
  peakStress: bandOf(judgements.map(({ peak_MPa, referencePeak_MPa }) => referencePeak_MPa / peak_MPa)),
});

const peakError = ({ peak_MPa, referencePeak_MPa }: Judgement): number =>
  Math.abs(Math.log(peak_MPa / referencePeak_MPa));

/** On how many parts the first are nearer to the reference. */
export function winsOf(
  ours: readonly Judgement[],
  theirs: readonly Judgement[],
): { displacement: number; peakStress: number } {
  const wins = (error: (one: Judgement) => number): number =>
    ours.filter((one, i) => error(one) < error(theirs[i]!)).length;
  return { displacement: wins((one) => one.displacement), peakStress: wins(peakError) };
}

/**
 * Whether a correction is worth shipping, settled before anything unseen was looked at. Against the coarse solve that is given
 * the same time, medians and 90th percentiles of the errors of displacement and of peak stress must all be no worse; and on
 * displacement it must be nearer to the reference on more parts than a fair coin would give but once in forty times (two of its
 * standard deviations above one half).
 */
export function isWorthwhile(corrected: readonly Judgement[], rival: readonly Judgement[]): boolean {
  const [ours, theirs] = [measuredOf(corrected), measuredOf(rival)];
  const noWorse = (
    ['displacementMedian_percent', 'displacement90_percent', 'peakMedian_percent', 'peak90_percent'] as const
  ).every((key) => ours[key] <= theirs[key]);
  return noWorse && winsOf(corrected, rival).displacement >= corrected.length / 2 + Math.sqrt(corrected.length);
}
