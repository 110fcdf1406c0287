import { describe, expect, it } from 'vitest';
import type { StaticModel } from '../../../native/index.d.ts';
import { boxMesh } from '../testing/box-mesh.ts';
import { isAccurate, sizesForCount, sizeWishes } from './adapt.ts';

const mesh = boxMesh({ max: [40, 10, 10], divisions: [8, 2, 2] });
const count = mesh.elements.length / 10;
const model = {
  nodes: mesh.nodes,
  elements: mesh.elements,
  elementMaterial: new Int32Array(count),
  materials: Float64Array.of(210_000, 0.3, 0, 0),
} as unknown as StaticModel;
const vonMises = new Float64Array(mesh.nodes.length / 3).fill(100);
/** Elements whose corners all lie beyond x = 30 are uncertain. */
const elementError = Float64Array.from({ length: count }, (_, element) =>
  [0, 1, 2, 3].every((k) => mesh.nodes[3 * mesh.elements[10 * element + k]!]! >= 30) ? 1 : 1e-6,
);
const solution = { elementError, vonMises, relativeEnergyError: 0.05 };

describe('refinement by a first solution', () => {
  it('asks for smaller elements where the error is, and nowhere else', () => {
    const wishes = sizeWishes(model, solution, [], 0.1, 1e6);
    expect(wishes.length).toBeGreaterThan(10);
    for (const { point, size_mm, radius_mm } of wishes) {
      expect(point[0]).toBeGreaterThan(24);
      expect(size_mm).toBeLessThan(2 * radius_mm);
    }
  });

  it('leaves singular places alone', () => {
    const singular = [...Array(mesh.nodes.length / 3).keys()].filter((node) => mesh.nodes[3 * node] === 40);
    // Nor do they speak for their neighbours.
    expect(sizeWishes(model, solution, singular, 0.1, 1e6)).toEqual([]);
  });

  it('gives way where all wishes together are too many, and is silent on a good mesh', () => {
    const free = sizeWishes(model, solution, [], 0.1, 1e6);
    const bounded = sizeWishes(model, solution, [], 0.1, 500);
    expect(bounded[0]!.size_mm).toBeGreaterThan(free[0]!.size_mm);
    expect(sizeWishes(model, { ...solution, relativeEnergyError: 1e-4 }, [], 0.1, 1e6)).toEqual([]);
  });
});

describe('a first solution is the last', () => {
  const nothing = new Float64Array(count).fill(1e-9);

  it('where its stress is certain everywhere, or nearly exact in energy', () => {
    const fair = { elementError: nothing, vonMises, relativeEnergyError: 0.01 };
    expect(isAccurate(model, fair, [])).toBe(true);
    const noStress = new Float64Array(vonMises.length);
    expect(isAccurate(model, { elementError, vonMises: noStress, relativeEnergyError: 1e-9 }, [])).toBe(true);
  });

  it('not where one element is uncertain, unless the stress is singular there', () => {
    const one = nothing.slice();
    const corner = elementError.indexOf(1);
    // Over its volume of about 10 mm^3 that is an error of 2 MPa of 100: sqrt(E / V) times the energy norm.
    one[corner] = 0.014;
    const doubtful = { elementError: one, vonMises, relativeEnergyError: 0.01 };
    expect(isAccurate(model, doubtful, [])).toBe(false);
    expect(isAccurate(model, doubtful, mesh.elements.subarray(10 * corner, 10 * corner + 4))).toBe(true);
  });

  it('not where the error in energy is large, wherever it comes from', () => {
    expect(isAccurate(model, { elementError: nothing, vonMises, relativeEnergyError: 0.04 }, [])).toBe(false);
  });
});

describe('sizes for a number of elements', () => {
  const limits = { largest_mm: 5, smallest_mm: 0.5, elements: 3 * count };
  const asked = (wishes: ReturnType<typeof sizesForCount>, from: number, to: number) =>
    wishes.filter(({ point }) => point[0] > from && point[0] < to);

  it('are small where the error is, and bounded below', () => {
    const wishes = sizesForCount(mesh, elementError, [], limits);
    expect(asked(wishes, 30, 40).length).toBeGreaterThan(5);
    expect(asked(wishes, 0, 20)).toEqual([]);
    for (const { size_mm } of wishes) expect(size_mm).toBeGreaterThanOrEqual(0.5);
    const more = sizesForCount(mesh, elementError, [], { ...limits, elements: 10 * count });
    expect(Math.min(...more.map(({ size_mm }) => size_mm))).toBeLessThan(
      Math.min(...wishes.map(({ size_mm }) => size_mm)),
    );
  });

  it('are smaller around what is asked for than elsewhere', () => {
    const even = new Float64Array(count).fill(1);
    const wishes = sizesForCount(mesh, even, [[0, 5, 5]], { ...limits, elements: 2 * count });
    const least = (from: number, to: number): number =>
      Math.min(5, ...asked(wishes, from, to).map(({ size_mm }) => size_mm));
    expect(least(0, 8)).toBeLessThan(0.8 * least(25, 40));
  });
});
