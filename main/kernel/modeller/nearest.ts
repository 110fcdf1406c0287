/**
 * The point of a surface nearest to a given one, within bounds. The kernel's own projection is not used: in this build it
 * keeps two megabytes for every call.
 */
import type { Vector3 } from '../../../preload/contract/geometry.ts';
import { dot, scale, subtract } from './vectors.ts';

export interface SurfaceBounds {
  u: [number, number];
  v: [number, number];
}

/** Points of the first look in each direction; enough to tell the sides of a bend apart. */
const GRID = 3;
const ITERATIONS = 4;
/** Step of the differences, as a part of the range. */
const STEP = 1e-4;

/** Parameters of the nearest point: the best of a coarse grid, made better by Gauss-Newton steps while they help. */
export function nearestParameters(
  evaluate: (u: number, v: number) => Vector3,
  { u: [u0, u1], v: [v0, v1] }: SurfaceBounds,
  target: Vector3,
): [number, number] {
  const distance = (point: Vector3): number => {
    const d = subtract(point, target);
    return dot(d, d);
  };
  let best: [number, number] = [(u0 + u1) / 2, (v0 + v1) / 2];
  let at = evaluate(...best);
  let least = distance(at);
  for (let i = 0; i < GRID; i++) {
    for (let j = 0; j < GRID; j++) {
      const u = u0 + ((u1 - u0) * (i + 0.5)) / GRID;
      const v = v0 + ((v1 - v0) * (j + 0.5)) / GRID;
      const candidate = evaluate(u, v);
      const d = distance(candidate);
      if (d < least * (1 - 1e-9)) [best, at, least] = [[u, v], candidate, d];
    }
  }
  const hu = (u1 - u0) * STEP;
  const hv = (v1 - v0) * STEP;
  for (let i = 0; i < ITERATIONS; i++) {
    const [u, v] = best;
    const du = scale(subtract(evaluate(u + hu, v), evaluate(u - hu, v)), 0.5 / hu);
    const dv = scale(subtract(evaluate(u, v + hv), evaluate(u, v - hv)), 0.5 / hv);
    const r = subtract(target, at);
    const a = dot(du, du);
    const b = dot(du, dv);
    const c = dot(dv, dv);
    const determinant = a * c - b * b;
    if (!(Math.abs(determinant) > 1e-14 * a * c)) break;
    const p = dot(du, r);
    const q = dot(dv, r);
    const nextU = clamp(u + (c * p - b * q) / determinant, u0, u1);
    const nextV = clamp(v + (a * q - b * p) / determinant, v0, v1);
    const next = evaluate(nextU, nextV);
    const d = distance(next);
    if (!(d < least)) break;
    const gain = least - d;
    [best, at, least] = [[nextU, nextV], next, d];
    if (gain < 1e-12 * least) break;
  }
  return best;
}

const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));
