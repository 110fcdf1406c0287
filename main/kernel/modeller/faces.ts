/** What is worth knowing of one face: what surface it lies on, how large it is, where, and which way it looks. */
import type { TopoDS_Face } from 'replicad-opencascadejs';
import type { FaceInfo, Vector3 } from '../../../preload/contract/geometry.ts';
import { type Own, scoped } from '../scope.ts';
import { nearestParameters, type SurfaceBounds } from './nearest.ts';
import type { Occt } from './occt.ts';
import { cross, dot, length, middle, scale, subtract, take, takeBox, unit } from './vectors.ts';

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
type Particulars = Pick<FaceInfo, 'axis' | 'radius_mm' | 'minorRadius_mm' | 'semiAngle_rad'>;

export function describeFace(oc: Occt, face: TopoDS_Face, edges: number[]): FaceInfo {
  return scoped((own) => {
    const properties = own(new oc.GProp_GProps());
    oc.BRepGProp.SurfaceProperties(face, properties, false, false);
    const surface = own(new oc.BRepAdaptor_Surface(face, true));
    const type = TYPES[surface.GetType()] ?? 'other';
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
    const seen = normalNear(oc, own, face, surface, type, centroid);
    if (seen) {
      info.normal = seen.normal;
      const concave = concavity(type, particulars, seen.point, seen.normal);
      if (concave !== undefined) info.concave = concave;
    }
    return info;
  });
}

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
    case 'sphere':
      return { radius_mm: own(surface.Sphere()).Radius() };
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

/** The outward normal where the surface is nearest the centroid, or in the middle of the face where that cannot be found. */
function normalNear(
  oc: Occt,
  own: Own,
  face: TopoDS_Face,
  surface: Surface,
  type: FaceInfo['type'],
  centroid: Vector3,
): { point: Vector3; normal: Vector3 } | undefined {
  const sides = own(new oc.BRepGProp_Face(face, false));
  const point = own(new oc.gp_Pnt(0, 0, 0));
  const vector = own(new oc.gp_Vec(0, 0, 0));
  const at = (u: number, v: number): { point: Vector3; normal: Vector3 } | undefined => {
    sides.Normal(u, v, point, vector);
    const normal = unit([vector.X(), vector.Y(), vector.Z()]);
    return normal && { point: [point.X(), point.Y(), point.Z()], normal };
  };
  const { U1, U2, V1, V2 } = sides.Bounds();
  const inTheMiddle = (): ReturnType<typeof at> =>
    at((U1 + U2) / 2, (V1 + V2) / 2) ?? at(U1 * 0.4 + U2 * 0.6, V1 * 0.4 + V2 * 0.6);
  if (type === 'plane') return inTheMiddle();
  const bounds: SurfaceBounds = { u: [U1, U2], v: [V1, V2] };
  if (![U1, U2, V1, V2].every((bound) => Math.abs(bound) < 1e50) || !(U2 > U1 && V2 > V1)) return inTheMiddle();
  const nearest = nearestParameters((u, v) => take(surface.EvalD0(u, v)), bounds, centroid);
  return at(...nearest) ?? inTheMiddle();
}

/** Whether the outward normal points towards the axis or centre: the material lies outside. */
function concavity(
  type: FaceInfo['type'],
  { axis }: Particulars,
  point: Vector3,
  normal: Vector3,
): boolean | undefined {
  if ((type !== 'cylinder' && type !== 'cone') || !axis) return undefined;
  const from = subtract(point, axis.origin_mm);
  const foot = scale(axis.direction, dot(from, axis.direction));
  return dot(subtract(from, foot), normal) < 0;
}
