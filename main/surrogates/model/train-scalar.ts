/** Trains the model of one number of a design, with an interval from cross-validation. */

import { conformalCurve, conformalFactor } from '../calibration/conformal.ts';
import type { Observations } from '../gaussian/likelihood.ts';
import { type FittedProcess, fitProcess, predict } from '../gaussian/process.ts';
import type { ScalarModel } from './surrogate.ts';

export interface Designs {
  /** n x d, as models see them. */
  inputs: Float64Array;
  n: number;
  d: number;
  /** Group in which each is held out. */
  fold: Int32Array;
  folds: number;
}

export interface CrossValidated {
  /** Of each design, from the models that never saw it; in the space that is modelled. */
  predictions: Float64Array;
  deviations: Float64Array;
}

/** Searches of the folds start from what all designs found, and are short. */
const ITERATIONS = 12;

export function crossValidate(
  designs: Designs,
  values: Float64Array,
  fitted: FittedProcess,
  seed: number,
): CrossValidated {
  const { n, d, inputs, fold, folds } = designs;
  const predictions = new Float64Array(n);
  const deviations = new Float64Array(n);
  const { covariance, trend } = fitted.process;
  for (let held = 0; held < folds; held++) {
    const kept = Array.from({ length: n }, (_, i) => i).filter((i) => fold[i] !== held);
    const { process } = fitProcess(observationsOf(designs, values, kept), {
      seed,
      covariances: [covariance],
      trends: [trend],
      start: fitted.hyperparameters,
      iterations: ITERATIONS,
    });
    for (let i = 0; i < n; i++) {
      if (fold[i] !== held) continue;
      const { mean, deviation } = predict(process, inputs.subarray(i * d, (i + 1) * d));
      predictions[i] = mean;
      deviations[i] = deviation;
    }
  }
  return { predictions, deviations };
}

export function observationsOf(
  { inputs, d }: Pick<Designs, 'inputs' | 'd'>,
  values: Float64Array,
  kept: readonly number[],
): Observations {
  const chosen = new Float64Array(kept.length * d);
  kept.forEach((design, row) => {
    chosen.set(inputs.subarray(design * d, (design + 1) * d), row * d);
  });
  return { inputs: chosen, n: kept.length, d, values: Float64Array.from(kept, (design) => values[design]!) };
}

export interface TrainedScalar {
  model: ScalarModel;
  crossValidated: { r2: number; rms: number };
  curve: { level: number; width: number }[];
  /** Half of the widest interval that a held-out design had, in the space that is modelled. */
  widest: number;
}

export function trainScalar(
  designs: Designs,
  { name, unit, values }: { name: string; unit: string; values: Float64Array },
  { level, seed }: { level: number; seed: number },
): TrainedScalar {
  // Degrees Celsius have no ratio.
  const logarithmic = unit !== 'degC' && values.every((value) => value > 0);
  const modelled = logarithmic ? values.map(Math.log) : values;
  const { inputs, n, d } = designs;
  const fitted = fitProcess({ inputs, n, d, values: modelled }, { seed });
  const held = crossValidate(designs, modelled, fitted, seed);
  const scores = held.predictions.map((prediction, i) => Math.abs(prediction - modelled[i]!) / held.deviations[i]!);
  const back = logarithmic ? held.predictions.map(Math.exp) : held.predictions;
  const factor = conformalFactor(scores, level);
  return {
    model: { name, unit, logarithmic, process: fitted.process, factor },
    crossValidated: { r2: explained(values, back), rms: rootMeanSquare(values, back) },
    curve: conformalCurve(scores, level),
    widest: factor * Math.max(...held.deviations),
  };
}

/** R²: 1 - sum of squared errors over that about the mean. 1 where nothing varies and nothing is missed. */
export function explained(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const values = Array.from(truth);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const total = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const missed = values.reduce((sum, value, i) => sum + (value - predicted[i]!) ** 2, 0);
  if (total === 0) return missed === 0 ? 1 : Number.NEGATIVE_INFINITY;
  return 1 - missed / total;
}

export const rootMeanSquare = (truth: ArrayLike<number>, predicted: ArrayLike<number>): number =>
  Math.sqrt(Array.from(truth).reduce((sum, value, i) => sum + (value - predicted[i]!) ** 2, 0) / truth.length);
