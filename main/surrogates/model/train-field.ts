/** Trains the model of a field: a decomposition, a Gaussian process for its size and one for every coefficient. */
import { conformalCurve, conformalFactor } from '../calibration/conformal.ts';
import { type FittedProcess, fitProcess, predict } from '../gaussian/process.ts';
import { randomStream, shuffled } from '../numerics/random.ts';
import {
  type Decomposition,
  decompose,
  fieldsOf,
  relativeError,
  type Snapshots,
  snapshotsOf,
} from '../reduction/decomposition.ts';
import type { FieldModel } from './surrogate.ts';
import { type Designs, observationsOf } from './train-scalar.ts';

/** Modes are taken until they leave out less than this of a field; more would be learnt no better than noise. */
const TOLERANCE = 1e-3;
const MOST_MODES = 24;
/** Entries of a field that its interval is calibrated at. */
const CALIBRATED = 400;
/** Searches of hyperparameters: leading modes matter most. */
const ITERATIONS = 30;
const FOLD_ITERATIONS = 8;

export interface TrainedField {
  model: FieldModel;
  crossValidated: { relativeL2: number; worstRelativeL2: number };
  curve: { level: number; width: number }[];
}

interface FieldOfDesigns {
  name: FieldModel['name'];
  unit: string;
  components: number;
  values: readonly Float32Array[];
}

/** What is fitted to a decomposition: processes of the size (null: all alike) and of each coefficient. */
interface Fitted {
  size: FittedProcess | null;
  coefficients: FittedProcess[];
}

export function trainField(
  designs: Designs,
  { name, unit, components, values }: FieldOfDesigns,
  { level, seed }: { level: number; seed: number },
  progress: (share: number) => void,
): TrainedField {
  // Places and temperatures have an origin that says nothing of how large an answer is.
  const snapshots = snapshotsOf(values, name !== 'points' && name !== 'temperature');
  const all = Array.from({ length: designs.n }, (_, i) => i);
  const decomposition = decompose(snapshots, all, {
    tolerance: name === 'points' ? TOLERANCE / 10 : TOLERANCE,
    most: MOST_MODES,
  });
  const fitted = fitEntries(designs, snapshots, decomposition, { seed, iterations: ITERATIONS }, null, (share) =>
    progress(0.4 * share),
  );
  const held = crossValidate(designs, snapshots, decomposition, fitted, seed, (share) => progress(0.4 + 0.6 * share));
  const { mean, modes } = fieldsOf(snapshots, decomposition);
  return {
    model: {
      name,
      unit,
      components,
      size: fitted.size?.process ?? null,
      fixedSize: snapshots.sizes[0]!,
      coefficients: fitted.coefficients.map(({ process }) => process),
      mean: Float32Array.from(mean),
      modes: Float32Array.from(modes),
      leftOut: leftOutOf(snapshots, decomposition, mean, modes),
      factor: conformalFactor(held.scores, level),
    },
    curve: conformalCurve(held.scores, level),
    crossValidated: {
      relativeL2: Math.sqrt(held.errors.reduce((sum, error) => sum + error * error, 0) / held.errors.length),
      worstRelativeL2: Math.max(...held.errors),
    },
  };
}

function fitEntries(
  designs: Designs,
  { sizes }: Snapshots,
  { members, modes, coefficients }: Decomposition,
  { seed, iterations }: { seed: number; iterations: number },
  before: Fitted | null,
  progress: (share: number) => void,
): Fitted {
  const one = (values: Float64Array, known: FittedProcess | undefined): FittedProcess => {
    const full = new Float64Array(designs.n);
    members.forEach((member, i) => {
      full[member] = values[i]!;
    });
    return fitProcess(observationsOf(designs, full, members), {
      seed,
      iterations,
      ...(known
        ? { start: known.hyperparameters, covariances: [known.process.covariance], trends: [known.process.trend] }
        : {}),
    });
  };
  const own = Float64Array.from(members, (member) => Math.log(sizes[member]!));
  const varies = own.some((value) => value !== own[0]);
  const size = varies ? one(own, before?.size ?? undefined) : null;
  return {
    size,
    coefficients: Array.from({ length: modes }, (_, k) => {
      progress((k + 1) / (modes + 1));
      return one(
        Float64Array.from(members, (_, i) => coefficients[i * modes + k]!),
        before?.coefficients[k],
      );
    }),
  };
}

/** Every design predicted by decompositions and processes that never saw it. */
function crossValidate(
  designs: Designs,
  snapshots: Snapshots,
  whole: Decomposition,
  fitted: Fitted,
  seed: number,
  progress: (share: number) => void,
): { errors: number[]; scores: Float64Array } {
  const { n, d, inputs, fold, folds } = designs;
  const random = randomStream(seed);
  const entries = Int32Array.from(shuffled(snapshots.length, random).slice(0, CALIBRATED));
  const errors: number[] = [];
  const scores: number[] = [];
  for (let held = 0; held < folds; held++) {
    progress(held / folds);
    const kept = Array.from({ length: n }, (_, i) => i).filter((i) => fold[i] !== held);
    const decomposition = decompose(snapshots, kept, { tolerance: 0, most: whole.modes });
    const there = fitEntries(
      designs,
      snapshots,
      decomposition,
      { seed, iterations: FOLD_ITERATIONS },
      fitted,
      () => {},
    );
    const local = fieldsOf(snapshots, decomposition, entries);
    const left = leftOutOf(snapshots, decomposition, local.mean, local.modes, entries);
    for (let i = 0; i < n; i++) {
      if (fold[i] !== held) continue;
      const input = inputs.subarray(i * d, (i + 1) * d);
      const size = there.size ? predict(there.size.process, input) : null;
      const scale = size ? Math.exp(size.mean) : snapshots.sizes[0]!;
      const coefficients = there.coefficients.map(({ process }) => predict(process, input));
      errors.push(
        relativeError(
          snapshots,
          decomposition,
          i,
          scale,
          coefficients.map(({ mean }) => mean),
        ),
      );
      const truth = snapshots.values[i]!;
      entries.forEach((entry, e) => {
        let value = local.mean[e]!;
        let variance = left[e]! ** 2;
        coefficients.forEach(({ mean, deviation }, k) => {
          const mode = local.modes[k * entries.length + e]!;
          value += mean * mode;
          variance += (deviation * mode) ** 2;
        });
        variance += (size ? size.deviation ** 2 : 0) * value ** 2;
        const deviation = scale * Math.sqrt(variance);
        // Where a field is held at a value, it is known: nothing is learnt of the interval there.
        if (deviation > 0) scores.push(Math.abs(truth[entry]! - scale * value) / deviation);
      });
    }
  }
  return { errors, scores: Float64Array.from(scores.length > 0 ? scores : [1]) };
}

/** Root mean square over the members of what mean and modes leave out at each entry, at size 1. */
function leftOutOf(
  snapshots: Snapshots,
  { members, modes: count, coefficients }: Decomposition,
  mean: Float64Array,
  modes: Float64Array,
  entries?: Int32Array,
): Float32Array {
  const length = mean.length;
  const sums = new Float64Array(length);
  members.forEach((member, i) => {
    const values = snapshots.values[member]!;
    const size = snapshots.sizes[member]!;
    for (let e = 0; e < length; e++) {
      let left = values[entries ? entries[e]! : e]! / size - mean[e]!;
      for (let k = 0; k < count; k++) left -= coefficients[i * count + k]! * modes[k * length + e]!;
      sums[e]! += left * left;
    }
  });
  return Float32Array.from(sums, (sum) => Math.sqrt(sum / members.length));
}
