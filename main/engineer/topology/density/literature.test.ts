import { expect, test } from 'vitest';
import { silentContext } from '../../../../preload/contract/index.ts';
import { type DensityProblem, optimiseDensity } from './optimise.ts';
import { GridStiffness } from './stiffness.ts';

/** Half of the Messerschmitt-Bölkow-Blohm beam: unit cells, Young's modulus and load; symmetry at the left, a roller at the lower right corner. */
function halfBeam(cellsX: number, cellsY: number): DensityProblem {
  const nodes = (cellsX + 1) * (cellsY + 1);
  const node = (i: number, j: number) => i * (cellsY + 1) + j;
  const fixed = new Int32Array(3 * nodes);
  for (let j = 0; j <= cellsY; j++) fixed[3 * node(0, j)] = 1;
  fixed[3 * node(cellsX, 0) + 1] = 1;
  const forces = new Float64Array(3 * nodes);
  forces[3 * node(0, cellsY) + 1] = -1;
  const grid = { cellsX, cellsY, cellX: 1, cellY: 1 };
  const cells = cellsX * cellsY;
  return {
    grid,
    stiffness: new GridStiffness({ ...grid, layers: 0, depth: 1, poisson: 0.3, bending: false }, 1, [
      { fixed, cases: [{ name: 'load', forces }] },
    ]),
    weights: [1],
    aggregate: 'sum',
    free: new Uint8Array(cells).fill(1),
    inside: new Uint8Array(cells).fill(1),
    given: new Float64Array(cells),
    share: new Float64Array(cells).fill(1),
    volume: cells / 2,
    filterRadius_mm: 0.04 * cellsX,
    method: 'sensitivity-filter',
    iterations: 400,
  };
}

// Andreassen et al. 2011, Efficient topology optimization in MATLAB using 88 lines of code, figure 3: 60 x 20 elements, volume
// 0.5, penalty 3, filter radius 0.04 of the length.
test.each([
  ['sensitivity-filter', 216.81],
  ['density-filter', 233.71],
] as const)('the MBB beam with %s has the compliance that the 88-line code finds', async (method, expected) => {
  const { history } = await optimiseDensity({ ...halfBeam(60, 20), method }, silentContext());
  expect(history.at(-1)!.objective / expected).toBeCloseTo(1, 2);
});
