/**
 * The spline of a sketch: the C2 cubic through its points with chord-length parameters over 0..1, natural (no curvature) at
 * its ends, or periodic. Through two points it is the straight line. de Boor, A Practical Guide to Splines (1978), ch. IV.
 */
import { type Pair, subtract } from '../model/vector.ts';
import type { Position } from '../types.ts';

export interface CubicSpline {
  closed: boolean;
  /** Parameters of the points, from 0 to 1; of a closed spline one more than it has points. */
  knots: Float64Array;
  /** The points (the first one again at the end of a closed one) and the second derivatives there. */
  x: Float64Array;
  y: Float64Array;
  x2: Float64Array;
  y2: Float64Array;
}

export function interpolate(points: readonly Position[], closed = false): CubicSpline {
  const through = closed && points.length > 2 ? [...points, points[0]!] : [...points];
  const count = through.length;
  const knots = new Float64Array(count);
  for (let i = 1; i < count; i++) {
    const step = Math.hypot(...subtract(through[i]!, through[i - 1]!));
    knots[i] = knots[i - 1]! + step;
  }
  const total = knots[count - 1]!;
  // Points on top of one another would stop the parameter: it moves on by a trifle instead.
  const least = (total > 0 ? total : 1) * 1e-9;
  for (let i = 1; i < count; i++) knots[i] = Math.max(knots[i]!, knots[i - 1]! + least);
  const span = knots[count - 1]!;
  for (let i = 0; i < count; i++) knots[i] = knots[i]! / span;
  const x = Float64Array.from(through, (point) => point[0]);
  const y = Float64Array.from(through, (point) => point[1]);
  const periodic = closed && points.length > 2;
  const solve = periodic ? periodicSecond : naturalSecond;
  return { closed: periodic, knots, x, y, x2: solve(knots, x), y2: solve(knots, y) };
}

/** Tridiagonal elimination (Thomas) of the continuity of the first derivative. */
function naturalSecond(t: Float64Array, f: Float64Array): Float64Array {
  const n = t.length;
  const second = new Float64Array(n);
  if (n < 3) return second;
  const diagonal = new Float64Array(n);
  const right = new Float64Array(n);
  for (let i = 1; i < n - 1; i++) {
    const before = t[i]! - t[i - 1]!;
    const after = t[i + 1]! - t[i]!;
    diagonal[i] = 2 * (before + after);
    right[i] = 6 * ((f[i + 1]! - f[i]!) / after - (f[i]! - f[i - 1]!) / before);
    if (i > 1) {
      const factor = before / diagonal[i - 1]!;
      diagonal[i] = diagonal[i]! - factor * before;
      right[i] = right[i]! - factor * right[i - 1]!;
    }
  }
  for (let i = n - 2; i > 0; i--) second[i] = (right[i]! - (t[i + 1]! - t[i]!) * second[i + 1]!) / diagonal[i]!;
  return second;
}

/** The cyclic system by the Sherman-Morrison formula: two tridiagonal solutions. */
function periodicSecond(t: Float64Array, f: Float64Array): Float64Array {
  const n = t.length - 1;
  const h = (i: number) => t[((i + n) % n) + 1]! - t[(i + n) % n]!;
  const slope = (i: number) => (f[((i + n) % n) + 1]! - f[(i + n) % n]!) / h(i);
  const right = Float64Array.from({ length: n }, (_, i) => 6 * (slope(i) - slope(i - 1)));
  const diagonal = Float64Array.from({ length: n }, (_, i) => 2 * (h(i - 1) + h(i)));
  const corner = h(n - 1);
  const gamma = -diagonal[0]!;
  diagonal[0] = diagonal[0]! - gamma;
  diagonal[n - 1] = diagonal[n - 1]! - (corner * corner) / gamma;
  const tridiagonal = (b: Float64Array): Float64Array => {
    const d = diagonal.slice();
    const v = b.slice();
    for (let i = 1; i < n; i++) {
      const factor = h(i - 1) / d[i - 1]!;
      d[i] = d[i]! - factor * h(i - 1);
      v[i] = v[i]! - factor * v[i - 1]!;
    }
    for (let i = n - 1; i >= 0; i--) v[i] = (v[i]! - (i < n - 1 ? h(i) * v[i + 1]! : 0)) / d[i]!;
    return v;
  };
  const u = new Float64Array(n);
  u[0] = gamma;
  u[n - 1] = corner;
  const a = tridiagonal(right);
  const b = tridiagonal(u);
  const share = (a[0]! + (corner / gamma) * a[n - 1]!) / (1 + b[0]! + (corner / gamma) * b[n - 1]!);
  const second = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) second[i] = a[i]! - share * b[i]!;
  second[n] = second[0]!;
  return second;
}

