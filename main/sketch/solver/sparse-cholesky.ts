/**
 * Solves (J^T W J + D) d = b for the sparse Jacobian of a sketch. The order of elimination and the pattern of the factor are
 * found once for a structure; each factorisation then only computes. Minimum degree: George and Liu, Computer Solution of
 * Large Sparse Positive Definite Systems (1981), ch. 5.
 */
export class SparseCholesky {
  readonly size: number;
  /** Place of an unknown in the order of elimination, and back. */
  readonly #place: Int32Array;
  readonly #unknownAt: Int32Array;
  /** Columns of the factor: row numbers (first the diagonal), sorted. */
  readonly #start: Int32Array;
  readonly #rows: Int32Array;
  readonly #factor: Float64Array;
  /** For each row the earlier columns that reach it, as positions in `rows`. */
  readonly #reachStart: Int32Array;
  readonly #reachAt: Int32Array;
  readonly #reachColumn: Int32Array;
  /** Where the products of each equation's gradient land in the factor. */
  readonly #targets: Int32Array[];
  readonly #work: Float64Array;

  constructor(size: number, rows: readonly Int32Array[]) {
    this.size = size;
    const { order, patterns } = minimumDegree(size, rows);
    this.#unknownAt = order;
    this.#place = new Int32Array(size);
    for (let k = 0; k < size; k++) this.#place[order[k]!] = k;

    this.#start = new Int32Array(size + 1);
    for (let k = 0; k < size; k++) this.#start[k + 1] = this.#start[k]! + 1 + patterns[k]!.length;
    this.#rows = new Int32Array(this.#start[size]!);
    for (let k = 0; k < size; k++) {
      const column = Int32Array.from(patterns[k]!, (unknown) => this.#place[unknown]!).sort();
      this.#rows[this.#start[k]!] = k;
      this.#rows.set(column, this.#start[k]! + 1);
    }
    this.#factor = new Float64Array(this.#rows.length);
    this.#work = new Float64Array(size);

    const counts = new Int32Array(size + 1);
    for (let k = 0; k < size; k++)
      for (let at = this.#start[k]! + 1; at < this.#start[k + 1]!; at++) counts[this.#rows[at]! + 1]!++;
    for (let k = 0; k < size; k++) counts[k + 1]! += counts[k]!;
    this.#reachStart = counts.slice();
    this.#reachAt = new Int32Array(counts[size]!);
    this.#reachColumn = new Int32Array(counts[size]!);
    for (let k = 0; k < size; k++)
      for (let at = this.#start[k]! + 1; at < this.#start[k + 1]!; at++) {
        const next = counts[this.#rows[at]!]!++;
        this.#reachAt[next] = at;
        this.#reachColumn[next] = k;
      }

    this.#targets = rows.map((columns) => {
      const targets = new Int32Array((columns.length * (columns.length + 1)) / 2);
      let next = 0;
      for (let i = 0; i < columns.length; i++)
        for (let j = 0; j <= i; j++) targets[next++] = this.#find(this.#place[columns[i]!]!, this.#place[columns[j]!]!);
      return targets;
    });
  }

  #find(a: number, b: number): number {
    const column = Math.min(a, b);
    const row = Math.max(a, b);
    let low = this.#start[column]!;
    let high = this.#start[column + 1]! - 1;
    while (low < high) {
      const half = (low + high) >> 1;
      if (this.#rows[half]! < row) low = half + 1;
      else high = half;
    }
    return low;
  }

  /** `gradients[i]` belongs to the columns of row i; `diagonal` is by unknown. */
  factorise(gradients: readonly Float64Array[], weights: Float64Array, diagonal: Float64Array): boolean {
    const factor = this.#factor;
    factor.fill(0);
    for (let row = 0; row < this.#targets.length; row++) {
      const targets = this.#targets[row]!;
      const gradient = gradients[row]!;
      const weight = weights[row]!;
      let next = 0;
      for (let i = 0; next < targets.length; i++) {
        const value = weight * gradient[i]!;
        for (let j = 0; j <= i; j++) factor[targets[next++]!]! += value * gradient[j]!;
      }
    }
    for (let k = 0; k < this.size; k++) factor[this.#start[k]!]! += diagonal[this.#unknownAt[k]!]!;

    const work = this.#work;
    const rows = this.#rows;
    for (let k = 0; k < this.size; k++) {
      const begin = this.#start[k]!;
      const end = this.#start[k + 1]!;
      for (let at = begin; at < end; at++) work[rows[at]!] = factor[at]!;
      for (let reach = this.#reachStart[k]!; reach < this.#reachStart[k + 1]!; reach++) {
        const at = this.#reachAt[reach]!;
        const by = factor[at]!;
        if (by === 0) continue;
        const stop = this.#start[this.#reachColumn[reach]! + 1]!;
        for (let i = at; i < stop; i++) work[rows[i]!]! -= by * factor[i]!;
      }
      const pivot = work[k]!;
      if (!(pivot > 0)) return false;
      const root = Math.sqrt(pivot);
      factor[begin] = root;
      for (let at = begin + 1; at < end; at++) factor[at] = work[rows[at]!]! / root;
    }
    return true;
  }

  /** In place, with the last factorisation. */
  solve(right: Float64Array): void {
    const work = this.#work;
    const [rows, factor, start] = [this.#rows, this.#factor, this.#start];
    for (let k = 0; k < this.size; k++) work[k] = right[this.#unknownAt[k]!]!;
    for (let k = 0; k < this.size; k++) {
      const value = work[k]! / factor[start[k]!]!;
      work[k] = value;
      for (let at = start[k]! + 1; at < start[k + 1]!; at++) work[rows[at]!]! -= factor[at]! * value;
    }
    for (let k = this.size - 1; k >= 0; k--) {
      let value = work[k]!;
      for (let at = start[k]! + 1; at < start[k + 1]!; at++) value -= factor[at]! * work[rows[at]!]!;
      work[k] = value / factor[start[k]!]!;
    }
    for (let k = 0; k < this.size; k++) right[this.#unknownAt[k]!] = work[k]!;
  }
}

/** The order, and for each step the unknowns that the eliminated one still touches: the pattern of the factor's column. */
function minimumDegree(size: number, rows: readonly Int32Array[]): { order: Int32Array; patterns: number[][] } {
  const neighbours: Set<number>[] = Array.from({ length: size }, () => new Set());
  for (const columns of rows) for (const a of columns) for (const b of columns) if (a !== b) neighbours[a]!.add(b);
  // Buckets by degree: the smallest is found without looking at all.
  const buckets: Set<number>[] = [];
  const bucket = (degree: number): Set<number> => {
    const set = buckets[degree] ?? new Set();
    buckets[degree] = set;
    return set;
  };
  for (let k = 0; k < size; k++) bucket(neighbours[k]!.size).add(k);
  const order = new Int32Array(size);
  const patterns: number[][] = [];
  let least = 0;
  for (let step = 0; step < size; step++) {
    while ((buckets[least]?.size ?? 0) === 0) least++;
    const chosen = buckets[least]!.values().next().value as number;
    buckets[least]!.delete(chosen);
    order[step] = chosen;
    const touched = [...neighbours[chosen]!];
    patterns.push(touched);
    for (const a of touched) {
      const set = neighbours[a]!;
      bucket(set.size).delete(a);
      set.delete(chosen);
      for (const b of touched) if (a !== b) set.add(b);
      bucket(set.size).add(a);
      least = Math.min(least, set.size);
    }
    neighbours[chosen]!.clear();
  }
  return { order, patterns };
}
