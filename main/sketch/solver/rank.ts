/**
 * Which equations depend on others, and which unknowns can still move: sparse Gaussian elimination of the Jacobian with
 * Markowitz's choice of pivots (Management Science 3, 1957), gradients scaled to unit length.
 */
import type { EquationSystem } from './system.ts';

/** Rows whose remainder is smaller than this add nothing. Well above the noise of a solved sketch, well below any real angle. */
const DEPENDENT = 1e-7;
const DUST = 1e-12;
const MOST_EXPLAINED = 100;
const MOST_TRACKED = 3000;

export interface RankAnswer {
  rank: number;
  /** Local numbers of unknowns that can move. */
  free: number[];
  /**
   * One for each dependent row: what combination of rows vanishes, by row. Where there are very many it is only said which row
   * it is: following the combinations would take too long.
   */
  dependencies: Map<number, number>[];
}

/** The gradients must be those of the place in question. */
export function rankOf(system: EquationSystem): RankAnswer {
  const plain = eliminate(system, false);
  const few = plain.dependent.length <= MOST_EXPLAINED && system.equations.length <= MOST_TRACKED;
  const dependencies =
    plain.dependent.length > 0 && few
      ? eliminate(system, true).dependencies
      : plain.dependent.map((row) => new Map([[row, 1]]));
  return { rank: plain.pivots.length, free: freeUnknowns(system.unknowns.length, plain.pivots), dependencies };
}

interface Pivot {
  column: number;
  row: Map<number, number>;
}

function eliminate(system: EquationSystem, track: boolean) {
  const rows: Map<number, number>[] = [];
  const columns: Set<number>[] = Array.from({ length: system.unknowns.length }, () => new Set());
  const origins: Map<number, number>[] = [];
  system.columns.forEach((local, r) => {
    const gradient = system.gradients[r]!;
    let norm = 0;
    for (let i = 0; i < local.length; i++) norm += gradient[i]! ** 2;
    norm = Math.sqrt(norm);
    const row = new Map<number, number>();
    for (let i = 0; i < local.length; i++) {
      const value = norm > 0 ? gradient[i]! / norm : 0;
      if (Math.abs(value) <= DUST) continue;
      row.set(local[i]!, value);
      columns[local[i]!]!.add(r);
    }
    rows.push(row);
    if (track) origins.push(new Map([[r, 1]]));
  });

  const pivots: Pivot[] = [];
  const dependencies: Map<number, number>[] = [];
  const dependent: number[] = [];
  const waiting = new Set(rows.keys());
  // Rows by how many entries they have; a row may lie in an outdated bucket and is then moved on.
  const buckets: number[][] = [];
  const enqueue = (r: number) => {
    const size = rows[r]!.size;
    const bucket = buckets[size];
    if (bucket) bucket.push(r);
    else buckets[size] = [r];
  };
  for (const r of waiting) enqueue(r);
  let shortest = 0;
  while (waiting.size > 0) {
    while ((buckets[shortest]?.length ?? 0) === 0) shortest++;
    const r = buckets[shortest]!.pop()!;
    const row = rows[r]!;
    if (!waiting.has(r) || row.size !== shortest) continue;
    waiting.delete(r);
    let largest = 0;
    for (const value of row.values()) largest = Math.max(largest, Math.abs(value));
    for (const column of row.keys()) columns[column]!.delete(r);
    if (largest < DEPENDENT) {
      dependent.push(r);
      if (track) dependencies.push(origins[r]!);
      continue;
    }
    let chosen = -1;
    for (const [column, value] of row) {
      if (Math.abs(value) < 0.1 * largest) continue;
      if (chosen < 0 || columns[column]!.size < columns[chosen]!.size) chosen = column;
    }
    const pivot = row.get(chosen)!;
    pivots.push({ column: chosen, row });
    for (const other of [...columns[chosen]!]) {
      const target = rows[other]!;
      const by = target.get(chosen)! / pivot;
      target.delete(chosen);
      for (const [column, value] of row) {
        if (column === chosen) continue;
        const next = (target.get(column) ?? 0) - by * value;
        if (Math.abs(next) <= DUST) {
          target.delete(column);
          columns[column]!.delete(other);
        } else {
          target.set(column, next);
          columns[column]!.add(other);
        }
      }
      if (track) {
        const sum = origins[other]!;
        for (const [origin, share] of origins[r]!) sum.set(origin, (sum.get(origin) ?? 0) - by * share);
      }
      enqueue(other);
      shortest = Math.min(shortest, target.size);
    }
    columns[chosen]!.clear();
  }
  return { pivots, dependent, dependencies };
}

/** A motion in general position: what it moves can move. Two of them, so that no accident of numbers hides one. */
function freeUnknowns(size: number, pivots: readonly Pivot[]): number[] {
  const moves = new Uint8Array(size);
  for (const seed of [0.6180339887, 0.4142135623]) {
    const motion = new Float64Array(size);
    for (let i = 0; i < size; i++) motion[i] = 0.5 + (((i + 1) * seed) % 1);
    for (let k = pivots.length - 1; k >= 0; k--) {
      const { column, row } = pivots[k]!;
      let sum = 0;
      let scale = 0;
      for (const [other, value] of row) {
        if (other === column) continue;
        sum -= value * motion[other]!;
        scale = Math.max(scale, Math.abs(value * motion[other]!));
      }
      const moved = sum / row.get(column)!;
      motion[column] = Math.abs(sum) <= 1e-9 * scale || Math.abs(moved) < 1e-7 ? 0 : moved;
    }
    for (let i = 0; i < size; i++) if (motion[i] !== 0) moves[i] = 1;
  }
  return Array.from(moves.keys()).filter((i) => moves[i] === 1);
}
