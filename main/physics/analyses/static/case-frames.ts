/** Load cases and combinations as frames of a result, their envelope, and the warnings of all of them. */
import type { ResultFrame, ResultSummary } from '../../../../preload/contract/studies.ts';
import { boundsOf } from '../../results/envelope.ts';
import type { SolvedCase } from './solve-cases.ts';

export type NamedCase = Pick<SolvedCase, 'kind' | 'id' | 'name'>;

/** The numbers of one case or combination. A sum's reactions and extremes are its own, not sums of theirs. */
export function frameOf({ kind, id, name }: NamedCase, summary: ResultSummary): ResultFrame {
  const { extremes, reactions_N, applied_N, equilibrium_error, minimumSafetyFactor, strainEnergy_N_mm } = summary;
  return {
    name,
    kind,
    ...(id === null ? {} : { id }),
    extremes,
    ...(reactions_N ? { reactions_N } : {}),
    ...(applied_N ? { applied_N } : {}),
    ...(equilibrium_error === undefined ? {} : { equilibrium_error }),
    minimumSafetyFactor,
    ...(strainEnergy_N_mm === undefined ? {} : { strainEnergy_N_mm }),
    probes: summary.probes.map(({ value }) => value),
  };
}

export function envelopeFrame(pictures: readonly ResultFrame[]): ResultFrame {
  const least = pictures.reduce<ResultFrame['minimumSafetyFactor']>((worst, { minimumSafetyFactor: one }) => {
    if (!one) return worst;
    return !worst || one.value < worst.value ? one : worst;
  }, null);
  return { name: 'Envelope', kind: 'envelope', extremes: boundsOf(pictures), minimumSafetyFactor: least ?? null };
}

/** Warnings of every case, said once; those of some cases only say which. */
export function warningsOfAll(
  solved: readonly Pick<NamedCase, 'name'>[],
  summaries: readonly ResultSummary[],
): ResultSummary['warnings'] {
  const first = summaries[0]!.warnings;
  if (summaries.length === 1) return first;
  const everywhere = first.filter((warning) =>
    summaries.every(({ warnings }) => warnings.some((other) => other.message === warning.message)),
  );
  const some = summaries.flatMap(({ warnings }, index) =>
    warnings
      .filter((warning) => !everywhere.some((other) => other.message === warning.message))
      .map(({ code, message }) => ({ code, message: `${solved[index]!.name}: ${message}` })),
  );
  return [...everywhere, ...some];
}
