/** A profile pushed along the normal of its plane. Sides are called by the profile's curves, caps by `start` and `end`. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { usage } from '../../errors.ts';
import { scale } from '../../modeller/vectors.ts';
import { combine } from '../combine.ts';
import { follow, type NamedShape } from '../naming/follow.ts';
import { roleName } from '../naming/names.ts';
import type { Operation, OperationScope, ProfileFace } from '../operation.ts';
import { Make } from '../shapes/make.ts';

export const extrude: Operation<'extrude'> = (feature, scope) => {
  const profile = scope.profile(feature.profile, 'profile');
  if (feature.extent.to !== 'distance') throw usage('feature.unsupported', 'Not yet.');
  const height = feature.extent.distance * (feature.direction === 'reverse' ? -1 : 1);
  const [only] = profile.map((face) => prism(scope, face, height));
  return combine(scope, feature.operation, only!, feature.bodies);
};

export function prism(scope: OperationScope, profile: ProfileFace, height_mm: number): NamedShape {
  const { oc, own, id } = scope;
  const make = new Make(scope);
  const maker = own(
    new oc.BRepPrimAPI_MakePrism(profile.face, make.vector(scale(profile.frame.z, height_mm)), false, true),
  );
  const result = own(maker.Shape());
  const caps: [string, TopoDS_Shape][] = [
    ['start', own(maker.FirstShape())],
    ['end', own(maker.LastShape())],
  ];
  const faceNames = follow({
    oc,
    id,
    history: {
      Modified: () => new oc.NCollection_List_TopoDS_Shape(),
      Generated: (s) => maker.Generated(s),
      IsDeleted: () => true,
    },
    inputs: [{ shape: profile.face, faceNames: [[]] }],
    result,
    generatedFrom: ['EDGE'],
    nameGenerated: ({ shape }) => roleName(id, 'side', profile.nameOfEdge(shape)),
    known: (face) => {
      const cap = caps.find(([, shape]) => shape.IsSame(face))?.[0];
      return cap === undefined ? undefined : [roleName(id, cap, profile.key), roleName(id, cap)];
    },
  });
  return { shape: result, faceNames };
}
