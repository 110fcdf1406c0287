/** Where a part stands in the brief's space: its own axes there, as the variables that its script turns and shifts it by. */
import type { Vector3 } from '../../../../preload/contract/index.ts';
import type { Box } from '../../brief/brief.ts';
import { type InterfaceOf, mm, unfit } from './archetype.ts';

export interface Frame {
  origin_mm: Vector3;
  x: Vector3;
  y: Vector3;
  z: Vector3;
}

export const dot = (a: Vector3, b: Vector3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vector3, b: Vector3): Vector3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const minus = (a: Vector3, b: Vector3): Vector3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const plus = (a: Vector3, b: Vector3, times = 1): Vector3 => [
  a[0] + times * b[0],
  a[1] + times * b[1],
  a[2] + times * b[2],
];
export const negated = (a: Vector3): Vector3 => [-a[0], -a[1], -a[2]];
export const lengthOf = (a: Vector3): number => Math.hypot(...a);
export const unit = (a: Vector3): Vector3 => plus([0, 0, 0], a, 1 / lengthOf(a));

/** Directions closer than this are one. */
const SAME = 1e-6;
/** Places closer than this, mm, are one. */
export const NEAR_MM = 1e-6;
export const areParallel = (a: Vector3, b: Vector3): boolean => lengthOf(cross(a, b)) < SAME;
export const areSquare = (a: Vector3, b: Vector3): boolean => Math.abs(dot(a, b)) < SAME;

/** @param x is made square to z */
export function frameOf(origin_mm: Vector3, z: Vector3, x: Vector3): Frame {
  const up = unit(z);
  const along = unit(plus(x, up, -dot(x, up)));
  return { origin_mm, x: along, y: cross(up, along), z: up };
}

/** Any axis of space that is square to a direction, the first of x, y, z that is: patterns are drawn along the axes. */
export function axisSquareTo(z: Vector3): Vector3 {
  const axes: Vector3[] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  return axes.find((axis) => areSquare(axis, z)) ?? unit(cross(z, Math.abs(z[0]) < 0.9 ? axes[0]! : axes[1]!));
}

export function toLocal({ origin_mm, x, y, z }: Frame, point_mm: Vector3): Vector3 {
  const from = minus(point_mm, origin_mm);
  return [dot(from, x), dot(from, y), dot(from, z)];
}

/** The variables `at_x`, `at_y`, `at_z`, `turned_by`, `axis_x`, `axis_y`, `axis_z` of every archetype's script. */
export function placing({ origin_mm, x, y, z }: Frame): Record<string, string | number> {
  const [angle, axis] = turnOf(x, y, z);
  const at = { at_x: mm(origin_mm[0]), at_y: mm(origin_mm[1]), at_z: mm(origin_mm[2]) };
  const clean = (value: number): number => (Math.abs(value) < 1e-14 ? 0 : value);
  return {
    ...at,
    turned_by: `${(angle * 180) / Math.PI} deg`,
    axis_x: clean(axis[0]),
    axis_y: clean(axis[1]),
    axis_z: clean(axis[2]),
  };
}

/** The rotation whose columns are x, y and z, as an angle in radians about an axis. */
function turnOf(x: Vector3, y: Vector3, z: Vector3): [number, Vector3] {
  // Twice the sine of the angle, along the axis.
  const sine: Vector3 = [y[2] - z[1], z[0] - x[2], x[1] - y[0]];
  const cosine = (x[0] + y[1] + z[2] - 1) / 2;
  const angle = Math.atan2(lengthOf(sine) / 2, cosine);
  if (angle < 1e-12) return [0, [0, 0, 1]];
  if (lengthOf(sine) > 1e-6) return [angle, unit(sine)];
  // Half a turn: (R + 1) / 2 is the axis times itself; its largest column is the axis, but for its length.
  const columns: Vector3[] = [
    [x[0] + 1, x[1], x[2]],
    [y[0], y[1] + 1, y[2]],
    [z[0], z[1], z[2] + 1],
  ];
  return [Math.PI, unit(columns.reduce((a, b) => (lengthOf(b) > lengthOf(a) ? b : a)))];
}

/** How far the envelope reaches along a direction from a place inside it; without end where there is none. */
export function roomAlong(envelope: Box | null, from_mm: Vector3, direction: Vector3): number {
  if (!envelope) return Number.POSITIVE_INFINITY;
  let room = Number.POSITIVE_INFINITY;
  for (const axis of [0, 1, 2] as const) {
    const step = direction[axis];
    if (Math.abs(step) < SAME) continue;
    const wall = step > 0 ? envelope.max_mm[axis] : envelope.min_mm[axis];
    room = Math.min(room, (wall - from_mm[axis]) / step);
  }
  return room;
}

/** @throws DoesNotFit where a fitted box sticks out of the envelope. Corners are in the frame, mm */
export function expectInside(envelope: Box | null, frame: Frame, low: Vector3, high: Vector3): void {
  if (!envelope) return;
  for (const direction of [frame.x, frame.y, frame.z].map((each, axis) => ({ each, axis }))) {
    const middle = [0, 1, 2].map((k) => (low[k]! + high[k]!) / 2) as unknown as Vector3;
    const at = plus(plus(plus(frame.origin_mm, frame.x, middle[0]), frame.y, middle[1]), frame.z, middle[2]);
    const half = (high[direction.axis]! - low[direction.axis]!) / 2;
    for (const way of [direction.each, negated(direction.each)])
      if (roomAlong(envelope, at, way) < half - 1e-6)
        throw unfit('what the interfaces need is larger than the envelope');
  }
}

/** A face's size along a direction: it is given along the axes of space that it spans, in the order x, y, z. @throws DoesNotFit */
export function sizeAlong({ name, size_mm, normal }: InterfaceOf<'face'>, direction: Vector3): number {
  const axes: Vector3[] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  const spanned = axes.filter((axis) => areSquare(axis, normal));
  const along = spanned.findIndex((axis) => Math.abs(dot(axis, direction)) > 1 - 1e-6);
  if (!size_mm || spanned.length !== 2 || along < 0)
    throw unfit(`the face "${name}" needs a size, and sides along the axes that the bolts have`);
  return size_mm[along]!;
}

export const middleOf = (places: readonly Vector3[]): Vector3 =>
  places.reduce<Vector3>((sum, at) => plus(sum, at, 1 / places.length), [0, 0, 0]);
