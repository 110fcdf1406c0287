/** Which designs are tried, of several concepts by turns, until none has more to find: whoever judges them. */
import {
  type Goal,
  incumbentOf,
  meritOf,
  type NumberedBound,
  type Proposal,
  type ProposalRequest,
  spread,
  violationOf,
} from './propose.ts';
import type { DesignPoint } from './space.ts';
import type { TrustRegion } from './trust-region.ts';

/** What an exploration stands on. */
export interface Exploration<Region extends TrustRegion> {
  regions: readonly Region[];
  seed: number;
  /** Designs judged at once. */
  lanes: number;
  /** Weights of what is wanted, which may vary from round to round; those of round 0 decide what is better. */
  goals(round: number): Goal[];
  bounds(region: Region): NumberedBound[];
  /** Whether another design may be judged. */
  budgetLeft(): boolean;
  propose(request: ProposalRequest): Promise<Proposal[]>;
  /** Judges designs at once and adds them to what the region has seen. */
  judge(region: Region, points: readonly DesignPoint[], purpose: 'spread' | 'improve'): Promise<void>;
}

/** First designs over the number of variables. More, or fewer, took longer to the optima of closed forms (`bench search-loop`). */
const SPREAD = 1;

/** Designs tried for each that models are begun with, where some cannot be made or solved. */
const ATTEMPTS = 3;

/** First designs of one region. */
export async function spreadDesigns<Region extends TrustRegion>(
  exploration: Exploration<Region>,
  region: Region,
): Promise<void> {
  const { dimensions, materials } = region.space;
  const { seed, lanes } = exploration;
  const count = dimensions === 0 ? materials : Math.max(3, dimensions + SPREAD, 2 * materials);
  const points = spread(region.space, ATTEMPTS * count, seed);
  const known = (): number =>
    region.observations.filter(({ numbers }) => numbers?.every((value) => value !== null)).length;
  // The first design alone: what is left out near singular places is the same for all designs after it.
  await exploration.judge(region, points.slice(0, 1), 'spread');
  for (let next = 1; next < points.length && known() < count; ) {
    if (next > 1 && !exploration.budgetLeft()) return;
    const batch = points.slice(next, next + Math.min(lanes, count - known()));
    await exploration.judge(region, batch, 'spread');
    next += batch.length;
  }
}

/** Tries what the models expect to be best, until the budget is used or no region has more to find. */
export async function improveDesigns<Region extends TrustRegion>(exploration: Exploration<Region>): Promise<void> {
  while (exploration.budgetLeft()) {
    const region = nextRegion(exploration);
    if (!region) return;
    const goals = exploration.goals(region.rounds);
    const bounds = exploration.bounds(region);
    const proposals = await exploration.propose({
      space: region.space,
      observations: region.observations,
      bounds,
      goals,
      reach: region.reach,
      seed: exploration.seed + 31 * region.rounds,
      count: exploration.lanes,
    });
    if (proposals.length === 0) {
      region.done = true;
      continue;
    }
    if (!region.isWorthwhile(bounds, goals, proposals)) {
      region.pass();
      continue;
    }
    await exploration.judge(
      region,
      proposals.map(({ point }) => point),
      'improve',
    );
    region.learn(bounds, exploration.goals(0));
  }
}

/** By turns, those with fewer rounds first; regions that have been overtaken are done. */
function nextRegion<Region extends TrustRegion>(exploration: Exploration<Region>): Region | null {
  const promising = promisingRegions(exploration);
  for (const one of exploration.regions) one.done ||= !promising.includes(one);
  return exploration.regions
    .filter(({ done }) => !done)
    .reduce<Region | null>((least, one) => (!least || one.rounds < least.rounds ? one : least), null);
}

/** Those whose best design is not far behind the best of all: others are not worth further designs. */
function promisingRegions<Region extends TrustRegion>(exploration: Exploration<Region>): Region[] {
  const goals = exploration.goals(0);
  const standings = exploration.regions.map((one) => {
    const bounds = exploration.bounds(one);
    const best = incumbentOf({ observations: one.observations, bounds, goals });
    if (!best) return { one, over: Number.POSITIVE_INFINITY, merit: Number.POSITIVE_INFINITY };
    const numbers = best.numbers as number[];
    const over = Math.max(0, violationOf(bounds, numbers, best.point.material));
    return { one, over, merit: meritOf(goals, numbers) };
  });
  const leader = standings.reduce((a, b) => (b.over < a.over || (b.over === a.over && b.merit < a.merit) ? b : a));
  return standings
    .filter(
      (own) =>
        own === leader ||
        // Half as heavy again after several rounds: others have overtaken it for good.
        own.one.rounds < 4 ||
        (own.over <= leader.over + 0.05 && own.merit < leader.merit + Math.log(1.5)),
    )
    .map(({ one }) => one);
}
