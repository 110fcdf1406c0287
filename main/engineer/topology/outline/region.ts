/** From densities to a clean region: lands and envelope exact, members thick enough, inner corners as round as the tool. */
import type { CellGrid } from '../cells.ts';
import { shapeError } from '../errors.ts';
import { insidePolygon, polygonArea } from '../geometry.ts';
import { envelopeDistance, type Regions } from '../regions.ts';
import type { Point2 } from '../types.ts';
import { contours, Field, type Loop, type Raster, redistanced, signedDistance } from './field.ts';

/** Raster points a cell. */
const FINENESS = 3;
const MOST_POINTS = 400_000;
/** The gradient of the distance, below which its ridge is the middle of a member and not the bisector of a corner. */
const MEMBER_GRADIENT = 0.35;

export interface RegionRules {
  minimumMember_mm: number;
  /** Smallest radius of inner corners. */
  innerRadius_mm: number;
}

/** Densities continued into cells that take no part, so that a boundary there is the region's own and not the grid's. */
function continued(grid: CellGrid, filtered: Float64Array): Float64Array {
  const { cellsX, cellsY, inside } = grid;
  let known = Uint8Array.from(inside);
  const values = filtered.slice();
  for (let round = 0; round < 4; round++) {
    const after = known.slice();
    for (let i = 0; i < cellsX; i++)
      for (let j = 0; j < cellsY; j++) {
        const cell = i * cellsY + j;
        if (known[cell]) continue;
        let [sum, count] = [0, 0];
        for (let a = Math.max(0, i - 1); a <= Math.min(cellsX - 1, i + 1); a++)
          for (let b = Math.max(0, j - 1); b <= Math.min(cellsY - 1, j + 1); b++)
            if (known[a * cellsY + b]) {
              sum += values[a * cellsY + b]!;
              count++;
            }
        if (count > 0) {
          values[cell] = sum / count;
          after[cell] = 1;
        }
      }
    known = after;
  }
  return values;
}

