/** Push and pull: faces moved along their own outward normals, their neighbours extended or shortened. */
import { refused } from '../../errors.ts';
import { dot } from '../../modeller/vectors.ts';
import type { NamedShape } from '../naming/follow.ts';
import type { Operation, OperationScope } from '../operation.ts';
import { Make } from '../shapes/make.ts';
import { volumeOf } from '../shapes/solids.ts';
import { applyFilling, facesNamed, fillingNamed } from './cells.ts';
import { offsetSurface } from './change-surface.ts';
import { editBodies, numberOf } from './edit-bodies.ts';
import { type Faces, facesOf, wholeSurfaces } from './face-groups.ts';
import { pastRounds } from './past-rounds.ts';
import { isSmooth } from './smooth.ts';

export const offsetFace: Operation<'offset-face'> = (feature, scope) =>
  editBodies(scope, scope.faces(feature.faces, 'faces'), (body, chosen) =>
    offsetFaces(scope, body, chosen, feature.distance),
  );

export function offsetFaces(
  scope: OperationScope,
  body: NamedShape,
  chosen: readonly number[],
  distance_mm: number,
): NamedShape {
  const faces = facesOf(scope.oc, scope.own, body.shape);
  const surfaces = wholeSurfaces(faces, chosen);
  return smoothChains(scope, faces, surfaces).reduce((now, chain) => {
    const at = chain.map((group) => facesNamed(now, group.map(numberOf)));
    if (at.length > 1) return offsetChain(scope, now, at.flat(), distance_mm);
    // A round face that goes over into flat ones is a fillet or the end of a slot, and no face to be pushed past them.
    if (facesOf(scope.oc, scope.own, now.shape).info(at[0]![0]!).type !== 'plane')
      return offsetSurface(scope, now, at[0]!, distance_mm);
    return pastRounds(scope, now, at[0]!, (bare, group) => offsetSurface(scope, bare, group, distance_mm));
  }, body);
}

/** Surfaces that go over smoothly into each other can only move together. */
function smoothChains(scope: OperationScope, faces: Faces, surfaces: number[][]): number[][][] {
  const chains: number[][][] = [];
  const left = new Set(surfaces);
  for (const seed of surfaces) {
    if (!left.delete(seed)) continue;
    const chain = [seed];
    for (let i = 0; i < chain.length; i++)
      for (const at of chain[i]!)
        for (const { face, edge } of faces.around(at)) {
          const next = [...left].find((group) => group.includes(face));
          if (!next || !isSmooth(scope, faces, at, face, edge)) continue;
          left.delete(next);
          chain.push(next);
        }
    chains.push(chain);
  }
  return chains;
}

/** How far from square to a wall a neighbour of a smooth chain may stand, as a cosine. */
const SQUARE = 1e-6;

/** A slot's wall, say: the faces as a sheet, thickened. Its neighbours must stand square to it. */
function offsetChain(
  scope: OperationScope,
  body: NamedShape,
  group: readonly number[],
  distance_mm: number,
): NamedShape {
  const { oc, own } = scope;
  const make = new Make(scope);
  const faces = facesOf(oc, own, body.shape);
  for (const at of group)
    for (const { face } of faces.around(at)) {
      if (group.includes(face)) continue;
      const [mine, other] = [faces.info(at), faces.info(face)];
      const along = mine.type === 'plane' ? mine.normal : mine.axis?.direction;
      const square =
        other.type === 'plane' &&
        other.normal !== undefined &&
        along !== undefined &&
        (mine.type === 'plane'
          ? Math.abs(dot(other.normal, along)) < SQUARE
          : mine.type === 'cylinder' && Math.abs(dot(other.normal, along)) > 1 - SQUARE);
      if (!square)
        throw refused(
          'direct.tangent-neighbour',
          'Smoothly joined faces can only be moved together, and only where everything around them stands square to them.',
          'Choose every face of the smooth wall, without the fillets at its ends.',
        );
    }
  const shell = own(new oc.TopoDS_Shell());
  const builder = own(new oc.TopoDS_Builder());
  builder.MakeShell(shell);
  for (const at of group) builder.Add(shell, faces.shapes.shapes[at]!);
  const algorithm = own(new oc.BRepOffsetAPI_MakeThickSolid());
  algorithm.MakeThickSolidBySimple(shell, distance_mm);
  algorithm.Build(make.progress());
  if (!algorithm.IsDone())
    throw refused('direct.cannot-extend', 'The faces cannot be moved so far.', 'Move them less far.');
  const made = own(algorithm.Shape());
  const solid = volumeOf(oc, made) < 0 ? own(made.Reversed()) : made;
  const filling = fillingNamed(scope, solid, (face) =>
    group.flatMap((at) => {
      const images = own(algorithm.Generated(faces.shapes.shapes[at]!));
      for (; images.Size() > 0; images.RemoveFirst())
        if (own(images.First()).IsSame(face)) return body.faceNames[at] ?? [];
      return [];
    }),
  );
  return applyFilling(scope, body, distance_mm > 0 ? 'add' : 'cut', [filling]);
}
