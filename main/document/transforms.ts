/** Placements as 3 x 4 row-major matrices (see the contract's `Transform`); translations in mm. */
import type { BoundingBox, Transform, Vector3 } from '../../preload/contract/geometry.ts';
import { refuse } from './refuse.ts';

/** `outer` after `inner`: where a thing placed by `inner` ends up when all of it is placed by `outer`. */
export function composeTransforms(outer: Transform, inner: Transform): Transform {
  const product: number[] = [];
  for (let row = 0; row < 12; row += 4) {
    const a = outer[row]!;
    const b = outer[row + 1]!;
    const c = outer[row + 2]!;
    for (let column = 0; column < 4; column++) {
      const sum = a * inner[column]! + b * inner[4 + column]! + c * inner[8 + column]!;
      product.push(column === 3 ? sum + outer[row + 3]! : sum);
    }
  }
  return product;
}

/** Of the 3 x 3 part: 1 for a rotation, -1 for a mirror, scale^3 for a scaling. */
export function determinant(t: Transform): number {
  return (
    t[0]! * (t[5]! * t[10]! - t[6]! * t[9]!) -
    t[1]! * (t[4]! * t[10]! - t[6]! * t[8]!) +
    t[2]! * (t[4]! * t[9]! - t[5]! * t[8]!)
  );
}

/** @throws ArtificerError `transform.singular` when it flattens space. */
export function invertTransform(t: Transform): Transform {
  const d = determinant(t);
  if (!(Math.abs(d) > 1e-300))
    throw refuse('transform.singular', 'This placement flattens the part and has no inverse.');
  const r = [
    (t[5]! * t[10]! - t[6]! * t[9]!) / d,
    (t[2]! * t[9]! - t[1]! * t[10]!) / d,
    (t[1]! * t[6]! - t[2]! * t[5]!) / d,
    (t[6]! * t[8]! - t[4]! * t[10]!) / d,
    (t[0]! * t[10]! - t[2]! * t[8]!) / d,
    (t[2]! * t[4]! - t[0]! * t[6]!) / d,
    (t[4]! * t[9]! - t[5]! * t[8]!) / d,
    (t[1]! * t[8]! - t[0]! * t[9]!) / d,
    (t[0]! * t[5]! - t[1]! * t[4]!) / d,
  ] as const;
  const shift = (row: number) => -(r[row]! * t[3]! + r[row + 1]! * t[7]! + r[row + 2]! * t[11]!);
  return [r[0], r[1], r[2], shift(0), r[3], r[4], r[5], shift(3), r[6], r[7], r[8], shift(6)];
}

export const transformPoint = (t: Transform, [x, y, z]: Vector3): Vector3 => [
  t[0]! * x + t[1]! * y + t[2]! * z + t[3]!,
  t[4]! * x + t[5]! * y + t[6]! * z + t[7]!,
  t[8]! * x + t[9]! * y + t[10]! * z + t[11]!,
];

/** Turns without shifting. */
export const transformDirection = (t: Transform, [x, y, z]: Vector3): Vector3 => [
  t[0]! * x + t[1]! * y + t[2]! * z,
  t[4]! * x + t[5]! * y + t[6]! * z,
  t[8]! * x + t[9]! * y + t[10]! * z,
];

/** The axis-parallel box round a placed box. */
export function transformBox(t: Transform, box: BoundingBox): BoundingBox {
  const min: Vector3 = [t[3]!, t[7]!, t[11]!];
  const max: Vector3 = [t[3]!, t[7]!, t[11]!];
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      const factor = t[row * 4 + column]!;
      const low = factor * box.min[column]!;
      const high = factor * box.max[column]!;
      min[row]! += Math.min(low, high);
      max[row]! += Math.max(low, high);
    }
  }
  return { min, max };
}

/** Does it only turn and shift? Mirrors and scalings don't count. `tolerance` is on each entry of R^T R - 1. */
export function isRigid(t: Transform, tolerance = 1e-6): boolean {
  for (let i = 0; i < 3; i++) {
    for (let j = i; j < 3; j++) {
      const dot = t[i]! * t[j]! + t[4 + i]! * t[4 + j]! + t[8 + i]! * t[8 + j]!;
      if (!(Math.abs(dot - (i === j ? 1 : 0)) <= tolerance)) return false;
    }
  }
  return determinant(t) > 0;
}

export const translation = ([x, y, z]: Vector3): Transform => [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z];

/** About an axis through the origin, by the right-hand rule; radians. */
export function rotation(axis: Vector3, angle_rad: number): Transform {
  const length = Math.hypot(...axis);
  if (!(length > 0)) throw refuse('transform.no-axis', 'A rotation needs an axis that is not zero.');
  const [x, y, z] = [axis[0] / length, axis[1] / length, axis[2] / length];
  const c = Math.cos(angle_rad);
  const s = Math.sin(angle_rad);
  const k = 1 - c;
  return [
    c + x * x * k, x * y * k - z * s, x * z * k + y * s, 0,
    y * x * k + z * s, c + y * y * k, y * z * k - x * s, 0,
    z * x * k - y * s, z * y * k + x * s, c + z * z * k, 0,
  ]; // biome-ignore format: a matrix reads best as rows
}
