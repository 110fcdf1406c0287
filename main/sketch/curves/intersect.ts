/** Where two curves meet: exactly for lines, circles, arcs and a line with an ellipse; else by sampling and Newton's method. */
import { add, angleOf, cross, distance, dot, length, scale, subtract, unit } from '../model/vector.ts';
import type { Position } from '../types.ts';
import { type Curve, evaluate, sampleParameters, withinDomain } from './curve.ts';

export interface Meeting {
  /** Parameters on the one and the other curve. */
  t: number;
  u: number;
  at: Position;
}
type Straight = Extract<Curve, { kind: 'line' }>;
type Round = Extract<Curve, { kind: 'circle' | 'arc' }>;
const isRound = (curve: Curve): curve is Round => curve.kind === 'circle' || curve.kind === 'arc';

/**
 * `tolerance_mm`: curves that come this close without crossing touch. Curves on top of one another meet where either of them ends.
 * `beyond` follows lines and arcs past their ends.
 */
export function meetings(a: Curve, b: Curve, tolerance_mm: number, beyond = false): Meeting[] {
  const found: Meeting[] = [];
  const offer = (t: number, u: number) => {
    const [inA, inB] = beyond ? [t, u] : [inside(a, t, tolerance_mm), inside(b, u, tolerance_mm)];
    if (inA === null || inB === null) return;
    const at = evaluate(a, inA);
    if (distance(at, evaluate(b, inB)) > 4 * tolerance_mm) return;
    if (found.every((other) => distance(other.at, at) > tolerance_mm)) found.push({ t: inA, u: inB, at });
  };
  if (a.kind === 'line' && b.kind === 'line') lines(a, b, tolerance_mm, offer);
  else if (a.kind === 'line' && isRound(b)) lineRound(a, b, tolerance_mm, offer);
  else if (isRound(a) && b.kind === 'line') lineRound(b, a, tolerance_mm, (u, t) => offer(t, u));
  else if (isRound(a) && isRound(b)) rounds(a, b, tolerance_mm, offer);
  else if (a.kind === 'line' && b.kind === 'ellipse') lineEllipse(a, b, tolerance_mm, offer);
  else if (a.kind === 'ellipse' && b.kind === 'line') lineEllipse(b, a, tolerance_mm, (u, t) => offer(t, u));
  else numerically(a, b, tolerance_mm, offer);
  return found;
}

type Offer = (t: number, u: number) => void;

function inside(curve: Curve, t: number, tolerance_mm: number): number | null {
  const speed = Math.max(length(evaluate(curve, Math.min(Math.max(t, curve.from), curve.to), 1)), 1e-12);
  return withinDomain(curve, t, tolerance_mm / speed);
}

function lines(a: Straight, b: Straight, tolerance: number, offer: Offer): void {
  const [da, db] = [subtract(a.b, a.a), subtract(b.b, b.a)];
  const [la, lb] = [length(da), length(db)];
  if (la === 0 || lb === 0) return;
  const turn = cross(da, db);
  const between = subtract(b.a, a.a);
  const along = (point: Position, line: Straight, d: Position, l: number) => dot(subtract(point, line.a), d) / (l * l);
  const off = (point: Position, line: Straight, d: Position, l: number) =>
    Math.abs(cross(d, subtract(point, line.a))) / l;
  // On top of one another: they meet where either ends.
  if (
    Math.max(off(b.a, a, da, la), off(b.b, a, da, la)) <= tolerance ||
    Math.max(off(a.a, b, db, lb), off(a.b, b, db, lb)) <= tolerance
  ) {
    for (const end of [0, 1]) {
      const pointB = evaluate(b, end);
      offer(along(pointB, a, da, la), end);
      const pointA = evaluate(a, end);
      offer(end, along(pointA, b, db, lb));
    }
    return;
  }
  if (Math.abs(turn) < 1e-14 * la * lb) return;
  offer(cross(between, db) / turn, cross(between, da) / turn);
}

function lineRound(line: Straight, round: Round, tolerance: number, offer: Offer): void {
  const d = unit(subtract(line.b, line.a));
  const size = distance(line.a, line.b);
  if (size === 0) return;
  const foot = dot(subtract(round.centre, line.a), d);
  const away = Math.abs(cross(d, subtract(round.centre, line.a)));
  if (away > round.radius + tolerance) return;
  const half = Math.sqrt(Math.max(round.radius ** 2 - away ** 2, 0));
  // Nearly touching: one meeting, not two beside each other.
  for (const s of Math.abs(away - round.radius) <= tolerance ? [foot] : [foot - half, foot + half]) {
    const at = add(line.a, scale(d, s));
    offer(s / size, angleOf(subtract(at, round.centre)));
  }
}

