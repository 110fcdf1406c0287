/** Plane geometry of regions by signed distance: negative inside. */
import type { Point2 } from './types.ts';

export type SignedDistance = (x: number, y: number) => number;

export const circleDistance =
  (centre: Point2, radius: number): SignedDistance =>
  (x, y) =>
    Math.hypot(x - centre[0], y - centre[1]) - radius;

/** A rectangle about a middle, its first side along a unit vector. */
export const rectangleDistance =
  (middle: Point2, along: Point2, halfAlong: number, halfAcross: number): SignedDistance =>
  (x, y) => {
    const [dx, dy] = [x - middle[0], y - middle[1]];
    const a = Math.abs(dx * along[0] + dy * along[1]) - halfAlong;
    const b = Math.abs(-dx * along[1] + dy * along[0]) - halfAcross;
    return Math.hypot(Math.max(a, 0), Math.max(b, 0)) + Math.min(Math.max(a, b), 0);
  };

export function segmentDistance(x: number, y: number, a: Point2, b: Point2): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const size = dx * dx + dy * dy;
  const t = size > 0 ? Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / size)) : 0;
  return Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy);
}

export function insidePolygon(x: number, y: number, corners: readonly Point2[]): boolean {
  let inside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [a, b] = [corners[i]!, corners[j]!];
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
}

export const polygonDistance =
  (corners: readonly Point2[]): SignedDistance =>
  (x, y) => {
    let nearest = Infinity;
    for (let i = 0, j = corners.length - 1; i < corners.length; j = i++)
      nearest = Math.min(nearest, segmentDistance(x, y, corners[j]!, corners[i]!));
    return insidePolygon(x, y, corners) ? -nearest : nearest;
  };

export const union =
  (regions: readonly SignedDistance[]): SignedDistance =>
  (x, y) => {
    let nearest = Infinity;
    for (const region of regions) nearest = Math.min(nearest, region(x, y));
    return nearest;
  };

/** Twice the area, positive counter-clockwise. */
export function doubleArea(corners: readonly Point2[]): number {
  let sum = 0;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++)
    sum += corners[j]![0] * corners[i]![1] - corners[i]![0] * corners[j]![1];
  return sum;
}

export const polygonArea = (corners: readonly Point2[]): number => doubleArea(corners) / 2;

export const distance = (a: Point2, b: Point2): number => Math.hypot(b[0] - a[0], b[1] - a[1]);

/** Middle and radius of the circle through three points; null where they are in line. */
export function circleThrough(
  a: Point2,
  b: Point2,
  c: Point2,
): { centre: Point2; radius: number; left: boolean } | null {
  const [bx, by, cx, cy] = [b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]];
  const double = 2 * (bx * cy - by * cx);
  if (Math.abs(double) < 1e-12 * (bx * bx + by * by + cx * cx + cy * cy)) return null;
  const [b2, c2] = [bx * bx + by * by, cx * cx + cy * cy];
  const [x, y] = [(cy * b2 - by * c2) / double, (bx * c2 - cx * b2) / double];
  return { centre: [a[0] + x, a[1] + y], radius: Math.hypot(x, y), left: double > 0 };
}
