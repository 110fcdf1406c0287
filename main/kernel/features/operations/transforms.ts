/** Where copies go: 3 x 4 matrices, row-major, mm. */
import type { Transform, Vector3 } from '../../../../preload/contract/geometry.ts';
import { dot, scale, subtract } from '../../modeller/vectors.ts';
import type { Frame } from '../operation.ts';
import type { Axis } from '../scope/places.ts';
import { rotated } from './datum-plane.ts';

const fromColumns = (x: Vector3, y: Vector3, z: Vector3, shift: Vector3): Transform => [
  ...[x[0], y[0], z[0], shift[0]],
  ...[x[1], y[1], z[1], shift[1]],
  ...[x[2], y[2], z[2], shift[2]],
];

export const translation = (shift_mm: Vector3): Transform => fromColumns([1, 0, 0], [0, 1, 0], [0, 0, 1], shift_mm);

export function rotationAbout({ origin_mm, direction }: Axis, angle_rad: number): Transform {
  const turn = (vector: Vector3): Vector3 => rotated(vector, direction, angle_rad);
  return fromColumns(turn([1, 0, 0]), turn([0, 1, 0]), turn([0, 0, 1]), subtract(origin_mm, turn(origin_mm)));
}

export function reflectionIn({ origin_mm, z }: Frame): Transform {
  const reflect = (vector: Vector3): Vector3 => subtract(vector, scale(z, 2 * dot(vector, z)));
  return fromColumns(reflect([1, 0, 0]), reflect([0, 1, 0]), reflect([0, 0, 1]), scale(z, 2 * dot(origin_mm, z)));
}
