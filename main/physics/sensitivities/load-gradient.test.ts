import { describe, expect, it } from 'vitest';
import { applyLoads, type ResolvedLoad } from '../loads/apply.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { orientSurface } from '../model/surface.ts';
import { TargetFinder } from '../model/target.ts';
import { applyRestraints, type ResolvedRestraint } from '../restraints/apply.ts';
import { multiplyBlocks } from '../restraints/elastic-support.ts';
import { boxMesh } from '../testing/box-mesh.ts';
import { edges, FACE, faces, load, restraint, testBody, vertices } from '../testing/study.ts';
import type { Vec3 } from '../vector.ts';
import { addLoadGradient } from './load-gradient.ts';
import { addSupportGradient } from './support-gradient.ts';

/** A bent box, so that no facet is flat and no weight the same. */
const bent = (): VolumeMesh => {
  const mesh = boxMesh({
    max: [40, 20, 10],
    divisions: [2, 2, 1],
    map: ([x, y, z]) => [x + 0.1 * y + 0.004 * z * z, y - 0.05 * z + 0.003 * x * x, z + 0.002 * x * y],
  });
  orientSurface(mesh);
  return mesh;
};

/** A quarter tube about Z: the wall of a hole, for bearings. Face -X is the inner wall, of radius 10. */
const quarterTube = (): VolumeMesh => {
  const mesh = boxMesh({
    min: [10, -Math.PI / 2, 0],
    max: [20, Math.PI / 2, 8],
    divisions: [1, 6, 1],
    map: ([r, angle, z]) => [r * Math.cos(angle), r * Math.sin(angle), z],
  });
  orientSurface(mesh);
  return mesh;
};

/** Numbers between -1 and 1 that are the same in every run. */
const noise = (count: number, seed: number): Float64Array => {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return (2 * state) / 2_147_483_647 - 1;
  });
};

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, index) => sum + value * b[index]!, 0);
const moved = (mesh: VolumeMesh, movement: Float64Array, step: number): VolumeMesh => ({
  ...mesh,
  nodes: mesh.nodes.map((value, index) => value + step * movement[index]!),
});

const cylinder = (): ReturnType<typeof testBody>['faces'] =>
  testBody([0, 0, 0], [1, 1, 1]).faces.map((face) => ({
    ...face,
    type: 'cylinder',
    axis: { origin_mm: [0, 0, 0] as Vec3, direction: [0, 0, 1] as Vec3 },
  }));

/** The derivative along a random movement: exact, and by central differences of the forces themselves. */
function compare(
  mesh: VolumeMesh,
  loads: ResolvedLoad[],
  faceInfos = cylinder(),
): { exact: number; difference: number } {
  const count = mesh.nodes.length;
  const weights = noise(count, 7);
  const movement = noise(count, 11);
  const gradient = new Float64Array(count);
  addLoadGradient(new TargetFinder(mesh), loads, faceInfos, weights, gradient);
  const step = 1e-5;
  const value = (sign: number): number =>
    dot(weights, applyLoads(new TargetFinder(moved(mesh, movement, sign * step)), loads, faceInfos).forces);
  return { exact: dot(gradient, movement), difference: (value(1) - value(-1)) / (2 * step) };
}

describe('the derivative of nodal forces by the geometry equals central differences', () => {
  const cases: [string, ResolvedLoad][] = [
    ['a force on a face', load({ kind: 'force', force_N: [100, -50, 30] }, faces(FACE.plusX))],
    ['a force on two faces', load({ kind: 'force', force_N: [100, -50, 30] }, faces(FACE.plusX, FACE.plusZ))],
    ['a force on an edge', load({ kind: 'force', force_N: [100, -50, 30] }, edges(3))],
    ['a moment', load({ kind: 'moment', moment_N_mm: [1000, 300, -200] }, faces(FACE.plusX))],
    ['a remote force', load({ kind: 'remote-force', force_N: [10, 20, -30], point_mm: [60, 5, 9] }, faces(FACE.plusX))],
    ['a traction', load({ kind: 'traction', traction_MPa: [1, 2, -3] }, faces(FACE.plusZ))],
    ['a pressure', load({ kind: 'pressure', pressure_MPa: 5 }, faces(FACE.plusZ, FACE.minusY))],
  ];
  it.each(cases)('for %s', (_, one) => {
    const { exact, difference } = compare(bent(), [one]);
    expect(Math.abs(difference)).toBeGreaterThan(1e-3);
    expect(Math.abs(exact / difference - 1)).toBeLessThan(1e-6);
  });

  it('for a pin in a bore', () => {
    const pin = load({ kind: 'bearing', force_N: [300, 100, 0] }, faces(FACE.minusX));
    const { exact, difference } = compare(quarterTube(), [pin]);
    expect(Math.abs(difference)).toBeGreaterThan(1e-2);
    // The pressed half begins between samples: its border is only once differentiable.
    expect(Math.abs(exact / difference - 1)).toBeLessThan(1e-4);
  });

  it('for a force on a point, which follows nothing', () => {
    const { exact, difference } = compare(bent(), [load({ kind: 'force', force_N: [1, 2, 3] }, vertices(7))]);
    expect(exact).toBe(0);
    expect(difference).toBe(0);
  });
});

it('the derivative of an elastic support by the geometry equals central differences', () => {
  const mesh = bent();
  const bed: ResolvedRestraint[] = [
    restraint({ kind: 'elastic-support', normal_N_mm3: 20, tangential_N_mm3: 3 }, faces(FACE.minusZ, FACE.plusX)),
  ];
  const count = mesh.nodes.length;
  const a = noise(count, 3);
  const b = noise(count, 5);
  const movement = noise(count, 11);
  const gradient = new Float64Array(count);
  addSupportGradient(new TargetFinder(mesh), bed, a, b, 1, gradient);
  const value = (sign: number): number => {
    const { addedNodesA, addedNodesB, addedBlocks } = applyRestraints(
      new TargetFinder(moved(mesh, movement, sign * 1e-5)),
      bed,
      testBody([0, 0, 0], [1, 1, 1]).faces,
    );
    const out = new Float64Array(count);
    multiplyBlocks({ nodesA: addedNodesA, nodesB: addedNodesB, blocks: addedBlocks }, b, out);
    return dot(a, out);
  };
  const difference = (value(1) - value(-1)) / 2e-5;
  expect(Math.abs(dot(gradient, movement) / difference - 1)).toBeLessThan(1e-6);
});
