/**
 * Curves of a sketch as mathematics. Parameters: 0..1 of a line; the angle (rad) of a circle from the x direction, 0..2 pi; of
 * an arc from its start's angle counter-clockwise; of an ellipse the eccentric angle from its major point; 0..1 of a spline.
 */

import {
  add,
  angleOf,
  distance,
  leftOf,
  length,
  type Pair,
  scale,
  subtract,
  TURN,
  unit,
  wrapped,
} from '../model/vector.ts';
import { SketchView } from '../model/view.ts';
import type { Entity, Position } from '../types.ts';
import { type CubicSpline, interpolate, splineAt } from './spline.ts';

interface Domain {
  id: string;
  /** Parameters of its start and end. */
  from: number;
  to: number;
  closed: boolean;
}
export type Curve = Domain &
  (
    | { kind: 'line'; a: Position; b: Position }
    | { kind: 'circle' | 'arc'; centre: Position; radius: number }
    | { kind: 'ellipse'; centre: Position; major: Pair; minor: Pair }
    | { kind: 'spline'; spline: CubicSpline }
  );

export function curveOf(view: SketchView, id: string): Curve {
  const entity = view.curve(id);
  switch (entity.kind) {
    case 'line':
      return {
        kind: 'line',
        id,
        from: 0,
        to: 1,
        closed: false,
        a: view.point(entity.start),
        b: view.point(entity.end),
      };
    case 'circle':
      return {
        kind: 'circle',
        id,
        from: 0,
        to: TURN,
        closed: true,
        centre: view.point(entity.centre),
        radius: entity.radius_mm,
      };
    case 'arc':
      return arcThrough(id, view.point(entity.centre), view.point(entity.start), view.point(entity.end));
    case 'ellipse': {
      const centre = view.point(entity.centre);
      const major = subtract(view.point(entity.major), centre);
      const minor = scale(leftOf(unit(major)), entity.minorRadius_mm);
      return { kind: 'ellipse', id, from: 0, to: TURN, closed: true, centre, major, minor };
    }
    case 'spline': {
      const spline = interpolate(
        entity.points.map((point) => view.point(point)),
        entity.closed,
      );
      return { kind: 'spline', id, from: 0, to: 1, closed: spline.closed, spline };
    }
  }
}

export function arcThrough(id: string, centre: Position, start: Position, end: Position): Curve {
  const from = angleOf(subtract(start, centre));
  const sweep = wrapped(angleOf(subtract(end, centre)) - from);
  return {
    kind: 'arc',
    id,
    from,
    to: from + (sweep === 0 ? TURN : sweep),
    closed: false,
    centre,
    radius: distance(centre, start),
  };
}

export function curvesOf(entities: readonly Entity[], construction = false): Curve[] {
  const view = new SketchView(entities);
  return entities
    .filter((entity) => entity.kind !== 'point' && (construction || !entity.construction))
    .map((entity) => curveOf(view, entity.id));
}

/** The point (order 0) or the derivative by the parameter (1 or 2). */
export function evaluate(curve: Curve, t: number, order: 0 | 1 | 2 = 0): Pair {
  switch (curve.kind) {
    case 'line':
      if (order === 0) return [curve.a[0] + t * (curve.b[0] - curve.a[0]), curve.a[1] + t * (curve.b[1] - curve.a[1])];
      return order === 1 ? subtract(curve.b, curve.a) : [0, 0];
    case 'circle':
    case 'arc': {
      const [x, y] = [curve.radius * Math.cos(t), curve.radius * Math.sin(t)];
      if (order === 0) return [curve.centre[0] + x, curve.centre[1] + y];
      return order === 1 ? [-y, x] : [-x, -y];
    }
    case 'ellipse': {
      const [c, s] = [Math.cos(t), Math.sin(t)];
      if (order === 0) return add(curve.centre, add(scale(curve.major, c), scale(curve.minor, s)));
      return order === 1
        ? add(scale(curve.major, -s), scale(curve.minor, c))
        : add(scale(curve.major, -c), scale(curve.minor, -s));
    }
    case 'spline':
      return splineAt(curve.spline, t, order);
  }
}

/** In the direction of growing parameters. */
export const tangentAt = (curve: Curve, t: number): Pair => unit(evaluate(curve, t, 1));

/** Brings a parameter of a closed curve or an arc into its range; whether it lies there, with a tolerance on the parameter. */
export function withinDomain(curve: Curve, t: number, tolerance = 1e-9): number | null {
  if (curve.kind === 'circle' || curve.kind === 'ellipse') return wrapped(t);
  if (curve.kind === 'arc') {
    const turned = wrapped(t - curve.from);
    if (turned <= curve.to - curve.from + tolerance) return curve.from + turned;
    return turned >= TURN - tolerance ? curve.from : null;
  }
  if (curve.closed) return t - Math.floor(t);
  return t < curve.from - tolerance || t > curve.to + tolerance ? null : Math.min(Math.max(t, curve.from), curve.to);
}

export interface Nearest {
  parameter: number;
  point: Pair;
  distance_mm: number;
}

