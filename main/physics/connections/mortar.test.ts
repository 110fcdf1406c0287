import { describe, expect, it } from 'vitest';
import type { StaticSolution } from '../../../native/index.d.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { orientSurface } from '../model/surface.ts';
import { requireCore } from '../native-core.ts';
import { boxMesh, joinMeshes } from '../testing/box-mesh.ts';
import { constrainedModel, facetsOfFace } from '../testing/constrained.ts';
import { at, type Vec3 } from '../vector.ts';
import { EquationSystem } from './equations.ts';
import { interfaceSamples } from './interface-samples.ts';
import { joinByMortar } from './mortar.ts';

/** u = H x, with strains that give this stress (E = 200,000, nu = 0.3). */
const GRADIENT = [
  [1e-3, 4e-4, -2e-4],
  [3e-4, -5e-4, 7e-4],
  [-6e-4, 2e-4, 8e-4],
];
const exact = (point: Vec3): Vec3 =>
  GRADIENT.map((row) => row[0]! * point[0] + row[1]! * point[1] + row[2]! * point[2]) as Vec3;
const LAMBDA = (200_000 * 0.3) / (1.3 * 0.4);
const MU = 200_000 / 2.6;
const STRAIN = [1e-3, -5e-4, 8e-4, 7e-4, 9e-4, -8e-4];
const STRESS = STRAIN.map((e, i) => (i < 3 ? LAMBDA * 1.3e-3 + 2 * MU * e : MU * e));

/** A box of 2 x 2 x 1 with another of 2 x 2 x 1.5 on it whose mesh does not match. */
function stack(gap = 0): VolumeMesh {
  const mesh = joinMeshes([
    boxMesh({ max: [2, 2, 1], divisions: [2, 2, 1] }),
    boxMesh({ min: [0, 0, 1 + gap], max: [2, 2, 2.5 + gap], divisions: [3, 3, 2] }),
  ]);
  orientSurface(mesh);
  return mesh;
}
const FACE = { lowerTop: 5, upperBottom: 10 };

function worstStress(solution: StaticSolution, meshNodes: number, stress = STRESS): number {
  let worst = 0;
  for (let node = 0; node < meshNodes; node++)
    stress.forEach((wanted, i) => {
      worst = Math.max(worst, Math.abs(solution.stress[6 * node + i]! - wanted));
    });
  return worst / Math.max(...stress.map(Math.abs));
}

