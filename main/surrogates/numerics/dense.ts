/** Dense symmetric matrices, row by row in one array: as large as a surrogate has training designs, some hundreds at most. */

/**
 * Lower factor L of a symmetric positive definite matrix, A = L Lᵀ; above the diagonal it is zero.
 * @param matrix n x n; only its lower triangle is read
 * @returns null where the matrix is not positive definite to working accuracy
 */
export function choleskyFactor(matrix: Float64Array, n: number): Float64Array | null {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
      if (i === j) {
        if (!(sum > 0)) return null;
        factor[i * n + i] = Math.sqrt(sum);
      } else factor[i * n + j] = sum / factor[j * n + j]!;
    }
  }
  return factor;
}

/** ln det A of the matrix that was factorised. */
export function logDeterminant(factor: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(factor[i * n + i]!);
  return 2 * sum;
}

/** L⁻¹ of a lower factor, lower as well. */
export function inverseFactor(factor: Float64Array, n: number): Float64Array {
  // Column by column, each kept as a row, so that the inner loop runs along memory.
  const columns = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    columns[j * n + j] = 1 / factor[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= factor[i * n + k]! * columns[j * n + k]!;
      columns[j * n + i] = sum / factor[i * n + i]!;
    }
  }
  return transposed(columns, n, n);
}

/** A⁻¹ = L⁻ᵀ L⁻¹, symmetric. @param inverse L⁻¹ */
export function inverseFrom(inverse: Float64Array, n: number): Float64Array {
  const columns = transposed(inverse, n, n);
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += columns[i * n + k]! * columns[j * n + k]!;
      out[i * n + j] = sum;
      out[j * n + i] = sum;
    }
  return out;
}

/** A B of an m x k and a k x n matrix. */
export function product(a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let l = 0; l < k; l++) {
      const value = a[i * k + l]!;
      if (value === 0) continue;
      for (let j = 0; j < n; j++) out[i * n + j]! += value * b[l * n + j]!;
    }
  return out;
}

/** Aᵀ of an m x n matrix. */
export function transposed(a: Float64Array, m: number, n: number): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[j * m + i] = a[i * n + j]!;
  return out;
}

export interface Eigenpairs {
  /** Descending. */
  values: Float64Array;
  /** n x n: the vector of value k in row k, of unit length, its largest component positive. */
  vectors: Float64Array;
}

/**
 * All eigenvalues and vectors of a symmetric matrix, by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations,
 * 4th edition, section 8.5): slow for thousands of rows, but accurate to the last digits for small values too.
 */
export function symmetricEigenpairs(matrix: Float64Array, n: number): Eigenpairs {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        if (i === j) diagonal += a[i * n + i]! ** 2;
        else off += 2 * a[i * n + j]! ** 2;
      }
    if (off <= 1e-30 * diagonal || off === 0) break;
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j]! - a[i * n + i]! || i - j);
  const values = new Float64Array(n);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    values[to] = a[from * n + from]!;
    let largest = 0;
    for (let i = 0; i < n; i++) if (Math.abs(v[from * n + i]!) > Math.abs(largest) + 1e-12) largest = v[from * n + i]!;
    const sign = largest < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) vectors[to * n + i] = sign * v[from * n + i]!;
  });
  return { values, vectors };
}

/** One rotation that makes a[p][q] zero; rows of `v` are turned along. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const akp = a[k * n + p]!;
    const akq = a[k * n + q]!;
    a[k * n + p] = c * akp - s * akq;
    a[k * n + q] = s * akp + c * akq;
  }
  for (let k = 0; k < n; k++) {
    const apk = a[p * n + k]!;
    const aqk = a[q * n + k]!;
    a[p * n + k] = c * apk - s * aqk;
    a[q * n + k] = s * apk + c * aqk;
    const vp = v[p * n + k]!;
    const vq = v[q * n + k]!;
    v[p * n + k] = c * vp - s * vq;
    v[q * n + k] = s * vp + c * vq;
  }
}
