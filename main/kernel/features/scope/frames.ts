/** Planes with frames that do not spin or slide when the part changes, and axes that keep their sense. */
import type { Vector3 } from '../../../../preload/contract/geometry.ts';
import { add, cross, dot, scale, subtract, unit } from '../../modeller/vectors.ts';
import type { Frame } from '../operation.ts';

const PRINCIPAL: Record<'xy' | 'yz' | 'zx', Frame> = {
  xy: { origin_mm: [0, 0, 0], x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] },
  yz: { origin_mm: [0, 0, 0], x: [0, 1, 0], y: [0, 0, 1], z: [1, 0, 0] },
  zx: { origin_mm: [0, 0, 0], x: [0, 0, 1], y: [1, 0, 0], z: [0, 1, 0] },
};

export const principalFrame = (plane: 'xy' | 'yz' | 'zx', offset_mm = 0): Frame => moved(PRINCIPAL[plane], offset_mm);

/** Along its own normal. */
export const moved = (frame: Frame, offset_mm: number): Frame =>
  offset_mm === 0 ? frame : { ...frame, origin_mm: add(frame.origin_mm, scale(frame.z, offset_mm)) };

/** Steeper than this against the horizontal, a plane is a wall. cos 45 degrees. */
const WALL = Math.SQRT1_2;

/**
 * A frame on a plane by its outward normal and any of its points. On walls y points up; on floors and ceilings x is the part's
 * x as seen from above. The origin is the foot of the part's origin, so that a face that grows does not take a sketch along.
 */
export function frameOnPlane(point_mm: Vector3, normal: Vector3): Frame {
  const z = unit(normal)!;
  const wall = Math.abs(z[2]) < WALL;
  const x = unit(wall ? cross([0, 0, 1], z) : subtract([1, 0, 0], scale(z, z[0])))!;
  return { origin_mm: scale(z, dot(point_mm, z)), x, y: cross(z, x), z };
}

/** Undefined where normal and x are parallel or zero. */
export function frameOf(origin_mm: Vector3, normal: Vector3, along: Vector3): Frame | undefined {
  const z = unit(normal);
  if (!z) return undefined;
  const x = unit(subtract(along, scale(z, dot(along, z))));
  return x && { origin_mm, x, y: cross(z, x), z };
}

export const toSpace = (frame: Frame, u: number, v: number): Vector3 =>
  add(frame.origin_mm, add(scale(frame.x, u), scale(frame.y, v)));

export function toPlane(frame: Frame, point_mm: Vector3): [u: number, v: number] {
  const from = subtract(point_mm, frame.origin_mm);
  return [dot(from, frame.x), dot(from, frame.y)];
}

/** Edges have no sense of their own: the one along which the largest coordinate grows. */
export function canonicalDirection(direction: Vector3): Vector3 {
  const [x, y, z] = direction.map(Math.abs) as Vector3;
  // Slightly in favour of x, then y, so that diagonals do not flip on rounding.
  const main = x >= 0.999 * Math.max(y, z) ? 0 : y >= 0.999 * z ? 1 : 2;
  return direction[main]! < 0 ? scale(direction, -1) : direction;
}

/** Sketch to part: 3 x 4, row-major. */
export const frameMatrix = ({ origin_mm: o, x, y, z }: Frame): number[] => [
  ...[x[0], y[0], z[0], o[0]],
  ...[x[1], y[1], z[1], o[1]],
  ...[x[2], y[2], z[2], o[2]],
];
