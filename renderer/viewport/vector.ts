/** Vector arithmetic on plain triples, in doubles: the camera and the picking must not lose a micrometre at 100 m. */
import type { Transform, Vector3 } from '../../preload/contract/index.ts';

export const add = (a: Vector3, b: Vector3): Vector3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vector3, b: Vector3): Vector3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vector3, k: number): Vector3 => [a[0] * k, a[1] * k, a[2] * k];
/** a + b * k */
export const addScaled = (a: Vector3, b: Vector3, k: number): Vector3 => [
  a[0] + b[0] * k,
  a[1] + b[1] * k,
  a[2] + b[2] * k,
];
export const dot = (a: Vector3, b: Vector3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vector3, b: Vector3): Vector3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const length = (a: Vector3): number => Math.hypot(a[0], a[1], a[2]);
export const distance = (a: Vector3, b: Vector3): number => length(subtract(a, b));
export const mix = (a: Vector3, b: Vector3, t: number): Vector3 => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];

/** Unit vector; the fallback (default +Z) where the length is zero. */
export function normalise(a: Vector3, fallback: Vector3 = [0, 0, 1]): Vector3 {
  const l = length(a);
  return l > 0 && Number.isFinite(l) ? [a[0] / l, a[1] / l, a[2] / l] : fallback;
}

/** Some unit vector at right angles to a unit vector. */
export function perpendicular(a: Vector3): Vector3 {
  return normalise(cross(a, Math.abs(a[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]));
}

/** Rodrigues' rotation about a unit axis through the origin, in radians. */
export function rotateAbout(a: Vector3, axis: Vector3, angle: number): Vector3 {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const k = cross(axis, a);
  const d = dot(axis, a) * (1 - c);
  return [a[0] * c + k[0] * s + axis[0] * d, a[1] * c + k[1] * s + axis[1] * d, a[2] * c + k[2] * s + axis[2] * d];
}

export const transformPoint = (m: Transform | Float64Array, p: Vector3): Vector3 => [
  m[0]! * p[0] + m[1]! * p[1] + m[2]! * p[2] + m[3]!,
  m[4]! * p[0] + m[5]! * p[1] + m[6]! * p[2] + m[7]!,
  m[8]! * p[0] + m[9]! * p[1] + m[10]! * p[2] + m[11]!,
];
export const transformDirection = (m: Transform | Float64Array, p: Vector3): Vector3 => [
  m[0]! * p[0] + m[1]! * p[1] + m[2]! * p[2],
  m[4]! * p[0] + m[5]! * p[1] + m[6]! * p[2],
  m[8]! * p[0] + m[9]! * p[1] + m[10]! * p[2],
];

export const determinant = (m: Transform): number =>
  m[0]! * (m[5]! * m[10]! - m[6]! * m[9]!) -
  m[1]! * (m[4]! * m[10]! - m[6]! * m[8]!) +
  m[2]! * (m[4]! * m[9]! - m[5]! * m[8]!);

/** Inverse of an affine 3 x 4 transform; the identity's where it is singular, so that a bad file cannot throw here. */
export function invertTransform(m: Transform): Transform {
  const d = determinant(m);
  if (!(Math.abs(d) > 1e-300)) return [1, 0, 0, -m[3]!, 0, 1, 0, -m[7]!, 0, 0, 1, -m[11]!];
  const r = [
    (m[5]! * m[10]! - m[6]! * m[9]!) / d,
    (m[2]! * m[9]! - m[1]! * m[10]!) / d,
    (m[1]! * m[6]! - m[2]! * m[5]!) / d,
    (m[6]! * m[8]! - m[4]! * m[10]!) / d,
    (m[0]! * m[10]! - m[2]! * m[8]!) / d,
    (m[2]! * m[4]! - m[0]! * m[6]!) / d,
    (m[4]! * m[9]! - m[5]! * m[8]!) / d,
    (m[1]! * m[8]! - m[0]! * m[9]!) / d,
    (m[0]! * m[5]! - m[1]! * m[4]!) / d,
  ] as const;
  const t: Vector3 = [m[3]!, m[7]!, m[11]!];
  return [
    r[0],
    r[1],
    r[2],
    -(r[0] * t[0] + r[1] * t[1] + r[2] * t[2]),
    r[3],
    r[4],
    r[5],
    -(r[3] * t[0] + r[4] * t[1] + r[5] * t[2]),
    r[6],
    r[7],
    r[8],
    -(r[6] * t[0] + r[7] * t[1] + r[8] * t[2]),
  ];
}

export interface Box {
  min: Vector3;
  max: Vector3;
}
export const emptyBox = (): Box => ({ min: [Infinity, Infinity, Infinity], max: [-Infinity, -Infinity, -Infinity] });
export const isEmptyBox = (box: Box): boolean => !(box.min[0] <= box.max[0]);

export function growBox(box: Box, p: Vector3): void {
  for (let i = 0; i < 3; i++) {
    if (p[i]! < box.min[i]!) box.min[i] = p[i]!;
    if (p[i]! > box.max[i]!) box.max[i] = p[i]!;
  }
}

export function boxCorners(box: Box): Vector3[] {
  const corners: Vector3[] = [];
  for (let i = 0; i < 8; i++)
    corners.push([i & 1 ? box.max[0] : box.min[0], i & 2 ? box.max[1] : box.min[1], i & 4 ? box.max[2] : box.min[2]]);
  return corners;
}

export function transformBox(m: Transform, box: Box): Box {
  const out = emptyBox();
  if (isEmptyBox(box)) return out;
  for (const corner of boxCorners(box)) growBox(out, transformPoint(m, corner));
  return out;
}
export const boxCentre = (box: Box): Vector3 => mix(box.min, box.max, 0.5);
export const boxRadius = (box: Box): number => (isEmptyBox(box) ? 0 : distance(box.min, box.max) / 2);
