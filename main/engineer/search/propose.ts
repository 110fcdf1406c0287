/**
 * Which design to try next, looked for in a region of trust about the best design so far, which grows while it succeeds and
 * shrinks while it fails (after D. Eriksson and M. Poloczek, Scalable Constrained Bayesian Optimization, AISTATS 2021). As long
 * as no design holds every bound, it is the one that the models expect to, with a varying caution; from then on the one that is
 * expected to gain most, by how much better it may be and how likely it holds (M. Schonlau, W. J. Welch and D. R. Jones, Global
 * versus local search in constrained optimization of computer models, IMS Lecture Notes 34, 1998).
 */
import { randomStream, sobolPoints } from '../../surrogates/index.ts';
import {
  type Bound,
  below,
  density,
  likelihood,
  type Models,
  modelsOf,
  type Observation,
  sizeOf,
  violation,
} from './models.ts';
import { type DesignPoint, type DesignSpace, keyOf } from './space.ts';

export interface Goal {
  /** Index of the number among those of an observation. */
  number: number;
  direction: 'minimise' | 'maximise';
  weight: number;
}

/** A bound of one of an observation's numbers. */
export type NumberedBound = Bound & { number: number };

export interface ProposalRequest {
  space: DesignSpace;
  observations: readonly Observation[];
  bounds: readonly NumberedBound[];
  /** Empty where nothing is wanted but that the bounds hold. */
  goals: readonly Goal[];
  /** Half the width of the region of trust, in coordinates from -1 to 1. */
  reach: number;
  seed: number;
  count: number;
}

export interface Proposal {
  point: DesignPoint;
  /** Largest expected violation: negative where all bounds are expected to hold. */
  violation: number;
  /** Expected, of the weighted goals, as {@link meritOf} counts them. */
  merit: number;
  /**
   * Expected improvement of the weighted goals over the best design, times the likelihood that all bounds hold; infinite where
   * no design holds them yet.
   */
  gain: number;
}

/** Designs that a model is fitted to at least, over its variables and one. */
const LOCAL = 3;
const SAMPLES = 600;
const POLISHED = 4;
/** Deviations that a bound is kept away by, from one proposal to the next. */
const CAUTION = [0.3, 0, 0.8];
/** Designs nearer than this to one that was tried (of a range of 2) would tell nothing new. */
const APART = 0.006;
/** Designs less likely to be made than this are not worth a try. */
const LEAST_MAKEABLE = 0.3;

/** What is wanted, smaller being better: weighted logarithms of the goals' numbers, so that each counts by its share. */
export function meritOf(goals: readonly Goal[], numbers: readonly number[]): number {
  let merit = 0;
  for (const { number, direction, weight } of goals) {
    const value = numbers[number]!;
    const size = value > 0 ? Math.log(value) : value;
    merit += weight * (direction === 'minimise' ? size : -size);
  }
  return merit;
}

/** Largest violation of any bound by a solved design: over the size of the bound. */
export function violationOf(bounds: readonly NumberedBound[], numbers: readonly number[], material: number): number {
  let worst = Number.NEGATIVE_INFINITY;
  for (const { number, comparison, limits } of bounds) {
    const limit = limits[material]!;
    const over = comparison === '<=' ? numbers[number]! - limit : limit - numbers[number]!;
    worst = Math.max(worst, over / sizeOf(limit));
  }
  return worst;
}

/** The design to improve on: the best of those that hold every bound, or else the one that misses least. */
export function incumbentOf(request: Pick<ProposalRequest, 'observations' | 'bounds' | 'goals'>): Observation | null {
  let best: Observation | null = null;
  let rank: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const one of request.observations) {
    if (!one.numbers?.every((value) => value !== null)) continue;
    const numbers = one.numbers as number[];
    const over = Math.max(0, violationOf(request.bounds, numbers, one.point.material));
    const merit = meritOf(request.goals, numbers);
    if (over < rank[0] || (over === rank[0] && merit < rank[1])) [best, rank] = [one, [over, merit]];
  }
  return best;
}

