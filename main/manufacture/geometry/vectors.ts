/** Points and directions as plain numbers. */
import type { Vector3 } from '../../../preload/contract/index.ts';
import { cross, dot, subtract, unit } from '../../document/index.ts';

export { cross, distance, dot, lengthOf as length, scale, subtract, unit } from '../../document/index.ts';

export const add = (a: Vector3, b: Vector3): Vector3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
/** `a + s b` */
export const along = (a: Vector3, b: Vector3, s: number): Vector3 => [
  a[0] + s * b[0],
  a[1] + s * b[1],
  a[2] + s * b[2],
];

/** Two unit directions at right angles to a unit direction and to each other, right-handed with it. */
export function acrossOf(direction: Vector3): [Vector3, Vector3] {
  const helper: Vector3 = Math.abs(direction[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0];
  const u = unit(cross(direction, helper));
  return [u, cross(direction, u)];
}

export const degrees = (radians: number): number => (radians * 180) / Math.PI;
export const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Between two unit directions, in degrees. */
export const angleBetween = (a: Vector3, b: Vector3): number =>
  degrees(Math.acos(Math.min(1, Math.max(-1, dot(a, b)))));

/** From the line through `origin` along the unit `direction` to a point, at a right angle. */
export function acrossAxis(origin: Vector3, direction: Vector3, point: Vector3): Vector3 {
  const from = subtract(point, origin);
  return along(from, direction, -dot(from, direction));
}
