import { expect, test } from 'vitest';
import type { VolumeMesh } from '../model/mesh.ts';
import { boxMesh } from '../testing/box-mesh.ts';
import { imbalance } from './equilibrium.ts';

const mesh = boxMesh({
  max: [30, 20, 20],
  divisions: [3, 2, 2],
  map: ([x, y, z]) => [x + 0.02 * y * z, y, z + 0.01 * x * y],
});
const POISSON = 0.3;

const freeOf = ({ nodes, facets }: VolumeMesh): Uint8Array => {
  const free = new Uint8Array(nodes.length / 3).fill(1);
  for (const node of facets) free[node] = 0;
  return free;
};
const isFree = freeOf(mesh);
const at = (value: (x: number, y: number, z: number) => number[]): Float64Array => {
  const values: number[] = [];
  for (let i = 0; i < mesh.nodes.length; i += 3)
    values.push(...value(mesh.nodes[i]!, mesh.nodes[i + 1]!, mesh.nodes[i + 2]!));
  return Float64Array.from(values);
};
const ofDisplacement = (values: Float64Array, poisson = POISSON): number =>
  imbalance({ nodes: mesh.nodes, elements: mesh.elements, isFree, field: { kind: 'displacement', values, poisson } });

test('constant stress and constant heat flux are in balance on curved elements, to rounding', () => {
  const stretched = at((x, y, z) => [1e-3 * x + 2e-4 * z, -3e-4 * y + 1e-4 * x, 5e-4 * z]);
  expect(isFree.some((free) => free)).toBe(true);
  expect(ofDisplacement(stretched)).toBeLessThan(1e-10);
  const values = at((x, y, z) => [20 + 3 * x - y + 2 * z]);
  expect(
    imbalance({ nodes: mesh.nodes, elements: mesh.elements, isFree, field: { kind: 'temperature', values } }),
  ).toBeLessThan(1e-10);
});

test('pure bending is in balance for its own Poisson ratio alone, and whatever its size', () => {
  // S. P. Timoshenko and J. N. Goodier, Theory of Elasticity, article 102; quadratic: straight elements carry it exactly.
  const straight = boxMesh({ max: [30, 20, 20], divisions: [3, 2, 2] });
  const bent = Float64Array.from({ length: straight.nodes.length }, (_, i) => {
    const [x, y, z] = [0, 1, 2].map((axis) => straight.nodes[i - (i % 3) + axis]!) as [number, number, number];
    return [x * z, -POISSON * y * z, -(x * x + POISSON * (z * z - y * y)) / 2][i % 3]!;
  });
  const of = (values: Float64Array, poisson: number): number =>
    imbalance({
      nodes: straight.nodes,
      elements: straight.elements,
      isFree: freeOf(straight),
      field: { kind: 'displacement', values, poisson },
    });
  expect(of(bent, POISSON)).toBeLessThan(1e-10);
  expect(
    of(
      bent.map((u) => 1e-6 * u),
      POISSON,
    ),
  ).toBeLessThan(1e-10);
  expect(of(bent, 0.1)).toBeGreaterThan(0.05);
});

test('a field that knows nothing of its body is out of balance by about its own size', () => {
  const noise = at((x, y, z) => [1, 2, 3].map((k) => Math.sin(12.9898 * k * x + 78.233 * y + 37.719 * k * z)));
  expect(ofDisplacement(noise)).toBeGreaterThan(0.7);
});