export function propose(request: ProposalRequest): Proposal[] {
  const { space, seed, count } = request;
  const found: Proposal[] = [];
  let observations = request.observations;
  for (let i = 0; i < count; i++) {
    const models = modelsOf(space, near(request, observations), seed);
    if (!models) return found;
    const proposal = best(
      { ...request, observations },
      models,
      seed + 977 * i,
      CAUTION[(seed + i) % CAUTION.length]!,
      found,
    );
    if (!proposal) return found;
    found.push(proposal);
    // The next one of the same round is chosen as if this one had turned out as expected.
    const input = space.inputOf(proposal.point);
    const expected = models.numbers.map((model) => model.value(model.estimate(input).mean));
    observations = [...observations, { point: proposal.point, numbers: expected }];
  }
  return found;
}

/**
 * Designs that models of the region of trust are fitted to: those in twice its size and the nearest others, so that what bends
 * far away does not bend the models here.
 */
function near({ space, bounds, goals, reach }: ProposalRequest, observations: readonly Observation[]): Observation[] {
  const incumbent = incumbentOf({ observations, bounds, goals });
  if (!incumbent) return [...observations];
  const centre = space.inputOf(incumbent.point);
  const away = observations.map((one) => ({
    one,
    distance: Math.max(...space.inputOf(one.point).map((value, k) => Math.abs(value - centre[k]!))),
  }));
  const order = [...away].sort((a, b) => a.distance - b.distance);
  const enough = order[Math.min(order.length, LOCAL * (space.inputs + 1)) - 1]!.distance;
  return away.filter(({ distance }) => distance <= Math.max(2 * reach, enough)).map(({ one }) => one);
}

function best(
  request: ProposalRequest,
  models: Models,
  seed: number,
  caution: number,
  taken: readonly Proposal[],
): Proposal | null {
  const { space, observations, bounds, goals, reach } = request;
  const known = new Set([...observations, ...taken].map(({ point }) => keyOf(point)));
  const tried = observations.map(({ point }) => space.inputOf(point));
  const incumbent = incumbentOf(request);
  const centre = incumbent ? space.coordinatesOf(incumbent.point.values) : new Array<number>(space.dimensions).fill(0);
  const held = incumbent && violationOf(bounds, incumbent.numbers as number[], incumbent.point.material) <= 0;
  // In the models' own measure, which is no logarithm where a number may be none or less.
  const reached = held
    ? goals.reduce((sum, { number, direction, weight }) => {
        const seen = models.numbers[number]!.seen(incumbent.numbers![number]!);
        return sum + weight * (direction === 'minimise' ? seen : -seen);
      }, 0)
    : Number.POSITIVE_INFINITY;
  const order = held && goals.length > 0 ? byGain : compare;
  const judge = (point: DesignPoint): Proposal | null => {
    if (known.has(keyOf(point))) return null;
    const input = space.inputOf(point);
    if (tried.some((other) => other.every((value, k) => Math.abs(value - input[k]!) < APART))) return null;
    if (models.makeable(input) < LEAST_MAKEABLE) return null;
    let worst = Number.NEGATIVE_INFINITY;
    let likely = 1;
    for (const bound of bounds) {
      const model = models.numbers[bound.number]!;
      const estimate = model.estimate(input);
      worst = Math.max(worst, violation(model, bound, estimate, point.material, caution));
      likely *= likelihood(model, bound, estimate, point.material);
    }
    let merit = 0;
    let [expected, variance] = [0, 0];
    for (const { number, direction, weight } of goals) {
      const model = models.numbers[number]!;
      const { mean, deviation } = model.estimate(input);
      const size = direction === 'minimise' ? mean : -mean;
      expected += weight * size;
      variance += (weight * deviation) ** 2;
      // Where the models are unsure there may be more to gain: the other side of caution.
      merit += weight * (size - 0.3 * deviation);
    }
    return { point, violation: worst, merit, gain: likely * improvement(reached - expected, Math.sqrt(variance)) };
  };
  const random = randomStream(seed);
  const pool: Proposal[] = [];
  const consider = (coordinates: readonly number[], material: number): void => {
    const judged = judge(space.pointAt(coordinates, material));
    if (judged) pool.push(judged);
  };
  const about = incumbent?.point.material ?? 0;
  sobolPoints(Math.max(1, space.dimensions), SAMPLES, seed).forEach((sample, i) => {
    const material = space.materials > 1 && i % 4 === 3 ? Math.floor(random() * space.materials) : about;
    // Few variables changed at a time where there are many: a change of all of them rarely helps.
    const share = Math.min(1, 4 / Math.max(1, space.dimensions));
    const everything = i % 2 === 0;
    consider(
      centre.map((value, k) => (everything || random() < share ? value + reach * (2 * sample[k]! - 1) : value)),
      material,
    );
  });
  pool.sort(order);
  for (const start of pool.slice(0, POLISHED)) {
    const polished = polish(space, start, judge, order, centre, reach);
    if (polished) pool.push(polished);
  }
  pool.sort(order);
  return pool[0] ?? null;
}

