/** Points of the kernel as plain numbers. */
import type { BoundingBox, Vector3 } from '../../../preload/contract/geometry.ts';
import type { Handle } from '../scope.ts';
import type { Occt } from './occt.ts';

interface Coordinates extends Handle {
  X(): number;
  Y(): number;
  Z(): number;
}

/** Reads the coordinates and frees the point. */
export function take(point: Coordinates): Vector3 {
  const vector: Vector3 = [point.X(), point.Y(), point.Z()];
  point.delete();
  return vector;
}

export const subtract = (a: Vector3, b: Vector3): Vector3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const add = (a: Vector3, b: Vector3): Vector3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const scale = (a: Vector3, s: number): Vector3 => [a[0] * s, a[1] * s, a[2] * s];
export const dot = (a: Vector3, b: Vector3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vector3, b: Vector3): Vector3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const length = (a: Vector3): number => Math.hypot(a[0], a[1], a[2]);
export const middle = (a: Vector3, b: Vector3): Vector3 => scale(add(a, b), 0.5);

/** Undefined for a vector that is as good as zero. */
export function unit(a: Vector3): Vector3 | undefined {
  const size = length(a);
  return size > 1e-300 && Number.isFinite(size) ? scale(a, 1 / size) : undefined;
}

/** Reads the corners and frees the box; a box without anything in it is a point at the origin. */
export function takeBox(box: InstanceType<Occt['Bnd_Box']>): BoundingBox {
  try {
    if (box.IsVoid()) return { min: [0, 0, 0], max: [0, 0, 0] };
    return { min: take(box.CornerMin()), max: take(box.CornerMax()) };
  } finally {
    box.delete();
  }
}
