/** A profile turned about an axis in its plane. Sides are called by the profile's curves, caps `start` and `end`. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { usage } from '../../errors.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { cross, dot, subtract, take } from '../../modeller/vectors.ts';
import { combine } from '../combine.ts';
import { follow, type NamedShape } from '../naming/follow.ts';
import { capNames, roleName } from '../naming/names.ts';
import type { Operation, OperationScope, ProfileFace } from '../operation.ts';
import type { Axis } from '../scope/places.ts';
import { withField } from '../scope/resolve.ts';
import { shapesOf } from '../shapes/lists.ts';
import { Make } from '../shapes/make.ts';
import { movedShape, outwards } from '../shapes/named.ts';
import { joined } from './extrude.ts';
import { sweptHistory } from './prism.ts';
import { rotationAbout } from './transforms.ts';

const TURN = 2 * Math.PI;
/** An angle this near to a whole turn is one, rad. */
const WHOLE = 1e-9;

export const revolve: Operation<'revolve'> = (feature, scope) => {
  const axis = scope.axis(feature.axis, 'axis');
  const { angle } = feature;
  if (!(Math.abs(angle) > WHOLE) || Math.abs(angle) > TURN + WHOLE)
    throw withField(
      usage('feature.dimension', 'The angle must be more than 0 and at most 360 degrees.', 'Change the angle.').data,
      'angle',
    );
  const profile = scope.profile(feature.profile, 'profile');
  for (const face of profile) besideAxis(scope, face, axis);
  const solids = profile.map((face) => revolved(scope, face, axis, angle, feature.symmetric === true));
  return combine(scope, feature.operation, joined(scope, profile, solids), feature.bodies);
};

/** @throws ArtificerError `revolve.axis-outside-plane`, `revolve.axis-crosses` */
function besideAxis({ oc, own }: OperationScope, { face, frame }: ProfileFace, axis: Axis): void {
  const off = Math.abs(dot(subtract(axis.origin_mm, frame.origin_mm), frame.z));
  if (Math.abs(dot(axis.direction, frame.z)) > 1e-9 || off > 1e-6)
    throw withField(
      usage('revolve.axis-outside-plane', 'The axis does not lie in the plane of the profile.', 'Choose another axis.')
        .data,
      'axis',
    );
  const left = cross(frame.z, axis.direction);
  const sides = mapShapes(oc, own, face, 'VERTEX').shapes.map((vertex) =>
    dot(subtract(take(oc.BRep_Tool.Pnt(own(oc.TopoDS.Vertex(vertex)))), axis.origin_mm), left),
  );
  if (Math.min(...sides) < -1e-6 && Math.max(...sides) > 1e-6)
    throw withField(
      usage(
        'revolve.axis-crosses',
        'The axis runs through the profile: turned about it, the body would pass through itself.',
        'Keep the profile on one side of the axis.',
      ).data,
      'axis',
    );
}

export function revolved(
  scope: OperationScope,
  profile: ProfileFace,
  axis: Axis,
  angle_rad: number,
  symmetric: boolean,
): NamedShape {
  const { oc, own, id } = scope;
  const make = new Make(scope);
  const line = make.axis(axis.origin_mm, axis.direction);
  const whole = Math.abs(angle_rad) >= TURN - WHOLE;
  const maker = own(
    whole
      ? new oc.BRepPrimAPI_MakeRevol(profile.face, line, false)
      : new oc.BRepPrimAPI_MakeRevol(profile.face, line, angle_rad, false),
  );
  const shape = outwards(scope, own(maker.Shape()));
  const caps: [string, TopoDS_Shape][] = whole
    ? []
    : [
        ['start', own(maker.FirstShape())],
        ['end', own(maker.LastShape())],
      ];
  const square = facesSquareToAxis(scope, profile, maker);
  const faceNames = follow({
    oc,
    id,
    history: sweptHistory(scope, maker),
    inputs: [{ shape: profile.face, faceNames: [[]] }],
    result: shape,
    generatedFrom: ['EDGE'],
    nameGenerated: (source) => roleName(id, 'side', profile.nameOfEdge(source.shape)),
    known: (face) => {
      const cap = caps.find(([, each]) => each.IsSame(face))?.[0];
      if (cap !== undefined) return capNames(id, cap, profile);
      const curve = square(face);
      return curve === undefined ? undefined : [roleName(id, 'side', curve)];
    },
  });
  const solid = { shape, faceNames };
  return symmetric && !whole ? movedShape(scope, solid, rotationAbout(axis, -angle_rad / 2)) : solid;
}

/**
 * In a whole turn, edges square to the axis become rings and discs that the maker does not tell of. They are known by the
 * circles that the ends of the edge drew.
 */
export function facesSquareToAxis(
  { oc, own }: OperationScope,
  profile: Pick<ProfileFace, 'face' | 'nameOfEdge'>,
  maker: { Generated(shape: TopoDS_Shape): ReturnType<ReturnType<typeof sweptHistory>['Generated']> },
): (face: TopoDS_Shape) => string | undefined {
  const circlesOfEdge = mapShapes(oc, own, profile.face, 'EDGE').shapes.map((edge) => ({
    edge,
    circles: mapShapes(oc, own, edge, 'VERTEX').shapes.flatMap((vertex) =>
      // A point on the axis draws none, or one without a length.
      shapesOf(own, maker.Generated(vertex)).filter((each) => !oc.BRep_Tool.Degenerated(own(oc.TopoDS.Edge(each)))),
    ),
  }));
  return (face) => {
    const bounds = mapShapes(oc, own, face, 'EDGE').shapes;
    const found = circlesOfEdge.find(
      ({ circles }) =>
        circles.length > 0 &&
        circles.length === bounds.length &&
        circles.every((circle) => bounds.some((bound) => bound.IsSame(circle))),
    );
    return found && profile.nameOfEdge(found.edge);
  };
}
