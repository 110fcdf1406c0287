/** The space between where a surface is and where it shall be, wider than any part: a slab, a wedge, a ring or a shell. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { Vector3 } from '../../../../preload/contract/geometry.ts';
import { add, cross, dot, scale, subtract, unit } from '../../modeller/vectors.ts';
import { follow, type NamedShape } from '../naming/follow.ts';
import type { Frame, OperationScope } from '../operation.ts';
import { listOf } from '../shapes/lists.ts';
import { Make } from '../shapes/make.ts';
import { nameFaces } from '../surfaces/name-faces.ts';

/** What the faces of the space are called while it is cut to size. */
export const WHERE_IT_IS = 'where-it-is';
export const WHERE_IT_GOES = 'where-it-goes';
/** Its outer limits, which nothing may reach. */
export const OUTSIDE = 'outside';

type Kernel = Pick<OperationScope, 'oc' | 'own' | 'id'>;

export interface Space extends NamedShape {
  /** Cuts the space where it does not end at the surface to be. */
  cutter?: TopoDS_Shape;
  /** Which side of the cutter counts: its distance along the cutter's normal is less than zero, or greater. */
  side?: { origin_mm: Vector3; normal: Vector3; below: boolean };
}

/** Between a plane and the same plane moved along its normal; `distance_mm` may be negative. */
export const slab = (kernel: Kernel, from: Frame, distance_mm: number, reach_mm: number): Space =>
  prism(kernel, from, distance_mm, reach_mm);

/** Between two planes that are not parallel: on the upper side of the first one, or the lower. */
export function wedge(kernel: Kernel, from: Frame, to: Frame, upper: boolean, reach_mm: number): Space {
  const make = new Make(kernel);
  const space = prism(kernel, from, upper ? reach_mm : -reach_mm, reach_mm * 2);
  const size = reach_mm * 4;
  const cutter = make.own(
    make.own(new kernel.oc.BRepBuilderAPI_MakeFace(make.plane(to), -size, size, -size, size)).Face(),
  );
  const names = space.faceNames.map((given) => given.map((name) => (name === WHERE_IT_GOES ? OUTSIDE : name)));
  return { ...space, faceNames: names, cutter, side: { origin_mm: to.origin_mm, normal: to.z, below: upper } };
}

function prism(kernel: Kernel, from: Frame, distance_mm: number, reach_mm: number): Space {
  const { oc, own } = kernel;
  const make = new Make(kernel);
  const base = own(
    own(new oc.BRepBuilderAPI_MakeFace(make.plane(from), -reach_mm, reach_mm, -reach_mm, reach_mm)).Face(),
  );
  const algorithm = own(new oc.BRepPrimAPI_MakePrism(base, make.vector(scale(from.z, distance_mm)), false, true));
  const first = own(algorithm.FirstShape());
  const last = own(algorithm.LastShape());
  return nameFaces(kernel, own(algorithm.Shape()), (face) =>
    face.IsSame(first) ? WHERE_IT_IS : face.IsSame(last) ? WHERE_IT_GOES : OUTSIDE,
  );
}

/** A line of a surface of revolution in the half plane through its axis: radius and height at two places. */
export interface Meridian {
  from: { radius_mm: number; height_mm: number };
  to: { radius_mm: number; height_mm: number };
}

/** Between two cylinders, or two cones from their apexes on, about the same axis. */
export function ring(
  kernel: Kernel,
  axis: { origin_mm: Vector3; direction: Vector3 },
  is: Meridian,
  goes: Meridian,
): Space {
  const { oc, own } = kernel;
  const make = new Make(kernel);
  const out = perpendicular(axis.direction);
  const at = ({ radius_mm, height_mm }: Meridian['from']): Vector3 =>
    add(axis.origin_mm, add(scale(out, radius_mm), scale(axis.direction, height_mm)));
  const corners = [at(is.from), at(is.to), at(goes.to), at(goes.from)];
  const wire = own(new oc.BRepBuilderAPI_MakeWire());
  // The wire's own edges: those added to it are copied where they share a corner.
  const edges = corners.map((corner, i) => {
    wire.Add(own(own(new oc.BRepBuilderAPI_MakeEdge(make.point(corner), make.point(corners[(i + 1) % 4]!))).Edge()));
    return own(wire.Edge());
  });
  const face = own(own(new oc.BRepBuilderAPI_MakeFace(own(wire.Wire()), true)).Face());
  const algorithm = own(new oc.BRepPrimAPI_MakeRevol(face, make.axis(axis.origin_mm, axis.direction), false));
  const solid = own(algorithm.Shape());
  const generated = (edge: TopoDS_Shape): TopoDS_Shape => own(own(algorithm.Generated(edge)).First());
  const base = generated(edges[0]!);
  const target = generated(edges[2]!);
  return nameFaces(kernel, solid, (made) =>
    made.IsSame(base) ? WHERE_IT_IS : made.IsSame(target) ? WHERE_IT_GOES : OUTSIDE,
  );
}

/** Between two spheres about the same centre. */
export function hollowSphere(kernel: Kernel, centre_mm: Vector3, is_mm: number, goes_mm: number): Space {
  const { oc, own } = kernel;
  const make = new Make(kernel);
  const sphere = (radius_mm: number, name: string): NamedShape =>
    nameFaces(kernel, own(own(new oc.BRepPrimAPI_MakeSphere(make.point(centre_mm), radius_mm)).Shape()), () => name);
  const is = sphere(is_mm, WHERE_IT_IS);
  const goes = sphere(goes_mm, WHERE_IT_GOES);
  const [outer, inner] = is_mm > goes_mm ? [is, goes] : [goes, is];
  const algorithm = own(new oc.BRepAlgoAPI_Cut());
  algorithm.SetArguments(listOf(oc, own, [outer.shape]));
  algorithm.SetTools(listOf(oc, own, [inner.shape]));
  algorithm.SetToFillHistory(true);
  algorithm.Build(make.progress());
  const shape = own(algorithm.Shape());
  return {
    shape,
    faceNames: follow({ oc, id: kernel.id, history: algorithm, inputs: [outer, inner], result: shape }),
  };
}

/** Any direction square to this one, and the same one every time. */
export function perpendicular(direction: Vector3): Vector3 {
  const least = [0, 1, 2].reduce((a, b) => (Math.abs(direction[b]!) < Math.abs(direction[a]!) ? b : a));
  const other: Vector3 = [least === 0 ? 1 : 0, least === 1 ? 1 : 0, least === 2 ? 1 : 0];
  return unit(cross(direction, other))!;
}

/** A frame with this normal. */
export function frameAt(origin_mm: Vector3, normal: Vector3): Frame {
  const x = perpendicular(normal);
  return { origin_mm, x, y: cross(normal, x), z: normal };
}

export const distanceTo = ({ origin_mm, z }: Pick<Frame, 'origin_mm' | 'z'>, point: Vector3): number =>
  dot(subtract(point, origin_mm), z);
