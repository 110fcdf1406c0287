/** Accelerations that act as loads: constant ones, steady rotation, and what balances a free body. All are linear in space. */
import { cross, norm, scale, type Vec3 } from '../vector.ts';

/** b(x) = constant + gradient x: mm/s^2, and 1/s^2 row by row. */
export interface AccelerationField {
  constant: Vec3;
  gradient: number[];
}

export const noAcceleration = (): AccelerationField => ({ constant: [0, 0, 0], gradient: new Array(9).fill(0) });

export const isNoAcceleration = ({ constant, gradient }: AccelerationField): boolean =>
  constant.every((value) => value === 0) && gradient.every((value) => value === 0);

/** sum += factor * other */
export function addAcceleration(sum: AccelerationField, factor: number, other: AccelerationField): void {
  for (let i = 0; i < 3; i++) sum.constant[i]! += factor * other.constant[i]!;
  for (let i = 0; i < 9; i++) sum.gradient[i]! += factor * other.gradient[i]!;
}

const times = (gradient: readonly number[], x: Readonly<Vec3>): Vec3 => [
  gradient[0]! * x[0] + gradient[1]! * x[1] + gradient[2]! * x[2],
  gradient[3]! * x[0] + gradient[4]! * x[1] + gradient[5]! * x[2],
  gradient[6]! * x[0] + gradient[7]! * x[1] + gradient[8]! * x[2],
];

/** Steady rotation pulls outward with w^2 times the distance from the axis: w^2 (I - n n^T) (x - p). */
export function centrifugal(axis: { origin_mm: Vec3; direction: Vec3 }, speed_rad_s: number): AccelerationField {
  const n = scale(axis.direction, 1 / norm(axis.direction));
  const squared = speed_rad_s ** 2;
  const gradient = [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => squared * ((i === j ? 1 : 0) - n[i]! * n[j]!)));
  return { constant: scale(times(gradient, axis.origin_mm), -1), gradient };
}

/** The inertia force, per mass, of a body that accelerates by `linear` at `centre` and turns ever faster by `angular`. */
export function inertiaOf(linear: Vec3, angular: Vec3, centre: Vec3): AccelerationField {
  const [x, y, z] = angular;
  // - angular x (r - centre) as a matrix.
  const gradient = [0, z, -y, -z, 0, x, y, -x, 0];
  const atOrigin = cross(angular, centre);
  return { constant: [atOrigin[0] - linear[0], atOrigin[1] - linear[1], atOrigin[2] - linear[2]], gradient };
}
