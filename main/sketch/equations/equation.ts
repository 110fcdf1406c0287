/**
 * An equation of the solver: a sum of terms in mm that is to vanish, with its gradient. Terms are chosen so that gradients
 * of unit size are the rule; that keeps the equations of one sketch comparable.
 */
import type { PointIndex } from './unknowns.ts';

export type Term =
  /** A number of the sketch. */
  | { of: 'number'; by: number; index: number }
  /** From p to q. */
  | { of: 'distance'; by: number; p: PointIndex; q: PointIndex }
  /** How far q lies to the left of p, seen along s -> e. */
  | { of: 'offset'; by: number; p: PointIndex; q: PointIndex; s: PointIndex; e: PointIndex }
  /** How far q lies ahead of p, seen along s -> e. */
  | { of: 'advance'; by: number; p: PointIndex; q: PointIndex; s: PointIndex; e: PointIndex }
  /** The counter-clockwise angle from s -> e to p -> q less `value`, within -pi..pi. */
  | { of: 'angle'; by: number; value: number; s: PointIndex; e: PointIndex; p: PointIndex; q: PointIndex }
  /** Anything else: its gradient comes from central differences. */
  | { of: 'function'; by: number; indices: number[]; value: (numbers: Float64Array) => number };

export interface Equation {
  /** The constraint it comes from; null for what holds of geometry itself (an arc's two radii). */
  owner: string | null;
  /** Unknowns it depends on. */
  columns: Int32Array;
  terms: readonly CompiledTerm[];
  constant: number;
}
interface CompiledTerm {
  term: Term;
  indices: Int32Array;
  /** Where in the gradient each index counts: the last place gathers what stands still. */
  slots: Int32Array;
}

function indicesOf(term: Term): number[] {
  const pair = (i: number) => [i, i + 1];
  switch (term.of) {
    case 'number':
      return [term.index];
    case 'distance':
      return [...pair(term.p), ...pair(term.q)];
    case 'function':
      return term.indices;
    default:
      return [...pair(term.p), ...pair(term.q), ...pair(term.s), ...pair(term.e)];
  }
}

export function makeEquation(owner: string | null, terms: readonly Term[], constant: number, count: number): Equation {
  const columns = [...new Set(terms.flatMap(indicesOf))].filter((index) => index < count).sort((a, b) => a - b);
  const slot = new Map(columns.map((column, i) => [column, i]));
  return {
    owner,
    constant,
    columns: Int32Array.from(columns),
    terms: terms.map((term) => {
      const indices = Int32Array.from(indicesOf(term));
      return { term, indices, slots: indices.map((index) => slot.get(index) ?? columns.length) };
    }),
  };
}

/** Its value; when given, `gradient` (one longer than `columns`) is filled. */
export function evaluateEquation(equation: Equation, x: Float64Array, gradient?: Float64Array): number {
  gradient?.fill(0);
  let sum = equation.constant;
  for (const compiled of equation.terms) sum += evaluateTerm(compiled, x, gradient);
  return sum;
}

function evaluateTerm({ term, indices, slots }: CompiledTerm, x: Float64Array, g: Float64Array | undefined): number {
  const by = term.by;
  switch (term.of) {
    case 'number':
      if (g) g[slots[0]!]! += by;
      return by * x[term.index]!;
    case 'distance': {
      const dx = x[term.q]! - x[term.p]!;
      const dy = x[term.q + 1]! - x[term.p + 1]!;
      const size = Math.sqrt(dx * dx + dy * dy);
      if (g) {
        const [ux, uy] = size > 1e-14 ? [(by * dx) / size, (by * dy) / size] : [by, 0];
        g[slots[0]!]! -= ux;
        g[slots[1]!]! -= uy;
        g[slots[2]!]! += ux;
        g[slots[3]!]! += uy;
      }
      return by * size;
    }
    case 'offset':
    case 'advance': {
      const wx = x[term.q]! - x[term.p]!;
      const wy = x[term.q + 1]! - x[term.p + 1]!;
      const dx = x[term.e]! - x[term.s]!;
      const dy = x[term.e + 1]! - x[term.s + 1]!;
      const size = Math.max(Math.sqrt(dx * dx + dy * dy), 1e-14);
      const ux = dx / size;
      const uy = dy / size;
      const left = term.of === 'offset';
      const value = left ? ux * wy - uy * wx : ux * wx + uy * wy;
      if (g) {
        const qx = by * (left ? -uy : ux);
        const qy = by * (left ? ux : uy);
        const ex = (by * ((left ? wy : wx) - value * ux)) / size;
        const ey = (by * ((left ? -wx : wy) - value * uy)) / size;
        g[slots[0]!]! -= qx;
        g[slots[1]!]! -= qy;
        g[slots[2]!]! += qx;
        g[slots[3]!]! += qy;
        g[slots[4]!]! -= ex;
        g[slots[5]!]! -= ey;
        g[slots[6]!]! += ex;
        g[slots[7]!]! += ey;
      }
      return by * value;
    }
    case 'angle': {
      const wx = x[term.q]! - x[term.p]!;
      const wy = x[term.q + 1]! - x[term.p + 1]!;
      const dx = x[term.e]! - x[term.s]!;
      const dy = x[term.e + 1]! - x[term.s + 1]!;
      if (g) {
        const w2 = Math.max(wx * wx + wy * wy, 1e-28);
        const d2 = Math.max(dx * dx + dy * dy, 1e-28);
        g[slots[0]!]! += (by * wy) / w2;
        g[slots[1]!]! -= (by * wx) / w2;
        g[slots[2]!]! -= (by * wy) / w2;
        g[slots[3]!]! += (by * wx) / w2;
        g[slots[4]!]! -= (by * dy) / d2;
        g[slots[5]!]! += (by * dx) / d2;
        g[slots[6]!]! += (by * dy) / d2;
        g[slots[7]!]! -= (by * dx) / d2;
      }
      // Turned back by the wanted angle first, so that only the difference is measured and the seam is far away.
      const c = Math.cos(term.value);
      const s = Math.sin(term.value);
      const tx = c * wx + s * wy;
      const ty = c * wy - s * wx;
      return by * Math.atan2(dx * ty - dy * tx, dx * tx + dy * ty);
    }
    case 'function': {
      const local = Float64Array.from(indices, (index) => x[index]!);
      if (g)
        for (let i = 0; i < indices.length; i++) {
          const at = local[i]!;
          const step = 1e-6 * Math.max(1, Math.abs(at));
          local[i] = at + step;
          const above = term.value(local);
          local[i] = at - step;
          const below = term.value(local);
          local[i] = at;
          g[slots[i]!]! += (by * (above - below)) / (2 * step);
        }
      return by * term.value(local);
    }
  }
}
