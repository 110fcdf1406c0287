/** Volume, area, centroid and inertia of a body. */
import type { GProp_GProps, TopoDS_Shape } from 'replicad-opencascadejs';
import type { BodyInfo, FaceInfo, MassProperties, Vector3 } from '../../../preload/contract/geometry.ts';
import { scoped } from '../scope.ts';
import type { Occt } from './occt.ts';
import { scale, take } from './vectors.ts';

/**
 * Relative error that the share of a face in area or volume is integrated to where surfaces are free. The kernel's integration
 * with a fixed number of points is exact for elementary surfaces and quicker, but 1.3 % off for a modelled M6 thread; the
 * adaptive one stops early on plane faces with curved boundaries, so that each does what it is good at.
 */
const INTEGRATION_ERROR = 1e-10;

const FREE: readonly FaceInfo['type'][] = ['bezier', 'bspline', 'offset', 'other'];
/** Swept curves and what is elementary are integrated well by the kernel's default. */
export const isFree = (type: FaceInfo['type']): boolean => FREE.includes(type);

/** @param free whether surfaces of the shape are free ones */
export function integrateArea(oc: Occt, shape: TopoDS_Shape, free: boolean, into: GProp_GProps): void {
  if (free) oc.BRepGProp.SurfaceProperties(shape, into, INTEGRATION_ERROR, false);
  else oc.BRepGProp.SurfaceProperties(shape, into, false, false);
}

/** @param free whether surfaces of the shape are free ones */
export function integrateVolume(oc: Occt, shape: TopoDS_Shape, free: boolean, into: GProp_GProps): void {
  if (free) oc.BRepGProp.VolumeProperties(shape, into, INTEGRATION_ERROR, false, false);
  else oc.BRepGProp.VolumeProperties(shape, into, false, false, false);
}

/**
 * Of solids: about the volume. Of shells: area, and the centroid of the surface. Of wires: the centroid of the curves.
 * Areas are sums over the faces, which have been integrated one by one already.
 */
export function massOf(
  oc: Occt,
  shape: TopoDS_Shape,
  kind: BodyInfo['kind'],
  faces: readonly FaceInfo[],
): MassProperties {
  return scoped((own) => {
    if (kind === 'wire') {
      const curves = own(new oc.GProp_GProps());
      oc.BRepGProp.LinearProperties(shape, curves, false, false);
      return { volume_mm3: 0, area_mm2: 0, centroid_mm: take(curves.CentreOfMass()) };
    }
    const area = faces.reduce((sum, face) => sum + face.area_mm2, 0);
    if (kind !== 'solid') return { volume_mm3: 0, area_mm2: area, centroid_mm: surfaceCentroid(faces, area) };
    const volume = own(new oc.GProp_GProps());
    integrateVolume(
      oc,
      shape,
      faces.some(({ type }) => isFree(type)),
      volume,
    );
    const centroid = take(volume.CentreOfMass());
    const properties: MassProperties = { volume_mm3: volume.Mass(), area_mm2: area, centroid_mm: centroid };
    // An empty or open solid has a centroid of no meaning, which may not even be a number.
    if (!centroid.every(Number.isFinite)) return { ...properties, centroid_mm: surfaceCentroid(faces, area) };
    const about = (x: number, y: number, z: number): number =>
      scoped((mine) => {
        const origin = mine(new oc.gp_Pnt(...(centroid as Vector3)));
        return volume.MomentOfInertia(mine(new oc.gp_Ax1(origin, mine(new oc.gp_Dir(x, y, z)))));
      });
    // The tensor itself is not bound; moments about six axes give it: n.I.n for n = (x + y)/sqrt 2 is (Ixx + Iyy)/2 + Ixy.
    const xx = about(1, 0, 0);
    const yy = about(0, 1, 0);
    const zz = about(0, 0, 1);
    const inertia = [
      xx,
      yy,
      zz,
      about(1, 1, 0) - (xx + yy) / 2,
      about(0, 1, 1) - (yy + zz) / 2,
      about(1, 0, 1) - (zz + xx) / 2,
    ];
    return inertia.every(Number.isFinite) ? { ...properties, inertia_mm5: inertia } : properties;
  });
}

function surfaceCentroid(faces: readonly FaceInfo[], area_mm2: number): Vector3 {
  const sum: Vector3 = [0, 0, 0];
  for (const face of faces) for (let k = 0; k < 3; k++) sum[k]! += face.centroid_mm[k]! * face.area_mm2;
  return area_mm2 > 0 ? scale(sum, 1 / area_mm2) : (faces[0]?.centroid_mm ?? [0, 0, 0]);
}
