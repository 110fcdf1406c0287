/** What of a study the gradients follow. Anything else is refused: a term that is left out would be a wrong number. */
import type { Functional } from '../../../preload/contract/sensitivities.ts';
import {
  type Connection,
  type Load,
  type Material,
  type Restraint,
  THERMAL_LOADS,
} from '../../../preload/contract/studies.ts';
import type { ResolvedConnection } from '../connections/resolve.ts';
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

/** Where the meshes of both sides match: what else they could be joined by is refused once there are meshes. */
const CONNECTIONS: readonly Connection['kind'][] = ['bonded', 'bonded-touching'];

/** What can be asked of each kind of study; others have nothing yet. */
const QUANTITIES: Partial<Record<NonNullable<StudyOfRequest['study']>, readonly Functional['quantity'][]>> = {
  static: ['mass', 'compliance', 'displacement', 'stress'],
  modal: ['mass', 'frequency'],
  buckling: ['mass', 'buckling'],
  thermal: ['mass', 'temperature'],
};

interface ResolvedStudy {
  loads: readonly ResolvedLoad[];
  restraints: readonly ResolvedRestraint[];
  connections: readonly Pick<ResolvedConnection, 'connection'>[];
}

export function refuseUnfollowed(
  study: StudyOfRequest,
  functionals: readonly Functional[],
  bodies: readonly { material: Material | null }[],
  resolved: ResolvedStudy,
): void {
  const kind = study.study ?? 'static';
  const quantities = QUANTITIES[kind];
  if (!quantities) throw refusal(`${inWords(kind)} studies`);
  for (const { quantity } of functionals)
    if (!quantities.includes(quantity))
      throw refuseStudy(
        'no-such-quantity',
        `There is no ${quantity} in ${inWords(kind)} studies.`,
        `Ask for ${quantities.join(', ')}, or of another study.`,
      );
  for (const { connection } of resolved.connections) {
    if (kind !== 'static') throw refusal(`${inWords(kind)} studies with connections`);
    if (!CONNECTIONS.includes(connection.kind))
      throw refusal(`studies with "${connection.name}" (${inWords(connection.kind)})`);
  }
  if (kind !== 'static' && (study.cases ?? []).length > 0)
    throw refusal(`${inWords(kind)} studies of several load cases`);
  if (study.inertiaRelief) throw refusal('studies with inertia relief');
  if (study.largeDisplacement) throw refusal('studies with large displacement');
  if (study.temperatures) throw refusal('studies with temperatures of another study');
  if (kind === 'thermal') refuseUnfollowedHeat(resolved);
  else refuseUnfollowedForces(kind === 'modal' && !study.modal?.prestressed ? { ...resolved, loads: [] } : resolved);
  if (kind === 'modal' || kind === 'buckling')
    for (const { material } of bodies) {
      if (material?.properties.orthotropic) throw refusal(`${kind} studies with orthotropic materials`);
      if (material?.properties.tables) throw refusal(`${kind} studies with properties that change with temperature`);
    }
}

function refuseUnfollowedForces({ loads, restraints }: ResolvedStudy): void {
  for (const { load } of loads) {
    if (!LOADS.includes(load.kind)) throw refusal(`studies with "${load.name}" (${inWords(load.kind)})`);
    if (load.kind === 'remote-force' && load.coupling === 'rigid') throw refusal('studies with rigid remote forces');
  }
  for (const { restraint } of restraints)
    if (!RESTRAINTS.includes(restraint.kind))
      throw refusal(`studies with "${restraint.name}" (${inWords(restraint.kind)})`);
}

function refuseUnfollowedHeat({ loads, restraints }: ResolvedStudy): void {
  for (const { load } of loads)
    if (!THERMAL_LOADS.includes(load.kind))
      throw refusal(`thermal studies with "${load.name}" (${inWords(load.kind)})`);
  for (const { restraint } of restraints)
    if (restraint.kind !== 'temperature')
      throw refusal(`thermal studies with "${restraint.name}" (${inWords(restraint.kind)})`);
}

const inWords = (kind: string): string => kind.replaceAll('-', ' ');

const refusal = (what: string): Error =>
  refuseStudy(
    'not-followed',
    `Sensitivities of ${what} cannot be found yet.`,
    'Leave it out, or change the part and solve again to see what it does.',
  );