function rounds(a: Round, b: Round, tolerance: number, offer: Offer): void {
  const between = subtract(b.centre, a.centre);
  const apart = length(between);
  if (apart <= tolerance && Math.abs(a.radius - b.radius) <= tolerance) {
    for (const curve of [a, b]) for (const t of curve.closed ? [curve.from] : [curve.from, curve.to]) offer(t, t);
    return;
  }
  if (apart > a.radius + b.radius + tolerance || apart < Math.abs(a.radius - b.radius) - tolerance || apart === 0)
    return;
  const along = (apart ** 2 + a.radius ** 2 - b.radius ** 2) / (2 * apart);
  const half = Math.sqrt(Math.max(a.radius ** 2 - along ** 2, 0));
  const touching =
    Math.abs(apart - a.radius - b.radius) <= tolerance || Math.abs(apart - Math.abs(a.radius - b.radius)) <= tolerance;
  const d = unit(between);
  for (const h of touching ? [0] : [half, -half]) {
    const at = add(a.centre, add(scale(d, touching ? Math.sign(along) * a.radius : along), [-d[1] * h, d[0] * h]));
    offer(angleOf(subtract(at, a.centre)), angleOf(subtract(at, b.centre)));
  }
}

/** In the ellipse's own frame it is the unit circle: a cos t + b sin t = c. */
function lineEllipse(
  line: Straight,
  ellipse: Extract<Curve, { kind: 'ellipse' }>,
  tolerance: number,
  offer: Offer,
): void {
  const d = unit(subtract(line.b, line.a));
  const size = distance(line.a, line.b);
  const normal: Position = [-d[1], d[0]];
  const [p, q] = [dot(ellipse.major, normal), dot(ellipse.minor, normal)];
  const c = dot(subtract(line.a, ellipse.centre), normal);
  const reach = Math.hypot(p, q);
  if (Math.abs(c) > reach + tolerance || reach === 0 || size === 0) return;
  const middle = Math.atan2(q, p);
  const open = Math.abs(Math.abs(c) - reach) <= tolerance ? (c > 0 ? 0 : Math.PI) : Math.acos(c / reach);
  for (const t of open === 0 || open === Math.PI ? [middle + open] : [middle - open, middle + open])
    offer(dot(subtract(evaluate(ellipse, t), line.a), d) / size, t);
}

function numerically(a: Curve, b: Curve, tolerance: number, offer: Offer): void {
  const polyline = (curve: Curve) => {
    const coarse = sampleParameters(curve, curve.from, curve.to, 1e-3 * sizeOf(curve));
    return coarse.map((t) => ({ t, at: evaluate(curve, t) }));
  };
  const [one, two] = [polyline(a), polyline(b)];
  const margin = 3e-3 * Math.max(sizeOf(a), sizeOf(b)) + tolerance;
  for (let i = 1; i < one.length; i++)
    for (let j = 1; j < two.length; j++) {
      const [p, q, r, s] = [one[i - 1]!, one[i]!, two[j - 1]!, two[j]!];
      const apart = [0, 1].some(
        (k) =>
          Math.min(p.at[k]!, q.at[k]!) > Math.max(r.at[k]!, s.at[k]!) + margin ||
          Math.min(r.at[k]!, s.at[k]!) > Math.max(p.at[k]!, q.at[k]!) + margin,
      );
      if (apart) continue;
      for (const [x, y] of [
        [0.5, 0.5],
        [0, 1],
        [1, 0],
      ] as const) {
        const found = newton(a, b, p.t + x * (q.t - p.t), r.t + y * (s.t - r.t));
        if (found) offer(found[0], found[1]);
      }
    }
}

function sizeOf(curve: Curve): number {
  let reach = 0;
  const start = evaluate(curve, curve.from);
  for (let i = 1; i <= 8; i++)
    reach = Math.max(reach, distance(start, evaluate(curve, curve.from + ((curve.to - curve.from) * i) / 8)));
  return Math.max(reach, 1e-6);
}

/** Gauss and Newton's method, damped a little so that touching curves converge as well. */
function newton(a: Curve, b: Curve, t0: number, u0: number): [number, number] | null {
  let [t, u] = [t0, u0];
  let best = Infinity;
  for (let i = 0; i < 60; i++) {
    const gap = subtract(evaluate(a, t), evaluate(b, u));
    const size = length(gap);
    if (size < 1e-12 || (i > 8 && size > 0.9999 * best)) break;
    best = Math.min(best, size);
    const [da, db] = [evaluate(a, t, 1), evaluate(b, u, 1)];
    const [aa, bb, ab] = [dot(da, da), dot(db, db), -dot(da, db)];
    const damping = 1e-12 * (aa + bb);
    const determinant = (aa + damping) * (bb + damping) - ab * ab;
    if (!(determinant > 0)) break;
    const [ga, gb] = [-dot(da, gap), dot(db, gap)];
    t = clamp(a, t + (ga * (bb + damping) - gb * ab) / determinant);
    u = clamp(b, u + (gb * (aa + damping) - ga * ab) / determinant);
  }
  return distance(evaluate(a, t), evaluate(b, u)) < 1e-6 ? [t, u] : null;
}

const clamp = (curve: Curve, t: number): number => (curve.closed ? t : Math.min(Math.max(t, curve.from), curve.to));
