/** A curve beside a path that turns about it evenly: what it is turned by over the whole length is the twist. */
import type { TopoDS_Edge, TopoDS_Wire } from 'replicad-opencascadejs';
import type { Vector3 } from '../../../../preload/contract/geometry.ts';
import { refused } from '../../errors.ts';
import { add, cross, dot, length, scale, subtract, unit } from '../../modeller/vectors.ts';
import { perpendicular } from '../direct/slabs.ts';
import type { OperationScope } from '../operation.ts';
import { Make } from '../shapes/make.ts';

/** Points of the guide: a turn is followed within a thousandth of a degree by 90 of them. */
const POINTS_PER_TURN = 90;
const MOST_TURNS = 50;
/** Distance of the guide from the path as a part of the path's length. */
const BESIDE = 0.05;

/** @throws ArtificerError `sweep.twist` */
export function twistGuide(scope: OperationScope, pieces: readonly TopoDS_Edge[], twist_rad: number): TopoDS_Wire {
  const { oc, own } = scope;
  const turns = Math.abs(twist_rad) / (2 * Math.PI);
  if (turns > MOST_TURNS)
    throw refused('sweep.twist', `More than ${MOST_TURNS} turns cannot be made.`, 'Twist it less.');
  const count = Math.max(60, Math.ceil(turns * POINTS_PER_TURN) + 1);
  const { points, tangents, lengths } = walk(scope, pieces, count);
  const whole = lengths.at(-1)!;
  const radius = whole * BESIDE;
  let normal = perpendicular(tangents[0]!);
  const guide = points.map((point, i): Vector3 => {
    if (i > 0) normal = carried(normal, points[i - 1]!, point, tangents[i - 1]!, tangents[i]!);
    const angle = (twist_rad * lengths[i]!) / whole;
    const side = add(scale(normal, Math.cos(angle)), scale(cross(tangents[i]!, normal), Math.sin(angle)));
    return add(point, scale(side, radius));
  });
  const make = new Make(scope);
  const array = own(new oc.NCollection_Array1_gp_Pnt(1, guide.length));
  for (const [i, point] of guide.entries()) array.SetValue(i + 1, make.point(point));
  const through = own(new oc.NCollection_HArray1_gp_Pnt(array));
  const curve = own(new oc.GeomAPI_Interpolate(through, false, 1e-7));
  curve.Perform();
  if (!curve.IsDone()) throw refused('sweep.twist', 'The path cannot be twisted along.', 'Make the path smoother.');
  const edge = own(own(new oc.BRepBuilderAPI_MakeEdge(own(curve.Curve()))).Edge());
  const wire = own(new oc.BRepBuilderAPI_MakeWire());
  wire.Add(edge);
  return own(wire.Wire());
}

/** A normal carried on without spinning, by two reflections (Wang, Jüttler, Zheng and Liu, ACM TOG 27, 2008). */
function carried(normal: Vector3, from: Vector3, to: Vector3, tangentFrom: Vector3, tangentTo: Vector3): Vector3 {
  const reflect = (vector: Vector3, across: Vector3): Vector3 => {
    const square = dot(across, across);
    return square < 1e-24 ? vector : subtract(vector, scale(across, (2 * dot(across, vector)) / square));
  };
  const step = subtract(to, from);
  const first = reflect(normal, step);
  const turned = reflect(first, subtract(tangentTo, reflect(tangentFrom, step)));
  return unit(subtract(turned, scale(tangentTo, dot(turned, tangentTo)))) ?? turned;
}

function walk({ oc, own }: OperationScope, pieces: readonly TopoDS_Edge[], count: number) {
  const points: Vector3[] = [];
  const tangents: Vector3[] = [];
  const each = Math.max(8, Math.ceil(count / pieces.length));
  pieces.forEach((piece, which) => {
    const curve = own(new oc.BRepAdaptor_Curve(piece));
    const [first, last] = [curve.FirstParameter(), curve.LastParameter()];
    const reversed = piece.Orientation() === 'TopAbs_REVERSED';
    const point = own(new oc.gp_Pnt(0, 0, 0));
    const vector = own(new oc.gp_Vec(0, 0, 0));
    for (let i = which === 0 ? 0 : 1; i <= each; i++) {
      const along = reversed ? 1 - i / each : i / each;
      curve.D1(first + (last - first) * along, point, vector);
      points.push([point.X(), point.Y(), point.Z()]);
      tangents.push(scale(unit([vector.X(), vector.Y(), vector.Z()]) ?? [0, 0, 1], reversed ? -1 : 1));
    }
  });
  const lengths = [0];
  for (let i = 1; i < points.length; i++) lengths.push(lengths[i - 1]! + length(subtract(points[i]!, points[i - 1]!)));
  return { points, tangents, lengths };
}
