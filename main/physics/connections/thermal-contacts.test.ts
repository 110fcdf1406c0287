import { describe, expect, it } from 'vitest';
import { orientSurface } from '../model/surface.ts';
import { boxMesh, joinMeshes } from '../testing/box-mesh.ts';
import { facetsOfFace } from '../testing/constrained.ts';
import { interfaceSamples } from './interface-samples.ts';
import { thermalContacts } from './thermal-contacts.ts';

describe('heat across a joint of meshes that do not match', () => {
  it('is conductance times area times the jump, and as much leaves one side as enters the other', () => {
    const mesh = joinMeshes([
      boxMesh({ max: [2, 2, 1], divisions: [2, 2, 1] }),
      boxMesh({ min: [1, 0, 1], max: [3, 2, 2], divisions: [3, 3, 1] }),
    ]);
    orientSurface(mesh);
    const samples = interfaceSamples(mesh, facetsOfFace(mesh, 10), facetsOfFace(mesh, 5), 0.01);
    const { offsets, nodes, weights, conductance } = thermalContacts(mesh, [{ samples, conductance_W_m2K: 500 }], 1e6);
    // Slave at 80 + x^2 degC, master at 20 y: both in the quadratic elements' space.
    const temperature = (node: number): number => {
      const [x, y] = mesh.nodes.subarray(3 * node, 3 * node + 2) as unknown as [number, number];
      return node < firstUpper ? 20 * y : 80 + x * x;
    };
    const firstUpper = boxMesh({ max: [2, 2, 1], divisions: [2, 2, 1] }).nodes.length / 3;
    let flow = 0;
    conductance.forEach((value, i) => {
      let jump = 0;
      let balance = 0;
      for (let k = offsets[i]!; k < offsets[i + 1]!; k++) {
        jump += weights[k]! * temperature(nodes[k]!);
        balance += weights[k]!;
      }
      expect(balance).toBeCloseTo(0, 12);
      flow += value * jump;
    });
    // They overlap for x in 1..2, y in 0..2: 0.5 mW/(mm^2 K) times the integral of 80 + x^2 - 20 y.
    expect(flow).toBeCloseTo(0.5 * (160 + (2 * 7) / 3 - 40), 9);
  });
});
