/** Where a dimension's lines, arrows and text stand on the screen. CSS pixels. Pure. */
import type { Dimension } from '../solving/evaluate.ts';
import type { Point2 } from './frame.ts';
import { arcRadius, type LiveGeometry } from './geometry.ts';
import { type Projection, toScreen } from './projection.ts';

export interface DimensionLayout {
  /** Straight pieces: x0, y0, x1, y1. */
  lines: [number, number, number, number][];
  arc?: { x: number; y: number; radius: number; from: number; to: number };
  /** Tips with the direction that they point in. */
  arrows: { x: number; y: number; angle: number }[];
  text: Point2;
}

/** A label that nobody has moved stands this far out. */
const OUT = 34;
const GAP = 3;
const OVER = 5;

const towards = ([x, y]: Point2, angle: number, length: number): Point2 => [
  x + Math.cos(angle) * length,
  y + Math.sin(angle) * length,
];
const angleBetween = (a: Point2, b: Point2): number => Math.atan2(b[1] - a[1], b[0] - a[0]);

/** Between a and b along a direction, its line through the label. */
function linear(a: Point2, b: Point2, direction: number, label: Point2 | null): DimensionLayout {
  const [ux, uy] = [Math.cos(direction), Math.sin(direction)];
  const [nx, ny] = [-uy, ux];
  const middle: Point2 = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const text: Point2 = label ?? [middle[0] + nx * OUT, middle[1] + ny * OUT];
  const out = (p: Point2): number => (text[0] - p[0]) * nx + (text[1] - p[1]) * ny;
  const foot = (p: Point2): Point2 => [p[0] + nx * out(p), p[1] + ny * out(p)];
  const [fa, fb] = [foot(a), foot(b)];
  const place = (p: Point2): number => p[0] * ux + p[1] * uy;
  const [low, high] = place(fa) < place(fb) ? [fa, fb] : [fb, fa];
  const at = place(text);
  const lines: DimensionLayout['lines'] = [];
  for (const [p, f] of [
    [a, fa],
    [b, fb],
  ] as const) {
    const length = out(p);
    if (Math.abs(length) < GAP * 2) continue;
    const way = Math.sign(length);
    lines.push([p[0] + nx * GAP * way, p[1] + ny * GAP * way, f[0] + nx * OVER * way, f[1] + ny * OVER * way]);
  }
  // The line reaches to the text where that stands outside.
  const begin: Point2 = at < place(low) ? text : low;
  const end: Point2 = at > place(high) ? text : high;
  lines.push([begin[0], begin[1], end[0], end[1]]);
  const narrow = place(high) - place(low) < 34;
  return {
    lines,
    arrows: [
      { x: low[0], y: low[1], angle: narrow ? direction : direction + Math.PI },
      { x: high[0], y: high[1], angle: narrow ? direction + Math.PI : direction },
    ],
    text,
  };
}

/** Null where what it measures is not there. */
export function layoutDimension(
  dimension: Dimension,
  geometry: LiveGeometry,
  view: Projection,
): DimensionLayout | null {
  const label = dimension.label_mm ? toScreen(view, ...dimension.label_mm) : null;
  const onScreen = (id: string): Point2 | null => {
    const point = geometry.point(id);
    return point ? toScreen(view, point.x, point.y) : null;
  };
  if (dimension.kind === 'radius' || dimension.kind === 'diameter')
    return layoutRound(dimension, geometry, view, label);
  if (dimension.kind === 'angle') return layoutAngle(dimension, geometry, view, label);
  const lineOf = (id: string): [Point2, Point2] | null => {
    if (id === 'x-axis') return [toScreen(view, 0, 0), toScreen(view, 1, 0)];
    if (id === 'y-axis') return [toScreen(view, 0, 0), toScreen(view, 0, 1)];
    const curve = geometry.curve(id);
    if (curve?.kind !== 'line') return null;
    return [toScreen(view, curve.start.x, curve.start.y), toScreen(view, curve.end.x, curve.end.y)];
  };
  if (dimension.kind !== 'distance') {
    const [a, b] = [onScreen(dimension.a), onScreen(dimension.b)];
    if (!a || !b) return null;
    const axis = dimension.kind === 'horizontal-distance' ? Math.atan2(view.b, view.a) : Math.atan2(view.d, view.c);
    return linear(a, b, axis, label);
  }
  const line = lineOf(dimension.a);
  if (dimension.b === undefined) return line ? linear(line[0], line[1], angleBetween(...line), label) : null;
  const other = lineOf(dimension.b);
  const [pa, pb] = [onScreen(dimension.a), onScreen(dimension.b)];
  if (pa && pb) return linear(pa, pb, angleBetween(pa, pb), label);
  const base = line ?? other;
  if (!base) return null;
  const from: Point2 | null =
    line && other ? [(other[0][0] + other[1][0]) / 2, (other[0][1] + other[1][1]) / 2] : (pa ?? pb);
  if (!from) return null;
  const across = angleBetween(...base) + Math.PI / 2;
  const height = (from[0] - base[0][0]) * Math.cos(across) + (from[1] - base[0][1]) * Math.sin(across);
  return linear(towards(from, across, -height), from, across, label);
}

