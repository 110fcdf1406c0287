import { expect, test } from 'vitest';
import { fitProcess, predict } from '../gaussian/process.ts';
import { inputOf, valuesAt } from './design-space.ts';
import { fewestToPlaceBy, leastSure, type TriedDesign } from './least-sure.ts';
import { randomPoints, sobolPoints } from './sobol.ts';

const PARAMETERS = ['a', 'b', 'c'].map((name) => ({
  name,
  unit: 'mm' as const,
  minimum: 0,
  maximum: 1,
  logarithmic: false,
}));
/** Waves along the first parameter, straight along the second, and nothing of the third. */
const truth = ([a, b]: readonly number[]): number => Math.sin(9 * a!) + b!;
const solve = (values: readonly number[]): TriedDesign => ({ values, scalars: [truth(values)] });
const even = (count: number): number[][] => sobolPoints(3, count, 1).map((point) => valuesAt(PARAMETERS, point));

/** Mean variance of a process at 300 places once further designs are solved too, with the hyperparameters of the known ones. */
function unknownAfter(known: readonly TriedDesign[], further: readonly number[][]): number {
  const observe = (designs: readonly TriedDesign[]) => ({
    inputs: Float64Array.from(designs.flatMap(({ values }) => [...inputOf(PARAMETERS, values)])),
    values: Float64Array.from(designs, ({ scalars }) => scalars![0]!),
    n: designs.length,
    d: 3,
  });
  const family = { seed: 1, covariances: ['matern52'], trends: ['linear'] } as const;
  const { hyperparameters } = fitProcess(observe(known), { ...family, iterations: 40 });
  const all = [...known, ...further.map(solve)];
  const { process } = fitProcess(observe(all), { ...family, start: hyperparameters, iterations: 0 });
  const variances = randomPoints(3, 300, 7).map(
    (point) => (predict(process, inputOf(PARAMETERS, valuesAt(PARAMETERS, point))).deviation / process.scale) ** 2,
  );
  return variances.reduce((sum, variance) => sum + variance / process.variance, 0) / variances.length;
}

test('designs that are placed leave less unknown than any of thirty choices by chance, or more of the even sequence', () => {
  const known = even(16).map(solve);
  const placed = unknownAfter(known, leastSure({ parameters: PARAMETERS, tried: known, count: 8, seed: 3 }));
  const byChance = Array.from({ length: 30 }, (_, k) =>
    unknownAfter(
      known,
      randomPoints(3, 8, k).map((point) => valuesAt(PARAMETERS, point)),
    ),
  );
  expect(placed).toBeLessThan(Math.min(...byChance));
  expect(placed).toBeLessThan(unknownAfter(known, even(24).slice(16)));
});

test('the same question has the same answer, within the ranges and without a place twice', () => {
  const question = { parameters: PARAMETERS, tried: even(12).map(solve), count: 10, seed: 5 };
  const places = leastSure(question);
  expect(leastSure(question)).toEqual(places);
  expect(new Set(places.map((place) => place.join())).size).toBe(10);
  for (const place of places) for (const value of place) expect(value >= 0 && value <= 1).toBe(true);
  expect(leastSure({ ...question, seed: 6 })).not.toEqual(places);
});

test('nothing is placed next to designs that failed', () => {
  const tried = even(40).map((values): TriedDesign => (values[0]! > 0.6 ? { values, scalars: null } : solve(values)));
  const places = leastSure({ parameters: PARAMETERS, tried, count: 8, seed: 2 });
  expect(places).toHaveLength(8);
  for (const place of places) {
    const [next] = tried.toSorted(
      (p, q) =>
        Math.hypot(...p.values.map((x, k) => x - place[k]!)) - Math.hypot(...q.values.map((x, k) => x - place[k]!)),
    );
    expect(next!.scalars).not.toBeNull();
  }
});

test('where too few are solved to say anything, the even sequence goes on', () => {
  const tried = even(fewestToPlaceBy(3) - 1).map(solve);
  expect(leastSure({ parameters: PARAMETERS, tried, count: 3, seed: 9 })).toEqual(
    sobolPoints(3, 3, 9).map((point) => valuesAt(PARAMETERS, point)),
  );
});
