/**
 * The search against chance and against evolution. Mass against the best of N random feasible designs of the same concept;
 * solves against those of a plain evolution strategy that reaches the same mass.
 */

import { type DesignPoint, Search } from '../../../engineer/benchmarks.ts';
import { createKernel } from '../../../kernel/index.ts';
import { createPhysics } from '../../../physics/index.ts';
import { disposePartScripts } from '../../../scripting/index.ts';
import { randomStream } from '../../../surrogates/index.ts';
import type { Benchmark, BenchmarkLine } from '../types.ts';
import { textbooks } from './optima.ts';
import { type DesignProblem, openProblem, quietly, type SampleBrief, SOLVES, type Tools } from './problem.ts';

/** Feasible ones: `ARTIFICER_BENCH_RANDOM` where a machine is slow or shared. */
const RANDOM = Number(process.env['ARTIFICER_BENCH_RANDOM'] ?? 200);
/** Of the evolution, over those that the search took. */
const MOST_TIMES = 8;
/** Masses this near count as the same result. */
const SAME = 1.01;
const SEED = 17;

type Problem = DesignProblem | SampleBrief;

/** Concepts of four to six variables: of one or two, any search finds the best. */
const BRIEFS = ['drone-arm', 'instrument-table', 'gas-cylinder', 'shelf-bracket'];

/** Sample briefs, or textbook problems: `ARTIFICER_BENCH_BRIEFS`, with commas between, has others. */
function problems(): Problem[] {
  const asked = process.env['ARTIFICER_BENCH_BRIEFS']?.split(',') ?? BRIEFS;
  return asked.map((name) => textbooks().find((each) => each.name === name) ?? { sample: name });
}

/** Judges one design quickly, as the search does. Solves are counted by the search that it belongs to. */
class Judge {
  readonly search: Search;
  readonly random = randomStream(SEED);

  constructor(search: Search) {
    this.search = search;
  }

  get space() {
    return this.search.concepts[0]!.space;
  }

  anywhere(): number[] {
    return Array.from({ length: this.space.dimensions }, () => 2 * this.random() - 1);
  }

  async mass(coordinates: readonly number[]): Promise<{ mass: number; violation: number }> {
    const point: DesignPoint = this.space.pointAt(coordinates, 0);
    const { candidate } = await this.search.judge(this.search.concepts[0]!, point, 'search', 'improve');
    const { margin, mass_kg } = candidate;
    return margin === null || mass_kg === null
      ? { mass: Number.POSITIVE_INFINITY, violation: Number.POSITIVE_INFINITY }
      : { mass: mass_kg, violation: Math.max(0, -margin) };
  }
}

async function judgeOf(problem: Problem, tools: Tools): Promise<Judge> {
  const { brief, concept } = await openProblem(problem, tools, 1e6);
  return new Judge(
    new Search({ kernel: tools.kernel, physics: tools.physics, brief, concepts: [concept], lanes: 1 }, tools.context),
  );
}

async function bestOfRandom(
  problem: Problem,
  tools: Tools,
): Promise<{ mass: number; feasible: number; tried: number }> {
  const judge = await judgeOf(problem, tools);
  let [mass, feasible, tried] = [Number.POSITIVE_INFINITY, 0, 0];
  for (; feasible < RANDOM && tried < 10 * RANDOM; tried++) {
    const found = await judge.mass(judge.anywhere());
    if (found.violation > 0) continue;
    feasible++;
    mass = Math.min(mass, found.mass);
  }
  return { mass, feasible, tried };
}

interface Individual {
  at: number[];
  /** Of its mutations, learnt along with the rest. */
  step: number;
  mass: number;
  violation: number;
}

/**
 * A (3 + 9) evolution strategy with a step that mutates itself: H.-P. Schwefel, Evolution and Optimum Seeking, 1995. Feasible
 * designs come before others, those by how little they miss (K. Deb, 2000).
 */
