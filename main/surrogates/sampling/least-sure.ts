/**
 * Designs to be solved next: there where one more of them takes away most of what models of the solved ones do not know, over
 * the whole of the design space (D. A. Cohn, Neural Networks 9, 1996). The place of the largest doubt alone would always be a
 * corner, where few designs lie.
 */
import type { SurrogateParameter } from '../../../preload/contract/index.ts';
import { fitProcess, jointCovariance } from '../gaussian/process.ts';
import { termCount } from '../gaussian/trend.ts';
import { inputOf, valuesAt } from './design-space.ts';
import { sobolPoints } from './sobol.ts';

/** A design that was tried. */
export interface TriedDesign {
  values: readonly number[];
  /** null where it could not be made or solved. */
  scalars: readonly number[] | null;
}

export interface PlacementQuestion {
  parameters: readonly SurrogateParameter[];
  tried: readonly TriedDesign[];
  count: number;
  /** Of the candidates and of the models' search. */
  seed: number;
}

/** Places that are looked at: each is a candidate, and all together stand for the design space. */
const CANDIDATES = 800;
/** Searches for the models' hyperparameters: what is not known depends on them alone. */
const ITERATIONS = 25;

/** Solved designs without which there is no model to ask. */
export const fewestToPlaceBy = (parameters: number): number => 2 * termCount('linear', parameters);

/** @returns values of each design; those of the even sequence where too few are solved to say anything */
export function leastSure({ parameters, tried, count, seed }: PlacementQuestion): number[][] {
  const d = parameters.length;
  const points = sobolPoints(d, CANDIDATES, seed);
  const candidates = points.map((point) => valuesAt(parameters, point));
  const inputs = candidates.map((values) => inputOf(parameters, values));
  const solved = tried.filter((design) => design.scalars !== null);
  if (solved.length < fewestToPlaceBy(d)) return candidates.slice(0, count);
  const open = openPlaces(parameters, tried, inputs);
  const m = open.length;
  const places = Float64Array.from(open.flatMap((place) => [...inputs[place]!]));
  const unknown = solved[0]!.scalars!.flatMap((_, quantity) => unknownOf(parameters, solved, quantity, places, seed));
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, m)) {
    let best = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let p = 0; p < m; p++) {
      if (chosen.includes(p)) continue;
      const taken = unknown.reduce((sum, each) => sum + takenAwayBy(each, p, m), 0);
      if (taken > most) [best, most] = [p, taken];
    }
    chosen.push(best);
    for (const each of unknown) learn(each, best, m);
  }
  return chosen.map((place) => candidates[open[place]!]!);
}

/** Not where the next design that was tried has failed: one more there would be likely to fail too, and teach nothing. */
function openPlaces(
  parameters: readonly SurrogateParameter[],
  tried: readonly TriedDesign[],
  inputs: readonly Float64Array[],
): number[] {
  const known = tried.map(({ values, scalars }) => ({ input: inputOf(parameters, values), failed: scalars === null }));
  return inputs.flatMap((input, place) => {
    let least = Number.POSITIVE_INFINITY;
    let failed = false;
    for (const design of known) {
      const distance = Math.hypot(...input.map((x, k) => x - design.input[k]!));
      if (distance < least) [least, failed] = [distance, design.failed];
    }
    return failed ? [] : [place];
  });
}

interface Unknown {
  /** m x m, over the variance of the quantity among the solved designs: quantities of all units count alike. */
  covariance: Float64Array;
  /** Of an observation, in the same measure. */
  noise: number;
}

/** What the model of a quantity does not know; nothing where the quantity is the same in all designs. */
function unknownOf(
  parameters: readonly SurrogateParameter[],
  solved: readonly TriedDesign[],
  quantity: number,
  places: Float64Array,
  seed: number,
): Unknown[] {
  const raw = solved.map(({ scalars }) => scalars![quantity]!);
  const values = Float64Array.from(raw, raw.every((value) => value > 0) ? Math.log : (value) => value);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  if (!(spread > 1e-24 * Math.max(1, mean * mean))) return [];
  const { process } = fitProcess(
    {
      inputs: Float64Array.from(solved.flatMap((design) => [...inputOf(parameters, design.values)])),
      n: solved.length,
      d: parameters.length,
      values,
    },
    { seed, covariances: ['matern52'], trends: ['linear'], iterations: ITERATIONS },
  );
  return [
    {
      covariance: jointCovariance(process, places).map((value) => value / spread),
      noise: (process.scale ** 2 * process.variance * process.noise) / spread,
    },
  ];
}

/** The sum of the variances at all places that solving one of them takes away. */
function takenAwayBy({ covariance, noise }: Unknown, p: number, m: number): number {
  const own = covariance[p * m + p]! + noise;
  if (!(own > 0)) return 0;
  let sum = 0;
  for (let i = 0; i < m; i++) sum += covariance[p * m + i]! ** 2;
  return sum / own;
}

/** What is still unknown once a place is solved: its value is not needed for that. */
function learn({ covariance, noise }: Unknown, p: number, m: number): void {
  const own = covariance[p * m + p]! + noise;
  if (!(own > 0)) return;
  const row = covariance.slice(p * m, (p + 1) * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) covariance[i * m + j]! -= (row[i]! * row[j]!) / own;
}
