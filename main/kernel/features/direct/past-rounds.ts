/** Edits of a face whose edges are rounded: the rounds are taken away, the face is changed, and the rounds are made again. */
import type { FaceInfo } from '../../../../preload/contract/geometry.ts';
import type { NamedShape } from '../naming/follow.ts';
import type { OperationScope } from '../operation.ts';
import { blendsOf, roundAgain } from './blends.ts';
import { facesNamed } from './cells.ts';
import { type Faces, facesOf } from './face-groups.ts';
import { isSmooth } from './smooth.ts';

/** Radii that are one and the same, mm. */
const SAME_MM = 1e-4;

export function pastRounds(
  scope: OperationScope,
  body: NamedShape,
  group: readonly number[],
  change: (body: NamedShape, group: readonly number[]) => NamedShape,
): NamedShape {
  const faces = facesOf(scope.oc, scope.own, body.shape);
  const rounds = roundsAround(scope, faces, group);
  if (rounds.length === 0) return change(body, group);
  const blends = blendsOf(scope, body, faces, rounds);
  const radii = new Map(rounds.map((at) => [body.faceNames[at]![0]!, roundnessOf(faces.info(at))!]));
  const names = group.flatMap((at) => body.faceNames[at]!);
  const bare = scope.defeature(body, rounds);
  const changed = change(bare, facesNamed(bare, names));
  return roundAgain(scope, changed, blends, ({ names: [name] }) => radii.get(name!)!);
}

/** Rounds that the face goes over into, and what hangs together with them smoothly and is as round. */
function roundsAround(scope: OperationScope, faces: Faces, group: readonly number[]): number[] {
  const smooth = (at: number): number[] =>
    faces.around(at).flatMap(({ face, edge }) => (isSmooth(scope, faces, at, face, edge) ? [face] : []));
  const found = new Set(
    group.flatMap((at) =>
      smooth(at).filter((face) => !group.includes(face) && roundnessOf(faces.info(face)) !== undefined),
    ),
  );
  const queue = [...found];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const radius = roundnessOf(faces.info(at))!;
    for (const next of smooth(at)) {
      const other = roundnessOf(faces.info(next));
      if (found.has(next) || group.includes(next) || other === undefined || Math.abs(other - radius) > SAME_MM)
        continue;
      found.add(next);
      queue.push(next);
    }
  }
  return [...found];
}

/** Radius of a rolling ball that could have made the face, mm. */
function roundnessOf({ type, radius_mm, minorRadius_mm }: FaceInfo): number | undefined {
  if (type === 'torus') return minorRadius_mm;
  return type === 'cylinder' || type === 'sphere' ? radius_mm : undefined;
}
