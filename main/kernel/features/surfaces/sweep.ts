/**
 * A profile carried along a path. It stands as it was drawn, at an end of the path, and turns with the path (a corrected
 * Frenet frame: it does not spin about straight pieces or where the curvature changes sides), corners are mitred.
 * Sides are called by the curve of the profile and the piece of the path, caps by `start` and `end`.
 */
import type { TopoDS_Edge, TopoDS_Shape, TopoDS_Wire } from 'replicad-opencascadejs';
import type { Vector3 } from '../../../../preload/contract/geometry.ts';
import { refused, usage } from '../../errors.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { dot, length, subtract } from '../../modeller/vectors.ts';
import { booleanOf, combine } from '../combine.ts';
import type { NamedShape } from '../naming/follow.ts';
import { capNames, roleName } from '../naming/names.ts';
import type { ChainOfEdges, Operation, OperationScope, ProfileFace } from '../operation.ts';
import { Make } from '../shapes/make.ts';
import { compoundOf, outwards } from './compound.ts';
import { GeneratedNames } from './name-faces.ts';
import { twistGuide } from './twist.ts';

/** How far from the plane of the profile an end of the path may be, mm: what sketches are solved to. */
const AT_PROFILE_MM = 1e-5;

export const sweep: Operation<'sweep'> = (feature, scope) => {
  const profile = scope.profile(feature.profile, 'profile');
  const path = scope.path(feature.path, 'path');
  const twist = feature.twist ?? 0;
  if (!Number.isFinite(twist)) throw usage('feature.dimension', 'The twist is not a number.');
  if (twist !== 0 && path.closed)
    throw usage('sweep.twist-closed', 'A closed path cannot be twisted.', 'Leave the twist out, or open the path.');
  const swept = profile.map((region) => sweepRegion(scope, region, path, twist));
  return combine(scope, feature.operation, compoundOf(scope, swept), feature.bodies);
};

function sweepRegion(scope: OperationScope, region: ProfileFace, path: ChainOfEdges, twist_rad: number): NamedShape {
  const { oc, own } = scope;
  const pieces = fromProfile(scope, path, region);
  const spine = wireOf(scope, pieces);
  const guide = twist_rad === 0 ? undefined : twistGuide(scope, pieces, twist_rad);
  const outer = own(oc.BRepTools.OuterWire(region.face));
  const wires = mapShapes(oc, own, region.face, 'WIRE').shapes;
  const solid = (wire: TopoDS_Shape): NamedShape =>
    sweepWire(scope, region, own(oc.TopoDS.Wire(wire)), spine, pieces.map(path.nameOfEdge), guide);
  const holes = wires.filter((wire) => !wire.IsSame(outer)).map(solid);
  const whole = solid(outer);
  if (holes.length === 0) return whole;
  const result = booleanOf(scope, 'cut', whole, holes);
  if (!result) throw notPossible();
  return result;
}

function sweepWire(
  scope: OperationScope,
  region: ProfileFace,
  wire: TopoDS_Wire,
  spine: TopoDS_Wire,
  pieces: readonly string[],
  guide: TopoDS_Wire | undefined,
): NamedShape {
  const { oc, own, id } = scope;
  const algorithm = own(new oc.BRepOffsetAPI_MakePipeShell(spine));
  if (guide) algorithm.SetMode(guide, false, 'BRepFill_NoContact');
  else {
    algorithm.SetMode(false);
    algorithm.SetTransitionMode('BRepBuilderAPI_RightCorner');
  }
  algorithm.Add(wire, false, false);
  if (!algorithm.IsReady()) throw notPossible();
  algorithm.Build(new Make(scope).progress());
  if (!algorithm.IsDone() || !algorithm.MakeSolid()) throw notPossible();
  const shape = own(algorithm.Shape());
  const names = new GeneratedNames(scope);
  const first = own(algorithm.FirstShape());
  const last = own(algorithm.LastShape());
  // A closed path has no ends.
  if (first.ShapeType() === 'TopAbs_FACE') names.give([first], capNames(id, 'start', region));
  if (last.ShapeType() === 'TopAbs_FACE') names.give([last], capNames(id, 'end', region));
  for (const edge of mapShapes(oc, own, wire, 'EDGE').shapes) {
    const curve = region.nameOfEdge(edge);
    names.giveGenerated(algorithm, edge, (position, of) =>
      roleName(id, 'side', of === pieces.length ? [curve, pieces[position]!] : curve),
    );
  }
  return names.of(outwards(scope, shape));
}