/** Those expected to hold come first, by merit; the others by how little they miss. */
const compare = (a: Proposal, b: Proposal): number => {
  const [overA, overB] = [Math.max(0, a.violation), Math.max(0, b.violation)];
  return overA - overB || a.merit - b.merit;
};

/** By what they are expected to gain; where that is nothing, as above. */
const byGain = (a: Proposal, b: Proposal): number => b.gain - a.gain || compare(a, b);

/** Expected, of a number with this mean and deviation, over nought: D. R. Jones et al., Global Optimization 13, 1998, eq. 15. */
function improvement(mean: number, deviation: number): number {
  if (!(deviation > 0) || mean === Number.POSITIVE_INFINITY) return Math.max(0, mean);
  const z = mean / deviation;
  return Math.max(0, mean * below(z) + deviation * density(z));
}

/** Pattern search along each variable, with steps that are halved. */
function polish(
  space: DesignSpace,
  start: Proposal,
  judge: (point: DesignPoint) => Proposal | null,
  order: (a: Proposal, b: Proposal) => number,
  centre: readonly number[],
  reach: number,
): Proposal | null {
  let here = start;
  for (let step = reach / 4; step > reach / 130; step /= 2) {
    for (let round = 0; round < 4; round++) {
      const before = here;
      const at = space.coordinatesOf(here.point.values);
      for (let k = 0; k < at.length; k++) {
        const moves = [at[k]! - step, at[k]! + step, ...space.neighbours(k, here.point.values[k]!)];
        for (const move of moves) {
          const to = Math.min(1, centre[k]! + reach, Math.max(-1, centre[k]! - reach, move));
          const coordinates = space.coordinatesOf(here.point.values);
          coordinates[k] = to;
          const judged = judge(space.pointAt(coordinates, here.point.material));
          if (judged && order(judged, here) < 0) here = judged;
        }
      }
      if (here === before) break;
    }
  }
  return here === start ? null : here;
}

/** First designs: the start of the variables, then evenly spread, materials by turns. */
export function spread(space: DesignSpace, count: number, seed: number): DesignPoint[] {
  const points = [space.start(0)];
  const seen = new Set(points.map(keyOf));
  const samples = sobolPoints(Math.max(1, space.dimensions), 4 * count, seed);
  for (const [i, sample] of samples.entries()) {
    if (points.length >= count) break;
    const point = space.pointAt(
      sample.slice(0, space.dimensions).map((value) => 2 * value - 1),
      (i + 1) % space.materials,
    );
    if (seen.has(keyOf(point))) continue;
    seen.add(keyOf(point));
    points.push(point);
  }
  return points;
}
