/** The load cases of a study and their combinations, as lists of loads with factors. */
import type { Combination, LoadCase } from '../../../../preload/contract/studies.ts';
import { refuseStudy } from '../../errors.ts';
import type { ResolvedLoad } from '../../loads/apply.ts';
import type { StudyOfRequest } from '../../types.ts';

export interface CaseOfLoads {
  /** Null for the only case of a study that names none. */
  id: string | null;
  name: string;
  loads: ResolvedLoad[];
}

export interface CombinationOfCases {
  id: string;
  name: string;
  /** A factor for every case, in order. */
  factors: Float64Array;
}

/** @throws ArtificerError `study.no-such-load`, `study.no-such-case` */
export function loadCasesOf(
  study: Pick<StudyOfRequest, 'cases' | 'combinations' | 'loads'>,
  loads: readonly ResolvedLoad[],
): { cases: CaseOfLoads[]; combinations: CombinationOfCases[] } {
  const asked = (study.cases ?? []).filter((one) => !one.suppressed);
  if (asked.length === 0) return { cases: [{ id: null, name: 'All loads', loads: [...loads] }], combinations: [] };
  const cases = asked.map((one) => ({ id: one.id, name: one.name, loads: loadsOf(one, study, loads) }));
  const combinations = (study.combinations ?? [])
    .filter((one) => !one.suppressed)
    .map((one) => ({ id: one.id, name: one.name, factors: factorsOf(one, asked) }));
  return { cases, combinations };
}

function loadsOf(one: LoadCase, study: Pick<StudyOfRequest, 'loads'>, loads: readonly ResolvedLoad[]): ResolvedLoad[] {
  return one.loads.flatMap(({ load: id, factor }) => {
    const found = loads.find(({ load }) => load.id === id);
    if (found) return [{ ...found, factor }];
    // A suppressed load takes no part; one that is not there at all is a mistake.
    if (study.loads.some((load) => load.id === id)) return [];
    throw refuseStudy(
      'no-such-load',
      `Load case "${one.name}" names a load that is not in the study.`,
      'Take it out of the case.',
    );
  });
}

function factorsOf(one: Combination, cases: readonly LoadCase[]): Float64Array {
  const factors = new Float64Array(cases.length);
  for (const { case: id, factor } of one.terms) {
    const index = cases.findIndex((candidate) => candidate.id === id);
    if (index < 0)
      throw refuseStudy(
        'no-such-case',
        `Combination "${one.name}" names a load case that is not there, or is suppressed.`,
        'Take it out of the combination, or bring the case back.',
      );
    factors[index]! += factor;
  }
  return factors;
}
