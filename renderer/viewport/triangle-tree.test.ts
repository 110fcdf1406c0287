import { describe, expect, it } from 'vitest';
import type { Vector3 } from '../../preload/contract/index.ts';
import { runAtOnce } from './slices.ts';
import { TriangleTree } from './triangle-tree.ts';

/** A bumpy sheet of 2 n^2 triangles over 0..1 x 0..1. */
function sheet(n: number): { positions: Float32Array; indices: Uint32Array } {
  const positions = new Float32Array((n + 1) ** 2 * 3);
  const indices = new Uint32Array(n * n * 6);
  for (let j = 0; j <= n; j++)
    for (let i = 0; i <= n; i++)
      positions.set([i / n, j / n, 0.1 * Math.sin(9 * (i / n)) * Math.cos(7 * (j / n))], (j * (n + 1) + i) * 3);
  for (let j = 0; j < n; j++)
    for (let i = 0; i < n; i++) {
      const a = j * (n + 1) + i;
      indices.set([a, a + 1, a + n + 2, a, a + n + 2, a + n + 1], (j * n + i) * 6);
    }
  return { positions, indices };
}

function bruteForce(positions: Float32Array, indices: Uint32Array, origin: Vector3, direction: Vector3): number {
  let best = Infinity;
  for (let t = 0; t < indices.length / 3; t++) {
    const one = runAtOnce(TriangleTree.build(positions, indices.slice(3 * t, 3 * t + 3))).cast(origin, direction);
    if (one && one.t < best) best = one.t;
  }
  return best;
}

describe('the triangle tree', () => {
  const { positions, indices } = sheet(24);
  const tree = runAtOnce(TriangleTree.build(positions, indices));
  it('finds what trying every triangle finds', () => {
    for (let i = 0; i < 12; i++) {
      const origin: Vector3 = [Math.sin(i) * 0.5 + 0.5, Math.cos(3 * i) * 0.5 + 0.5, 1];
      const direction: Vector3 = [Math.sin(7 * i) * 0.3, Math.cos(5 * i) * 0.3, -1];
      const hit = tree.cast(origin, direction);
      expect(hit?.t ?? Infinity).toBeCloseTo(bruteForce(positions, indices, origin, direction), 5);
    }
  });
  it('holds every triangle once', () => {
    expect([...tree.order].sort((a, b) => a - b)).toEqual(Array.from({ length: indices.length / 3 }, (_, i) => i));
  });
  it('tells the outside from the inside, and can refuse a hit', () => {
    expect(tree.cast([0.51, 0.52, 1], [0, 0, -1])?.front).toBe(true);
    expect(tree.cast([0.51, 0.52, -1], [0, 0, 1])?.front).toBe(false);
    expect(tree.cast([0.51, 0.52, 1], [0, 0, -1], Infinity, () => false)).toBeNull();
  });
  it('follows moved positions after a refit', () => {
    const moved = positions.slice();
    const lifted = runAtOnce(TriangleTree.build(moved, indices));
    for (let i = 2; i < moved.length; i += 3) moved[i]! += 5;
    runAtOnce(lifted.refitSliced());
    expect(lifted.cast([0.51, 0.52, 10], [0, 0, -1])!.t).toBeCloseTo(tree.cast([0.51, 0.52, 5], [0, 0, -1])!.t, 4);
  });
  it('visits what a plane crosses', () => {
    const visited = new Set<number>();
    tree.crossing([1, 0, 0], 0.501, (t) => visited.add(t));
    for (let t = 0; t < indices.length / 3; t++) {
      const xs = [0, 1, 2].map((k) => positions[3 * indices[3 * t + k]!]!);
      if (Math.min(...xs) < 0.501 && Math.max(...xs) > 0.501) expect(visited.has(t)).toBe(true);
    }
    expect(visited.size).toBeLessThan(indices.length / 12);
  });
  it('copes with nothing and with one', () => {
    expect(
      runAtOnce(TriangleTree.build(new Float32Array(0), new Uint32Array(0))).cast([0, 0, 1], [0, 0, -1]),
    ).toBeNull();
    const one = runAtOnce(TriangleTree.build(Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0), Uint32Array.of(0, 1, 2)));
    expect(one.cast([0.2, 0.2, 3], [0, 0, -1])!.t).toBeCloseTo(3, 6);
  });
});
