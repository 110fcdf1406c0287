/** The search's own loop on closed forms, and evolution on the same. */
import { materialByName } from '../../../physics/index.ts';
import { improveDesigns, spreadDesigns } from '../explore.ts';
import { type NumberedBound, propose, violationOf } from '../propose.ts';
import { DesignSpace } from '../space.ts';
import { TrustRegion } from '../trust-region.ts';
import { type AnalyticProblem, scattered } from './analytic-problems.ts';
import { type EvolutionJudge, evolve } from './evolution.ts';

const MATERIALS = [materialByName('Al 6061-T6')];

const boundsOf = ({ requirements }: AnalyticProblem): NumberedBound[] =>
  requirements.map(({ comparison, limit }, number) => ({ number, comparison, limits: [limit] }));

export interface Searched {
  /** Least mass of a feasible design after so many designs, the first at 0; infinite while there is none. */
  masses_kg: number[];
}

/** @param lanes designs judged at once */
export async function searchAnalytic(
  problem: AnalyticProblem,
  { seed, lanes = 1, most = 100 }: { seed: number; lanes?: number; most?: number },
): Promise<Searched> {
  const region = new TrustRegion(new DesignSpace(problem, MATERIALS));
  const bounds = boundsOf(problem);
  const mass = problem.requirements.length;
  const masses_kg: number[] = [];
  const exploration: Parameters<typeof improveDesigns<TrustRegion>>[0] = {
    regions: [region],
    seed,
    lanes,
    goals: () => [{ number: mass, direction: 'minimise', weight: 1 }],
    bounds: () => bounds,
    budgetLeft: () => masses_kg.length < most,
    propose: async (request) => propose(request),
    judge: async (_, points) => {
      for (const point of points) {
        const numbers = scattered(problem, point.values);
        region.observations.push({ point, numbers });
        const feasible = violationOf(bounds, numbers, 0) <= 0;
        masses_kg.push(
          Math.min(masses_kg.at(-1) ?? Number.POSITIVE_INFINITY, feasible ? numbers[mass]! : Number.POSITIVE_INFINITY),
        );
      }
    },
  };
  await spreadDesigns(exploration, region);
  await improveDesigns(exploration);
  return { masses_kg };
}

/** How many designs it took to be within a share of a mass; infinite where it never was. */
export function designsUntil({ masses_kg }: Searched, mass_kg: number): number {
  const at = masses_kg.findIndex((mass) => mass <= mass_kg);
  return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
}

/** On scattered numbers, as the search has them. */
function judgeOf(problem: AnalyticProblem): EvolutionJudge {
  const space = new DesignSpace(problem, MATERIALS);
  const bounds = boundsOf(problem);
  return {
    dimensions: space.dimensions,
    pointAt: (coordinates) => space.pointAt(coordinates, 0),
    mass: async ({ values }) => scattered(problem, values).at(-1)!,
    solve: async ({ values }) => {
      const found = scattered(problem, values);
      return { mass_kg: found.at(-1)!, violation: Math.max(0, violationOf(bounds, found, 0)) };
    },
  };
}

/** Designs of evolution until it reaches a mass; infinite where it did not get there. */
export async function evolveAnalytic(
  problem: AnalyticProblem,
  mass_kg: number,
  seed: number,
  most = 2000,
): Promise<number> {
  const { designs, mass_kg: reached } = await evolve(judgeOf(problem), mass_kg, most, seed);
  return reached <= mass_kg ? designs : Number.POSITIVE_INFINITY;
}
