import { describe, expect, it } from 'vitest';
import { orientSurface } from '../model/surface.ts';
import { symmetricEigen } from '../stability/eigen.ts';
import { boxMesh } from '../testing/box-mesh.ts';
import type { Vec3 } from '../vector.ts';
import { Locator } from './locate.ts';
import { safetyFactorOf, strengthOf } from './quantities.ts';
import { reentrantEdges } from './singularities.ts';
import { principalOf, vonMisesOf } from './tensor.ts';

/** A strip folded by a right angle: its upper side becomes face 5 and face 6, which meet at 270 degrees of material. */
function folded(up: boolean) {
  const mesh = boxMesh({
    max: [40, 10, 10],
    divisions: [4, 1, 1],
    map: ([x, y, z]) => {
      const s = x / 20;
      if (s <= 1) return [s * (30 - z), y, z];
      return up ? [30 - z, y, z + (s - 1) * (40 - z)] : [30 - z + (s - 1) * 20, y, z];
    },
  });
  mesh.facetFace.forEach((face, facet) => {
    const middle = mesh.facets.subarray(6 * facet, 6 * facet + 3);
    const x = Math.max(...Array.from(middle, (node) => mesh.nodes[3 * node]!));
    const z = Math.max(...Array.from(middle, (node) => mesh.nodes[3 * node + 2]!));
    if (face === 5 && (up ? z > 10.001 : x > 20.001)) mesh.facetFace[facet] = 6;
  });
  orientSurface(mesh);
  return mesh;
}

describe('sharp inner edges', () => {
  it('are found by the angle at which two faces meet, and only where that is re-entrant', () => {
    const edges = reentrantEdges(folded(true));
    expect(edges).toHaveLength(1);
    expect(edges[0]!.faces).toEqual([5, 6]);
    expect(edges[0]!.angle_deg).toBeCloseTo(270, 6);
  });

  it('are not seen on a box, nor where two faces go on smoothly', () => {
    expect(reentrantEdges(folded(false))).toEqual([]);
    const box = boxMesh({ max: [1, 1, 1], divisions: [1, 1, 1] });
    orientSurface(box);
    expect(reentrantEdges(box)).toEqual([]);
  });
});

describe('facets', () => {
  it('are turned outward by their own element', () => {
    const mesh = boxMesh({ max: [3, 2, 1], divisions: [2, 2, 1] });
    const { turned, uncovered } = orientSurface(mesh);
    expect(turned).toBeGreaterThan(0);
    expect(uncovered).toBe(0);
    expect(orientSurface(mesh).turned).toBe(0);
    const dropped = { ...mesh, facets: mesh.facets.slice(6), facetFace: mesh.facetFace.slice(1) };
    expect(orientSurface(dropped).uncovered).toBe(1);
  });
});

describe('tensors', () => {
  it('have the principal values of their matrix', () => {
    for (const tensor of [
      [10, -4, 3, 2, -1, 5],
      [1, 1, 1, 0, 0, 0],
      [5, 5, -2, 0, 0, 0],
      [0, 0, 0, 3, 0, 0],
    ] as [number, number, number, number, number, number][]) {
      const [xx, yy, zz, xy, yz, zx] = tensor;
      const { values } = symmetricEigen([xx, xy, zx, xy, yy, yz, zx, yz, zz], 3);
      const got = principalOf(...tensor);
      [...values].reverse().forEach((value, index) => {
        expect(got[index]).toBeCloseTo(value, 10);
      });
      const [a, b, c] = got;
      expect(vonMisesOf(...tensor)).toBeCloseTo(Math.sqrt(((a - b) ** 2 + (b - c) ** 2 + (c - a) ** 2) / 2), 10);
    }
  });

  it('give safety factors by yield for ductile and by principal stress for brittle materials', () => {
    const base = { young_MPa: 1, poisson: 0, density_kg_m3: 1 };
    expect(safetyFactorOf(strengthOf('s', { ...base, yield_MPa: 200, ultimate_MPa: 300 }), 100, 0, 0)).toBe(2);
    const brittle = strengthOf('g', { ...base, ultimate_MPa: 50, compressive_MPa: 500 });
    expect(safetyFactorOf(brittle, 0, 25, -100)).toBe(2);
    expect(safetyFactorOf(brittle, 0, 5, -250)).toBe(2);
    expect(safetyFactorOf(brittle, 0, -5, -5)).toBe(100);
    expect(strengthOf('x', base)).toBeNull();
  });
});

describe('finding points', () => {
  const mesh = boxMesh({ max: [4, 2, 1], divisions: [3, 2, 2], map: ([x, y, z]) => [x, y + 0.05 * x * x, z] });
  const locator = new Locator(mesh.nodes, mesh.elements);
  const interpolate = (point: Vec3) => {
    const found = locator.locate(point);
    return [0, 1, 2].map((axis) =>
      found.shape.reduce(
        (sum, weight, k) => sum + weight * mesh.nodes[3 * mesh.elements[10 * found.element + k]! + axis]!,
        0,
      ),
    );
  };

  it('gives back the point itself in curved elements', () => {
    for (const [x, y, z] of [
      [0.1, 0.2, 0.3],
      [3.9, 1.9, 0.95],
      [2, 1, 0.5],
      [1.234, 0.777, 0.5],
    ] as Vec3[]) {
      const point: Vec3 = [x, y + 0.05 * x * x, z];
      expect(locator.locate(point).inside).toBe(true);
      interpolate(point).forEach((value, axis) => {
        expect(value).toBeCloseTo(point[axis]!, 9);
      });
    }
  });

  it('gives the nearest point of the surface for one outside', () => {
    const { inside, distance_mm } = locator.locate([2, 1.2, 3]);
    expect(inside).toBe(false);
    expect(distance_mm).toBeCloseTo(2, 6);
    expect(locator.locate([100, 0, 0]).distance_mm).toBeGreaterThan(95);
  });
});
