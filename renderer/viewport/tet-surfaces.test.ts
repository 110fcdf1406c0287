import { describe, expect, it } from 'vitest';
import { carry } from './field/carriers.ts';
import { barMesh } from './harness-field.ts';
import { runAtOnce } from './slices.ts';
import { cutTets, isoSurface, surfaceArea, type TetSurface } from './tet-surfaces.ts';

const mesh = barMesh(10, 4, 6, 6, 3, 4);
const n = mesh.nodes.length / 3;
const nodal = (f: (x: number, y: number, z: number) => number): Float32Array =>
  Float32Array.from({ length: n }, (_, i) => f(mesh.nodes[3 * i]!, mesh.nodes[3 * i + 1]!, mesh.nodes[3 * i + 2]!));
const cut = (plane: [number, number, number, number]): TetSurface =>
  runAtOnce(cutTets(mesh.nodes, mesh.elements, plane));
const carried = (values: Float32Array, surface: TetSurface, size = 1): Float32Array =>
  carry({ a: values, b: null, blend: 0 }, size, surface);

describe('surfaces through tetrahedra', () => {
  it('cuts a bar across with the area of its section, wherever the plane lies', () => {
    for (const x of [0.1, 3.3, 5, 9.99]) expect(surfaceArea(cut([1, 0, 0, x]))).toBeCloseTo(24, 3);
  });
  it('cuts obliquely with the exact area', () => {
    const s = Math.SQRT1_2;
    // z = x within the bar: a rectangle of 4 by 6 root 2.
    expect(surfaceArea(cut([s, 0, -s, 0]))).toBeCloseTo(4 * 6 * Math.SQRT2, 3);
  });
  it('carries a linear field exactly onto the cut', () => {
    const f = (x: number, y: number, z: number): number => 2 * x - y + 3 * z;
    const surface = cut([0, 0, 1, 2.7]);
    const { positions } = surface;
    const values = carried(nodal(f), surface);
    expect(values.length).toBeGreaterThan(50);
    for (let i = 0; i < values.length; i++)
      expect(values[i]).toBeCloseTo(f(positions[3 * i]!, positions[3 * i + 1]!, positions[3 * i + 2]!), 3);
  });
  it('finds the level surface of a linear field, and of a round one nearly', () => {
    const flat = runAtOnce(
      isoSurface(
        mesh.nodes,
        mesh.elements,
        nodal((x) => x),
        4.2,
      ),
    );
    expect(surfaceArea(flat)).toBeCloseTo(24, 3);
    const fine = barMesh(4, 4, 4, 12, 12, 12);
    const r = Float32Array.from({ length: fine.nodes.length / 3 }, (_, i) =>
      Math.hypot(fine.nodes[3 * i]! - 2, fine.nodes[3 * i + 1]! - 2, fine.nodes[3 * i + 2]! - 2),
    );
    const ball = runAtOnce(isoSurface(fine.nodes, fine.elements, r, 1.5));
    expect(Math.abs(surfaceArea(ball) / (4 * Math.PI * 1.5 ** 2) - 1)).toBeLessThan(0.01);
    // Normals point uphill, here outwards, within a few degrees of the ball's own.
    let worst = 1;
    for (let i = 0; i < ball.positions.length; i += 3) {
      const p = [0, 1, 2].map((k) => ball.positions[i + k]! - 2);
      worst = Math.min(worst, p.reduce((sum, x, k) => sum + x * ball.normals[i + k]!, 0) / Math.hypot(...p));
    }
    expect(worst).toBeGreaterThan(0.95);
  });
  it('shares its points between neighbours, and knows the element of each triangle', () => {
    const surface = cut([1, 0, 0, 4.3]);
    expect(surface.positions.length / 3).toBeLessThan(surface.indices.length / 2);
    for (const [triangle, element] of surface.element.entries()) {
      const own = new Set(mesh.elements.subarray(10 * element, 10 * element + 10));
      for (let k = 0; k < 3; k++) {
        const point = surface.indices[3 * triangle + k]!;
        expect(own.has(surface.from[point]!) && own.has(surface.to[point]!)).toBe(true);
      }
    }
  });
  it('moves with the displacement', () => {
    const surface = cut([1, 0, 0, 5]);
    const moved = carried(new Float32Array(3 * n).fill(0.5), surface, 3);
    expect(moved.length).toBe(surface.positions.length);
    expect(moved.every((v) => Math.abs(v - 0.5) < 1e-6)).toBe(true);
  });
  it('is empty where nothing is cut', () => {
    expect(cut([1, 0, 0, 50]).indices.length).toBe(0);
  });
});
