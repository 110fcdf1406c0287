/** Where the pointer is, and what that means: on a point, on a curve, in line with something. */
import type { Point2 } from '../view/frame.ts';

export type On =
  /** The id may be `origin`. */
  { kind: 'point'; id: string } | { kind: 'curve'; id: string } | { kind: 'midpoint'; line: string };

/** How the line from the last point to here runs. */
export type Heading =
  | { kind: 'horizontal' }
  | { kind: 'vertical' }
  | { kind: 'parallel' | 'perpendicular' | 'tangent'; to: string };

export interface Place {
  at: Point2;
  on?: On;
  /** A second curve, where two cross. */
  also?: string;
  heading?: Heading;
}

export const placeAt = (x: number, y: number): Place => ({ at: [x, y] });

export const distanceBetween = (a: Point2, b: Point2): number => Math.hypot(b[0] - a[0], b[1] - a[1]);
export const middle = (a: Point2, b: Point2): Point2 => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
export const angleOf = (a: Point2, b: Point2): number => Math.atan2(b[1] - a[1], b[0] - a[0]);
export const along = (a: Point2, angle: number, length: number): Point2 => [
  a[0] + Math.cos(angle) * length,
  a[1] + Math.sin(angle) * length,
];
/** Into 0..2 pi. */
export const wholeTurn = (angle: number): number => {
  const turn = angle % (2 * Math.PI);
  return turn < 0 ? turn + 2 * Math.PI : turn;
};

/** The circle through three points, or null where they lie on a line. */
export function circleThrough(a: Point2, b: Point2, c: Point2): { centre: Point2; radius: number } | null {
  const [bx, by] = [b[0] - a[0], b[1] - a[1]];
  const [cx, cy] = [c[0] - a[0], c[1] - a[1]];
  const d = 2 * (bx * cy - by * cx);
  const size = Math.hypot(bx, by) * Math.hypot(cx, cy);
  if (Math.abs(d) < 1e-9 * size || size === 0) return null;
  const [b2, c2] = [bx * bx + by * by, cx * cx + cy * cy];
  const x = (cy * b2 - by * c2) / d;
  const y = (bx * c2 - cx * b2) / d;
  return { centre: [a[0] + x, a[1] + y], radius: Math.hypot(x, y) };
}
