/** Numbers of a study's own solution that a surrogate predicts too. */
import type { ResultSummary } from '../../../preload/contract/index.ts';
import { parseQuantityName } from '../../surrogates/index.ts';

/** Null where the summary does not say it: an extreme on some faces alone. */
export function solvedQuantity(name: string, summary: ResultSummary): number | null {
  const asked = parseQuantityName(name);
  switch (asked.kind) {
    case 'mass':
      return summary.mass_kg;
    case 'extreme':
      return asked.on === undefined ? (summary.extremes[asked.quantity]?.[asked.of].value ?? null) : null;
    case 'probe':
      return summary.probes.find((probe) => probe.name === asked.name)?.value ?? null;
    case 'frequency':
      return summary.modes?.[asked.mode - 1]?.frequency_Hz ?? null;
    case 'buckling':
      return (summary.bucklingFactors ?? []).filter(({ factor }) => factor > 0)[asked.mode - 1]?.factor ?? null;
  }
}

/** |a - b| over |b|, of two fields at the same points. */
export function relativeL2(predicted: ArrayLike<number>, solved: ArrayLike<number>): number {
  let difference = 0;
  let size = 0;
  for (let i = 0; i < solved.length; i++) {
    difference += (predicted[i]! - solved[i]!) ** 2;
    size += solved[i]! ** 2;
  }
  return Math.sqrt(difference / size);
}