/** The nearest point of a curve. */
export function nearest(curve: Curve, to: Position): Nearest {
  let best: Nearest | undefined;
  const offer = (parameter: number) => {
    const point = evaluate(curve, parameter);
    const away = distance(point, to);
    if (!best || away < best.distance_mm) best = { parameter, point, distance_mm: away };
  };
  if (!curve.closed) {
    offer(curve.from);
    offer(curve.to);
  }
  if (curve.kind === 'line') {
    const along = subtract(curve.b, curve.a);
    const square = along[0] ** 2 + along[1] ** 2;
    if (square > 0) {
      const t = ((to[0] - curve.a[0]) * along[0] + (to[1] - curve.a[1]) * along[1]) / square;
      if (t > 0 && t < 1) offer(t);
    }
  } else if (curve.kind === 'circle' || curve.kind === 'arc') {
    const t = withinDomain(curve, angleOf(subtract(to, curve.centre)), 0);
    if (t !== null) offer(t);
  } else {
    const steps = curve.kind === 'spline' ? 8 * (curve.spline.knots.length - 1) : 24;
    const near: { t: number; away: number }[] = [];
    for (let i = 0; i <= steps; i++) {
      const t = curve.from + ((curve.to - curve.from) * i) / steps;
      near.push({ t, away: distance(evaluate(curve, t), to) });
    }
    near.sort((a, b) => a.away - b.away);
    for (const { t } of near.slice(0, 3)) offer(footNear(curve, to, t));
  }
  return best!;
}

/** Newton on (C(t) - p) . C'(t) = 0, kept within an open curve's range. */
export function footNear(curve: Curve, to: Position, start: number): number {
  let t = start;
  for (let i = 0; i < 30; i++) {
    const [point, first, second] = [evaluate(curve, t), evaluate(curve, t, 1), evaluate(curve, t, 2)];
    const away = subtract(point, to);
    const slope = away[0] * first[0] + away[1] * first[1];
    const square = first[0] ** 2 + first[1] ** 2;
    const full = square + away[0] * second[0] + away[1] * second[1];
    if (!(square > 0)) break;
    const step = slope / (full > 0.1 * square ? full : square);
    const next = curve.closed ? t - step : Math.min(Math.max(t - step, curve.from), curve.to);
    if (Math.abs(next - t) < 1e-15 * (curve.to - curve.from)) return next;
    t = next;
  }
  return t;
}

/** Parameters from one to another (either way round) whose chords stay within the tolerance. */
export function sampleParameters(curve: Curve, from: number, to: number, tolerance_mm: number): number[] {
  if (curve.kind === 'line') return [from, to];
  if (curve.kind === 'circle' || curve.kind === 'arc') {
    const ratio = Math.min(Math.max(1 - tolerance_mm / Math.max(curve.radius, 1e-12), -1), 1);
    const step = Math.min(Math.max(2 * Math.acos(ratio), 1e-3), Math.PI / 4);
    return evenly(from, to, Math.ceil(Math.abs(to - from) / step));
  }
  const pieces = curve.kind === 'spline' ? inner(Array.from(curve.spline.knots), from, to) : evenly(from, to, 8);
  const parameters = [pieces[0]!];
  for (let i = 1; i < pieces.length; i++) refine(curve, pieces[i - 1]!, pieces[i]!, tolerance_mm, parameters, 10);
  return parameters;
}

function refine(curve: Curve, from: number, to: number, tolerance: number, into: number[], depth: number): void {
  const [a, b] = [evaluate(curve, from), evaluate(curve, to)];
  const chord = unit(subtract(b, a));
  const flat = [0.25, 0.5, 0.75].every((share) => {
    const off = subtract(evaluate(curve, from + share * (to - from)), a);
    return length(chord) > 0 && Math.abs(chord[0] * off[1] - chord[1] * off[0]) <= tolerance;
  });
  if (flat || depth === 0) into.push(to);
  else {
    const half = (from + to) / 2;
    refine(curve, from, half, tolerance, into, depth - 1);
    refine(curve, half, to, tolerance, into, depth - 1);
  }
}

function evenly(from: number, to: number, pieces: number): number[] {
  const count = Math.max(1, pieces);
  return Array.from({ length: count + 1 }, (_, i) => (i === count ? to : from + ((to - from) * i) / count));
}

function inner(knots: number[], from: number, to: number): number[] {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const between = knots.filter((knot) => knot > low + 1e-12 && knot < high - 1e-12);
  return from <= to ? [from, ...between, to] : [from, ...between.reverse(), to];
}

/** Twice the area swept from the origin along a part of the curve: the sum over a loop is twice its area. */
export function sweptArea(curve: Curve, from: number, to: number): number {
  if (curve.kind === 'line') {
    const [a, b] = [evaluate(curve, from), evaluate(curve, to)];
    return a[0] * b[1] - a[1] * b[0];
  }
  if (curve.kind === 'spline') {
    // x y' - y x' of cubics has degree 5: three Gauss points a piece are exact.
    const cuts = inner(Array.from(curve.spline.knots), from, to);
    let sum = 0;
    for (let i = 1; i < cuts.length; i++) sum += gauss(curve, cuts[i - 1]!, cuts[i]!);
    return sum;
  }
  const [u, v] =
    curve.kind === 'ellipse' ? [curve.major, curve.minor] : [[curve.radius, 0] as const, [0, curve.radius] as const];
  const moved = subtract(evaluate(curve, to), evaluate(curve, from));
  return (to - from) * (u[0] * v[1] - u[1] * v[0]) + curve.centre[0] * moved[1] - curve.centre[1] * moved[0];
}

function gauss(curve: Curve, from: number, to: number): number {
  const half = (to - from) / 2;
  const reach = Math.sqrt(3 / 5) * half;
  const value = (t: number) => {
    const [p, d] = [evaluate(curve, t), evaluate(curve, t, 1)];
    return p[0] * d[1] - p[1] * d[0];
  };
  const mid = (from + to) / 2;
  return (half / 9) * (5 * value(mid - reach) + 8 * value(mid) + 5 * value(mid + reach));
}
