import { describe, expect, it } from 'vitest';
import { triangleShape } from '../elements/triangle6.ts';
import { orientSurface } from '../model/surface.ts';
import { boxMesh, joinMeshes } from '../testing/box-mesh.ts';
import { facetsOfFace } from '../testing/constrained.ts';
import { interfaceSamples } from './interface-samples.ts';

describe('samples of an interface of meshes that do not match', () => {
  const lower = boxMesh({ max: [2, 2, 1], divisions: [2, 2, 1] });
  const mesh = joinMeshes([lower, boxMesh({ min: [1, 0, 1.01], max: [3, 2, 2], divisions: [3, 3, 1] })]);
  orientSurface(mesh);
  const firstUpper = lower.nodes.length / 3;

  it('integrate quadratic fields of both sides exactly over what they have in common', () => {
    const samples = interfaceSamples(mesh, facetsOfFace(mesh, 10), facetsOfFace(mesh, 5), 0.05);
    // x^2 on the upper side, 20 y on the lower: both in the quadratic elements' space.
    const value = (node: number): number =>
      node < firstUpper ? 20 * mesh.nodes[3 * node + 1]! : mesh.nodes[3 * node]! ** 2;
    const at = (facet: number, r: number, s: number): number =>
      triangleShape(r, s).reduce((sum, shape, k) => sum + shape * value(mesh.facets[6 * facet + k]!), 0);
    let integral = 0;
    for (let q = 0; q < samples.count; q++)
      integral +=
        samples.area[q]! *
        (at(samples.slaveFacet[q]!, samples.slaveAt[2 * q]!, samples.slaveAt[2 * q + 1]!) -
          at(samples.masterFacet[q]!, samples.masterAt[2 * q]!, samples.masterAt[2 * q + 1]!));
    // Over x in 1..2, y in 0..2.
    expect(integral).toBeCloseTo((2 * 7) / 3 - 40, 10);
    for (let q = 0; q < samples.count; q++) expect(samples.gap[3 * q + 2]).toBeCloseTo(0.01, 12);
  });

  it('are none beyond the tolerance, and none between faces that look the same way', () => {
    expect(interfaceSamples(mesh, facetsOfFace(mesh, 10), facetsOfFace(mesh, 5), 0.005).count).toBe(0);
    expect(interfaceSamples(mesh, facetsOfFace(mesh, 11), facetsOfFace(mesh, 5), 2).count).toBe(0);
  });
});