/** Catmull and Rom's cubic through four values. */
function cubic(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** Densities between the cells' middles, smooth; continued evenly beyond the grid. */
function sampler(grid: CellGrid, values: Float64Array): (x: number, y: number) => number {
  const { cellsX, cellsY, cellX, cellY, origin } = grid;
  const value = (i: number, j: number) =>
    values[Math.max(0, Math.min(cellsX - 1, i)) * cellsY + Math.max(0, Math.min(cellsY - 1, j))]!;
  return (x, y) => {
    const u = Math.max(-0.5, Math.min(cellsX - 0.5, (x - origin[0]) / cellX - 0.5));
    const v = Math.max(-0.5, Math.min(cellsY - 0.5, (y - origin[1]) / cellY - 0.5));
    const [i, j] = [Math.floor(u), Math.floor(v)];
    const row = (k: number) => cubic(value(i - 1, k), value(i, k), value(i + 1, k), value(i + 2, k), u - i);
    return cubic(row(j - 1), row(j), row(j + 1), row(j + 2), v - j);
  };
}

export function rasterOf(grid: CellGrid, margin_mm: number): Raster {
  const [width, height] = [grid.cellsX * grid.cellX, grid.cellsY * grid.cellY];
  const fine = Math.min(grid.cellX, grid.cellY) / FINENESS;
  const spacing = Math.max(fine, Math.sqrt(((width + 2 * margin_mm) * (height + 2 * margin_mm)) / MOST_POINTS));
  const margin = margin_mm + 4 * spacing;
  // Off the envelope's sides by an odd share of the spacing, so that no side runs along the raster's points.
  return {
    columns: Math.ceil((width + 2 * margin) / spacing) + 1,
    rows: Math.ceil((height + 2 * margin) / spacing) + 1,
    spacing,
    origin: [grid.origin[0] - margin + 0.137 * spacing, grid.origin[1] - margin + 0.171 * spacing],
  };
}

/** The signed distance of the region that is to be drawn, and its outlines. */
export interface CleanRegion {
  distance: Field;
  outer: Loop;
  windows: Loop[];
}

/** @throws ArtificerError `engineer.shape-apart`, where interfaces do not hang together */
export function cleanRegion(grid: CellGrid, regions: Regions, filtered: Float64Array, rules: RegionRules): CleanRegion {
  const { solid, keepOut, clearance } = regions;
  const border = envelopeDistance(regions);
  const raster = rasterOf(grid, rules.innerRadius_mm);
  const cell = Math.max(grid.cellX, grid.cellY);
  const borders = Field.of(raster, border);
  const solids = Field.of(raster, solid);
  const keeps = Field.of(raster, keepOut);
  const clear = Field.of(raster, clearance);
  /** What a rule has done to the region may go against another one: lands and voids have the last word. */
  const bounded = (field: Field): Field =>
    new Field(
      raster,
      field.values.map((each, i) =>
        Math.max(Math.min(Math.max(each, -clear.values[i]!), solids.values[i]!), -keeps.values[i]!, borders.values[i]!),
      ),
    );
  const density = sampler(grid, continued(grid, filtered));
  const drawn = redistanced(Field.of(raster, (x, y) => 0.5 - density(x, y)));
  let region = redistanced(bounded(drawn));
  region = withoutSpecks(region, regions, rules);
  const open = (field: Field) => (radius: number) =>
    withoutSpecks(redistanced(bounded(opened(field, radius, 1.2 * cell, solids))), regions, rules);
  // First by a small disc: layers around lands are not to be taken for thin members.
  region = rounded(region, [0.25 * rules.minimumMember_mm], open(region));
  region = thickened(region, rules.minimumMember_mm, solids, bounded);
  region = rounded(
    region,
    [0.45, 0.35, 0.25].map((share) => share * rules.minimumMember_mm),
    open(region),
  );
  region = bounded(closed(region, rules.innerRadius_mm));
  region = withoutSpecks(redistanced(region), regions, rules);
  const loops = contours(region);
  const outer = loops.filter((loop) => polygonArea(loop) > 0);
  if (outer.length !== 1) throw apart();
  requireInterfaces(outer[0]!, regions);
  return { distance: region, outer: outer[0]!, windows: loops.filter((loop) => polygonArea(loop) < 0) };
}

const apart = () =>
  shapeError(
    'apart',
    'The interfaces do not hang together: there is too little material for members between them.',
    'Ask for more volume, or for thinner members.',
  );

const placesOf = ({ bores, pads, faces }: Regions): Point2[] => [
  ...bores.map(({ centre }) => centre),
  ...pads.map(({ centre }) => centre),
  ...faces.map(({ from, to, land }): Point2 => {
    const size = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const inwards = [-(to[1] - from[1]) / size, (to[0] - from[0]) / size] as const;
    return [(from[0] + to[0]) / 2 + (inwards[0] * land) / 2, (from[1] + to[1]) / 2 + (inwards[1] * land) / 2];
  }),
];

function requireInterfaces(outer: Loop, regions: Regions): void {
  if (!placesOf(regions).every(([x, y]) => insidePolygon(x, y, outer))) throw apart();
}

/** Islands without an interface go, and windows that the tool doesn't fit in are filled. */
function withoutSpecks(region: Field, regions: Regions, { innerRadius_mm }: RegionRules): Field {
  const loops = contours(region);
  const places = placesOf(regions);
  const islands = loops.filter((loop) => polygonArea(loop) > 0 && !places.some(([x, y]) => insidePolygon(x, y, loop)));
  const pinholes = loops.filter((loop) => {
    const area = polygonArea(loop);
    return area < 0 && -area < Math.PI * innerRadius_mm ** 2;
  });
  if (islands.length + pinholes.length === 0) return region;
  const changed = Field.of(region.raster, (x, y, index) => {
    const value = region.values[index]!;
    if (value < 0) return islands.some((loop) => insidePolygon(x, y, loop)) ? 1 : value;
    return pinholes.some((loop) => insidePolygon(x, y, loop)) ? -1 : value;
  });
  return redistanced(changed);
}

/** Middles of members, by the distance field's ridge: places with half the thickness that the region has there. */
export function memberMiddles(region: Field): { place: Point2; half: number }[] {
  const { columns, rows, spacing, origin } = region.raster;
  const found: { place: Point2; half: number }[] = [];
  // Over four spacings: a ridge halfway between two rows of points has a gradient of a quarter at both.
  for (let i = 2; i + 2 < columns; i++)
    for (let j = 2; j + 2 < rows; j++) {
      const index = i * rows + j;
      const half = -region.values[index]!;
      if (!(half > 0)) continue;
      const dx = (region.values[index + 2 * rows]! - region.values[index - 2 * rows]!) / (4 * spacing);
      const dy = (region.values[index + 2]! - region.values[index - 2]!) / (4 * spacing);
      const gradient = Math.hypot(dx, dy);
      if (gradient >= MEMBER_GRADIENT) continue;
      // The middle itself lies against the gradient, as far off as that makes it.
      const reach = 2 * spacing;
      found.push({
        place: [origin[0] + i * spacing - reach * dx, origin[1] + j * spacing - reach * dy],
        half: half + reach * gradient,
      });
    }
  return found;
}

/** Members that are too thin get discs along their middle; where the envelope cuts these, their middle moves, and again. */
function thickened(region: Field, minimum: number, solids: Field, bounded: (field: Field) => Field): Field {
  const { spacing, origin, columns, rows } = region.raster;
  let now = region;
  for (let round = 0; round < 4; round++) {
    const thin = memberMiddles(now).filter(({ place, half }) => 2 * half < minimum && solids.at(place).value > 0);
    if (thin.length === 0) return now;
    const radius = minimum / 2;
    const values = now.values.slice();
    for (const { place } of thin) {
      const [ci, cj] = [(place[0] - origin[0]) / spacing, (place[1] - origin[1]) / spacing];
      const reach = Math.ceil(radius / spacing) + 2;
      for (let i = Math.max(0, Math.floor(ci) - reach); i <= Math.min(columns - 1, Math.ceil(ci) + reach); i++)
        for (let j = Math.max(0, Math.floor(cj) - reach); j <= Math.min(rows - 1, Math.ceil(cj) + reach); j++) {
          const index = i * rows + j;
          values[index] = Math.min(values[index]!, Math.hypot(i - ci, j - cj) * spacing - radius);
        }
    }
    now = redistanced(bounded(new Field(region.raster, values)));
  }
  return now;
}

/** Opened by the first disc that loses no member and closes no window. */
function rounded(region: Field, radii: readonly number[], opened: (radius: number) => Field): Field {
  const count = contours(region).length;
  for (const radius of radii) {
    const tried = opened(radius);
    if (contours(tried).length === count) return tried;
  }
  return region;
}

/**
 * Morphological opening by a disc, which rounds outer corners, and takes away thin layers around lands: discs that reach out of
 * a land by less than `layer` don't count. Densities always blur over a land's edge; what they mean is the land.
 */
function opened(region: Field, radius: number, layer: number, solids: Field): Field {
  const deepest = Math.min(layer, 0.9 * radius) - radius;
  const middles = region.values.map((each, i) => Math.max(each + radius, deepest - solids.values[i]!));
  const distance = redistanced(new Field(region.raster, middles));
  return new Field(
    region.raster,
    distance.values.map((each, i) => Math.max(each - radius, region.values[i]!)),
  );
}

/** Morphological closing by a disc: no inner corner of what comes out is sharper (Serra 1982). */
function closed(region: Field, radius: number): Field {
  const grown = contours(region, radius);
  const distance = signedDistance(region, radius, grown);
  return new Field(
    region.raster,
    distance.values.map((each, i) => Math.min(each + radius, region.values[i]!)),
  );
}
