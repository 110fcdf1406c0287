import { describe, expect, it } from 'vitest';
import { barMesh } from './harness-field.ts';
import { runAtOnce } from './slices.ts';
import { cutTets, isoSurface, surfaceArea } from './tet-surfaces.ts';

const mesh = barMesh(10, 4, 6, 6, 3, 4);
const n = mesh.nodes.length / 3;
const nodal = (f: (x: number, y: number, z: number) => number): Float32Array =>
  Float32Array.from({ length: n }, (_, i) => f(mesh.nodes[3 * i]!, mesh.nodes[3 * i + 1]!, mesh.nodes[3 * i + 2]!));

describe('surfaces through tetrahedra', () => {
  it('cuts a bar across with the area of its section, wherever the plane lies', () => {
    for (const x of [0.1, 3.3, 5, 9.99]) {
      const cut = runAtOnce(
        cutTets(
          mesh.nodes,
          mesh.elements,
          nodal(() => 1),
          null,
          [1, 0, 0, x],
        ),
      );
      expect(surfaceArea(cut)).toBeCloseTo(24, 3);
    }
  });
  it('cuts obliquely with the exact area', () => {
    const s = Math.SQRT1_2;
    // z = x within the bar: a rectangle of 4 by 6 root 2.
    const cut = runAtOnce(
      cutTets(
        mesh.nodes,
        mesh.elements,
        nodal(() => 1),
        null,
        [s, 0, -s, 0],
      ),
    );
    expect(surfaceArea(cut)).toBeCloseTo(4 * 6 * Math.SQRT2, 3);
  });
  it('carries a linear field exactly onto the cut', () => {
    const f = (x: number, y: number, z: number): number => 2 * x - y + 3 * z;
    const cut = runAtOnce(cutTets(mesh.nodes, mesh.elements, nodal(f), null, [0, 0, 1, 2.7]));
    for (let i = 0; i < cut.values.length; i++)
      expect(cut.values[i]).toBeCloseTo(
        f(cut.positions[3 * i]!, cut.positions[3 * i + 1]!, cut.positions[3 * i + 2]!),
        3,
      );
  });
  it('finds the level surface of a linear field, and of a round one nearly', () => {
    const flat = runAtOnce(
      isoSurface(
        mesh.nodes,
        mesh.elements,
        nodal((x) => x),
        null,
        4.2,
      ),
    );
    expect(surfaceArea(flat)).toBeCloseTo(24, 3);
    const fine = barMesh(4, 4, 4, 12, 12, 12);
    const r = Float32Array.from({ length: fine.nodes.length / 3 }, (_, i) =>
      Math.hypot(fine.nodes[3 * i]! - 2, fine.nodes[3 * i + 1]! - 2, fine.nodes[3 * i + 2]! - 2),
    );
    const ball = runAtOnce(isoSurface(fine.nodes, fine.elements, r, null, 1.5));
    expect(Math.abs(surfaceArea(ball) / (4 * Math.PI * 1.5 ** 2) - 1)).toBeLessThan(0.01);
  });
  it('moves with the displacement', () => {
    const d = new Float32Array(3 * n).fill(0.5);
    const cut = runAtOnce(
      cutTets(
        mesh.nodes,
        mesh.elements,
        nodal(() => 1),
        d,
        [1, 0, 0, 5],
      ),
    );
    expect(cut.displacements.every((v) => Math.abs(v - 0.5) < 1e-6)).toBe(true);
  });
  it('is empty where nothing is cut', () => {
    expect(
      runAtOnce(
        cutTets(
          mesh.nodes,
          mesh.elements,
          nodal(() => 1),
          null,
          [1, 0, 0, 50],
        ),
      ).values.length,
    ).toBe(0);
  });
});
