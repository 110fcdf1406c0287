/** Measures of drawn outlines that only tests ask for. */
import type { Raster } from '../outline/field.ts';
import type { GeneratedShape } from '../types.ts';

/** A raster over a shape's field, `fineness` points a millimetre at most. */
export function rasterOver({ field }: GeneratedShape, spacing: number): Raster {
  const { cellsX, cellsY, cell_mm, origin_mm } = field;
  const [width, height] = [cellsX * cell_mm[0], cellsY * cell_mm[1]];
  return {
    columns: Math.ceil(width / spacing) + 9,
    rows: Math.ceil(height / spacing) + 9,
    spacing,
    origin: [origin_mm[0] - 4.13 * spacing, origin_mm[1] - 4.21 * spacing],
  };
}