function layoutRound(
  dimension: Extract<Dimension, { kind: 'radius' | 'diameter' }>,
  geometry: LiveGeometry,
  view: Projection,
  label: Point2 | null,
): DimensionLayout | null {
  const curve = geometry.curve(dimension.curve);
  if (curve?.kind !== 'circle' && curve?.kind !== 'arc') return null;
  const centre = toScreen(view, curve.centre.x, curve.centre.y);
  const radius = (curve.kind === 'circle' ? curve.radius : arcRadius(curve)) * view.scale;
  let angle = -Math.PI / 4;
  if (label) angle = angleBetween(centre, label);
  else if (curve.kind === 'arc') {
    const start = toScreen(view, curve.start.x, curve.start.y);
    const end = toScreen(view, curve.end.x, curve.end.y);
    const chord: Point2 = [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2];
    angle = angleBetween(centre, chord);
  }
  const text = label ?? towards(centre, angle, radius + OUT);
  const rim = towards(centre, angle, radius);
  const inside = Math.hypot(text[0] - centre[0], text[1] - centre[1]) < radius;
  const opposite = towards(centre, angle + Math.PI, radius);
  const begin = dimension.kind === 'diameter' ? opposite : centre;
  const end = inside ? rim : text;
  const arrows = [{ x: rim[0], y: rim[1], angle }];
  if (dimension.kind === 'diameter') arrows.push({ x: opposite[0], y: opposite[1], angle: angle + Math.PI });
  return { lines: [[begin[0], begin[1], end[0], end[1]]], arrows, text };
}

function layoutAngle(
  dimension: Extract<Dimension, { kind: 'angle' }>,
  geometry: LiveGeometry,
  view: Projection,
  label: Point2 | null,
): DimensionLayout | null {
  const ray = (id: string): [Point2, Point2] | null => {
    if (id === 'x-axis') return [toScreen(view, 0, 0), toScreen(view, 1, 0)];
    if (id === 'y-axis') return [toScreen(view, 0, 0), toScreen(view, 0, 1)];
    const curve = geometry.curve(id);
    if (curve?.kind !== 'line') return null;
    return [toScreen(view, curve.start.x, curve.start.y), toScreen(view, curve.end.x, curve.end.y)];
  };
  const [a, b] = [ray(dimension.a), ray(dimension.b)];
  if (!a || !b) return null;
  const corner = crossing(a, b);
  if (!corner) return null;
  const [from, to] = [angleBetween(...a), angleBetween(...b)];
  // Counter-clockwise in the sketch, which the screen may show the other way round.
  const turn = 2 * Math.PI;
  const sweep = (((view.upright ? from - to : to - from) % turn) + turn) % turn;
  const begin = view.upright ? to : from;
  const half = begin + sweep / 2;
  const reach = Math.min(Math.max(Math.hypot(a[1][0] - corner[0], a[1][1] - corner[1]) * 0.5, 28), 90);
  const text = label ?? towards(corner, half, reach + 14);
  const radius = label ? Math.max(Math.hypot(label[0] - corner[0], label[1] - corner[1]), 12) : reach;
  const [first, last] = [towards(corner, begin, radius), towards(corner, begin + sweep, radius)];
  return {
    lines: [],
    arc: { x: corner[0], y: corner[1], radius, from: begin, to: begin + sweep },
    arrows: [
      { x: first[0], y: first[1], angle: begin - Math.PI / 2 },
      { x: last[0], y: last[1], angle: begin + sweep + Math.PI / 2 },
    ],
    text,
  };
}

function crossing([a, b]: [Point2, Point2], [c, d]: [Point2, Point2]): Point2 | null {
  const [ux, uy] = [b[0] - a[0], b[1] - a[1]];
  const [vx, vy] = [d[0] - c[0], d[1] - c[1]];
  const determinant = ux * vy - uy * vx;
  if (Math.abs(determinant) < 1e-9 * Math.hypot(ux, uy) * Math.hypot(vx, vy)) return null;
  const t = ((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / determinant;
  return [a[0] + t * ux, a[1] + t * uy];
}
