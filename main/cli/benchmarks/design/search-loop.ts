/** The search's loop on closed forms, without kernel and solver: designs that it takes, and what evolution takes for the same. */
import {
  ANALYTIC_PROBLEMS,
  type AnalyticProblem,
  designsUntil,
  evolveAnalytic,
  searchAnalytic,
} from '../../../engineer/benchmarks.ts';
import { median } from '../median.ts';
import type { Benchmark, BenchmarkLine } from '../types.ts';

/** Masses this near to the least count as found. */
const FOUND = 1.01;
const SEARCHES = [1, 2, 3, 4, 5, 6];
const EVOLUTIONS = Array.from({ length: 21 }, (_, seed) => seed + 1);
/** Designs of an evolution at most: one that did not get there counts as these. */
const MOST_EVOLVED = 2000;

async function compared(problem: AnalyticProblem): Promise<{ lines: BenchmarkLine[]; share: number; gaps: number[] }> {
  const { name, lightest_kg } = problem;
  const searches = [];
  for (const seed of SEARCHES) searches.push(await searchAnalytic(problem, { seed }));
  const until = searches.map((one) => designsUntil(one, FOUND * lightest_kg));
  const gaps = searches.map(({ masses_kg }) => 100 * (masses_kg.at(-1)! / lightest_kg - 1));
  const evolved: number[] = [];
  for (const seed of EVOLUTIONS)
    evolved.push(Math.min(MOST_EVOLVED, await evolveAnalytic(problem, FOUND * lightest_kg, seed, MOST_EVOLVED)));
  const share = median(until) / median(evolved);
  const lines: BenchmarkLine[] = [
    {
      what: `${name}: designs until within 1 % of the least mass, of seeds ${SEARCHES.join(', ')}`,
      value: until.join(' '),
    },
    { what: `${name}: designs in all, median`, value: median(searches.map(({ masses_kg }) => masses_kg.length)) },
    { what: `${name}: over the least mass in the end, median`, value: median(gaps), unit: '%' },
    { what: `${name}: over the least mass in the end, worst`, value: Math.max(...gaps), unit: '%' },
    { what: `${name}: designs of evolution, median of ${EVOLUTIONS.length} seeds`, value: median(evolved) },
    { what: `${name}: designs over those`, value: share },
  ];
  return { lines, share, gaps };
}

export const searchLoop: Benchmark = {
  name: 'search-loop',
  summary: "the search's loop on closed forms of up to eight variables, against evolution",
  cases: async () => ANALYTIC_PROBLEMS.map(({ name }) => name),
  async run(io, only) {
    const found: Awaited<ReturnType<typeof compared>>[] = [];
    for (const problem of ANALYTIC_PROBLEMS.filter(({ name }) => only?.includes(name) ?? true)) {
      io.signal.throwIfAborted();
      found.push(await compared(problem));
      for (const { what, value } of found.at(-1)!.lines) io.err(`${what} ${value}\n`);
    }
    const share = median(found.map((one) => one.share));
    const gap = median(found.flatMap(({ gaps }) => gaps));
    return {
      name: 'search-loop',
      lines: [
        ...found.flatMap(({ lines }) => lines),
        {
          what: 'designs over those of evolution, median',
          value: share,
          bar: 'at most one fifth',
          holds: share <= 0.2,
        },
        { what: 'over the least mass, median', value: gap, unit: '%', bar: 'at most 1 %', holds: gap <= 1 },
      ],
    };
  },
};
