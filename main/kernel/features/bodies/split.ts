/** Bodies cut in two by a plane. The cut is called `cut` on both sides; the part in front stays the body that it was. */
import { refused } from '../../errors.ts';
import { together } from '../../modeller/placement.ts';
import { dot, middle, scale, subtract, take } from '../../modeller/vectors.ts';
import { bodyName, bodyOf } from '../combine.ts';
import { follow, type NamedShape } from '../naming/follow.ts';
import { roleName } from '../naming/names.ts';
import type { BodyState, Frame, Operation, OperationScope } from '../operation.ts';
import { listOf } from '../shapes/lists.ts';
import { Make } from '../shapes/make.ts';
import { boxAround, plainSolid, solidsOf } from '../shapes/solids.ts';

export const split: Operation<'split'> = (feature, scope) => {
  const plane = scope.plane(feature.plane, 'plane');
  const chosen = scope.bodiesNamed(feature.bodies, 'bodies');
  if (chosen.length === 0) throw refused('feature.no-such-body', 'There is no body to split.', 'Make a body first.');
  let made = 0;
  let crossed = 0;
  const after = scope.bodies.flatMap((body): BodyState[] => {
    if (!chosen.includes(body)) return [body];
    const { front, back } = halves(scope, body, plane);
    if (front && back) crossed++;
    else if (feature.keep === 'both') return [body];
    const kept = {
      front: feature.keep !== 'back' ? front : undefined,
      back: feature.keep !== 'front' ? back : undefined,
    };
    if (kept.front && kept.back) return [bodyOf(body.name, kept.front), bodyOf(bodyName(scope.id, made++), kept.back)];
    const one = kept.front ?? kept.back;
    return one ? [bodyOf(body.name, one)] : [];
  });
  if (crossed === 0)
    throw refused('split.misses', 'The plane does not cross any of the bodies.', 'Move the plane into the body.');
  return after;
};

/** What is in front of the plane (where its normal points) and what is behind. */
function halves(
  { oc, own, id }: OperationScope,
  body: BodyState,
  plane: Frame,
): { front: NamedShape | undefined; back: NamedShape | undefined } {
  const make = new Make({ oc, own });
  const { min, max } = boxAround(oc, body.shape);
  const centre = middle(min, max);
  const size =
    Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]) +
    Math.abs(dot(subtract(centre, plane.origin_mm), plane.z));
  const foot = subtract(centre, scale(plane.z, dot(subtract(centre, plane.origin_mm), plane.z)));
  const knife = own(
    own(new oc.BRepBuilderAPI_MakeFace(make.plane({ ...plane, origin_mm: foot }), -size, size, -size, size)).Face(),
  );
  const algorithm = own(new oc.BRepAlgoAPI_Splitter());
  algorithm.SetArguments(listOf(oc, own, [body.shape]));
  algorithm.SetTools(listOf(oc, own, [knife]));
  algorithm.SetNonDestructive(true);
  algorithm.SetToFillHistory(true);
  algorithm.Build(make.progress());
  if (!algorithm.IsDone() || algorithm.HasErrors())
    throw refused('split.not-possible', 'The body cannot be split here.', 'Move the plane a little.');
  const pieces = solidsOf(oc, own, own(algorithm.Shape()));
  const side = (inFront: boolean): NamedShape | undefined => {
    const solids = pieces.filter((piece) => {
      const properties = own(new oc.GProp_GProps());
      oc.BRepGProp.VolumeProperties(piece, properties, false, false, false);
      return dot(subtract(take(properties.CentreOfMass()), plane.origin_mm), plane.z) > 0 === inFront;
    });
    const plain = solids.length > 0 ? plainSolid(oc, own, together(oc, own, solids)) : undefined;
    if (!plain) return undefined;
    const faceNames = follow({
      oc,
      id,
      history: algorithm,
      inputs: [body, { shape: knife, faceNames: [[roleName(id, 'cut')]] }],
      result: plain.shape,
    });
    return { shape: plain.shape, faceNames };
  };
  return { front: side(true), back: side(false) };
}
