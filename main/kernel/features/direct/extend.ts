/** A face without its limits: the surface that it lies on, as far as is needed. */
import type { Geom_Surface, TopoDS_Face, TopoDS_Shape } from 'replicad-opencascadejs';
import type { FaceInfo, Vector3 } from '../../../../preload/contract/geometry.ts';
import type { Occt } from '../../modeller/occt.ts';
import { add, cross, dot, length, scale, subtract, take, unit } from '../../modeller/vectors.ts';
import type { Own } from '../../scope.ts';
import { Make } from '../shapes/make.ts';
import { apexOf } from './face-groups.ts';
import { perpendicular } from './slabs.ts';

const DEGENERATE_MM = 1e-7;

/**
 * The face's surface, at least `reach_mm` further than the face on every side where it does not close. Cylinders and cones
 * are made anew, beginning at the seam of the face: booleans miss faces whose seam is not where the parameter begins, and
 * faces with another seam do not merge.
 */
export function extended(oc: Occt, own: Own, face: TopoDS_Face, info: FaceInfo, reach_mm: number): TopoDS_Shape {
  const make = new Make({ oc, own });
  if (info.type === 'plane' && info.normal) {
    const plane = own(new oc.gp_Pln(make.point(info.centroid_mm), make.direction(info.normal)));
    const size = reach_mm + diagonalOf(info);
    return own(own(new oc.BRepBuilderAPI_MakeFace(plane, -size, size, -size, size)).Face());
  }
  const { UMin, UMax, VMin, VMax } = oc.BRepTools.UVBounds(face);
  const patch = (surface: Geom_Surface, u0: number, u1: number, v0: number, v1: number): TopoDS_Shape =>
    own(own(new oc.BRepBuilderAPI_MakeFace(surface, u0, u1, v0, v1, DEGENERATE_MM)).Face());
  const seamOf = (): RoundTrip => {
    const axis = info.axis!;
    const adaptor = own(new oc.BRepAdaptor_Surface(face, true));
    const at = (u: number, v: number): Vector3 => subtract(take(adaptor.EvalD0(u, v)), axis.origin_mm);
    const out = (u: number): Vector3 => {
      const point = at(u, VMin + (VMax - VMin) / 3);
      return unit(subtract(point, scale(axis.direction, dot(point, axis.direction))))!;
    };
    const seam = out(UMin);
    return {
      seam,
      sweep: Math.min(UMax - UMin, 2 * Math.PI),
      heights: [dot(at(UMin, VMin), axis.direction), dot(at(UMin, VMax), axis.direction)],
      // The angle runs as the face's own does.
      leftHanded: dot(cross(seam, out(UMin + STEP)), axis.direction) < 0,
    };
  };
  if (info.type === 'cylinder' || info.type === 'cone') {
    const axis = info.axis!;
    const height = (point: Vector3): number => dot(subtract(point, axis.origin_mm), axis.direction);
    const { seam, sweep, heights, leftHanded } = info.canonical ? goneRound(info) : seamOf();
    const [low, high] = [Math.min(...heights) - reach_mm, Math.max(...heights) + reach_mm];
    const frame = (origin_mm: Vector3) => {
      const axes = make.axes3({ origin_mm, z: axis.direction, x: seam });
      if (leftHanded) axes.YReverse();
      return axes;
    };
    if (info.type === 'cylinder')
      return patch(own(new oc.Geom_CylindricalSurface(frame(axis.origin_mm), info.radius_mm!)), 0, sweep, low, high);
    // Only the half of the cone that the face is on, and not quite to its apex, where it ends.
    const apex = apexOf(info);
    const angle = info.semiAngle_rad!;
    const above = Math.max(low - height(apex), DEGENERATE_MM * 10);
    const begin = add(apex, scale(axis.direction, above));
    const surface = own(new oc.Geom_ConicalSurface(frame(begin), angle, above * Math.tan(angle)));
    return patch(surface, 0, sweep, 0, (high - height(begin)) / Math.cos(angle));
  }
  const surface = own(oc.BRep_Tool.Surface(face));
  switch (info.type) {
    case 'extrusion':
      return patch(surface, UMin, UMax, VMin - reach_mm, VMax + reach_mm);
    case 'sphere':
      return patch(surface, 0, 2 * Math.PI, -Math.PI / 2, Math.PI / 2);
    case 'torus':
      return patch(surface, 0, 2 * Math.PI, 0, 2 * Math.PI);
    default: {
      const further = own(new oc.TopoDS_Face());
      oc.BRepLib.ExtendFace(face, reach_mm, true, true, true, true, further);
      return further.IsNull() ? face : further;
    }
  }
}

interface RoundTrip {
  seam: Vector3;
  sweep: number;
  heights: readonly number[];
  leftHanded: boolean;
}

/** Of a cylinder or cone that a file wrote as a free surface, which has no angle of its own. */
function goneRound({ sweep, axis }: FaceInfo): RoundTrip {
  const { start, angle_rad, along_mm } = sweep ?? {
    start: perpendicular(axis!.direction),
    angle_rad: 2 * Math.PI,
    along_mm: [0, 0],
  };
  return { seam: start, sweep: angle_rad, heights: along_mm, leftHanded: false };
}

/** Of the angle, rad: shows which way it runs. */
const STEP = 0.1;

const diagonalOf = ({ box: { min, max } }: FaceInfo): number => length(subtract(max, min));