async function evolve(
  problem: Problem,
  tools: Tools,
  target: number,
  mostSolves: number,
): Promise<{ solves: number; mass: number }> {
  const [MU, LAMBDA] = [3, 9];
  const judge = await judgeOf(problem, tools);
  const { dimensions } = judge.space;
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - judge.random())) * Math.cos(2 * Math.PI * judge.random());
  const better = (a: Individual, b: Individual): number => a.violation - b.violation || a.mass - b.mass;
  let parents: Individual[] = [];
  while (judge.search.solves < mostSolves) {
    const children: Individual[] = [];
    for (let i = 0; i < LAMBDA; i++) {
      const parent = parents[Math.floor(judge.random() * parents.length)];
      const step = parent ? parent.step * Math.exp(normal() / Math.sqrt(2 * dimensions)) : 0.3;
      const at = parent
        ? parent.at.map((value) => Math.min(1, Math.max(-1, value + step * normal())))
        : judge.anywhere();
      children.push({ at, step, ...(await judge.mass(at)) });
      const best = [...parents, ...children].sort(better)[0]!;
      if (best.violation === 0 && best.mass <= target) return { solves: judge.search.solves, mass: best.mass };
    }
    parents = [...parents, ...children].sort(better).slice(0, MU);
  }
  const [best] = parents;
  return { solves: judge.search.solves, mass: best && best.violation === 0 ? best.mass : Number.NaN };
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

export const searchQuality: Benchmark = {
  name: 'search',
  summary: `the search of designs against the best of ${RANDOM} random ones and against evolution, ${SOLVES} solves each`,
  async run(io) {
    const kernel = createKernel();
    const physics = createPhysics({ workers: 2 });
    const tools: Tools = { kernel, physics, context: quietly(io.signal) };
    const lines: BenchmarkLine[] = [];
    const lighter: number[] = [];
    const shares: number[] = [];
    try {
      for (const problem of problems()) {
        const name = 'sample' in problem ? problem.sample : problem.name;
        const { brief, concept } = await openProblem(problem, tools);
        const search = new Search({ kernel, physics, brief, concepts: [concept], lanes: 1 }, tools.context);
        await search.run();
        // What counts is when its best quick design was there: how it is made sure of is not compared.
        const quick = search.candidates.filter(({ purpose, feasible }) => purpose !== 'confirm' && feasible);
        const mass = Math.min(...quick.map(({ mass_kg }) => mass_kg!));
        const at = quick.find(({ mass_kg }) => mass_kg! <= mass * SAME)?.number ?? Number.POSITIVE_INFINITY;
        const solves = search.candidates
          .filter(({ number, purpose }) => number <= at && purpose !== 'confirm')
          .reduce((sum, one) => sum + one.solves, 0);
        const random = await bestOfRandom(problem, tools);
        const evolution = await evolve(problem, tools, mass * SAME, MOST_TIMES * solves);
        lighter.push(100 * (1 - mass / random.mass));
        shares.push(solves / evolution.solves);
        lines.push(
          { what: `${name}: designed`, value: mass, unit: 'kg' },
          { what: `${name}: solves for that`, value: solves },
          {
            what: `${name}: best of ${random.feasible} random feasible designs (${random.tried} tried)`,
            value: random.mass,
            unit: 'kg',
          },
          { what: `${name}: lighter by`, value: lighter.at(-1)!, unit: '%' },
          {
            what: `${name}: solves of evolution${evolution.mass <= mass * SAME ? '' : ', which did not get there'}`,
            value: evolution.solves,
          },
          { what: `${name}: solves over those`, value: shares.at(-1)! },
        );
        io.err(
          `${lines
            .slice(-6)
            .map(({ what, value }) => `${what} ${value}`)
            .join('\n')}\n`,
        );
      }
    } finally {
      await physics.dispose();
      await kernel.dispose();
      disposePartScripts();
    }
    const [less, share] = [median(lighter), median(shares)];
    lines.push(
      {
        what: 'lighter than the best random design, median',
        value: less,
        unit: '%',
        bar: 'at least 15 %',
        holds: less >= 15,
      },
      { what: 'solves over those of evolution, median', value: share, bar: 'at most one fifth', holds: share <= 0.2 },
    );
    return { name: 'search', lines };
  },
};
