/** Topology optimisation of a plane of densities: least compliance at a given volume. */
import { ArtificerError, cancelled, type JobContext } from '../../../../preload/contract/index.ts';
import { ConeFilter, type GridSize } from './filter.ts';
import { optimalityUpdate } from './optimality.ts';
import { DILATED, ERODED, NOMINAL, project, projectionSlope } from './projection.ts';
import type { GridStiffness } from './stiffness.ts';

export interface DensityProblem {
  grid: GridSize;
  stiffness: GridStiffness;
  /** One a case, in the order of the stiffness' cases: what its compliance counts, 1/(N mm). */
  weights: number[];
  /** Sum of weighted compliances, or nearly their largest (a norm of power 8). */
  aggregate: 'sum' | 'worst';
  /** 1 where the density may change. */
  free: Uint8Array;
  /** 1 where a cell lies in the envelope at all, bores left out. */
  inside: Uint8Array;
  /** Densities of cells that may not change, for their stiffness. */
  given: Float64Array;
  /** Volume of each cell, in cells: of a free one when its density is 1, of the others whatever their density. */
  share: Float64Array;
  /** Volume that the design is to have, in cells. */
  volume: number;
  filterRadius_mm: number;
  /** `robust` projects (eroded, nominal, dilated); the other two are the plain settings of the literature. */
  method: 'robust' | 'density-filter' | 'sensitivity-filter';
  iterations: number;
  /** Densities at the beginning; uniform where left out. */
  start?: Float64Array;
}

export interface HistoryEntry {
  iteration: number;
  /** Weighted objective of the design that was analysed. */
  objective: number;
  compliances_N_mm: number[];
  /** Volume of the nominal design as a share of what may be solid. */
  volumeFraction: number;
  /** Largest change of a density. */
  change: number;
  beta: number;
}

export interface DensityDesign {
  design: Float64Array;
  /** Filtered: smooth, its level 0.5 is the boundary. */
  filtered: Float64Array;
  /** What is solid: nominal projection, or the filtered design where there is none. */
  density: Float64Array;
  history: HistoryEntry[];
  /**
   * Compliance of `density` in each case, N mm, cells as stiff as the share of them that is solid: a boundary that crosses
   * cells would count for far too little with the penalty that the optimisation needs.
   */
  compliances_N_mm: number[];
  /** 4 mean(density (1 - density)) of free cells: 0 is black and white (Sigmund 2007). */
  greyness: number;
  stopped: 'settled' | 'iterations';
}

const NORM = 8;
const FIRST_BETA = 1;
const LAST_BETA = 32;

/** The aggregate of weighted compliances, and its derivative by each compliance. */
export function aggregateOf(
  values: readonly number[],
  weights: readonly number[],
  aggregate: DensityProblem['aggregate'],
): { objective: number; factors: number[] } {
  const weighted = values.map((value, i) => value * weights[i]!);
  if (aggregate === 'sum') return { objective: weighted.reduce((a, b) => a + b, 0), factors: [...weights] };
  const most = Math.max(...weighted);
  const sum = weighted.reduce((total, each) => total + (each / most) ** NORM, 0);
  const objective = most * sum ** (1 / NORM);
  const factors = weighted.map((each, i) => (each / objective) ** (NORM - 1) * weights[i]!);
  return { objective, factors };
}

/** Filter, projection and volume of one problem. */
export class DesignSpace {
  readonly problem: DensityProblem;
  readonly filter: ConeFilter;

  constructor(problem: DensityProblem) {
    this.problem = problem;
    this.filter = new ConeFilter(problem.grid, problem.filterRadius_mm, problem.inside);
  }

  filtered(design: Float64Array): Float64Array {
    return this.problem.method === 'sensitivity-filter' ? design : this.filter.apply(design);
  }
  /** Densities at a threshold, with what is given in its place. */
  physical(filtered: Float64Array, threshold: number, beta: number): Float64Array {
    const { method, free, given } = this.problem;
    const values = method === 'robust' ? project(filtered, { beta, threshold }) : filtered.slice();
    for (let i = 0; i < values.length; i++) if (!free[i]) values[i] = given[i]!;
    return values;
  }
  /** Derivatives by densities at a threshold, brought to the design. */
  toDesign(gradient: Float64Array, filtered: Float64Array, threshold: number, beta: number): Float64Array {
    const { method, free } = this.problem;
    const own = gradient.map((each, i) => (free[i] ? each : 0));
    if (method === 'sensitivity-filter') return own;
    if (method === 'density-filter') return this.filter.transpose(own);
    const slope = projectionSlope(filtered, { beta, threshold });
    return this.filter.transpose(own.map((each, i) => each * slope[i]!));
  }
  volumeOf(density: Float64Array): number {
    const { free, share } = this.problem;
    let sum = 0;
    for (let i = 0; i < density.length; i++) sum += free[i] ? density[i]! * share[i]! : share[i]!;
    return sum;
  }
}

