/** Dense symmetric matrices, row by row in one array: as large as a surrogate has training designs, some hundreds at most. */
import { symmetricEigen } from '../../physics/index.ts';

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

/** All eigenvalues and vectors of a symmetric matrix by Jacobi's method: accurate to the last digits for small values too. */
export function symmetricEigenpairs(matrix: Float64Array, n: number): Eigenpairs {
  const ascending = symmetricEigen(matrix, n);
  const values = Float64Array.from(ascending.values.toReversed());
  const vectors = new Float64Array(n * n);
  ascending.vectors.toReversed().forEach((vector, k) => {
    let largest = 0;
    for (const component of vector) if (Math.abs(component) > Math.abs(largest) + 1e-12) largest = component;
    const sign = largest < 0 ? -1 : 1;
    vectors.set(
      vector.map((component) => sign * component),
      k * n,
    );
  });
  return { values, vectors };
}
