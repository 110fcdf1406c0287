import { describe, expect, it } from 'vitest';
import type { Transform, Vector3 } from '../../../preload/contract/index.ts';
import { barMesh } from '../harness-field.ts';
import { runAtOnce } from '../slices.ts';
import { largestOf, principalGlyphs, vectorGlyphs } from './glyph-instances.ts';
import { atSeeds, seedSurface } from './glyph-seeds.ts';
import { principalFrame } from './principal-directions.ts';

const IDENTITY: Transform = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];
/** Tip and tail of instance i. */
function ends(matrices: Float32Array, i: number): { tip: Vector3; tail: Vector3 } {
  const m = matrices.subarray(16 * i, 16 * i + 16);
  const tip: Vector3 = [m[12]!, m[13]!, m[14]!];
  return { tip, tail: [tip[0] - m[8]!, tip[1] - m[9]!, tip[2] - m[10]!] };
}

describe('principal directions', () => {
  it('finds those of a pure shear at 45 degrees, and keeps a diagonal tensor as it is', () => {
    const shear = principalFrame(0, 0, 0, 40, 0, 0);
    expect(shear.values).toEqual([expect.closeTo(40), expect.closeTo(0), expect.closeTo(-40)]);
    const [x, y, z] = shear.directions[0];
    expect(Math.abs(x + y)).toBeCloseTo(Math.SQRT2, 9);
    expect(z).toBeCloseTo(0, 9);
    expect(principalFrame(1, 3, 2, 0, 0, 0).values).toEqual([3, 2, 1]);
    expect(principalFrame(7, 7, 7, 0, 0, 0).values).toEqual([7, 7, 7]);
  });
  it('satisfies A v = s v for a general tensor', () => {
    const [xx, yy, zz, xy, yz, zx] = [40, -10, 25, 12, -7, 5] as const;
    const { values, directions } = principalFrame(xx, yy, zz, xy, yz, zx);
    directions.forEach((v, i) => {
      expect(xx * v[0] + xy * v[1] + zx * v[2]).toBeCloseTo(values[i]! * v[0], 9);
      expect(xy * v[0] + yy * v[1] + yz * v[2]).toBeCloseTo(values[i]! * v[1], 9);
      expect(zx * v[0] + yz * v[1] + zz * v[2]).toBeCloseTo(values[i]! * v[2], 9);
    });
  });
});

describe('places for glyphs', () => {
  /** The sheet z = 0 of the given size, in cells of the given number. */
  const sheet = (size: number, cells: number): { positions: Float32Array; indices: Uint32Array } => {
    const positions: number[] = [];
    const indices: number[] = [];
    for (let j = 0; j <= cells; j++)
      for (let i = 0; i <= cells; i++) positions.push((size * i) / cells, (size * j) / cells, 0);
    for (let j = 0; j < cells; j++)
      for (let i = 0; i < cells; i++) {
        const a = j * (cells + 1) + i;
        indices.push(a, a + 1, a + cells + 2, a, a + cells + 2, a + cells + 1);
      }
    return { positions: Float32Array.from(positions), indices: Uint32Array.from(indices) };
  };
  it('stand as densely on large triangles as on small ones, never nearer than asked', () => {
    const counts = [1, 8, 60].map((cells) => {
      const { positions, indices } = sheet(100, cells);
      const seeds = runAtOnce(seedSurface(positions, indices, 10));
      const places = atSeeds(seeds, positions, 3);
      let nearest = Infinity;
      for (let i = 0; i < places.length; i += 3)
        for (let j = 0; j < i; j += 3)
          nearest = Math.min(nearest, Math.hypot(places[i]! - places[j]!, places[i + 1]! - places[j + 1]!));
      expect(nearest).toBeGreaterThan(9.99);
      return places.length / 3;
    });
    // Discs of 10 mm distance cover 100 mm squared between loosely and densely packed: about 60 to 116.
    for (const count of counts) expect(count).toBeGreaterThan(60);
    for (const count of counts) expect(count).toBeLessThan(125);
  });
  it('are the same every time, and on both sides of a thin wall', () => {
    const { nodes, surfaceTriangles } = barMesh(40, 40, 1, 8, 8, 1);
    const [one, two] = [0, 1].map(() => runAtOnce(seedSurface(nodes, surfaceTriangles, 8)));
    expect(one).toEqual(two);
    const up = [...one!.normals].filter((_, i) => i % 3 === 2 && one!.normals[i]! > 0.9).length;
    const down = [...one!.normals].filter((_, i) => i % 3 === 2 && one!.normals[i]! < -0.9).length;
    expect(up).toBeGreaterThan(15);
    expect(down).toBeGreaterThan(15);
  });
});

describe('glyphs', () => {
  const seeds = {
    corners: Uint32Array.of(0, 1, 2),
    weights: Float32Array.of(1, 0, 0),
    normals: Float32Array.of(0, 0, 1),
  };
  const look = { length_mm: 10, largest: 4, byValue: true };
  const all = () => true;
  it('go from their place along an outward vector, as long as its value says', () => {
    const { matrices, count } = vectorGlyphs(
      seeds,
      Float32Array.of(1, 2, 3),
      Float32Array.of(0, 0, 2),
      IDENTITY,
      look,
      { plain: [1, 1, 1] },
      all,
    );
    expect(count).toBe(1);
    expect(ends(matrices, 0)).toEqual({ tail: [1, 2, 3], tip: [1, 2, 8] });
  });
  it('end at their place where the vector points inwards', () => {
    const { matrices } = vectorGlyphs(
      seeds,
      Float32Array.of(1, 2, 3),
      Float32Array.of(0, 0, -4),
      IDENTITY,
      look,
      { map: 'turbo' },
      all,
    );
    expect(ends(matrices, 0)).toEqual({ tail: [1, 2, 13], tip: [1, 2, 3] });
  });
  it('point apart under tension and together under compression, along their own directions', () => {
    // 4 along x, -2 along y.
    const { matrices, count } = principalGlyphs(
      Float32Array.of(0, 0, 0),
      Float32Array.of(4, -2, 0, 0, 0, 0),
      IDENTITY,
      look,
      all,
    );
    expect(count).toBe(4);
    const found = [0, 1, 2, 3].map((i) => ends(matrices, i));
    const tension = found.filter(({ tip, tail }) => Math.abs(tip[0] - tail[0]) > 1);
    expect(tension.map(({ tip }) => tip[0]).sort((a, b) => a - b)).toEqual([-5, 5]);
    const compression = found.filter(({ tip, tail }) => Math.abs(tip[1] - tail[1]) > 1);
    expect(compression.every(({ tip }) => Math.hypot(...tip) < 1e-6)).toBe(true);
    expect(compression.map(({ tail }) => tail[1]).sort((a, b) => a - b)).toEqual([-2.5, 2.5]);
  });
  it('are left out where there is next to nothing, or the place is cut away', () => {
    const draw = (z: number, keep: () => boolean): number =>
      vectorGlyphs(seeds, new Float32Array(3), Float32Array.of(0, 0, z), IDENTITY, look, { plain: [1, 1, 1] }, keep)
        .count;
    expect(draw(0.01, all)).toBe(0);
    expect(draw(3, () => false)).toBe(0);
  });
  it('have full length at the largest vector and the largest absolute principal value', () => {
    expect(largestOf(Float32Array.of(1, 0, 0, 0, 3, 4), 3)).toBeCloseTo(5, 6);
    expect(largestOf(Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0), 6)).toBeCloseTo(40, 6);
  });
});
