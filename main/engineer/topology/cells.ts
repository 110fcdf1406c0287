/** The grid over the envelope: which cells are free, which are material, which are none. */

import type { GridSize } from './density/filter.ts';
import { filterRadiusFor } from './density/projection.ts';
import { shapeError } from './errors.ts';
import type { Frame } from './frame.ts';
import { envelopeDistance, type Regions } from './regions.ts';
import type { Point2 } from './types.ts';

export interface CellGrid extends GridSize {
  origin: Point2;
  filterRadius_mm: number;
  free: Uint8Array;
  inside: Uint8Array;
  /** Share of each cell that may be material: 0 outside, in bores and keep-outs. */
  share: Float64Array;
  /** 1 in lands and the like. */
  land: Uint8Array;
}

/** Cells across the least member that are wanted, and those without which the filter is none. */
const WANTED_ACROSS = 4;
const NEEDED_ACROSS = 2.2;
/** Points a cell is looked at, in each direction. */
const POINTS = 6;

export function cellsOf(frame: Frame, regions: Regions, minimumMember_mm: number, mostCells: number): CellGrid {
  const [width, height] = [frame.high[0] - frame.low[0], frame.high[1] - frame.low[1]];
  const size = Math.max(minimumMember_mm / WANTED_ACROSS, Math.sqrt((width * height) / mostCells));
  if (minimumMember_mm / size < NEEDED_ACROSS)
    throw shapeError(
      'too-fine',
      `Members of ${minimumMember_mm} mm are too fine for an envelope of ${width.toFixed(0)} x ${height.toFixed(0)} mm: it would take more than ${mostCells} cells.`,
      'Ask for thicker members, or allow more cells.',
    );
  const [cellsX, cellsY] = [Math.max(4, Math.round(width / size)), Math.max(4, Math.round(height / size))];
  const grid: CellGrid = {
    cellsX,
    cellsY,
    cellX: width / cellsX,
    cellY: height / cellsY,
    origin: frame.low,
    filterRadius_mm: filterRadiusFor(minimumMember_mm),
    free: new Uint8Array(cellsX * cellsY),
    inside: new Uint8Array(cellsX * cellsY),
    share: new Float64Array(cellsX * cellsY),
    land: new Uint8Array(cellsX * cellsY),
  };
  const border = envelopeDistance(regions);
  const { solid, clearance, keepOut, bores } = regions;
  for (let i = 0; i < cellsX; i++)
    for (let j = 0; j < cellsY; j++) {
      let [material, must] = [0, 0];
      for (let a = 0; a < POINTS; a++)
        for (let b = 0; b < POINTS; b++) {
          const x = grid.origin[0] + (i + (a + 0.5) / POINTS) * grid.cellX;
          const y = grid.origin[1] + (j + (b + 0.5) / POINTS) * grid.cellY;
          const needed = solid(x, y) < 0;
          if (needed) must++;
          if (border(x, y) > 0 || keepOut(x, y) < 0 || (!needed && clearance(x, y) < 0)) continue;
          if (bores.some(({ centre, radius }) => Math.hypot(x - centre[0], y - centre[1]) < radius)) continue;
          material++;
        }
      const cell = i * cellsY + j;
      grid.share[cell] = material / POINTS ** 2;
      grid.land[cell] = must > POINTS ** 2 / 2 ? 1 : 0;
      // A sliver of a cell has no say.
      grid.inside[cell] = grid.share[cell]! > 0.05 ? 1 : 0;
      grid.free[cell] = grid.inside[cell] && !grid.land[cell] ? 1 : 0;
      if (!grid.inside[cell]) grid.share[cell] = 0;
    }
  return grid;
}
