/**
 * Load cases and combinations alike as loads that act together: of a combination the sum of its cases' loads. Where what two
 * loads do together is not the sum of what they do alone, a combination is solved like any other case.
 */
import type { ResolvedLoad } from '../../loads/apply.ts';
import type { StudyOfRequest } from '../../types.ts';
import type { NamedCase } from './case-frames.ts';
import { loadCasesOf } from './load-cases.ts';

export interface LoadPath extends NamedCase {
  loads: ResolvedLoad[];
  /** How often prescribed displacements and given temperatures count: once in a case, as the sum of its factors in a combination. */
  prescribed: number;
}

/** Cases first, then combinations. */
export function pathsOf({
  study,
  loads,
}: {
  study: Pick<StudyOfRequest, 'cases' | 'combinations' | 'loads'>;
  loads: readonly ResolvedLoad[];
}): LoadPath[] {
  const { cases, combinations } = loadCasesOf(study, loads);
  return [
    ...cases.map((one): LoadPath => ({ ...one, kind: 'case', prescribed: 1 })),
    ...combinations.map(({ id, name, factors }): LoadPath => {
      const sums = new Map<string, ResolvedLoad & { factor: number }>();
      cases.forEach((one, index) => {
        for (const load of one.loads) {
          const factor = (load.factor ?? 1) * factors[index]!;
          const known = sums.get(load.load.id);
          if (known) known.factor += factor;
          else sums.set(load.load.id, { ...load, factor });
        }
      });
      const prescribed = factors.reduce((sum, factor) => sum + factor, 0);
      return { kind: 'combination', id, name, loads: [...sums.values()], prescribed };
    }),
  ];
}
