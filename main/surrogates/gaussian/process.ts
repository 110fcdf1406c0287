/** Gaussian processes: fitted to a few hundred designs, they predict a number of a new one and how far it may be off. */

import { product, transposed } from '../numerics/dense.ts';
import { minimise } from '../numerics/minimise.ts';
import { randomStream } from '../numerics/random.ts';
import { COVARIANCES, type Covariance, correlation } from './covariance.ts';
import { type Hyperparameters, Likelihood, type Observations, type Projected } from './likelihood.ts';
import { TRENDS, type Trend, termCount, termValues } from './trend.ts';

/**
 * A fitted process. With e = [k, f], correlations with the n training designs and the trend's p terms, it predicts eᵀw with
 * the variance σ² (1 + g - |t₁|² + |t₂|²): universal kriging, where t = [t₁, t₂] = T e is whitened, t₁ = L⁻¹k and
 * t₂ = M⁻¹(f - FᵀC⁻¹k) with C = L Lᵀ and FᵀC⁻¹F = M Mᵀ. Sums of squares keep the digits that products with C⁻¹ lose.
 */
export interface Process {
  covariance: Covariance;
  trend: Trend;
  /** By input. */
  lengths: Float64Array;
  /** Of the observations, over the variance of the process. */
  noise: number;
  variance: number;
  /** w, n + p. */
  weights: Float64Array;
  /** T, (n + p) x (n + p), lower. */
  whitening: Float64Array;
  /** n x d. */
  inputs: Float64Array;
  /** What was observed is shift + scale times what is modelled. */
  shift: number;
  scale: number;
}

export interface FittedProcess {
  process: Process;
  hyperparameters: Hyperparameters;
  /** Errors at the training designs, each predicted from all others with the same hyperparameters, and their deviations. */
  leaveOneOut: { errors: Float64Array; deviations: Float64Array };
}

/** Where the hyperparameters are searched for: ln of lengths about 2, in inputs from -1 to 1; ln of relative noise. */
const LENGTH = { centre: Math.log(3), spread: 1.5 };
const NOISE = { centre: Math.log(1e-4), spread: 3, least: Math.log(1e-8) };

export interface FitOptions {
  seed: number;
  /** To be tried; all where left out. The one whose leave-one-out errors are smallest is kept. */
  covariances?: readonly Covariance[];
  trends?: readonly Trend[];
  /** Where the search starts, in place of random places. */
  start?: Hyperparameters;
  iterations?: number;
}

/** Trends with at least twice as many designs as terms. */
const affordable = (n: number, d: number): Trend[] => TRENDS.filter((trend) => 2 * termCount(trend, d) <= n);

/** Iterations that tell which family is worth the whole search. */
const SCREENING = 8;
const POLISHED = 2;

/** @throws RangeError where no process can be fitted: values that are not finite, or designs that are all the same */
export function fitProcess(observations: Observations, options: FitOptions): FittedProcess {
  const { n, d } = observations;
  const { shift, scale, scaled } = standardised(observations);
  const families = (options.trends ?? affordable(n, d)).flatMap((trend) =>
    (options.covariances ?? COVARIANCES).map((covariance) => new Likelihood(scaled, covariance, trend)),
  );
  const centre = Float64Array.from({ length: d + 1 }, (_, k) => (k < d ? LENGTH.centre : NOISE.centre));
  const fitFamily = (likelihood: Likelihood, start: Hyperparameters, iterations: number): Candidate | null => {
    const hyperparameters = search(likelihood, start, iterations);
    const projected = hyperparameters && likelihood.project(hyperparameters);
    if (!projected) return null;
    const fitted = assemble(likelihood, hyperparameters, projected, shift, scale);
    return { likelihood, fitted, error: meanSquare(fitted.leaveOneOut.errors) };
  };
  const best = (candidates: (Candidate | null)[]): Candidate[] =>
    candidates.filter((each) => each !== null).sort((a, b) => a.error - b.error);
  const iterations = options.iterations ?? 40;
  const start = options.start ?? centre;
  const few = families.length <= POLISHED;
  let found = best(families.map((likelihood) => fitFamily(likelihood, start, few ? iterations : SCREENING)));
  if (!few) {
    const random = randomStream(options.seed);
    const promising = found.slice(0, POLISHED);
    found = best([
      ...promising,
      ...promising.map(({ likelihood, fitted }) => fitFamily(likelihood, fitted.hyperparameters, iterations)),
      // Likelihoods have several maxima: the most promising family is searched from another place too.
      ...promising.slice(0, 1).map(({ likelihood }) => fitFamily(likelihood, elsewhere(centre, random), iterations)),
    ]);
  }
  const [first] = found;
  if (!first) throw new RangeError('no Gaussian process fits these values');
  return first.fitted;
}

interface Candidate {
  likelihood: Likelihood;
  fitted: FittedProcess;
  /** Mean square of the leave-one-out errors. */
  error: number;
}

const elsewhere = (centre: Hyperparameters, random: () => number): Hyperparameters =>
  centre.map((value, k) => value + (k < centre.length - 1 ? 1.6 : 6) * (random() - 0.5));

function standardised(observations: Observations): { shift: number; scale: number; scaled: Observations } {
  const { n, values } = observations;
  if (!values.every(Number.isFinite)) throw new RangeError('a value to be fitted is not finite');
  const shift = values.reduce((sum, value) => sum + value, 0) / n;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - shift) ** 2, 0) / n);
  const scale = spread > 1e-14 * Math.max(1, Math.abs(shift)) ? spread : 1;
  return { shift, scale, scaled: { ...observations, values: values.map((value) => (value - shift) / scale) } };
}

