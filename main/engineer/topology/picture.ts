/** A picture of a generated shape: its densities, and what was drawn over them. */
import { sampled } from './outline/biarc.ts';
import type { GeneratedShape } from './types.ts';

/** SVG; the plane's first axis to the right, its second one up. Straight pieces are dark, arcs blue, interfaces red. */
export function shapePicture({ field, outlines }: Pick<GeneratedShape, 'field' | 'outlines'>, width = 900): string {
  const [w, h] = [field.cellsX * field.cell_mm[0], field.cellsY * field.cell_mm[1]];
  const margin = 0.03 * Math.max(w, h);
  const scale = width / (w + 2 * margin);
  const x = (value: number) => ((value - field.origin_mm[0] + margin) * scale).toFixed(2);
  const y = (value: number) => ((h + margin - (value - field.origin_mm[1])) * scale).toFixed(2);
  const cells: string[] = [];
  for (let i = 0; i < field.cellsX; i++)
    for (let j = 0; j < field.cellsY; j++) {
      const density = field.density[i * field.cellsY + j]!;
      if (density < 0.02) continue;
      const grey = Math.round(255 - 110 * density);
      cells.push(
        `<rect x="${x(field.origin_mm[0] + i * field.cell_mm[0])}" y="${y(field.origin_mm[1] + (j + 1) * field.cell_mm[1])}" width="${(field.cell_mm[0] * scale).toFixed(2)}" height="${(field.cell_mm[1] * scale).toFixed(2)}" fill="rgb(${grey},${grey},${grey})"/>`,
      );
    }
  const lines = outlines.flatMap(({ pieces }) =>
    pieces.map((piece) => {
      const points = [...sampled(piece, 0.5 / scale), piece.to].map(([a, b]) => `${x(a)},${y(b)}`).join(' ');
      const colour = piece.face ? '#c22' : piece.through ? '#06c' : '#222';
      return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"/><circle cx="${x(piece.from[0])}" cy="${y(piece.from[1])}" r="2.5" fill="${colour}"/>`;
    }),
  );
  const height = ((h + 2 * margin) * scale).toFixed(0);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="#fff"/>${cells.join('')}${lines.join('')}</svg>\n`;
}
