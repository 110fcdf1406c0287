/**
 * Where each face of a model part must lie, from its dimensions alone: what names are judged by. Nothing here knows how
 * faces are named.
 */
import type { BodyInfo, Vector3 } from '../../../../preload/contract/index.ts';

export interface Surface {
  type: 'plane' | 'cylinder' | 'cone';
  /** Distance of a point from the surface, mm. */
  distance(point: Vector3): number;
  /** Cylinders: radius, mm. Planes: outward normal. */
  radius_mm?: number;
  normal?: Vector3;
}

export const TOLERANCE_mm = 1e-5;

export function plane(point: Vector3, normal: Vector3): Surface {
  const length = Math.hypot(...normal);
  const unit: Vector3 = [normal[0] / length, normal[1] / length, normal[2] / length];
  return {
    type: 'plane',
    normal: unit,
    distance: (p) => Math.abs((p[0] - point[0]) * unit[0] + (p[1] - point[1]) * unit[1] + (p[2] - point[2]) * unit[2]),
  };
}

/** With its axis along z. */
export function uprightCylinder(x_mm: number, y_mm: number, radius_mm: number): Surface {
  return {
    type: 'cylinder',
    radius_mm,
    distance: (p) => Math.abs(Math.hypot(p[0] - x_mm, p[1] - y_mm) - radius_mm),
  };
}

/** With its axis along z; its radius falls by as much as z rises. */
export function uprightCone45(x_mm: number, y_mm: number, radius_mm: number, atZ_mm: number): Surface {
  return {
    type: 'cone',
    distance: (p) => Math.abs(Math.hypot(p[0] - x_mm, p[1] - y_mm) - (radius_mm - (p[2] - atZ_mm))) / Math.SQRT2,
  };
}

/** Corners of a face: vertices of its edges. */
export function cornersOf(info: BodyInfo, face: number): Vector3[] {
  const vertices = new Set(info.faces[face]!.edges.flatMap((edge) => info.edges[edge]!.vertices));
  return [...vertices].map((vertex) => info.vertices_mm[vertex]!);
}

/** Whether a face of a body is a piece of the surface. */
export function liesOn(info: BodyInfo, face: number, surface: Surface): boolean {
  const { type, radius_mm, normal, centroid_mm } = info.faces[face]!;
  if (type !== surface.type) return false;
  if (surface.radius_mm !== undefined && Math.abs((radius_mm ?? 0) - surface.radius_mm) > TOLERANCE_mm) return false;
  if (surface.normal) {
    if (!normal) return false;
    const along = normal[0] * surface.normal[0] + normal[1] * surface.normal[1] + normal[2] * surface.normal[2];
    if (along < 1 - 1e-9 || surface.distance(centroid_mm) > TOLERANCE_mm) return false;
  }
  return cornersOf(info, face).every((corner) => surface.distance(corner) <= TOLERANCE_mm);
}
