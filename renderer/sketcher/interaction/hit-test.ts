/** What lies under a place of the screen, and in a rectangle. CSS pixels. Pure. */
import type { Point2 } from '../view/frame.ts';
import { boundsOf, type LiveCurve, type LiveGeometry, nearestPoint } from '../view/geometry.ts';
import { GLYPH } from '../view/glyphs.ts';
import type { Hits } from '../view/picture.ts';
import { fromScreen, type Projection, toScreen } from '../view/projection.ts';

export type Hit =
  | { kind: 'point'; id: string }
  | { kind: 'curve'; id: string }
  | { kind: 'constraint'; id: string }
  | { kind: 'dimension'; id: string };

const POINT_REACH = 8;
const CURVE_REACH = 7;

const distanceTo = (curve: LiveCurve, view: Projection, at: Point2, pixel: Point2): number => {
  const near = nearestPoint(curve, at);
  const [x, y] = toScreen(view, ...near);
  return Math.hypot(x - pixel[0], y - pixel[1]);
};

/** A cheap look whether a curve can be near at all. */
function mayReach(curve: LiveCurve, at: Point2, reach: number): boolean {
  if (curve.kind === 'line') {
    const { start, end } = curve;
    return (
      at[0] > Math.min(start.x, end.x) - reach &&
      at[0] < Math.max(start.x, end.x) + reach &&
      at[1] > Math.min(start.y, end.y) - reach &&
      at[1] < Math.max(start.y, end.y) + reach
    );
  }
  if (curve.kind === 'circle') {
    const from = Math.hypot(at[0] - curve.centre.x, at[1] - curve.centre.y);
    return Math.abs(from - curve.radius) < reach;
  }
  return true;
}

/** Points before curves, curves before the axes; texts and marks before all, as they lie on top. */
export function hitAt(pixel: Point2, geometry: LiveGeometry, view: Projection, hits: Hits | null): Hit | null {
  const [x, y] = pixel;
  for (const label of hits?.labels ?? [])
    if (Math.abs(x - label.x) <= label.width / 2 && Math.abs(y - label.y) <= 10)
      return { kind: 'dimension', id: label.id };
  for (const glyph of hits?.glyphs ?? [])
    if (Math.abs(x - glyph.x) <= GLYPH / 2 && Math.abs(y - glyph.y) <= GLYPH / 2)
      return { kind: 'constraint', id: glyph.id };
  return entityAt(pixel, geometry, view);
}

export function entityAt(
  pixel: Point2,
  geometry: LiveGeometry,
  view: Projection,
  wanted: 'any' | 'curve' = 'any',
): Hit | null {
  const [x, y] = pixel;
  const at = fromScreen(view, x, y);
  if (!at) return null;
  let best: { hit: Hit; distance: number } | null = null;
  const take = (hit: Hit, distance: number, reach: number) => {
    if (distance <= reach && (!best || distance < best.distance)) best = { hit, distance };
  };
  const reach = POINT_REACH / view.scale;
  for (const point of wanted === 'any' ? geometry.points.values() : []) {
    if (Math.abs(point.x - at[0]) > reach || Math.abs(point.y - at[1]) > reach) continue;
    take({ kind: 'point', id: point.id }, Math.hypot(point.x - at[0], point.y - at[1]) * view.scale, POINT_REACH);
  }
  if (wanted === 'any') take({ kind: 'point', id: 'origin' }, Math.hypot(at[0], at[1]) * view.scale + 0.5, POINT_REACH);
  if (best) return (best as { hit: Hit }).hit;
  for (const curve of geometry.curves) {
    if (!mayReach(curve, at, CURVE_REACH / view.scale)) continue;
    take({ kind: 'curve', id: curve.id }, distanceTo(curve, view, at, pixel), CURVE_REACH);
  }
  if (best) return (best as { hit: Hit }).hit;
  take({ kind: 'curve', id: 'x-axis' }, Math.abs(at[1]) * view.scale, CURVE_REACH - 2);
  take({ kind: 'curve', id: 'y-axis' }, Math.abs(at[0]) * view.scale, CURVE_REACH - 2);
  return best === null ? null : (best as { hit: Hit }).hit;
}

/** Left to right takes what is wholly inside, right to left what reaches into it. */
export function inBox(
  box: { x0: number; y0: number; x1: number; y1: number },
  geometry: LiveGeometry,
  view: Projection,
  hits: Hits | null,
): string[] {
  const crossing = box.x1 < box.x0;
  const [x0, x1] = [Math.min(box.x0, box.x1), Math.max(box.x0, box.x1)];
  const [y0, y1] = [Math.min(box.y0, box.y1), Math.max(box.y0, box.y1)];
  const inside = (u: number, v: number) => {
    const [x, y] = toScreen(view, u, v);
    return x >= x0 && x <= x1 && y >= y0 && y <= y1;
  };
  const ids: string[] = [];
  for (const curve of geometry.curves) {
    const [low, high] = boundsOf(curve);
    const whole =
      inside(low[0], low[1]) && inside(high[0], high[1]) && inside(low[0], high[1]) && inside(high[0], low[1]);
    if (whole || (crossing && touches(curve, inside))) ids.push(curve.id);
  }
  for (const point of geometry.points.values()) if (inside(point.x, point.y)) ids.push(point.id);
  for (const { id, x, y } of hits?.labels ?? []) if (x >= x0 && x <= x1 && y >= y0 && y <= y1) ids.push(id);
  return ids;
}

/** Any of many places along it is inside: fine enough for a rectangle drawn by hand. */
function touches(curve: LiveCurve, inside: (u: number, v: number) => boolean): boolean {
  const [low, high] = boundsOf(curve);
  const steps = 64;
  for (let k = 0; k <= steps; k++) {
    if (curve.kind === 'line') {
      const t = k / steps;
      const { start, end } = curve;
      if (inside(start.x + t * (end.x - start.x), start.y + t * (end.y - start.y))) return true;
      continue;
    }
    const angle = (2 * Math.PI * k) / steps;
    const far: Point2 = [
      (low[0] + high[0]) / 2 + (high[0] - low[0]) * Math.cos(angle),
      (low[1] + high[1]) / 2 + (high[1] - low[1]) * Math.sin(angle),
    ];
    if (inside(...nearestPoint(curve, far))) return true;
  }
  return false;
}
