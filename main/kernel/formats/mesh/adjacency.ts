/** Which triangle lies across each side of each triangle. Side 3 t + k of triangle t runs from its corner k to the next. */

export const BORDER = -1;
/** More than two triangles meet in the edge. */
export const NON_MANIFOLD = -2;

export interface Adjacency {
  /** For each side the side across it, or {@link BORDER} or {@link NON_MANIFOLD}. */
  twin: Int32Array;
  borderEdges: number;
  nonManifoldEdges: number;
  /** Edges whose two triangles run the same way along it, so that one of them is inside out. */
  inconsistentEdges: number;
  /** Every edge is walked as often one way as the other: the surface encloses a volume. */
  closed: boolean;
}

export function adjacencyOf(indices: Uint32Array, vertexCount: number): Adjacency {
  const sides = indices.length;
  const start = new Uint32Array(vertexCount + 1);
  const low = (side: number): number => Math.min(indices[side]!, indices[side % 3 === 2 ? side - 2 : side + 1]!);
  for (let s = 0; s < sides; s++) start[low(s) + 1]!++;
  for (let v = 0; v < vertexCount; v++) start[v + 1]! += start[v]!;
  const cursor = start.slice(0, vertexCount);
  const bucket = new Uint32Array(sides);
  const high = new Uint32Array(sides);
  for (let t = 0; t < sides; t += 3) {
    for (let k = 0; k < 3; k++) {
      const a = indices[t + k]!;
      const b = indices[k === 2 ? t : t + k + 1]!;
      const at = a < b ? cursor[a]!++ : cursor[b]!++;
      bucket[at] = t + k;
      high[at] = Math.max(a, b);
    }
  }
  const twin = new Int32Array(sides).fill(BORDER);
  const result: Adjacency = { twin, borderEdges: 0, nonManifoldEdges: 0, inconsistentEdges: 0, closed: true };
  for (let v = 0; v < vertexCount; v++) {
    const from = start[v]!;
    const to = start[v + 1]!;
    sortBucket(bucket, high, from, to);
    for (let i = from; i < to; ) {
      let j = i + 1;
      while (j < to && high[j] === high[i]) j++;
      joinSides(bucket, i, j, indices, result);
      i = j;
    }
  }
  result.closed &&= sides > 0;
  return result;
}

function joinSides(bucket: Uint32Array, from: number, to: number, indices: Uint32Array, result: Adjacency): void {
  const count = to - from;
  const first = bucket[from]!;
  if (count === 2) {
    const second = bucket[from + 1]!;
    result.twin[first] = second;
    result.twin[second] = first;
    if (indices[first] === indices[second]) {
      result.inconsistentEdges++;
      result.closed = false;
    }
  } else if (count === 1) {
    result.borderEdges++;
    result.closed = false;
  } else {
    result.nonManifoldEdges++;
    let balance = 0;
    for (let i = from; i < to; i++) {
      result.twin[bucket[i]!] = NON_MANIFOLD;
      balance += indices[bucket[i]!] === indices[first] ? 1 : -1;
    }
    if (balance !== 0) result.closed = false;
  }
}

/** By `high`: insertion for the usual handful, a real sort for the hub of a fan, which could hold every triangle. */
function sortBucket(bucket: Uint32Array, high: Uint32Array, from: number, to: number): void {
  if (to - from > 48) {
    const pairs = Array.from({ length: to - from }, (_, i) => [high[from + i]!, bucket[from + i]!] as const);
    pairs.sort((p, q) => p[0] - q[0] || p[1] - q[1]);
    pairs.forEach(([h, b], i) => {
      high[from + i] = h;
      bucket[from + i] = b;
    });
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const h = high[i]!;
    const b = bucket[i]!;
    let j = i - 1;
    for (; j >= from && high[j]! > h; j--) {
      high[j + 1] = high[j]!;
      bucket[j + 1] = bucket[j]!;
    }
    high[j + 1] = h;
    bucket[j + 1] = b;
  }
}
