/** From filtered densities to outlines that can be milled, and what they measure. */
import type { CellGrid } from '../cells.ts';
import { shapeError } from '../errors.ts';
import type { Regions } from '../regions.ts';
import type { WindowRange } from '../script/write.ts';
import type { DrawnLoop, ShapeMeasures, ShapeRequest } from '../types.ts';
import { fitLoop } from './fit.ts';
import { fitError, loopArea, smallestInnerRadius, thinnestMember } from './measure.ts';
import { cleanRegion } from './region.ts';

export interface DrawnShape {
  /** The first goes around everything. */
  outlines: DrawnLoop[];
  windows: WindowRange[];
  measures: ShapeMeasures;
}

/** How far off the contour lines and arcs may lie, in cells. */
const TOLERANCE_CELLS = 0.3;
/** Inner corners are drawn rounder than the tool, so that the fit and a window that grows keep to its radius. */
const ROUNDER = [1.15, 1.4, 1.8, 2.4];
/** How far off a line points may lie, as a share of the tolerance. */
const STRAIGHT = [0.5, 0.25];

/** @throws ArtificerError `engineer.shape-apart`, `engineer.shape-inner-corner` */
export function drawShape(
  request: ShapeRequest,
  regions: Regions,
  cells: CellGrid,
  filtered: Float64Array,
): DrawnShape {
  const { minimumMember_mm, toolRadius_mm, material } = request;
  const cell = Math.sqrt(cells.cellX * cells.cellY);
  const tolerance_mm = TOLERANCE_CELLS * cell;
  const straight_mm = Math.max(1.2 * minimumMember_mm, 4 * cell);
  let sharpest: number | null = null;
  for (const factor of ROUNDER) {
    const innerRadius_mm = factor * toolRadius_mm + 0.1 * minimumMember_mm;
    const region = cleanRegion(cells, regions, filtered, { minimumMember_mm, innerRadius_mm });
    const contours = [region.outer, ...region.windows];
    const tried = STRAIGHT.map((share) => {
      const options = {
        tolerance_mm,
        straight_mm,
        straightBand_mm: share * tolerance_mm,
        innerRadius_mm: toolRadius_mm,
      };
      return contours.map((loop) => fitLoop(loop, region.distance, regions, options));
    });
    const radiusOf = (loops: DrawnLoop[]) => smallestInnerRadius(loops, regions.envelope) ?? Infinity;
    const outlines = tried.find((loops) => radiusOf(loops) >= toolRadius_mm);
    if (!outlines) {
      sharpest = Math.max(...tried.map(radiusOf));
      continue;
    }
    sharpest = smallestInnerRadius(outlines, regions.envelope);
    const pieces = outlines.flatMap((loop) => loop.pieces);
    const volume_mm3 = volumeOf(outlines, regions);
    return {
      outlines,
      windows: outlines.slice(1).map((loop) => windowRange(loop, request)),
      measures: {
        volume_mm3,
        mass_t: volume_mm3 * material.density_t_mm3,
        thinnestMember_mm: thinnestMember(outlines, region.distance.raster, regions.solid),
        smallestInnerRadius_mm: sharpest,
        windows: outlines.length - 1,
        pieces: {
          lines: pieces.filter(({ through }) => !through).length,
          arcs: pieces.filter(({ through }) => through).length,
        },
        fitError_mm: contours.reduce((worst, loop, i) => Math.max(worst, fitError(loop, outlines[i]!)), 0),
      },
    };
  }
  throw shapeError(
    'inner-corner',
    `An inner corner with a radius of ${sharpest?.toFixed(2)} mm is left, which a tool of ${toolRadius_mm} mm cannot mill.`,
    'Take a smaller tool, or move interfaces and keep-outs further apart.',
  );
}

/** Of the extruded profile with its pads, less its bores. */
function volumeOf(outlines: readonly DrawnLoop[], { bores, pads, bottom, top }: Regions): number {
  const depth = top - bottom;
  const area = outlines.reduce((sum, loop) => sum + loopArea(loop), 0);
  const holes = bores.reduce((sum, { radius }) => sum + Math.PI * radius ** 2, 0);
  const bosses = pads.reduce((sum, { radius, raised: height }) => sum + Math.PI * radius ** 2 * height, 0);
  return (area - holes) * depth + bosses;
}

/** As far as a window's inner corners stay as round as the tool, and members thin by a quarter at most. */
function windowRange(loop: DrawnLoop, { toolRadius_mm, minimumMember_mm }: ShapeRequest): WindowRange {
  const radius = smallestInnerRadius([loop], []) ?? Infinity;
  const maximum = Math.min(radius - toolRadius_mm, minimumMember_mm / 4);
  return { minimum: -minimumMember_mm / 8, maximum: Math.max(0, Math.floor(100 * maximum) / 100) };
}
