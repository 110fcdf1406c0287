/** A trained surrogate as plain numbers, and its evaluation: what the ONNX file computes, written a second time. */
import type { SurrogateField, SurrogateParameter } from '../../../preload/contract/index.ts';
import { type Process, predict } from '../gaussian/process.ts';

/** A number of a design, in its own unit or as its natural logarithm where it is positive and spans factors. */
export interface ScalarModel {
  name: string;
  unit: string;
  logarithmic: boolean;
  process: Process;
  /** Deviations are stretched by this. */
  factor: number;
}

export interface FieldModel {
  /** `points` are the places of the points, mm; the others are answers at them. */
  name: SurrogateField | 'points';
  unit: string;
  components: number;
  /** ln of the size, or null where the size is fixed. */
  size: Process | null;
  fixedSize: number;
  coefficients: Process[];
  /** At size 1; points times components. */
  mean: Float32Array;
  /** Mode by mode. */
  modes: Float32Array;
  /** Root mean square, over the designs, of what the modes leave out at each entry, at size 1. */
  leftOut: Float32Array;
  factor: number;
}

export interface Surrogate {
  parameters: SurrogateParameter[];
  scalars: ScalarModel[];
  fields: FieldModel[];
}

export interface EvaluatedScalar {
  value: number;
  low: number;
  high: number;
}
export interface EvaluatedField {
  values: Float64Array;
  /** Half of the interval, at every entry. */
  halfWidths: Float64Array;
}

export function evaluateScalar(
  { process, logarithmic, factor }: ScalarModel,
  input: ArrayLike<number>,
): EvaluatedScalar {
  const { mean, deviation } = predict(process, input);
  const [value, low, high] = [mean, mean - factor * deviation, mean + factor * deviation];
  return logarithmic ? { value: Math.exp(value), low: Math.exp(low), high: Math.exp(high) } : { value, low, high };
}

/**
 * Deviation at an entry: of the coefficients through the modes, of the size through the field, and what the modes leave out.
 */
export function evaluateField(model: FieldModel, input: ArrayLike<number>): EvaluatedField {
  const { mean, modes, leftOut, factor } = model;
  const sizeOf = model.size && predict(model.size, input);
  const size = sizeOf ? Math.exp(sizeOf.mean) : model.fixedSize;
  const sizeVariance = sizeOf ? sizeOf.deviation ** 2 : 0;
  const coefficients = model.coefficients.map((process) => predict(process, input));
  const length = mean.length;
  const values = Float64Array.from(mean);
  const variances = Float64Array.from(leftOut, (left) => left ** 2);
  coefficients.forEach(({ mean: coefficient, deviation }, k) => {
    for (let e = 0; e < length; e++) {
      const mode = modes[k * length + e]!;
      values[e]! += coefficient * mode;
      variances[e]! += (deviation * mode) ** 2;
    }
  });
  const halfWidths = new Float64Array(length);
  for (let e = 0; e < length; e++) {
    halfWidths[e] = factor * size * Math.sqrt(variances[e]! + sizeVariance * values[e]! ** 2);
    values[e]! *= size;
  }
  return { values, halfWidths };
}
