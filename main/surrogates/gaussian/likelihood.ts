/**
 * The restricted likelihood of a Gaussian process with a polynomial trend, and its gradient. With C = R + g I, F the trend's
 * terms and P = C⁻¹ - C⁻¹F (FᵀC⁻¹F)⁻¹ FᵀC⁻¹, the trend and the variance are found in closed form, σ² = zᵀPz / (n - p), and
 *   -ln L = [(n - p) ln σ² + ln|C| + ln|FᵀC⁻¹F|] / 2,  derivative by θ: [tr(P dC) - zᵀP dC P z / σ²] / 2
 * (D. A. Harville, JASA 72, 1977; S. P. Smith, J. Dairy Science 2019, for the derivative).
 */
import { choleskyFactor, inverseFactor, inverseFrom, logDeterminant, product, transposed } from '../numerics/dense.ts';
import { type Covariance, correlation, correlationSlope } from './covariance.ts';
import { type Trend, termCount, termValues } from './trend.ts';

/** Designs and one number of each. */
export interface Observations {
  /** n x d, each about -1 to 1. */
  inputs: Float64Array;
  n: number;
  d: number;
  values: Float64Array;
}

/** ln of the d lengths, then ln of the noise over the variance. */
export type Hyperparameters = Float64Array;

export interface Projected {
  /** n x n. */
  p: Float64Array;
  /** P z: the weights of the covariances with the training designs. */
  weights: Float64Array;
  /** The trend's coefficients. */
  coefficients: Float64Array;
  /** L⁻¹ of C = L Lᵀ, n x n. */
  whitening: Float64Array;
  /** C⁻¹F, n x p. */
  weighted: Float64Array;
  /** The same as L⁻¹ of FᵀC⁻¹F, p x p. */
  trendWhitening: Float64Array;
  /** σ², of the process. */
  variance: number;
  minusLogLikelihood: number;
}

/** Squared distances by input, n x n for each, and the correlation matrix that follows. */
export class Likelihood {
  readonly observations: Observations;
  readonly covariance: Covariance;
  readonly trend: Trend;
  readonly #terms: Float64Array;
  readonly #termCount: number;
  readonly #differences: Float64Array[];

  constructor(observations: Observations, covariance: Covariance, trend: Trend) {
    this.observations = observations;
    this.covariance = covariance;
    this.trend = trend;
    const { inputs, n, d } = observations;
    this.#termCount = termCount(trend, d);
    this.#terms = new Float64Array(n * this.#termCount);
    for (let i = 0; i < n; i++)
      this.#terms.set(termValues(trend, inputs.subarray(i * d, (i + 1) * d)), i * this.#termCount);
    this.#differences = Array.from({ length: d }, (_, k) => {
      const squared = new Float64Array(n * n);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < i; j++) squared[i * n + j] = (inputs[i * d + k]! - inputs[j * d + k]!) ** 2;
      return squared;
    });
  }

  /** Squared scaled distances, lower triangle. */
  #distances(lengths: readonly number[]): Float64Array {
    const { n } = this.observations;
    const distances = new Float64Array(n * n);
    lengths.forEach((length, k) => {
      const squared = this.#differences[k]!;
      const factor = 1 / length ** 2;
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) distances[i * n + j]! += factor * squared[i * n + j]!;
    });
    return distances;
  }

  /** null where the matrix is not positive definite. */
  project(hyperparameters: Hyperparameters, distances?: Float64Array): Projected | null {
    const { n, d, values } = this.observations;
    const p = this.#termCount;
    const lengths = Array.from({ length: d }, (_, k) => Math.exp(hyperparameters[k]!));
    const noise = Math.exp(hyperparameters[d]!);
    const squared = distances ?? this.#distances(lengths);
    const c = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) c[i * n + j] = correlation(this.covariance, squared[i * n + j]!);
      c[i * n + i] = 1 + noise;
    }
    const factor = choleskyFactor(c, n);
    if (!factor) return null;
    const whitening = inverseFactor(factor, n);
    const inverse = inverseFrom(whitening, n);
    const weighted = product(inverse, this.#terms, n, n, p); // C⁻¹F
    const inner = product(transposed(weighted, n, p), this.#terms, p, n, p);
    const innerFactor = choleskyFactor(inner, p);
    if (!innerFactor) return null;
    const trendWhitening = inverseFactor(innerFactor, p);
    const spread = inverseFrom(trendWhitening, p);
    const regression = product(spread, transposed(weighted, n, p), p, p, n);
    const correction = product(weighted, regression, n, p, n);
    const matrix = inverse.map((value, i) => value - correction[i]!);
    const weights = product(matrix, values, n, n, 1);
    let fit = 0;
    for (let i = 0; i < n; i++) fit += values[i]! * weights[i]!;
    const freedom = n - p;
    const variance = Math.max(fit / freedom, 1e-300);
    return {
      p: matrix,
      weights,
      coefficients: product(regression, values, p, n, 1),
      whitening,
      weighted,
      trendWhitening,
      variance,
      minusLogLikelihood:
        (freedom * Math.log(variance) + logDeterminant(factor, n) + logDeterminant(innerFactor, p)) / 2,
    };
  }

  /** -ln L and its derivatives by the hyperparameters. */
  evaluate(hyperparameters: Hyperparameters): { value: number; gradient: Float64Array } | null {
    const { n, d } = this.observations;
    const lengths = Array.from({ length: d }, (_, k) => Math.exp(hyperparameters[k]!));
    const noise = Math.exp(hyperparameters[d]!);
    const distances = this.#distances(lengths);
    const projected = this.project(hyperparameters, distances);
    if (!projected) return null;
    const { p, weights, variance } = projected;
    const gradient = new Float64Array(d + 1);
    // Common factor of all lengths: (P - w wᵀ/σ²) times the correlation's slope; both triangles count.
    const factors = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++) {
        const at = i * n + j;
        factors[at] =
          (p[at]! - (weights[i]! * weights[j]!) / variance) * correlationSlope(this.covariance, distances[at]!);
      }
    for (let k = 0; k < d; k++) {
      const squared = this.#differences[k]!;
      let sum = 0;
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) sum += factors[i * n + j]! * squared[i * n + j]!;
      gradient[k] = sum / lengths[k]! ** 2;
    }
    let trace = 0;
    for (let i = 0; i < n; i++) trace += p[i * n + i]! - weights[i]! ** 2 / variance;
    gradient[d] = (noise * trace) / 2;
    return { value: projected.minusLogLikelihood, gradient };
  }
}
