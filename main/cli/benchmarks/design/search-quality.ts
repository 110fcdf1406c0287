/**
 * The search against chance and against evolution. Mass against the best of N random feasible designs of the same concept;
 * solves against those of a plain evolution strategy that reaches the same mass. All of them judge designs by the brief's own
 * requirements on the same mesh, a coarse one: it is the searches that are compared. Solved designs are kept, so that a run
 * that was stopped goes on.
 */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENGINE_VERSION } from '../../../engine.ts';
import { evolve, Search } from '../../../engineer/benchmarks.ts';
import { openCandidateFile } from '../../../engineer/index.ts';
import { createKernel } from '../../../kernel/index.ts';
import { createPhysics } from '../../../physics/index.ts';
import { disposePartScripts } from '../../../scripting/index.ts';
import { median } from '../median.ts';
import type { Benchmark, BenchmarkLine } from '../types.ts';
import { openProblem, quietly, type SampleBrief, SOLVES, type Tools } from './problem.ts';
import { bestByChance, Judge } from './rivals.ts';

/** Feasible ones. */
const RANDOM = 200;
/** Designs of an evolution at most, over those that the search took: one that did not get there counts as these. */
const MOST_TIMES = 6;
/** Masses this near count as the same result. */
const SAME = 1.01;
/** Of chance, and of the evolutions: luck makes one of them twice as long as another. */
const SEED = 17;
const EVOLUTIONS = [17, 18, 19, 20, 21];
const UNLIMITED = 1e6;

interface Problem extends SampleBrief {
  name: string;
  /** Element size of all solves. */
  size_mm: number;
}

/** Concepts of four and five variables, in the ranges that an archetype has where a brief names none. */
const PROBLEMS: Problem[] = [
  { name: 'heat sink', sample: 'led-heat-sink', ownRanges: true, size_mm: 14 },
  { name: 'beam link', sample: 'drone-arm', ownRanges: true, size_mm: 14 },
  { name: 'pressure vessel', sample: 'gas-cylinder', ownRanges: true, size_mm: 10 },
];

/** @returns opens a search that judges into the store, with as many solves as it is given */
async function opened(problem: Problem, tools: Tools): Promise<(solves: number) => Search> {
  const { kernel, physics, context } = tools;
  const { brief, concept } = await openProblem(problem, tools);
  const { source, fixed, variables, faces } = concept;
  const given = [ENGINE_VERSION, problem.size_mm, { ...brief, budget: null }, source, fixed, variables, faces];
  const place = join(tmpdir(), 'artificer-bench-search');
  await mkdir(place, { recursive: true });
  const store = await openCandidateFile(
    join(place, `${problem.sample}.jsonl`),
    createHash('sha256').update(JSON.stringify(given)).digest('hex'),
  );
  return (solves) =>
    new Search(
      {
        kernel,
        physics,
        brief: { ...brief, budget: { ...brief.budget, solves } },
        concepts: [concept],
        lanes: 1,
        // What the others tried is none of its own.
        store: { ...store, keys: () => [] },
        rules: { count: 0, judge: async () => [] },
        quickSize_mm: problem.size_mm,
      },
      context,
    );
}

/** What the search finds by quick solves, and after how many designs it was as good as that. */
async function searched(search: Search): Promise<{ mass_kg: number; designs: number; all: number }> {
  await search.explore(1);
  await search.models.dispose();
  const held = search.candidates.filter(({ feasible }) => feasible);
  const mass_kg = Math.min(...held.map((one) => one.mass_kg!));
  const designs = held.find((one) => one.mass_kg! <= SAME * mass_kg)?.number ?? Number.POSITIVE_INFINITY;
  return { mass_kg, designs, all: search.candidates.length };
}

/** One problem: the search, chance, evolution. */
async function compared(
  problem: Problem,
  tools: Tools,
  tell: (line: BenchmarkLine) => void,
): Promise<{ lines: BenchmarkLine[]; lighter_percent: number; share: number }> {
  const { name } = problem;
  const open = await opened(problem, tools);
  const lines: BenchmarkLine[] = [];
  const told = (what: string, value: number, unit?: string): void => {
    const line = { what: `${name}: ${what}`, value, ...(unit === undefined ? {} : { unit }) };
    lines.push(line);
    tell(line);
  };
  const chance = await bestByChance(new Judge(open(UNLIMITED)), RANDOM, SEED);
  told(
    `best of about ${chance.feasible} random feasible designs (${chance.tried} drawn, seed ${SEED})`,
    chance.mass_kg,
    'kg',
  );
  const search = open(SOLVES);
  const { mass_kg, designs, all } = await searched(search);
  told(`designed, seed ${search.brief.seed}`, mass_kg, 'kg');
  told(`designs until then, of ${all}`, designs);
  const lighter_percent = 100 * (1 - mass_kg / chance.mass_kg);
  told('lighter than the best random one by', lighter_percent, '%');
  const evolved: number[] = [];
  for (const seed of EVOLUTIONS) {
    const evolution = await evolve(new Judge(open(UNLIMITED)), SAME * mass_kg, MOST_TIMES * designs, seed);
    const missed = `, which did not get there (${evolution.mass_kg.toPrecision(4)} kg)`;
    told(`designs of evolution ${seed}${evolution.mass_kg <= SAME * mass_kg ? '' : missed}`, evolution.designs);
    evolved.push(evolution.designs);
  }
  const share = designs / median(evolved);
  told(`designs over the median of evolutions ${EVOLUTIONS.join(', ')}`, share);
  return { lines, lighter_percent, share };
}

export const searchQuality: Benchmark = {
  name: 'search',
  summary: `the search of designs against the best of ${RANDOM} random ones and against evolution, ${SOLVES} solves each`,
  cases: async () => PROBLEMS.map(({ name }) => name),
  async run(io, only) {
    const kernel = createKernel();
    const physics = createPhysics({ workers: 2 });
    const stop = new AbortController();
    const tools: Tools = { kernel, physics, context: quietly(AbortSignal.any([io.signal, stop.signal])) };
    const tell = ({ what, value }: BenchmarkLine): void => io.err(`${what} ${value}\n`);
    try {
      // Side by side: nothing is timed, and a search waits for its own solves only.
      const problems = PROBLEMS.filter(({ name }) => only?.includes(name) ?? true);
      const found = await Promise.all(problems.map((problem) => compared(problem, tools, tell)));
      const less = median(found.map(({ lighter_percent }) => lighter_percent));
      const share = median(found.map((one) => one.share));
      const bars: BenchmarkLine[] = [
        {
          what: 'lighter than the best random design, median',
          value: less,
          unit: '%',
          bar: 'at least 15 %',
          holds: less >= 15,
        },
        { what: 'solves over those of evolution, median', value: share, bar: 'at most one fifth', holds: share <= 0.2 },
      ];
      return { name: 'search', lines: [...found.flatMap(({ lines }) => lines), ...bars] };
    } finally {
      stop.abort();
      await physics.dispose();
      await kernel.dispose();
      disposePartScripts();
    }
  },
};
