/** What the designs so far say of those not tried yet: a Gaussian process for each number that is asked for. */
import { type FittedProcess, fitProcess, predictByProcess } from '../../surrogates/index.ts';
import type { DesignPoint, DesignSpace } from './space.ts';

/** A design with its numbers: null where it could not be made or solved. */
export interface Observation {
  point: DesignPoint;
  /** In the order of the brief's requirements (and those of manufacture), then objectives. */
  numbers: (number | null)[] | null;
}

export interface Estimate {
  mean: number;
  deviation: number;
}

/** Numbers that are all positive are modelled by their logarithm: powers of dimensions become straight lines. */
export class NumberModel {
  readonly #fitted: FittedProcess | null;
  readonly #logarithmic: boolean;
  readonly #constant: number;

  constructor(inputs: readonly number[][], values: readonly number[], seed: number) {
    this.#logarithmic = values.every((value) => value > 0);
    const seen = this.#logarithmic ? values.map(Math.log) : [...values];
    const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
    const spread = Math.max(...seen) - Math.min(...seen);
    this.#constant = mean;
    this.#fitted =
      seen.length < 3 || !(spread > 1e-9 * Math.max(1, Math.abs(mean)))
        ? null
        : fitOrNull(inputs, Float64Array.from(seen), seed);
  }

  /** Of the number, or of its logarithm where {@link logarithmic}. */
  estimate(input: readonly number[]): Estimate {
    return this.#fitted ? predictByProcess(this.#fitted.process, input) : { mean: this.#constant, deviation: 0 };
  }

  get logarithmic(): boolean {
    return this.#logarithmic;
  }

  /** A value as the model sees it. */
  seen(value: number): number {
    return this.#logarithmic ? (value > 0 ? Math.log(value) : Number.NEGATIVE_INFINITY) : value;
  }

  value(seen: number): number {
    return this.#logarithmic ? Math.exp(seen) : seen;
  }
}

function fitOrNull(inputs: readonly number[][], values: Float64Array, seed: number): FittedProcess | null {
  const d = inputs[0]!.length;
  const observations = { inputs: Float64Array.from(inputs.flat()), n: inputs.length, d, values };
  // A line needs its designs; few of them are modelled by their mean.
  const trends = inputs.length >= 2 * (d + 1) ? (['linear'] as const) : (['constant'] as const);
  try {
    return fitProcess(observations, { seed, covariances: ['matern52'], trends, iterations: 15 });
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

export interface Models {
  numbers: NumberModel[];
  /** How likely it is that the design can be made and solved, 0 to 1: by the nearest designs. */
  makeable(input: readonly number[]): number;
}

export function modelsOf(space: DesignSpace, observations: readonly Observation[], seed: number): Models | null {
  const solved = observations.filter(({ numbers }) => numbers?.every((value) => value !== null));
  if (solved.length === 0) return null;
  const inputs = solved.map(({ point }) => space.inputOf(point));
  const count = solved[0]!.numbers!.length;
  const numbers = Array.from(
    { length: count },
    (_, k) =>
      new NumberModel(
        inputs,
        solved.map((one) => one.numbers![k]!),
        seed + k,
      ),
  );
  const failed = observations.filter(({ numbers: own }) => own === null).map(({ point }) => space.inputOf(point));
  return { numbers, makeable: (input) => (failed.length === 0 ? 1 : shareOfMade(input, inputs, failed)) };
}

/** Weighted by the inverse square of the distance. */
function shareOfMade(input: readonly number[], made: readonly number[][], failed: readonly number[][]): number {
  const weight = (other: readonly number[]): number =>
    1 / (1e-6 + other.reduce((sum, value, k) => sum + (value - input[k]!) ** 2, 0)) ** 1.5;
  const good = made.reduce((sum, other) => sum + weight(other), 0);
  const bad = failed.reduce((sum, other) => sum + weight(other), 0);
  return good / (good + bad);
}

/** What a requirement asks of its number, with all corrections in it. */
export interface Bound {
  comparison: '<=' | '>=';
  /** By material. */
  limits: number[];
  /** A number that jumps, as a count does: how unsure its model is says nothing, and is left out. */
  jumps?: boolean;
}

/** What violations of a bound are counted over: a bound of nought is missed by what it is missed by. */
export const sizeOf = (limit: number): number => (Math.abs(limit) > 1e-9 ? Math.abs(limit) : 1);

/**
 * How far beyond its bound a number is expected to be: negative where it holds. Logarithms make it relative; other numbers
 * count over the size of the bound.
 */
export function violation(
  model: NumberModel,
  { comparison, limits, jumps }: Bound,
  estimate: Estimate,
  material: number,
  caution: number,
): number {
  const limit = limits[material]!;
  const sign = comparison === '<=' ? 1 : -1;
  const scale = model.logarithmic ? 1 : sizeOf(limit);
  const bound = model.seen(limit);
  if (bound === Number.NEGATIVE_INFINITY) return sign > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return (sign * (estimate.mean - bound) + (jumps ? 0 : caution) * estimate.deviation) / scale;
}

/** How likely it is that a number keeps to its bound. */
export function likelihood(model: NumberModel, bound: Bound, estimate: Estimate, material: number): number {
  const over = violation(model, { ...bound, jumps: true }, estimate, material, 0);
  const scale = model.logarithmic ? 1 : sizeOf(bound.limits[material]!);
  const deviation = estimate.deviation / scale;
  return bound.jumps || !(deviation > 0) ? (over <= 0 ? 1 : 0) : below(-over / deviation);
}

/** Standard normal distribution: M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 26.2.17, to 8e-8. */
export function below(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    density(z) * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}

export const density = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