/** The most likely hyperparameters from a start, held by a wide prior where the designs say nothing of an input. */
function search(likelihood: Likelihood, start: Hyperparameters, iterations: number): Hyperparameters | null {
  const { d } = likelihood.observations;
  const penalised = (at: Float64Array): { value: number; gradient: Float64Array } | null => {
    const found = likelihood.evaluate(at);
    if (!found || !Number.isFinite(found.value)) return null;
    let { value } = found;
    for (let k = 0; k <= d; k++) {
      const { centre, spread } = k < d ? LENGTH : NOISE;
      value += ((at[k]! - centre) / spread) ** 2 / 2;
      found.gradient[k]! += (at[k]! - centre) / spread ** 2;
    }
    return at[d]! < NOISE.least ? null : { value, gradient: found.gradient };
  };
  return minimise(penalised, start, { iterations, tolerance: 1e-3 })?.at ?? null;
}

function assemble(
  likelihood: Likelihood,
  hyperparameters: Hyperparameters,
  projected: Projected,
  shift: number,
  scale: number,
): FittedProcess {
  const { n, d, inputs } = likelihood.observations;
  const { p, weights, coefficients, variance } = projected;
  const terms = coefficients.length;
  const errors = new Float64Array(n);
  const deviations = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    // O. Dubrule, Mathematical Geology 15 (1983): leaving one out needs no new factorisation.
    errors[i] = (scale * weights[i]!) / p[i * n + i]!;
    deviations[i] = scale * Math.sqrt(variance / p[i * n + i]!);
  }
  return {
    process: {
      covariance: likelihood.covariance,
      trend: likelihood.trend,
      lengths: hyperparameters.subarray(0, d).map(Math.exp),
      noise: Math.exp(hyperparameters[d]!),
      variance,
      weights: Float64Array.from([...weights, ...coefficients]),
      whitening: whiteningOf(projected, n, terms),
      inputs,
      shift,
      scale,
    },
    hyperparameters,
    leaveOneOut: { errors, deviations },
  };
}

/** T of a {@link Process}. */
function whiteningOf({ whitening, weighted, trendWhitening }: Projected, n: number, terms: number): Float64Array {
  const size = n + terms;
  const out = new Float64Array(size * size);
  for (let i = 0; i < n; i++) out.set(whitening.subarray(i * n, i * n + n), i * size);
  const ofDesigns = product(trendWhitening, transposed(weighted, n, terms), terms, terms, n);
  for (let t = 0; t < terms; t++) {
    for (let i = 0; i < n; i++) out[(n + t) * size + i] = -ofDesigns[t * n + i]!;
    out.set(trendWhitening.subarray(t * terms, (t + 1) * terms), (n + t) * size + n);
  }
  return out;
}

export interface Predicted {
  mean: number;
  /** Of a new solution: what the process does not know, and the observations' noise. */
  deviation: number;
}

/** @param input d numbers, each about -1 to 1 */
export function predict(process: Process, input: ArrayLike<number>): Predicted {
  const n = process.inputs.length / process.lengths.length;
  const e = relationOf(process, input);
  const t = whitened(process, e);
  let mean = 0;
  let explained = 0;
  for (let i = 0; i < e.length; i++) {
    mean += e[i]! * process.weights[i]!;
    explained += i < n ? t[i]! ** 2 : -(t[i]! ** 2);
  }
  const variance = process.variance * Math.max(process.noise, 1 + process.noise - explained);
  return { mean: process.shift + process.scale * mean, deviation: process.scale * Math.sqrt(variance) };
}

/** e of a {@link Process}: correlations with the training designs, then the trend's terms. */
function relationOf({ covariance, trend, lengths, inputs, weights }: Process, input: ArrayLike<number>): Float64Array {
  const d = lengths.length;
  const n = inputs.length / d;
  const e = new Float64Array(weights.length);
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let k = 0; k < d; k++) squared += ((input[k]! - inputs[i * d + k]!) / lengths[k]!) ** 2;
    e[i] = correlation(covariance, squared);
  }
  e.set(termValues(trend, input), n);
  return e;
}

/** t = T e. */
function whitened({ whitening }: Process, e: Float64Array): Float64Array {
  const size = e.length;
  return e.map((_, i) => {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += whitening[i * size + j]! * e[j]!;
    return sum;
  });
}

/**
 * What is not known of each point, and in common with every other: the covariances of what is predicted, without the noise of
 * observations.
 * @param points m x d
 * @returns m x m, symmetric, in the square of the values' unit
 */
export function jointCovariance(process: Process, points: Float64Array): Float64Array {
  const { lengths, inputs, covariance, variance, scale } = process;
  const d = lengths.length;
  const m = points.length / d;
  const n = inputs.length / d;
  const at = (i: number): Float64Array => points.subarray(i * d, (i + 1) * d);
  const t = Array.from({ length: m }, (_, i) => whitened(process, relationOf(process, at(i))));
  const out = new Float64Array(m * m);
  for (let i = 0; i < m; i++)
    for (let j = 0; j <= i; j++) {
      let squared = 0;
      for (let k = 0; k < d; k++) squared += ((points[i * d + k]! - points[j * d + k]!) / lengths[k]!) ** 2;
      let known = 0;
      for (let k = 0; k < t[i]!.length; k++) known += (k < n ? 1 : -1) * t[i]![k]! * t[j]![k]!;
      const value = scale ** 2 * variance * (correlation(covariance, squared) - known);
      out[i * m + j] = value;
      out[j * m + i] = value;
    }
  return out;
}

const meanSquare = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value * value, 0) / values.length;
