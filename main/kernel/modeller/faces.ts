/** What is worth knowing of one face: what surface it lies on, how large it is, where, and which way it looks. */
import type { TopoDS_Face } from 'replicad-opencascadejs';
import type { FaceInfo, Vector3 } from '../../../preload/contract/geometry.ts';
import { type Own, scoped } from '../scope.ts';
import { canonicalOf, type SurfaceSample } from './canonical.ts';
import { integrateArea, isFree } from './mass.ts';
import { nearestParameters, type SurfaceBounds } from './nearest.ts';
import type { Occt } from './occt.ts';
import { sweepOf } from './sweep.ts';
import { add, cross, dot, length, middle, scale, subtract, take, takeBox, unit } from './vectors.ts';

const TYPES: Record<string, FaceInfo['type']> = {
  GeomAbs_Plane: 'plane',
  GeomAbs_Cylinder: 'cylinder',
  GeomAbs_Cone: 'cone',
  GeomAbs_Sphere: 'sphere',
  GeomAbs_Torus: 'torus',
  GeomAbs_BezierSurface: 'bezier',
  GeomAbs_BSplineSurface: 'bspline',
  GeomAbs_SurfaceOfRevolution: 'revolution',
  GeomAbs_SurfaceOfExtrusion: 'extrusion',
  GeomAbs_OffsetSurface: 'offset',
};

type Surface = InstanceType<Occt['BRepAdaptor_Surface']>;
type Sides = InstanceType<Occt['BRepGProp_Face']>;
type Particulars = Pick<FaceInfo, 'axis' | 'centre_mm' | 'radius_mm' | 'minorRadius_mm' | 'semiAngle_rad'>;
type NormalAt = (u: number, v: number) => SurfaceSample | undefined;

const typeOfSurface = (surface: Surface): FaceInfo['type'] => TYPES[surface.GetType()] ?? 'other';

/** What surface a face lies on. */
export const typeOfFace = (oc: Occt, face: TopoDS_Face): FaceInfo['type'] =>
  scoped((own) => typeOfSurface(own(new oc.BRepAdaptor_Surface(face, true))));

export function describeFace(oc: Occt, face: TopoDS_Face, edges: number[]): FaceInfo {
  return scoped((own) => {
    const properties = own(new oc.GProp_GProps());
    const surface = own(new oc.BRepAdaptor_Surface(face, true));
    const type = typeOfSurface(surface);
    integrateArea(oc, face, isFree(type), properties);
    const centroid = take(properties.CentreOfMass());
    const particulars = particularsOf(surface, own, type);
    const info: FaceInfo = {
      type,
      area_mm2: properties.Mass(),
      centroid_mm: centroid,
      box: boxOfFace(oc, face, type),
      edges,
      ...particulars,
    };
    const sides = own(new oc.BRepGProp_Face(face, false));
    const bounds = boundsOf(sides);
    const at = normalsOf(oc, own, sides);
    const seen = normalNear(at, surface, bounds, type, centroid);
    if (seen) {
      info.normal = seen.normal;
      const concave = concavity(type, particulars, seen.point, seen.normal);
      if (concave !== undefined) info.concave = concave;
    }
    if (bounded(bounds)) Object.assign(info, shapeOf(at, surface, bounds, type, particulars));
    return info;
  });
}

const ELEMENTARY: readonly FaceInfo['type'][] = ['plane', 'cylinder', 'cone', 'sphere', 'torus'];
/** Samples of a free surface in each direction; odd, so that no sample lies on the seams of its spans. */
const SAMPLES = 7;

/** What a free surface really is, and how far a cylinder or cone goes round. */
function shapeOf(
  at: NormalAt,
  surface: Surface,
  { u: [u0, u1], v: [v0, v1] }: SurfaceBounds,
  type: FaceInfo['type'],
  particulars: Particulars,
): Pick<FaceInfo, 'canonical' | 'concave' | 'sweep'> {
  const elementary = ELEMENTARY.includes(type);
  const found: Pick<FaceInfo, 'canonical' | 'concave' | 'sweep'> = {};
  if (!elementary) {
    const steps = [...new Array<number>(SAMPLES).keys()].map((i) => (i + 0.5) / SAMPLES);
    const samples = steps.flatMap((s) => steps.map((t) => at(u0 + (u1 - u0) * s, v0 + (v1 - v0) * t)));
    const canonical = samples.every((sample) => sample !== undefined) ? canonicalOf(samples) : undefined;
    if (!canonical) return found;
    found.canonical = canonical.surface;
    if (canonical.concave !== undefined) found.concave = canonical.concave;
  }
  const { axis } = found.canonical ?? particulars;
  const shape = found.canonical?.type ?? type;
  if (!axis || (shape !== 'cylinder' && shape !== 'cone')) return found;
  // An elementary surface goes round evenly, at most a third of a turn from row to row; a free one as it likes.
  const rows = elementary ? 4 : 8;
  const grid = [...new Array<number>(elementary ? 2 : rows + 1).keys()].map((j, _, all) =>
    [...new Array<number>(rows + 1).keys()].map((i) =>
      take(surface.EvalD0(u0 + ((u1 - u0) * i) / rows, v0 + ((v1 - v0) * j) / (all.length - 1))),
    ),
  );
  const sweep = sweepOf(axis, grid);
  if (sweep) found.sweep = sweep;
  return found;
}

function boundsOf(sides: Sides): SurfaceBounds {
  const { U1, U2, V1, V2 } = sides.Bounds();
  return { u: [U1, U2], v: [V1, V2] };
}

