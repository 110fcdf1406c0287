/** Points and directions as plain numbers. No units: the callers carry them. */
import type { Vector3 } from '../../preload/contract/index.ts';

export const distance = (a: Vector3, b: Vector3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
export const dot = (a: Vector3, b: Vector3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vector3, b: Vector3): Vector3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const lengthOf = (a: Vector3): number => Math.hypot(a[0], a[1], a[2]);
export const subtract = (a: Vector3, b: Vector3): Vector3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vector3, s: number): Vector3 => [a[0] * s, a[1] * s, a[2] * s];

/** The zero vector stays what it is. */
export function unit(a: Vector3): Vector3 {
  const size = lengthOf(a);
  return size > 1e-300 ? scale(a, 1 / size) : [0, 0, 0];
}
