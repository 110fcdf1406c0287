import { describe, expect, it } from 'vitest';
import { ANALYTIC_PROBLEMS } from './testing/analytic-problems.ts';
import { designsUntil, evolveAnalytic, searchAnalytic } from './testing/analytic-search.ts';

const EVOLUTIONS = [1, 2, 3, 4, 5];
/** Eight variables take seconds, and `bench search-loop` more seeds. */
const SMALL = ANALYTIC_PROBLEMS.filter(({ variables }) => variables.length <= 4);

describe('the search, on closed forms that scatter as a mesh does', async () => {
  const searched = await Promise.all(
    SMALL.map(async (problem) => ({ problem, found: await searchAnalytic(problem, { seed: 1 }) })),
  );

  it.each(searched)(
    'is within 1 % of the least $problem.name after a fifth of the designs of evolution',
    async ({ problem, found }) => {
      const evolved: number[] = [];
      for (const seed of EVOLUTIONS) evolved.push(await evolveAnalytic(problem, 1.01 * problem.lightest_kg, seed));
      const usual = evolved.sort((a, b) => a - b)[2]!;
      expect(5 * designsUntil(found, 1.01 * problem.lightest_kg)).toBeLessThanOrEqual(usual);
      // Lighter than the least by what the scatter allows, and no more.
      expect(found.masses_kg.at(-1)! / problem.lightest_kg).toBeGreaterThan(0.98);
    },
  );

  it('ends soon after', () => {
    const designs = searched.reduce((sum, { found }) => sum + found.masses_kg.length, 0);
    // 159 when the region of trust shrank by designs alone.
    expect(designs).toBeLessThanOrEqual(125);
  });

  it('finds the same with two designs at once, and the same for the same seed', async () => {
    const problem = SMALL.find(({ name }) => name === 'heat sink')!;
    const [once, again] = [await searchAnalytic(problem, { seed: 5 }), await searchAnalytic(problem, { seed: 5 })];
    expect(again).toEqual(once);
    const twice = await searchAnalytic(problem, { seed: 5, lanes: 2 });
    expect(twice.masses_kg.at(-1)! / problem.lightest_kg).toBeLessThan(1.01);
    expect(twice.masses_kg.length).toBeLessThanOrEqual(30);
  });
});