function pieceAt(spline: CubicSpline, parameter: number): number {
  let low = 0;
  let high = spline.knots.length - 2;
  while (low < high) {
    const half = (low + high + 1) >> 1;
    if (spline.knots[half]! <= parameter) low = half;
    else high = half - 1;
  }
  return low;
}

/** The point (order 0) or a derivative by the parameter (order 1 or 2). A closed spline goes on beyond its ends. */
export function splineAt(spline: CubicSpline, parameter: number, order: 0 | 1 | 2 = 0): Pair {
  const t = spline.closed ? parameter - Math.floor(parameter) : parameter;
  const i = pieceAt(spline, t);
  const h = spline.knots[i + 1]! - spline.knots[i]!;
  const a = (spline.knots[i + 1]! - t) / h;
  const b = (t - spline.knots[i]!) / h;
  const one = (f: Float64Array, f2: Float64Array): number => {
    if (order === 2) return a * f2[i]! + b * f2[i + 1]!;
    if (order === 1)
      return (f[i + 1]! - f[i]!) / h + (h / 6) * ((1 - 3 * a * a) * f2[i]! + (3 * b * b - 1) * f2[i + 1]!);
    return a * f[i]! + b * f[i + 1]! + ((h * h) / 6) * ((a * a * a - a) * f2[i]! + (b * b * b - b) * f2[i + 1]!);
  };
  return [one(spline.x, spline.x2), one(spline.y, spline.y2)];
}

/** Exactly the same curve for a geometry kernel: clamped, not rational. */
export interface BSplineForm {
  degree: 3;
  poles: Position[];
  /** Increasing, from 0 to 1, with how often each counts: 4 at the ends, 1 between. */
  knots: number[];
  multiplicities: number[];
}

export function splineAsBSpline(spline: CubicSpline): BSplineForm {
  const knots = Array.from(spline.knots);
  const last = knots.length - 1;
  const at = (i: number) => knots[Math.min(Math.max(i, 0), last)]!;
  const poles: Position[] = [];
  // Pole k is the blossom of the curve at the three knots after its first one; k - 3 is the knot's index without repeats.
  for (let k = 0; k < last + 3; k++) {
    const [u, v, w] = [at(k - 2), at(k - 1), at(k)] as const;
    const piece = Math.min(Math.max(k - 1, 0), last - 1);
    poles.push(blossom(spline, piece, u, v, w));
  }
  return { degree: 3, poles, knots, multiplicities: knots.map((_, i) => (i === 0 || i === last ? 4 : 1)) };
}

/** The symmetric trilinear form whose diagonal is the cubic of one piece. */
function blossom(spline: CubicSpline, piece: number, u: number, v: number, w: number): Pair {
  const t0 = spline.knots[piece]!;
  const h = spline.knots[piece + 1]! - t0;
  const [p, q, r] = [u - t0, v - t0, w - t0] as const;
  const one = (f: Float64Array, f2: Float64Array): number => {
    const c0 = f[piece]!;
    const c1 = (f[piece + 1]! - f[piece]!) / h - (h / 6) * (2 * f2[piece]! + f2[piece + 1]!);
    const c2 = f2[piece]! / 2;
    const c3 = (f2[piece + 1]! - f2[piece]!) / (6 * h);
    return c0 + (c1 * (p + q + r)) / 3 + (c2 * (p * q + q * r + r * p)) / 3 + c3 * p * q * r;
  };
  return [one(spline.x, spline.x2), one(spline.y, spline.y2)];
}
