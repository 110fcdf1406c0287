/**
 * Proper orthogonal decomposition of fields (L. Sirovich, Quarterly of Applied Mathematics 45, 1987, method of snapshots):
 * every field is a mean and a few modes, orthonormal over the points, so that few numbers stand for thousands.
 *
 * Snapshots are divided by their own sizes first where sizes differ by factors, so that small answers are met as well as
 * large ones; the size is then predicted by itself.
 */
import { symmetricEigenpairs } from '../numerics/dense.ts';

/** Scalar products of all snapshots with one another: what a decomposition of any of them needs. */
export interface Snapshots {
  count: number;
  /** Numbers a snapshot: points times components. */
  length: number;
  /** As given. */
  values: readonly Float32Array[];
  /** What each was divided by. */
  sizes: Float64Array;
  /** count x count, of the divided ones. */
  gram: Float64Array;
}

export interface Decomposition {
  /** Snapshots that it was made of, by number. */
  members: readonly number[];
  modes: number;
  /** Weights of the members' divided snapshots whose sum is mode k: row k. */
  combinations: Float64Array;
  /** Of each member its coefficients: members x modes. */
  coefficients: Float64Array;
  /** Root mean square, over the members, of what the modes leave out, over the size 1 of a divided snapshot. */
  leftOut: number;
}

/** @param byRatio whether sizes differ by factors: displacements do, places do not */
export function snapshotsOf(values: readonly Float32Array[], byRatio: boolean): Snapshots {
  const count = values.length;
  const length = values[0]!.length;
  const norms = Float64Array.from(values, (one) => Math.sqrt(dotOf(one, one)));
  const mean = norms.reduce((sum, norm) => sum + norm, 0) / count || 1;
  const sizes = byRatio ? norms.map((norm) => norm || 1) : new Float64Array(count).fill(mean);
  const gram = new Float64Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j <= i; j++) {
      const product = dotOf(values[i]!, values[j]!) / (sizes[i]! * sizes[j]!);
      gram[i * count + j] = product;
      gram[j * count + i] = product;
    }
  return { count, length, values, sizes, gram };
}

function dotOf(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/**
 * @param tolerance modes are taken until what they leave out is below this
 * @param most of modes
 */
export function decompose(
  snapshots: Snapshots,
  members: readonly number[],
  { tolerance, most }: { tolerance: number; most: number },
): Decomposition {
  const m = members.length;
  const gram = centredGram(snapshots, members);
  const { values, vectors } = symmetricEigenpairs(gram, m);
  let rest = 0;
  for (let k = 0; k < m; k++) rest += Math.max(0, values[k]!);
  // What is below the rounding of single precision is noise.
  const floor = 1e-12 * Math.max(rest, 1e-300) + 1e-13 * m;
  let modes = 0;
  while (modes < Math.min(most, m - 1) && Math.sqrt(rest / m) > tolerance && values[modes]! > floor)
    rest -= values[modes++]!;
  const combinations = new Float64Array(modes * m);
  const coefficients = new Float64Array(m * modes);
  for (let k = 0; k < modes; k++) {
    const root = Math.sqrt(values[k]!);
    let mean = 0;
    for (let i = 0; i < m; i++) mean += vectors[k * m + i]! / m;
    for (let i = 0; i < m; i++) {
      // Mode k = sum of (snapshot - mean) v / root: the mean's share is spread over all.
      combinations[k * m + i] = (vectors[k * m + i]! - mean) / root;
      coefficients[i * modes + k] = root * vectors[k * m + i]!;
    }
  }
  return { members, modes, combinations, coefficients, leftOut: Math.sqrt(Math.max(0, rest) / m) };
}

function centredGram({ gram, count }: Snapshots, members: readonly number[]): Float64Array {
  const m = members.length;
  const out = new Float64Array(m * m);
  const rows = new Float64Array(m);
  let all = 0;
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++) {
      const value = gram[members[i]! * count + members[j]!]!;
      out[i * m + j] = value;
      rows[i]! += value / m;
      all += value / (m * m);
    }
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) out[i * m + j]! += all - rows[i]! - rows[j]!;
  return out;
}

/** The mean of the divided members and their modes at some entries of the field (all where left out), mode by mode. */
export function fieldsOf(
  snapshots: Snapshots,
  { members, modes, combinations }: Decomposition,
  entries?: Int32Array,
): { mean: Float64Array; modes: Float64Array } {
  const length = entries?.length ?? snapshots.length;
  const m = members.length;
  const mean = new Float64Array(length);
  const out = new Float64Array(modes * length);
  members.forEach((member, i) => {
    const values = snapshots.values[member]!;
    const size = snapshots.sizes[member]!;
    for (let e = 0; e < length; e++) {
      const value = values[entries ? entries[e]! : e]! / size;
      if (value === 0) continue;
      mean[e]! += value / m;
      for (let k = 0; k < modes; k++) out[k * length + e]! += combinations[k * m + i]! * value;
    }
  });
  return { mean, modes: out };
}

/**
 * |snapshot - s (mean + sum of c modes)| over |snapshot|, from scalar products alone.
 * @param size s; @param coefficients c, one a mode
 */
export function relativeError(
  snapshots: Snapshots,
  decomposition: Decomposition,
  snapshot: number,
  size: number,
  coefficients: ArrayLike<number>,
): number {
  const { members, modes, combinations } = decomposition;
  const { count, gram, sizes } = snapshots;
  const m = members.length;
  // Weights of divided snapshots in the prediction, over the snapshot's own size.
  const ratio = size / sizes[snapshot]!;
  const weights = new Float64Array(m).fill(ratio / m);
  for (let k = 0; k < modes; k++)
    for (let i = 0; i < m; i++) weights[i]! += ratio * coefficients[k]! * combinations[k * m + i]!;
  const own = gram[snapshot * count + snapshot]!;
  let mixed = 0;
  let squared = 0;
  for (let i = 0; i < m; i++) {
    mixed += weights[i]! * gram[snapshot * count + members[i]!]!;
    let sum = 0;
    for (let j = 0; j < m; j++) sum += weights[j]! * gram[members[i]! * count + members[j]!]!;
    squared += weights[i]! * sum;
  }
  return Math.sqrt(Math.max(0, own - 2 * mixed + squared) / own);
}
