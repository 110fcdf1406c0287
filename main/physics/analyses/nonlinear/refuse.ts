/** What studies of large displacements cannot be solved with, and why: nothing asked for is left out in silence. */
import type { Connection } from '../../../../preload/contract/studies.ts';
import { type Bond, meanEdge } from '../../connections/bond.ts';
import type { AppliedConnections } from '../../connections/connect.ts';
import { refuseStudy } from '../../errors.ts';
import type { VolumeMesh } from '../../model/mesh.ts';
import { at, norm } from '../../vector.ts';
import type { AnalysisInput } from '../analysis.ts';

/** Kinds of connections whose equations are true for small rotations only. Bonds and shared displacements are not among them. */
const TURNING: Partial<Record<Connection['kind'], string>> = {
  rigid: 'rigid couplings: the equations of a rigid piece are true for small rotations only',
  bolt: 'bolts: their axis would have to turn with the parts that they clamp',
  spring: 'springs between faces: the line between their ends would have to turn with the parts',
};

export function refuseWhatIsMissing({
  study,
  connections,
  restraints,
  loads,
  temperatures,
}: Pick<AnalysisInput['task'], 'study' | 'connections' | 'restraints' | 'loads' | 'temperatures'>): void {
  for (const { connection } of connections) {
    const why = TURNING[connection.kind];
    if (why) throw notYet(why);
  }
  const missing: [boolean, string][] = [
    [study.inertiaRelief === true, 'inertia relief'],
    [temperatures !== null || study.temperatures !== undefined, 'temperatures of another study'],
    [
      loads.some(({ load }) => load.kind === 'remote-force' && load.coupling === 'rigid'),
      'rigid remote forces: the equations of a rigid piece are true for small rotations only',
    ],
    [
      restraints.some(({ restraint }) => restraint.kind === 'remote-displacement'),
      'remote points: the mean rotation of faces is known for small rotations only',
    ],
  ];
  const found = missing.find(([asked]) => asked);
  if (found) throw notYet(found[1]);
}

const notYet = (what: string): Error =>
  refuseStudy(
    'not-yet',
    `Studies of large displacements cannot be solved with ${what}.`,
    'Leave them out, or solve without large displacements.',
  );

/**
 * Sides of a bond may be this far apart, as a part of an element's edge: the stress beside it is off by up to twice as much, as
 * was measured. Cut sides of a sector lie on each other, turned, or the bond between them is true for small rotations only.
 */
const LARGEST_GAP = 0.01;
const NO_GAP = 1e-6;

/**
 * A bond says that the displacements of both sides are the same in the mean, where they lay before anything moved. Where they
 * lay on each other, a rotation however large moves both alike. Across a gap the elements on one side are continued to the other
 * (`connections/volume-motion.ts`), which no rotation strains, but which is good for gaps that are small beside them.
 */
export function refuseGaps(mesh: VolumeMesh, applied: AppliedConnections | null): void {
  const bonds = (applied?.bonds ?? []).map((bond) => ({ bond, most: LARGEST_GAP }));
  const sectors = (applied?.cyclic ?? []).map(({ bond }) => ({ bond, most: NO_GAP }));
  for (const { bond, most } of [...bonds, ...sectors]) {
    const gap_mm = largestGap(bond);
    const most_mm = most * meanEdge(mesh, bond.slaveFacets);
    if (gap_mm <= most_mm) continue;
    throw refuseStudy(
      'gap-turns',
      `${bond.group.who} joins faces that lie up to ${Number(gap_mm.toPrecision(2))} mm apart in the mesh: with its elements, a bond is good for large rotations across ${Number(most_mm.toPrecision(2))} mm.`,
      'Close the gap, or unite the bodies. Curved faces lie apart where the elements of both sides differ: a refinement on both joined faces brings them nearer.',
    );
  }
}

function largestGap({ matching, samples }: Pick<Bond, 'matching' | 'samples'>): number {
  if (matching) return 0;
  let largest = 0;
  for (let sample = 0; sample < samples.count; sample++) largest = Math.max(largest, norm(at(samples.gap, sample)));
  return largest;
}
