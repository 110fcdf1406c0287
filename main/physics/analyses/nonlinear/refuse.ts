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

/** Sides of a bond farther apart than this part of an element's edge strain it when they turn: by so much at most. */
const NO_GAP = 1e-6;

/**
 * A bond says that the displacements of both sides are the same in the mean, where they lay before anything moved. Where they
 * lay on each other, a rotation however large moves both alike. Across a gap it does not: the arm between them is carried along
 * by the tangents of the facet beneath it, which is right to the first order of the rotation only.
 */
export function refuseGaps(mesh: VolumeMesh, applied: AppliedConnections | null): void {
  for (const { group, ...bond } of [...(applied?.bonds ?? []), ...(applied?.cyclic ?? []).map((one) => one.bond)]) {
    const gap_mm = largestGap(bond);
    if (gap_mm <= NO_GAP * meanEdge(mesh, bond.slaveFacets)) continue;
    throw refuseStudy(
      'gap-turns',
      `${group.who} joins faces that lie up to ${Number(gap_mm.toPrecision(2))} mm apart in the mesh: such a bond is true for small rotations only.`,
      'Close the gap, or unite the bodies. Curved faces lie apart where the meshes of both sides differ: give both the same element size.',
    );
  }
}

function largestGap({ matching, samples }: Pick<Bond, 'matching' | 'samples'>): number {
  if (matching) return 0;
  let largest = 0;
  for (let sample = 0; sample < samples.count; sample++) largest = Math.max(largest, norm(at(samples.gap, sample)));
  return largest;
}
