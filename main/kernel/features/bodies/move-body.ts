/** Bodies moved or copied: first turned about an axis, then shifted. Names stay; those of a copy say so. */
import { refused, usage } from '../../errors.ts';
import { bodyName, bodyOf } from '../combine.ts';
import { copyName } from '../naming/names.ts';
import type { BodyState, Operation } from '../operation.ts';
import { Make } from '../shapes/make.ts';

export const moveBody: Operation<'move-body'> = (feature, scope) => {
  const { oc, own, id } = scope;
  const make = new Make(scope);
  const chosen = scope.bodiesNamed(feature.bodies, 'bodies');
  if (![...feature.translation, feature.rotation?.angle ?? 0].every(Number.isFinite))
    throw usage('feature.dimension', 'A distance or the angle is not a number.');
  const turn = own(new oc.gp_Trsf());
  if (feature.rotation) {
    const axis = scope.axis(feature.rotation.axis, 'rotation.axis');
    turn.SetRotation(make.axis(axis.origin_mm, axis.direction), feature.rotation.angle);
  }
  const shift = own(new oc.gp_Trsf());
  shift.SetTranslation(make.vector(feature.translation));
  const motion = own(shift.Multiplied(turn));
  let copies = 0;
  const moved = (body: BodyState, name: string, names: BodyState['faceNames']): BodyState => {
    // The geometry itself is moved: a location would be carried into every file and boolean.
    const algorithm = own(new oc.BRepBuilderAPI_Transform(body.shape, motion, true, false));
    if (!algorithm.IsDone())
      throw refused('move.not-possible', 'The body cannot be moved like this.', 'Check the axis and the distances.');
    return bodyOf(name, { shape: own(algorithm.Shape()), faceNames: names });
  };
  if (!feature.copy)
    return scope.bodies.map((body) => (chosen.includes(body) ? moved(body, body.name, body.faceNames) : body));
  return [
    ...scope.bodies,
    ...chosen.map((body) =>
      moved(
        body,
        bodyName(id, copies++),
        body.faceNames.map((given) => given.map((name) => copyName(id, 1, name))),
      ),
    ),
  ];
};
