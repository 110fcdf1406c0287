/**
 * Faces given a thickness: along their outward normals, or into the material. `thick(...)` is the new side, called after the
 * face that it runs along, `base(...)` the face itself, and `side(...)` what closes the gap at an edge.
 */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { refused } from '../../errors.ts';
import { combine } from '../combine.ts';
import { type Faces, facesOf } from '../direct/face-groups.ts';
import { positiveLength } from '../dressing/dimensions.ts';
import type { NamedShape } from '../naming/follow.ts';
import { roleName } from '../naming/names.ts';
import type { BodyState, Operation, OperationScope } from '../operation.ts';
import { volumeOf } from '../shapes/solids.ts';
import { compoundOf, outwards } from './compound.ts';
import { GeneratedNames } from './name-faces.ts';

export const thicken: Operation<'thicken'> = (feature, scope) => {
  const thickness = positiveLength(feature.thickness, 'thickness');
  const found = scope.faces(feature.faces, 'faces');
  const solids = scope.bodies.flatMap((body) => {
    const chosen = found.flatMap((item) => (item.body === body ? [item.index] : []));
    if (chosen.length === 0) return [];
    const faces = facesOf(scope.oc, scope.own, body.shape);
    if (chosen.length === faces.shapes.size)
      throw refused('thicken.closed', 'Every face of the body is chosen.', 'Use "shell" to hollow a body out.');
    return sheetsOf(faces, chosen).map((sheet) =>
      thickened(scope, body, faces, sheet, feature.reverse ? -thickness : thickness),
    );
  });
  return combine(scope, feature.operation, compoundOf(scope, solids));
};

/** Faces that hang together. */
function sheetsOf(faces: Faces, chosen: readonly number[]): number[][] {
  const left = new Set(chosen);
  return chosen.flatMap((seed) => {
    if (!left.delete(seed)) return [];
    const sheet = [seed];
    for (let i = 0; i < sheet.length; i++)
      for (const { face } of faces.around(sheet[i]!)) if (left.delete(face)) sheet.push(face);
    return [sheet];
  });
}

function thickened(
  scope: OperationScope,
  body: BodyState,
  faces: Faces,
  sheet: readonly number[],
  thickness_mm: number,
): NamedShape {
  const { oc, own, id } = scope;
  const shell = own(new oc.TopoDS_Shell());
  const builder = own(new oc.TopoDS_Builder());
  builder.MakeShell(shell);
  for (const at of sheet) builder.Add(shell, faces.shapes.shapes[at]!);
  const algorithm = own(new oc.BRepOffsetAPI_MakeThickSolid());
  algorithm.MakeThickSolidBySimple(shell, thickness_mm);
  if (!algorithm.IsDone()) throw notPossible();
  const shape = own(algorithm.Shape());
  if (shape.IsNull() || Math.abs(volumeOf(oc, shape)) < 1e-12) throw notPossible();
  const names = new GeneratedNames(scope);
  const main = (at: number): string => body.faceNames[at]?.[0] ?? `${at}`;
  const solid = outwards(scope, shape);
  const made = facesOf(oc, own, solid);
  for (const at of sheet) {
    const face: TopoDS_Shape = faces.shapes.shapes[at]!;
    names.give([face], roleName(id, 'base', main(at)));
    names.giveGenerated(algorithm, face, roleName(id, 'thick', main(at)));
    const sides = made.around(made.shapes.indexOf(face));
    for (const { face: other, edge } of faces.around(at)) {
      const side = sides.find((each) => each.edge.IsSame(edge));
      if (!side || sheet.includes(other)) continue;
      names.give([made.shapes.shapes[side.face]!], roleName(id, 'side', [main(at), main(other)].sort()));
    }
  }
  return names.of(solid);
}

const notPossible = () =>
  refused(
    'thicken.not-possible',
    'The faces cannot be given this thickness.',
    'Make it thinner than the tightest inner radius, or choose fewer faces at a time.',
  );