/** The path's pieces from the end that stands at the profile. @throws ArtificerError `sweep.profile-off-path` */
function fromProfile(scope: OperationScope, path: ChainOfEdges, { frame }: ProfileFace): TopoDS_Edge[] {
  const { edges, closed } = path;
  const away = (point: Vector3): number => Math.abs(dot(subtract(point, frame.origin_mm), frame.z));
  const ends = edges.map((edge) => endsOf(scope, edge));
  const at = (index: number): boolean =>
    away(ends[index]!.start) < AT_PROFILE_MM && Math.abs(dot(ends[index]!.startTangent, frame.z)) > CROSSING;
  if (at(0)) return edges;
  if (closed) {
    const first = edges.findIndex((_, index) => at(index));
    if (first > 0) return [...edges.slice(first), ...edges.slice(0, first)];
  } else if (away(ends.at(-1)!.end) < AT_PROFILE_MM && Math.abs(dot(ends.at(-1)!.endTangent, frame.z)) > CROSSING)
    return edges.map((edge) => scope.own(scope.oc.TopoDS.Edge(scope.own(edge.Reversed())))).reverse();
  throw refused(
    'sweep.profile-off-path',
    closed
      ? 'The plane of the profile goes through no corner or joint of the closed path.'
      : 'The plane of the profile does not cross an end of the path.',
    'Draw the profile on a plane through the beginning of the path, not along it.',
  );
}

/** Sine of the least angle between path and profile plane. */
const CROSSING = 1e-3;

interface Ends {
  start: Vector3;
  end: Vector3;
  startTangent: Vector3;
  endTangent: Vector3;
}

export function endsOf({ oc, own }: Pick<OperationScope, 'oc' | 'own'>, edge: TopoDS_Edge): Ends {
  const curve = own(new oc.BRepAdaptor_Curve(edge));
  const at = (parameter: number): { point: Vector3; tangent: Vector3 } => {
    const point = own(new oc.gp_Pnt(0, 0, 0));
    const vector = own(new oc.gp_Vec(0, 0, 0));
    curve.D1(parameter, point, vector);
    const tangent: Vector3 = [vector.X(), vector.Y(), vector.Z()];
    const size = length(tangent) || 1;
    return {
      point: [point.X(), point.Y(), point.Z()],
      tangent: [tangent[0] / size, tangent[1] / size, tangent[2] / size],
    };
  };
  const first = at(curve.FirstParameter());
  const last = at(curve.LastParameter());
  const back = ([x, y, z]: Vector3): Vector3 => [-x, -y, -z];
  return edge.Orientation() === 'TopAbs_REVERSED'
    ? { start: last.point, end: first.point, startTangent: back(last.tangent), endTangent: back(first.tangent) }
    : { start: first.point, end: last.point, startTangent: first.tangent, endTangent: last.tangent };
}

/** @throws ArtificerError `path.broken` */
export function wireOf({ oc, own }: Pick<OperationScope, 'oc' | 'own'>, edges: readonly TopoDS_Edge[]): TopoDS_Wire {
  const maker = own(new oc.BRepBuilderAPI_MakeWire());
  for (const edge of edges) {
    maker.Add(edge);
    if (!maker.IsDone()) throw usage('path.broken', 'The pieces of the path do not hang together.', 'Close the gap.');
  }
  return own(maker.Wire());
}

const notPossible = () =>
  refused(
    'sweep.not-possible',
    'The profile cannot be swept along this path.',
    'Where the path bends more tightly than the profile is wide, the sweep would cut into itself: widen the bend or make the profile smaller.',
  );
