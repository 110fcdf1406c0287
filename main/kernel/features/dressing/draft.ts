/** Leans faces about where they meet a neutral plane, as a mould needs it. Every face keeps its name. */
import { refused } from '../../errors.ts';
import { bodyOf } from '../combine.ts';
import { follow } from '../naming/follow.ts';
import type { BodyState, FoundItem, Frame, Operation, OperationScope } from '../operation.ts';
import { passesAnApex } from '../shapes/apex.ts';
import { Make } from '../shapes/make.ts';
import { plainSolid } from '../shapes/solids.ts';
import { angleWithin } from './dimensions.ts';

export const draft: Operation<'draft'> = (feature, scope) => {
  const angle = angleWithin(feature.angle, -Math.PI / 4, Math.PI / 4, 'draft angle');
  const neutral = scope.plane(feature.neutral, 'neutral');
  const found = scope.faces(feature.faces, 'faces');
  return scope.bodies.map((body) => {
    const faces = found.filter((item) => item.body === body);
    return faces.length === 0 ? body : drafted(scope, body, faces, neutral, feature.reverse ? -angle : angle);
  });
};

/** Faces lean inwards going along the plane's normal, where the angle is positive. */
function drafted(
  scope: OperationScope,
  body: BodyState,
  faces: readonly FoundItem[],
  neutral: Frame,
  angle_rad: number,
): BodyState {
  const { oc, own, id } = scope;
  const make = new Make(scope);
  const algorithm = own(new oc.BRepOffsetAPI_DraftAngle(body.shape));
  for (const { shape } of faces) {
    algorithm.Add(own(oc.TopoDS.Face(shape)), make.direction(neutral.z), angle_rad, make.plane(neutral), true);
    if (!algorithm.AddDone())
      throw refused(
        'draft.face',
        'A face cannot be drafted about this plane.',
        'Choose planar and cylindrical walls that the neutral plane crosses, and draft before rounding edges.',
      );
  }
  algorithm.Build(make.progress());
  if (!algorithm.IsDone())
    throw refused(
      'draft.not-possible',
      'The faces cannot lean so far.',
      'Choose a smaller angle, another neutral plane, or draft before rounding edges.',
    );
  const plain = plainSolid(oc, own, own(algorithm.Shape()));
  if (!plain) throw refused('draft.not-possible', 'Nothing solid would be left.', 'Choose a smaller angle.');
  if (passesAnApex(scope, plain.shape))
    throw refused('draft.not-possible', 'A round face would go on beyond its apex.', 'Choose a smaller angle.');
  const faceNames = follow({
    oc,
    id,
    // The algorithm says of a face that leans now that it generated it.
    history: {
      Modified: (shape) => {
        const modified = algorithm.Modified(shape);
        if (modified.Size() > 0) return modified;
        modified.delete();
        return algorithm.Generated(shape);
      },
      IsDeleted: () => false,
    },
    inputs: [body],
    result: plain.shape,
  });
  return bodyOf(body.name, { shape: plain.shape, faceNames });
}
