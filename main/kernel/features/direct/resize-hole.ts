/**
 * A hole with other diameters: each of its coaxial cylinders becomes larger or smaller, on its axis and between the same
 * ends. The faces stay the same faces, so whatever refers to the hole's wall or rim goes with it.
 */
import type { FaceInfo, Vector3 } from '../../../../preload/contract/geometry.ts';
import { refused, usage } from '../../errors.ts';
import { dot, subtract } from '../../modeller/vectors.ts';
import type { NamedShape } from '../naming/follow.ts';
import type { Operation } from '../operation.ts';
import { facesNamed } from './cells.ts';
import { offsetRound } from './change-surface.ts';
import { editBodies, numberOf } from './edit-bodies.ts';
import { coaxial, type Faces, facesOf, wholeSurfaces } from './face-groups.ts';

export const resizeHole: Operation<'resize-hole'> = (feature, scope) =>
  editBodies(scope, scope.faces(feature.faces, 'faces'), (body, chosen) => {
    const faces = facesOf(scope.oc, scope.own, body.shape);
    const holes = holesOf(faces, chosen);
    return holes.reduce((now, bores) => {
      if (bores.length !== feature.diameters.length)
        throw usage(
          'hole.diameters',
          `The hole has ${bores.length} ${bores.length === 1 ? 'diameter' : 'diameters'}, but ${feature.diameters.length} are given.`,
          'Give one diameter for each cylinder of the hole, from its opening inwards.',
        );
      return resized(
        now,
        bores.map(({ group, info }, i) => ({ group, change_mm: feature.diameters[i]! / 2 - info.radius_mm! })),
      );
    }, body);

    function resized(now: NamedShape, steps: { group: number[]; change_mm: number }[]): NamedShape {
      return steps.reduce(
        (shape, { group, change_mm }) => offsetRound(scope, shape, facesNamed(shape, group.map(numberOf)), -change_mm),
        now,
      );
    }
  });

interface Bore {
  group: number[];
  info: FaceInfo;
}

/**
 * The cylinders of each hole, from the opening inwards: the opening is the wide end, or that of the face that was chosen first.
 *
 * @throws ArtificerError `hole.no-cylinder`
 */
function holesOf(faces: Faces, chosen: readonly number[]): Bore[][] {
  const bores = wholeSurfaces(faces, chosen)
    .map((group) => ({ group, info: faces.info(group[0]!) }))
    .filter(({ info }) => info.type === 'cylinder');
  if (bores.length === 0 || bores.some(({ info }) => !info.concave))
    throw refused(
      'hole.no-cylinder',
      bores.length === 0 ? 'None of the chosen faces is the wall of a hole.' : 'A chosen cylinder is not a hole.',
      'Choose the cylindrical walls of a hole; use "offset face" for shafts and bosses.',
    );
  const holes: Bore[][] = [];
  for (const bore of bores) {
    const hole = holes.find(([first]) => coaxial(first!.info, bore.info) && isNear(faces, chosen, first!, bore));
    if (hole) hole.push(bore);
    else holes.push([bore]);
  }
  for (const hole of holes) {
    const direction = hole[0]!.info.axis!.direction;
    const height = ({ info }: Bore): number =>
      dot(subtract(info.centroid_mm, hole[0]!.info.axis!.origin_mm), direction);
    hole.sort((a, b) => height(a) - height(b));
    const [low, high] = [hole[0]!.info.radius_mm!, hole.at(-1)!.info.radius_mm!];
    const chosenFirst = hole.findIndex(({ group }) => group.includes(bores[0]!.group[0]!));
    if (high > low || (high === low && chosenFirst === hole.length - 1)) hole.reverse();
  }
  return holes;
}

/** Coaxial bores of one hole hang together through chosen faces or the steps between them. */
function isNear(faces: Faces, chosen: readonly number[], a: Bore, b: Bore): boolean {
  void chosen;
  const steps = new Set<number>(a.group);
  const queue = [...steps];
  const axis = a.info.axis!;
  for (let at = queue.pop(); at !== undefined; at = queue.pop())
    for (const { face } of faces.around(at)) {
      if (steps.has(face) || !turnsAbout(faces.info(face), axis, a.info)) continue;
      steps.add(face);
      queue.push(face);
    }
  return b.group.some((face) => steps.has(face));
}

/** A shoulder, a countersink, another bore: whatever surrounds the axis and no more than a hole would. */
function turnsAbout(info: FaceInfo, axis: { origin_mm: Vector3; direction: Vector3 }, bore: FaceInfo): boolean {
  if (info.type === 'plane') {
    if (!info.normal || Math.abs(dot(info.normal, axis.direction)) < 1 - 1e-9) return false;
    const off = subtract(info.centroid_mm, axis.origin_mm);
    const along = dot(off, axis.direction);
    const beside = Math.sqrt(Math.max(0, dot(off, off) - along * along));
    return beside < 1e-4 * (1 + bore.radius_mm!);
  }
  return coaxial(info, bore) && info.concave === true;
}
