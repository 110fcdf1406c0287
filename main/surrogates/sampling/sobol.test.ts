import { expect, test } from 'vitest';
import { MOST_DIMENSIONS, sobolPoints } from './sobol.ts';

test("Sobol's sequence begins as Joe and Kuo publish it", () => {
  // The first points of three dimensions after the origin, from the authors' page to new-joe-kuo-6.
  expect(sobolPoints(3, 4)).toEqual([
    [0.5, 0.5, 0.5],
    [0.75, 0.25, 0.25],
    [0.25, 0.75, 0.75],
    [0.375, 0.375, 0.625],
  ]);
});

test('every dimension meets each of 64 equal intervals once in 64 points, shifted or not', () => {
  for (const seed of [1, 77]) {
    const points = sobolPoints(MOST_DIMENSIONS, 64, seed);
    for (let d = 0; d < MOST_DIMENSIONS; d++)
      expect(new Set(points.map((point) => Math.floor(64 * point[d]!))).size).toBe(64);
  }
});

test('more dimensions than there are direction numbers are refused', () => {
  expect(() => sobolPoints(MOST_DIMENSIONS + 1, 1)).toThrow('too many to sample evenly');
});
