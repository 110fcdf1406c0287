/** Small dense systems: enough for fitting surfaces to a handful of points. */

/** Gauss elimination with pivoting; undefined where the matrix is as good as singular. */
export function solveSymmetric(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | undefined {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const count = rows.length;
  const largest = Math.max(...rows.flatMap((row) => row.slice(0, count).map(Math.abs)), 0);
  for (let i = 0; i < count; i++) {
    const pivot = rows
      .slice(i)
      .reduce((best, row, k) => (Math.abs(row[i]!) > Math.abs(rows[best]![i]!) ? i + k : best), i);
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    if (!(Math.abs(rows[i]![i]!) > 1e-12 * largest)) return undefined;
    for (let k = i + 1; k < count; k++) {
      const factor = rows[k]![i]! / rows[i]![i]!;
      for (let j = i; j <= count; j++) rows[k]![j]! -= factor * rows[i]![j]!;
    }
  }
  const answer = new Array<number>(count).fill(0);
  for (let i = count - 1; i >= 0; i--) {
    let value = rows[i]![count]!;
    for (let j = i + 1; j < count; j++) value -= rows[i]![j]! * answer[j]!;
    answer[i] = value / rows[i]![i]!;
  }
  return answer;
}

const SWEEPS = 30;

/**
 * The unit vector that these rows have the least to do with: the eigenvector of the smallest eigenvalue of the matrix of
 * their products, by Jacobi's rotations. Undefined where it is not the only one.
 */
export function leastVector(rows: readonly (readonly number[])[]): number[] | undefined {
  const size = rows[0]?.length ?? 0;
  const indices = [...new Array<number>(size).keys()];
  const matrix = indices.map((i) => indices.map((j) => rows.reduce((total, row) => total + row[i]! * row[j]!, 0)));
  const vectors = indices.map((i) => indices.map((j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) off += matrix[p]![q]! ** 2;
    if (off < 1e-30) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(matrix, vectors, p, q);
  }
  const order = indices.toSorted((i, j) => matrix[i]![i]! - matrix[j]![j]!);
  const [least, next] = [order[0]!, order[1]!];
  const largest = matrix[order.at(-1)!]![order.at(-1)!]!;
  if (!(matrix[next]![next]! > 1e-9 * largest)) return undefined;
  return indices.map((i) => vectors[i]![least]!);
}

function rotate(matrix: number[][], vectors: number[][], p: number, q: number): void {
  const apq = matrix[p]![q]!;
  if (Math.abs(apq) < 1e-300) return;
  const theta = (matrix[q]![q]! - matrix[p]![p]!) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  const turn = (a: number[][], along: 'row' | 'column'): void => {
    for (let k = 0; k < a.length; k++) {
      const x = along === 'row' ? a[p]![k]! : a[k]![p]!;
      const y = along === 'row' ? a[q]![k]! : a[k]![q]!;
      if (along === 'row') [a[p]![k], a[q]![k]] = [c * x - s * y, s * x + c * y];
      else [a[k]![p], a[k]![q]] = [c * x - s * y, s * x + c * y];
    }
  };
  turn(matrix, 'row');
  turn(matrix, 'column');
  turn(vectors, 'column');
}
