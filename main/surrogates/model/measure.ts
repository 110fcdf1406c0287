/** How well a surrogate predicts designs that had no part in it. */
import { type BundleArray, decodeBundle, type SurrogateCard } from '../../../preload/contract/index.ts';
import type { SolvedRecord } from '../factory/store.ts';
import { inputOf } from '../sampling/design-space.ts';
import { evaluateField, evaluateScalar, type Surrogate } from './surrogate.ts';
import { learntArray } from './train.ts';
import { explained, rootMeanSquare } from './train-scalar.ts';

export interface Measured {
  /** In the order of the scalars; null without designs. */
  scalars: SurrogateCard['scalars'][number]['measured'][];
  /** By the name of the field. */
  fields: Map<string, SurrogateCard['fields'][number]['measured']>;
}

export function measure(
  surrogate: Surrogate,
  unseen: readonly SolvedRecord[],
  fields: readonly Uint8Array[],
): Measured {
  if (unseen.length === 0) return { scalars: surrogate.scalars.map(() => null), fields: new Map() };
  const inputs = unseen.map(({ values }) => inputOf(surrogate.parameters, values));
  const scalars = surrogate.scalars.map((model, q) => {
    const truth = unseen.map((design) => design.scalars[q]!);
    const answers = inputs.map((input) => evaluateScalar(model, input));
    const predicted = answers.map(({ value }) => value);
    const inside = answers.filter(({ low, high }, i) => low <= truth[i]! && truth[i]! <= high).length;
    return {
      r2: Math.max(-1e9, explained(Float64Array.from(truth), predicted)),
      rms: rootMeanSquare(truth, predicted),
      coverage: inside / truth.length,
    };
  });
  const bundles = fields.map((bytes): Record<string, BundleArray> => decodeBundle(bytes).arrays);
  const measured: Measured['fields'] = new Map();
  for (const model of surrogate.fields) {
    if (model.name === 'points') continue;
    const errors: number[] = [];
    let inside = 0;
    let counted = 0;
    inputs.forEach((input, i) => {
      const truth = learntArray(bundles[i]!, model.name);
      const { values, halfWidths } = evaluateField(model, input);
      const found = compareFields(truth, values, halfWidths);
      errors.push(found.relativeL2);
      inside += found.inside;
      counted += found.counted;
    });
    measured.set(model.name, {
      relativeL2: Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length),
      worstRelativeL2: Math.max(...errors),
      coverage: counted > 0 ? inside / counted : 1,
    });
  }
  return { scalars, fields: measured };
}

export interface FieldComparison {
  /** |predicted - solved| / |solved|, over all values. */
  relativeL2: number;
  /** Values whose interval holds the solved one, of those that are not held at a value. */
  inside: number;
  counted: number;
}

export function compareFields(
  truth: ArrayLike<number>,
  values: ArrayLike<number>,
  halfWidths: ArrayLike<number>,
): FieldComparison {
  let difference = 0;
  let size = 0;
  let inside = 0;
  let counted = 0;
  for (let e = 0; e < truth.length; e++) {
    const off = values[e]! - truth[e]!;
    difference += off * off;
    size += truth[e]! ** 2;
    // Where a field is held at a value, it is known, and nothing is promised of it.
    if (!(halfWidths[e]! > 0)) continue;
    counted++;
    if (Math.abs(off) <= halfWidths[e]!) inside++;
  }
  return { relativeL2: Math.sqrt(difference / (size || 1)), inside, counted };
}
