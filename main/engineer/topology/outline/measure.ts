/** What was drawn, measured by its own lines and arcs. */
import type { CellGrid } from '../cells.ts';
import { distance, polygonArea, type SignedDistance } from '../geometry.ts';
import type { DrawnLoop, DrawnPiece, Point2 } from '../types.ts';
import { angleBetween, arcOf, directions, pieceDistance, sampled, turning } from './biarc.ts';
import { Field, type Loop, type Raster, redistanced, signedDistance } from './field.ts';
import { memberMiddles } from './region.ts';

/** mm^2, positive around material. */
export function loopArea({ pieces }: DrawnLoop): number {
  let area = polygonArea(pieces.map(({ from }) => from));
  for (const piece of pieces) {
    const arc = arcOf(piece);
    if (!arc) continue;
    const angle = turning(piece, arc);
    area += ((arc.left ? 1 : -1) * arc.radius ** 2 * (angle - Math.sin(angle))) / 2;
  }
  return area;
}

/** Largest distance of a contour's points from the loop that was drawn for it. */
export function fitError(contour: Loop, { pieces }: DrawnLoop): number {
  const boxes = pieces.map((piece) => ({ piece, box: boxOf(piece) }));
  let worst = 0;
  for (const point of contour) {
    let nearest = Infinity;
    for (const { piece, box } of boxes)
      if (boxDistance(point, box) < nearest) nearest = Math.min(nearest, pieceDistance(point, piece));
    worst = Math.max(worst, nearest);
  }
  return worst;
}
function boxOf(piece: DrawnPiece): [number, number, number, number] {
  const points = [...sampled(piece, Math.max(distance(piece.from, piece.to) / 8, 1e-3)), piece.to];
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const slack = 0.1 * distance(piece.from, piece.to);
  return [Math.min(...xs) - slack, Math.min(...ys) - slack, Math.max(...xs) + slack, Math.max(...ys) + slack];
}
const boxDistance = ([x, y]: Point2, [x0, y0, x1, y1]: [number, number, number, number]): number =>
  Math.hypot(Math.max(x0 - x, 0, x - x1), Math.max(y0 - y, 0, y - y1));

/** A corner that turns less than this is none. */
const KINK = (3 * Math.PI) / 180;

/** Smallest radius among inner corners; 0 for one without any; null where there is none. `allowed` are corners of the envelope. */
export function smallestInnerRadius(loops: readonly DrawnLoop[], allowed: readonly Point2[]): number | null {
  let smallest: number | null = null;
  const note = (radius: number) => {
    smallest = smallest === null ? radius : Math.min(smallest, radius);
  };
  for (const { pieces } of loops)
    for (const [i, piece] of pieces.entries()) {
      const arc = arcOf(piece);
      if (arc && !arc.left) note(arc.radius);
      const next = pieces[(i + 1) % pieces.length]!;
      const turn = angleBetween(directions(piece).end, directions(next).begin);
      if (turn < -KINK && !allowed.some((corner) => distance(corner, piece.to) < 1e-3)) note(0);
    }
  return smallest;
}

/** The drawn region's signed distance on a raster. */
export function drawnDistance(loops: readonly DrawnLoop[], raster: Raster): Field {
  const polygons = loops.map(({ pieces }) => pieces.flatMap((piece) => sampled(piece, raster.spacing / 2)));
  const sign = new Field(raster);
  // Parity of crossings, row by row.
  const { columns, rows, spacing, origin } = raster;
  for (let j = 0; j < rows; j++) {
    const crossings = crossingsAt(origin[1] + j * spacing, polygons);
    let passed = 0;
    for (let i = 0; i < columns; i++) {
      const x = origin[0] + i * spacing;
      while (passed < crossings.length && crossings[passed]! < x) passed++;
      sign.values[i * rows + j] = passed % 2 === 1 ? -1 : 1;
    }
  }
  return signedDistance(sign, 0, polygons);
}

/** The share of each cell of a grid that is drawn, bores left out of account; by points, some in each direction. */
export function drawnShares(
  loops: readonly DrawnLoop[],
  { cellsX, cellsY, cellX, cellY, origin }: CellGrid,
): Float64Array {
  const points = 8;
  const size = Math.min(cellX, cellY);
  const polygons = loops.map(({ pieces }) => pieces.flatMap((piece) => sampled(piece, size / 8)));
  const shares = new Float64Array(cellsX * cellsY);
  for (let j = 0; j < cellsY * points; j++) {
    const row = crossingsAt(origin[1] + ((j + 0.5) * cellY) / points, polygons);
    let passed = 0;
    for (let i = 0; i < cellsX * points; i++) {
      const x = origin[0] + ((i + 0.5) * cellX) / points;
      while (passed < row.length && row[passed]! < x) passed++;
      if (passed % 2 === 1) shares[Math.floor(i / points) * cellsY + Math.floor(j / points)]! += 1 / points ** 2;
    }
  }
  return shares;
}

/** Where a line of constant second coordinate crosses closed polygons, ascending. */
function crossingsAt(y: number, polygons: readonly Loop[]): number[] {
  const crossings: number[] = [];
  for (const polygon of polygons)
    for (let a = polygon.length - 1, b = 0; b < polygon.length; a = b++) {
      const [p, q] = [polygon[a]!, polygon[b]!];
      if (p[1] > y !== q[1] > y) crossings.push(p[0] + ((y - p[1]) * (q[0] - p[0])) / (q[1] - p[1]));
    }
  return crossings.sort((a, b) => a - b);
}

/**
 * The thinnest member: twice the least distance from a middle of a member to the outline; null where none was found. Lands are
 * as thick as they were asked for, and don't count.
 */
export function thinnestMember(loops: readonly DrawnLoop[], raster: Raster, land: SignedDistance): number | null {
  const middles = memberMiddles(drawnDistance(loops, raster)).filter(({ place }) => land(...place) > 0);
  return middles.length === 0 ? null : 2 * middles.reduce((least, { half }) => Math.min(least, half), Infinity);
}

/** For checks: the share of the drawn area that no disc of a diameter inside of it covers (morphological opening). */
export function uncoveredShare(loops: readonly DrawnLoop[], diameter: number, raster: Raster): number {
  const drawn = drawnDistance(loops, raster);
  const shrunk = redistanced(drawn, -diameter / 2);
  let [all, lost] = [0, 0];
  for (let i = 0; i < drawn.values.length; i++) {
    if (drawn.values[i]! >= 0) continue;
    all++;
    if (shrunk.values[i]! > diameter / 2) lost++;
  }
  return lost / all;
}
