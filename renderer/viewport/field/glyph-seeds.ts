/** Places for glyphs, spread evenly over a triangulated surface whatever its triangles' sizes are. Pure, and always the same. */
import type { SlicedWork } from '../slices.ts';

/** Place i lies in the triangle of the points `corners[3 i ..]` with these weights. */
export interface GlyphSeeds {
  corners: Uint32Array;
  weights: Float32Array;
  /** Unit normal of the triangle. */
  normals: Float32Array;
}

/** A triangle much larger than the spacing is looked at in this many steps a side at most. */
const MOST_STEPS = 400;

/**
 * Takes places one after the other, none nearer than `spacing` (mm) to one before it that looks the same way: thin walls get
 * glyphs on both sides.
 */
export function* seedSurface(positions: Float32Array, indices: Uint32Array, spacing: number): SlicedWork<GlyphSeeds> {
  const corners: number[] = [];
  const weights: number[] = [];
  const normals: number[] = [];
  const places: number[] = [];
  const cells = new Map<string, number[]>();
  const reach = spacing * spacing;
  const cellOf = (x: number): number => Math.floor(x / spacing);
  const taken = (x: number, y: number, z: number, nx: number, ny: number, nz: number): boolean => {
    const [cx, cy, cz] = [cellOf(x), cellOf(y), cellOf(z)];
    for (let i = -1; i <= 1; i++)
      for (let j = -1; j <= 1; j++)
        for (let k = -1; k <= 1; k++)
          for (const other of cells.get(`${cx + i},${cy + j},${cz + k}`) ?? []) {
            const dx = places[3 * other]! - x;
            const dy = places[3 * other + 1]! - y;
            const dz = places[3 * other + 2]! - z;
            const sameSide = normals[3 * other]! * nx + normals[3 * other + 1]! * ny + normals[3 * other + 2]! * nz > 0;
            if (sameSide && dx * dx + dy * dy + dz * dz < reach) return true;
          }
    return false;
  };
  let looked = 0;
  for (let t = 0; t + 2 < indices.length; t += 3) {
    const [a, b, c] = [indices[t]!, indices[t + 1]!, indices[t + 2]!];
    const p = (v: number, k: number): number => positions[3 * v + k]!;
    const u = [0, 1, 2].map((k) => p(b, k) - p(a, k)) as [number, number, number];
    const v = [0, 1, 2].map((k) => p(c, k) - p(a, k)) as [number, number, number];
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]] as const;
    const l = Math.hypot(...n);
    if (!(l > 0)) continue;
    const [nx, ny, nz] = [n[0] / l, n[1] / l, n[2] / l];
    const longest = Math.max(Math.hypot(...u), Math.hypot(...v), Math.hypot(v[0] - u[0], v[1] - u[1], v[2] - u[2]));
    // Candidates twice as near as glyphs may stand, so that hardly a gap stays.
    const steps = Math.min(MOST_STEPS, Math.max(1, Math.ceil((2 * longest) / spacing)));
    for (let i = 0; i < steps; i++)
      for (let j = 0; i + j < steps; j++) {
        const s = (i + 1 / 3) / steps;
        const r = (j + 1 / 3) / steps;
        const at = [0, 1, 2].map((k) => p(a, k) + u[k]! * s + v[k]! * r) as [number, number, number];
        if (!taken(...at, nx, ny, nz)) {
          const key = at.map(cellOf).join();
          const cell = cells.get(key);
          if (cell) cell.push(places.length / 3);
          else cells.set(key, [places.length / 3]);
          places.push(...at);
          corners.push(a, b, c);
          weights.push(1 - s - r, s, r);
          normals.push(nx, ny, nz);
        }
        if (++looked % 500 === 0) yield;
      }
  }
  return {
    corners: Uint32Array.from(corners),
    weights: Float32Array.from(weights),
    normals: Float32Array.from(normals),
  };
}

/** `size` numbers at every place, from those at the points of the surface. */
export function atSeeds(seeds: GlyphSeeds, values: Float32Array, size: number): Float32Array {
  const count = seeds.corners.length / 3;
  const out = new Float32Array(count * size);
  for (let i = 0; i < count; i++)
    for (let corner = 0; corner < 3; corner++) {
      const w = seeds.weights[3 * i + corner]!;
      const point = seeds.corners[3 * i + corner]!;
      for (let k = 0; k < size; k++) out[i * size + k]! += w * values[point * size + k]!;
    }
  return out;
}
