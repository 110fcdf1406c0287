import { expect, test } from 'vitest';
import { aggregateOf, DesignSpace, linearCells } from './optimise.ts';
import { ERODED } from './projection.ts';
import { GridStiffness } from './stiffness.ts';

/** A small grid with given cells, held at its left and loaded by two cases at its right. */
function smallSpace(layers: number) {
  const [cellsX, cellsY] = [9, 6];
  const grid = { cellsX, cellsY, cellX: 1.5, cellY: 1.2 };
  const node = (i: number, j: number, k: number) => (i * (cellsY + 1) + j) * (layers + 1) + k;
  const nodes = (cellsX + 1) * (cellsY + 1) * (layers + 1);
  const fixed = new Int32Array(3 * nodes);
  for (let j = 0; j <= cellsY; j++)
    for (let k = 0; k <= layers; k++) fixed.fill(1, 3 * node(0, j, k), 3 * node(0, j, k) + 3);
  const load = (j: number, axis: number, force: number) => {
    const forces = new Float64Array(3 * nodes);
    forces[3 * node(cellsX, j, 0) + axis] = force;
    return forces;
  };
  const cells = cellsX * cellsY;
  const free = new Uint8Array(cells).fill(1);
  const given = new Float64Array(cells);
  for (const [cell, density] of [
    [7, 1],
    [8, 0.4],
    [30, 1],
  ] as const) {
    free[cell] = 0;
    given[cell] = density;
  }
  const stiffness = new GridStiffness({ ...grid, layers, depth: 4, poisson: 0.3, bending: true }, 1000, [
    {
      fixed,
      cases: [
        { name: 'one', forces: load(3, 1, -20) },
        { name: 'other', forces: load(0, layers > 0 ? 2 : 0, 15) },
      ],
    },
  ]);
  return new DesignSpace({
    grid,
    stiffness,
    weights: [1, 1.7],
    aggregate: 'worst',
    free,
    inside: new Uint8Array(cells).fill(1),
    given,
    share: new Float64Array(cells).fill(1),
    volume: 20,
    filterRadius_mm: 3,
    method: 'robust',
    iterations: 1,
  });
}

const SIGNAL = new AbortController().signal;

test.each([0, 2])(
  'the objective changes with each density as central differences say, with %i layers',
  async (layers) => {
    const space = smallSpace(layers);
    const { free, weights, aggregate, stiffness } = space.problem;
    const beta = 3;
    const objectiveOf = async (design: Float64Array) => {
      const density = space.physical(space.filtered(design), ERODED, beta);
      const { values, gradients } = await stiffness.solve(density, linearCells(free), SIGNAL);
      return { ...aggregateOf(values, weights, aggregate), gradients };
    };
    const design = Float64Array.from(free, (_, i) => 0.6 + 0.3 * Math.sin(1.7 * i));
    const { gradients, factors } = await objectiveOf(design);
    const byDensity = gradients[0]!.map((each, i) => factors[0]! * each + factors[1]! * gradients[1]![i]!);
    const exact = space.toDesign(byDensity, space.filtered(design), ERODED, beta);
    const largest = Math.max(...exact.map(Math.abs));
    for (const cell of [0, 6, 13, 24, 31, 47, 53]) {
      const step = 1e-5;
      const at = (by: number) => objectiveOf(design.map((each, i) => (i === cell ? each + by : each)));
      const difference = ((await at(step)).objective - (await at(-step)).objective) / (2 * step);
      // Differences of this step are exact to about 1e-9 of the objective, 1e-7 of the largest derivative.
      expect(Math.abs(exact[cell]! - difference) / largest).toBeLessThan(1e-6);
    }
  },
);

test('bricks are stretched and bent exactly as beam theory says', async () => {
  // One row of ten bricks, two through the depth; compliances are F^2 L / (E A) and M^2 L / (E I).
  const [cellsX, layers] = [10, 2];
  const grid = { cellsX, cellsY: 1, cellX: 4, cellY: 3 };
  const nodes = (cellsX + 1) * 2 * (layers + 1);
  const node = (i: number, j: number, k: number) => (i * 2 + j) * (layers + 1) + k;
  const [depth, young, force] = [6, 1000, 2];
  const fixed = new Int32Array(3 * nodes);
  for (let j = 0; j < 2; j++) for (let k = 0; k <= layers; k++) fixed[3 * node(0, j, k)] = 1;
  fixed[3 * node(0, 0, 0) + 1] = 1;
  fixed[3 * node(0, 0, 0) + 2] = 1;
  fixed[3 * node(0, 1, 0) + 2] = 1;
  const stretch = new Float64Array(3 * nodes);
  const bend = new Float64Array(3 * nodes);
  for (let j = 0; j < 2; j++) {
    for (const [k, share] of [0.25, 0.5, 0.25].entries()) stretch[3 * node(cellsX, j, k)] = (force * share) / 2;
    bend[3 * node(cellsX, j, 0)] = -force / 2;
    bend[3 * node(cellsX, j, layers)] = force / 2;
  }
  const { values } = await new GridStiffness({ ...grid, layers, depth, poisson: 0.3, bending: true }, young, [
    {
      fixed,
      cases: [
        { name: 'stretch', forces: stretch },
        { name: 'bend', forces: bend },
      ],
    },
  ]).solve(new Float64Array(cellsX).fill(1), new Uint8Array(cellsX), SIGNAL);
  const [length, area, inertia] = [40, 18, (3 * 6 ** 3) / 12];
  expect(values[0]! / ((force ** 2 * length) / (young * area))).toBeCloseTo(1, 8);
  // Forces on the outer nodes alone are what stress that is linear through two layers amounts to.
  expect(values[1]! / (((force * depth) ** 2 * length) / (young * inertia))).toBeCloseTo(1, 8);
});