describe('bodies joined across meshes that do not match', () => {
  it.each([
    ['the finer side as slave', 'upperBottom', 'lowerTop'],
    ['the coarser side as slave', 'lowerTop', 'upperBottom'],
  ] as const)('pass the patch test of constant stress to 1e-8: %s', async (_, slave, master) => {
    const mesh = stack();
    const outer = (p: Vec3): boolean => p[0] < 1e-9 || p[0] > 2 - 1e-9 || p[1] < 1e-9 || p[1] > 2 - 1e-9;
    const isHeld = (p: Vec3): boolean => outer(p) || p[2] < 1e-9 || p[2] > 2.5 - 1e-9;
    const system = new EquationSystem(mesh.nodes);
    const slaveFacets = facetsOfFace(mesh, FACE[slave]);
    const samples = interfaceSamples(mesh, slaveFacets, facetsOfFace(mesh, FACE[master]), 0.01);
    expect(samples.area.reduce((sum, area) => sum + area, 0)).toBeCloseTo(4, 12);
    const { area_mm2 } = joinByMortar(system, mesh, slaveFacets, samples, null, (node) => isHeld(at(mesh.nodes, node)));
    expect(area_mm2).toBeCloseTo(4, 12);
    const model = constrainedModel(mesh, system, { held: (p) => (isHeld(p) ? exact(p) : null) });
    const solution = await requireCore().solveStatic(model, { method: 'direct' });
    let worst = 0;
    for (let node = 0; node < system.meshNodeCount; node++)
      exact(at(mesh.nodes, node)).forEach((value, axis) => {
        worst = Math.max(worst, Math.abs(solution.displacement[3 * node + axis]! - value));
      });
    expect(worst).toBeLessThan(1e-8 * 3e-3);
    expect(worstStress(solution, system.meshNodeCount)).toBeLessThan(1e-8);
  });

  const join = (mesh: VolumeMesh, tolerance: number, isHeld: (p: Vec3) => boolean): EquationSystem => {
    const system = new EquationSystem(mesh.nodes);
    const slaveFacets = facetsOfFace(mesh, FACE.upperBottom);
    const samples = interfaceSamples(mesh, slaveFacets, facetsOfFace(mesh, FACE.lowerTop), tolerance);
    joinByMortar(system, mesh, slaveFacets, samples, null, (node) => isHeld(at(mesh.nodes, node)));
    return system;
  };
  const onBottom = (p: Vec3): boolean => p[2] < 1e-9;

  it('are not strained by a rotation as one, even across a gap', async () => {
    const mesh = stack(0.05);
    const turn = (p: Vec3): Vec3 => [0.02 * p[2] - 0.03 * p[1], 0.03 * p[0] - 0.01 * p[2], 0.01 * p[1] - 0.02 * p[0]];
    const system = join(mesh, 0.1, onBottom);
    const model = constrainedModel(mesh, system, { held: (p) => (onBottom(p) ? turn(p) : null) });
    const solution = await requireCore().solveStatic(model, { method: 'direct' });
    let worst = 0;
    for (let node = 0; node < system.meshNodeCount; node++)
      turn(at(mesh.nodes, node)).forEach((value, axis) => {
        worst = Math.max(worst, Math.abs(solution.displacement[3 * node + axis]! - value));
      });
    expect(worst).toBeLessThan(1e-10);
    expect(Math.max(...solution.vonMises)).toBeLessThan(1e-8 * 200_000 * 0.03);
  });

  it('pass exactly the applied force on, whichever way it is solved', async () => {
    const mesh = stack();
    const system = join(mesh, 0.01, onBottom);
    const model = constrainedModel(mesh, system, { held: (p) => (onBottom(p) ? [0, 0, 0] : null) });
    const applied: Vec3 = [30, -20, 50];
    const top = [...Array(system.meshNodeCount).keys()].filter((node) => mesh.nodes[3 * node + 2]! > 2.5 - 1e-9);
    for (const node of top)
      model.forces.set(
        applied.map((value) => value / top.length),
        3 * node,
      );
    const direct = await requireCore().solveStatic(model, { method: 'direct' });
    const iterated = await requireCore().solveStatic(model, { method: 'multigrid', tolerance: 1e-11 });
    for (const solution of [direct, iterated]) {
      const onUpper = [0, 0, 0];
      for (let k = 0; k < system.count; k++)
        system.eachTerm(k, (node, ...coefficient) => {
          if (node >= system.meshNodeCount || node < firstUpper(mesh)) return;
          coefficient.forEach((value, axis) => {
            onUpper[axis]! += value * solution.constraintForces[k]!;
          });
        });
      const reaction = [0, 1, 2].map((axis) =>
        solution.reactions.reduce((sum, v, i) => sum + (i % 3 === axis ? v : 0), 0),
      );
      applied.forEach((value, axis) => {
        expect(onUpper[axis]! / -value).toBeCloseTo(1, 7);
        expect(reaction[axis]! / -value).toBeCloseTo(1, 7);
      });
    }
    const largest = Math.max(...direct.displacement.map(Math.abs));
    direct.displacement.forEach((value, i) => {
      expect(Math.abs(value - iterated.displacement[i]!)).toBeLessThan(1e-7 * largest);
    });
    expect(iterated.iterations).toBeLessThan(40);
  });
});

/** Nodes of the second box come after those of the first. */
const firstUpper = (mesh: VolumeMesh): number => {
  const first = mesh.elementSolid.indexOf(1);
  return Math.min(...mesh.elements.subarray(10 * first));
};