const bounded = ({ u: [u0, u1], v: [v0, v1] }: SurfaceBounds): boolean =>
  [u0, u1, v0, v1].every((bound) => Math.abs(bound) < 1e50) && u1 > u0 && v1 > v0;

/** Exact for elementary surfaces; for free ones a box of points would be far too slow, so it is that of the poles. */
function boxOfFace(oc: Occt, face: TopoDS_Face, type: FaceInfo['type']): FaceInfo['box'] {
  const box = new oc.Bnd_Box();
  const free = type === 'bspline' || type === 'bezier' || type === 'offset' || type === 'other';
  if (free) oc.BRepBndLib.Add(face, box, false);
  else oc.BRepBndLib.AddOptimal(face, box, false, false);
  return takeBox(box);
}

/**
 * Axis and radii. The build binds neither `gp_Cone` nor `gp_Torus`; their particulars follow exactly from a few points,
 * because their parametrisation is an angle about the axis and a length along it, or an angle about the tube.
 */
function particularsOf(surface: Surface, own: Own, type: FaceInfo['type']): Particulars {
  const at = (u: number, v: number): Vector3 => take(surface.EvalD0(u, v));
  switch (type) {
    case 'cylinder': {
      const cylinder = own(surface.Cylinder());
      return { radius_mm: cylinder.Radius(), ...axisOf(own(cylinder.Axis()), own) };
    }
    case 'sphere': {
      const sphere = own(surface.Sphere());
      return { radius_mm: sphere.Radius(), centre_mm: take(sphere.Location()) };
    }
    case 'revolution':
      return axisOf(own(surface.AxeOfRevolution()), own);
    case 'cone': {
      const low = at(0, 0);
      const origin = middle(low, at(Math.PI, 0));
      const high = at(0, 1);
      const next = middle(high, at(Math.PI, 1));
      const along = subtract(next, origin);
      const radius = length(subtract(low, origin));
      const angle = Math.atan2(length(subtract(high, next)) - radius, length(along));
      const direction = unit(scale(along, angle < 0 ? -1 : 1));
      return {
        radius_mm: radius,
        semiAngle_rad: Math.abs(angle),
        ...(direction ? { axis: { origin_mm: origin, direction } } : {}),
      };
    }
    case 'torus': {
      const outside = at(0, 0);
      const origin = middle(outside, at(Math.PI, 0));
      const inside = length(subtract(at(0, Math.PI), origin));
      const outer = length(subtract(outside, origin));
      const direction = unit(cross(subtract(outside, origin), subtract(at(Math.PI / 2, 0), origin)));
      return {
        radius_mm: (outer + inside) / 2,
        minorRadius_mm: (outer - inside) / 2,
        ...(direction ? { axis: { origin_mm: origin, direction } } : {}),
      };
    }
    default:
      return {};
  }
}

function axisOf(axis: InstanceType<Occt['gp_Ax1']>, own: Own): Pick<Particulars, 'axis'> {
  const direction = own(axis.Direction());
  return {
    axis: { origin_mm: take(axis.Location()), direction: [direction.X(), direction.Y(), direction.Z()] },
  };
}

/** Points of the surface with the outward normal there; undefined where there is none (the tip of a cone). */
function normalsOf(oc: Occt, own: Own, sides: Sides): NormalAt {
  const point = own(new oc.gp_Pnt(0, 0, 0));
  const vector = own(new oc.gp_Vec(0, 0, 0));
  return (u, v) => {
    sides.Normal(u, v, point, vector);
    const normal = unit([vector.X(), vector.Y(), vector.Z()]);
    return normal && { point: [point.X(), point.Y(), point.Z()], normal };
  };
}

/** The outward normal where the surface is nearest the centroid, or in the middle of the face where that cannot be found. */
function normalNear(
  at: NormalAt,
  surface: Surface,
  bounds: SurfaceBounds,
  type: FaceInfo['type'],
  centroid: Vector3,
): SurfaceSample | undefined {
  const [u0, u1] = bounds.u;
  const [v0, v1] = bounds.v;
  const inTheMiddle = (): SurfaceSample | undefined =>
    at((u0 + u1) / 2, (v0 + v1) / 2) ?? at(u0 * 0.4 + u1 * 0.6, v0 * 0.4 + v1 * 0.6);
  if (type === 'plane' || !bounded(bounds)) return inTheMiddle();
  const nearest = nearestParameters((u, v) => take(surface.EvalD0(u, v)), bounds, centroid);
  return at(...nearest) ?? inTheMiddle();
}

/** Whether the outward normal points towards the axis, the centre, or the middle of the tube: the material lies outside. */
function concavity(
  type: FaceInfo['type'],
  { axis, centre_mm, radius_mm }: Particulars,
  point: Vector3,
  normal: Vector3,
): boolean | undefined {
  if (type === 'sphere' && centre_mm) return dot(subtract(point, centre_mm), normal) < 0;
  if ((type !== 'cylinder' && type !== 'cone' && type !== 'torus') || !axis) return undefined;
  const from = subtract(point, axis.origin_mm);
  const across = subtract(from, scale(axis.direction, dot(from, axis.direction)));
  if (type !== 'torus') return dot(across, normal) < 0;
  const radial = unit(across);
  if (!radial || radius_mm === undefined) return undefined;
  return dot(subtract(point, add(axis.origin_mm, scale(radial, radius_mm))), normal) < 0;
}
