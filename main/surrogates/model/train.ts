/** Trains a surrogate from the data of a specification. Everything follows from the data and the seed. */
import {
  type BundleArray,
  decodeBundle,
  type JobContext,
  type SurrogateCard,
} from '../../../preload/contract/index.ts';
import { fewestFor, folds } from '../calibration/conformal.ts';
import { refuseSurrogate } from '../errors.ts';
import type { DataHead, SolvedRecord } from '../factory/store.ts';
import { randomStream, shuffled } from '../numerics/random.ts';
import { inputOf } from '../sampling/design-space.ts';
import { FIELD_ARRAYS } from '../specification/quantities.ts';
import type { FieldModel, Surrogate } from './surrogate.ts';
import { trainField } from './train-field.ts';
import { type Designs, trainScalar } from './train-scalar.ts';

export const LEVEL = 0.9;
const FOLDS = 10;

export interface TrainingData {
  head: DataHead;
  solved: readonly SolvedRecord[];
  /** The bundle of each, in the same order. */
  fields: readonly Uint8Array[];
}

export interface Trained {
  surrogate: Surrogate;
  scalars: Omit<SurrogateCard['scalars'][number], 'measured'>[];
  fields: Omit<SurrogateCard['fields'][number], 'measured'>[];
  /** Half of the widest interval that a held-out design had, for every scalar. */
  widest: number[];
}

/** An array of a design's bundle that is learnt: `points`, or a field by its own name. */
export function learntArray(arrays: Record<string, BundleArray>, name: FieldModel['name']): Float32Array {
  return Float32Array.from(arrays[name] as ArrayLike<number>);
}

/** @throws ArtificerError `surrogate.too-few-designs` */
export function train({ head, solved, fields }: TrainingData, seed: number, progress: JobContext['progress']): Trained {
  const { parameters, quantities } = head;
  const n = solved.length;
  const d = parameters.length;
  const needed = Math.max(fewestFor(LEVEL), 2 * (d + 1));
  if (n < needed)
    throw refuseSurrogate(
      'too-few-designs',
      `${n} solved designs are too few to learn ${d} parameters and to say how far off a prediction may be.`,
      `Solve at least ${needed}; a hundred are better.`,
    );
  const inputs = new Float64Array(n * d);
  solved.forEach(({ values }, i) => {
    inputs.set(inputOf(parameters, values), i * d);
  });
  const fold = folds(n, FOLDS, shuffled(n, randomStream(seed)));
  const designs: Designs = { inputs, n, d, fold, folds: FOLDS };
  const bundles = head.fields.length === 0 ? [] : fields.map((bytes) => decodeBundle(bytes).arrays);
  const tasks = quantities.length + (head.fields.length > 0 ? head.fields.length + 1 : 0);
  let done = 0;
  const trainedScalars = quantities.map(({ name, unit }, q) => {
    progress(`Learning ${name}`, done++ / tasks);
    return trainScalar(
      designs,
      { name, unit, values: Float64Array.from(solved, ({ scalars }) => scalars[q]!) },
      { level: LEVEL, seed: seed + q },
    );
  });
  const asked =
    head.fields.length === 0
      ? []
      : [
          { name: 'points' as const, unit: 'mm', components: 3 },
          ...head.fields.map((name) => ({
            name,
            unit: FIELD_ARRAYS[name].unit,
            components: FIELD_ARRAYS[name].components,
          })),
        ];
  const trainedFields = asked.map((field, f) => {
    const share = done++;
    return trainField(
      designs,
      { ...field, values: bundles.map((arrays) => learntArray(arrays, field.name)) },
      { level: LEVEL, seed: seed + 1000 + f },
      (part) => progress(`Learning ${field.name}`, (share + part) / tasks),
    );
  });
  return {
    surrogate: {
      parameters,
      scalars: trainedScalars.map(({ model }) => model),
      fields: trainedFields.map(({ model }) => model),
    },
    scalars: trainedScalars.map(({ model: { name, unit, logarithmic }, crossValidated, curve }) => ({
      name,
      unit,
      logarithmic,
      crossValidated,
      curve,
    })),
    fields: trainedFields.flatMap(({ model: { name, unit, components, coefficients }, crossValidated, curve }) =>
      name === 'points' ? [] : [{ name, unit, components, modes: coefficients.length, crossValidated, curve }],
    ),
    widest: trainedScalars.map(({ widest }) => widest),
  };
}
