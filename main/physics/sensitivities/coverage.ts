/** What of a study the gradients follow. Anything else is refused: a term that is left out would be a wrong number. */
import type { Load, Restraint } from '../../../preload/contract/studies.ts';
import { refuseStudy } from '../errors.ts';
import type { ResolvedLoad } from '../loads/apply.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import type { StudyOfRequest } from '../types.ts';

const LOADS: readonly Load['kind'][] = [
  'force',
  'pressure',
  'traction',
  'moment',
  'bearing',
  'remote-force',
  'gravity',
  'acceleration',
];
const RESTRAINTS: readonly Restraint['kind'][] = ['fixed', 'displacement', 'symmetry', 'elastic-support'];

export function refuseUnfollowed(
  study: StudyOfRequest,
  resolved: {
    loads: readonly ResolvedLoad[];
    restraints: readonly ResolvedRestraint[];
    connections: readonly unknown[];
  },
): void {
  const refuse = (what: string): never => {
    throw refuseStudy(
      'not-followed',
      `Sensitivities of ${what} cannot be found yet.`,
      'Leave it out, or change the part and solve again to see what it does.',
    );
  };
  const inWords = (kind: string): string => kind.replaceAll('-', ' ');
  if ((study.study ?? 'static') !== 'static') refuse(`${inWords(study.study!)} studies`);
  for (const { load } of resolved.loads) {
    if (!LOADS.includes(load.kind)) refuse(`studies with "${load.name}" (${inWords(load.kind)})`);
    if (load.kind === 'remote-force' && load.coupling === 'rigid') refuse('studies with rigid remote forces');
  }
  for (const { restraint } of resolved.restraints)
    if (!RESTRAINTS.includes(restraint.kind)) refuse(`studies with "${restraint.name}" (${inWords(restraint.kind)})`);
  if (resolved.connections.length > 0) refuse('studies with connections');
  if ((study.cases ?? []).length > 0) refuse('studies of several load cases');
  if (study.inertiaRelief) refuse('studies with inertia relief');
  if (study.largeDisplacement) refuse('studies with large displacement');
  if (study.temperatures) refuse('studies with temperatures of another study');
}