/** @throws ArtificerError `cancelled`, `engineer.shape-volume` */
export async function optimiseDensity(problem: DensityProblem, context: JobContext): Promise<DensityDesign> {
  const space = new DesignSpace(problem);
  const { free, given, share, method } = problem;
  const robust = method === 'robust';
  const possible = space.volumeOf(Float64Array.from(free, (each, i) => (each ? 1 : given[i]!)));
  const least = space.volumeOf(Float64Array.from(free, (each, i) => (each ? 0 : given[i]!)));
  if (!(problem.volume > least && problem.volume <= possible)) throw volumeError(problem.volume, least, possible);
  const even = (problem.volume - least) / (possible - least);
  let design: Float64Array = Float64Array.from(free, (each, i) =>
    each ? (problem.start?.[i] ?? even) : given[i]! >= 0.5 ? 1 : 0,
  );
  const history: HistoryEntry[] = [];
  let beta = robust ? FIRST_BETA : 0;
  let target = problem.volume;
  let sinceSharper = 0;
  let stopped: DensityDesign['stopped'] = 'iterations';
  const phases = Math.log2(LAST_BETA / FIRST_BETA) + 1;
  const perPhase = Math.max(5, Math.floor(problem.iterations / phases));

  for (let iteration = 0; iteration < problem.iterations; iteration++) {
    if (context.signal.aborted) throw cancelled('The optimisation');
    const filtered = space.filtered(design);
    const [analysed, counted] = robust ? [ERODED, DILATED] : [NOMINAL, NOMINAL];
    const density = space.physical(filtered, analysed, beta);
    const { values, gradients } = await problem.stiffness.solve(density, linearCells(free), context.signal);
    const { objective, factors } = aggregateOf(values, problem.weights, problem.aggregate);
    const byDensity = new Float64Array(density.length);
    for (const [one, gradient] of gradients.entries())
      for (let i = 0; i < density.length; i++) byDensity[i]! += factors[one]! * gradient[i]!;
    let byDesign = space.toDesign(byDensity, filtered, analysed, beta);
    if (method === 'sensitivity-filter') byDesign = sensitivityFiltered(space, design, byDesign);

    const nominal = space.volumeOf(space.physical(filtered, NOMINAL, beta));
    // The volume is asked of the nominal design, but bounded where it is the dilated one's (Wang et al. 2011, section 4.2).
    if (robust && iteration % 5 === 0)
      target = (problem.volume * space.volumeOf(space.physical(filtered, DILATED, beta))) / nominal;
    const next = optimalityUpdate(design, byDesign, space.toDesign(share.slice(), filtered, counted, beta), {
      move: robust ? Math.max(0.05, 0.2 / Math.sqrt(Math.max(beta, 1))) : 0.2,
      free,
      target,
      volumeOf: (candidate) => space.volumeOf(space.physical(space.filtered(candidate), counted, beta)),
    });
    const change = next.reduce((most, each, i) => Math.max(most, Math.abs(each - design[i]!)), 0);
    history.push({
      iteration: iteration + 1,
      objective,
      compliances_N_mm: values,
      volumeFraction: nominal / possible,
      change,
      beta,
    });
    context.progress('optimising the topology', (iteration + 1) / problem.iterations, {
      objective,
      volumeFraction: nominal / possible,
    });
    sinceSharper++;
    const settled = change < 0.01;
    if (!robust) {
      // The 88-line code reports the design that it analysed last, after its last update.
      design = next;
      if (settled) {
        stopped = 'settled';
        break;
      }
      continue;
    }
    design = next;
    if (beta >= LAST_BETA && settled) {
      stopped = 'settled';
      break;
    }
    if (beta < LAST_BETA && (settled || sinceSharper >= perPhase)) {
      beta *= 2;
      sinceSharper = 0;
    }
  }
  const filtered = space.filtered(design);
  const density = space.physical(filtered, NOMINAL, beta);
  const final = await problem.stiffness.solve(density, new Uint8Array(density.length).fill(1), context.signal);
  let [grey, cells] = [0, 0];
  for (let i = 0; i < density.length; i++)
    if (free[i]) {
      grey += 4 * density[i]! * (1 - density[i]!);
      cells++;
    }
  return {
    design,
    filtered,
    density,
    history,
    compliances_N_mm: final.values,
    greyness: cells > 0 ? grey / cells : 0,
    stopped,
  };
}

/** Cells that may not change are cut by their boundaries: they are as stiff as the share of them that is solid. */
export const linearCells = (free: Uint8Array): Uint8Array => free.map((each) => (each ? 0 : 1));

/** Sigmund's heuristic of 1997, as in the 88-line code: sensitivities weighted by densities, then filtered. */
function sensitivityFiltered(space: DesignSpace, design: Float64Array, gradient: Float64Array): Float64Array {
  const weighted = space.filter.apply(gradient.map((each, i) => each * design[i]!));
  return weighted.map((each, i) => each / Math.max(1e-3, design[i]!));
}

function volumeError(volume: number, least: number, possible: number): ArtificerError {
  const percent = (value: number) => `${((100 * value) / possible).toFixed(1)} %`;
  return new ArtificerError({
    code: 'engineer.shape-volume',
    category: 'refused',
    message:
      volume > possible
        ? `The shape is to have ${percent(volume)} of the space that there is.`
        : `Interfaces and their lands already take ${percent(least)} of the space; ${percent(volume)} was asked for.`,
    hint: volume > possible ? 'Ask for less, or make the envelope larger.' : 'Ask for more, or make the lands smaller.',
  });
}
