import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../preload/contract/studies.ts';
import { buildModel } from '../model/build.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { orientSurface } from '../model/surface.ts';
import type { Target } from '../model/target.ts';
import { requireCore } from '../native-core.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import { boxMesh, joinMeshes } from '../testing/box-mesh.ts';
import { faces, load, restraint, testBody } from '../testing/study.ts';
import { blameConnections } from './blame.ts';
import { meshSolution } from './extend-model.ts';
import { appliedForce, connectionReactions, reportConnections } from './report.ts';
import type { ResolvedConnection } from './resolve.ts';
import { tightenBolts } from './tighten.ts';

/** Faces of the lower box are 0-5, of the upper 6-11. */
const LOWER = { minusX: 0, bottom: 4, top: 5 };
const UPPER = { bottom: 10, top: 11 };

function stack(gap = 0): { mesh: VolumeMesh; bodies: ReturnType<typeof testBody>[] } {
  const mesh = joinMeshes([
    boxMesh({ max: [10, 10, 4], divisions: [2, 2, 1] }),
    boxMesh({ min: [0, 0, 4 + gap], max: [10, 10, 10 + gap], divisions: [3, 3, 2] }),
  ]);
  orientSurface(mesh);
  return {
    mesh,
    bodies: [testBody([0, 0, 0], [10, 10, 4], 0), testBody([0, 0, 4 + gap], [10, 10, 10 + gap], 1)],
  };
}

type Loose<T> = T extends unknown ? Omit<T, 'id' | 'name' | 'on' | 'to'> : never;
const connect = (what: Loose<Connection>, target?: Target, to?: Target): ResolvedConnection => ({
  connection: { id: 'c', name: what.kind, on: [], to: [], ...what } as unknown as Connection,
  ...(target ? { target } : {}),
  ...(to ? { to } : {}),
});
const clamp = restraint({ kind: 'fixed' }, faces(LOWER.bottom));
const push = load({ kind: 'force', force_N: [0, 0, -100] }, faces(UPPER.top));
const build = (restraints: ResolvedRestraint[], connections: ResolvedConnection[], gap = 0) => {
  const { mesh, bodies } = stack(gap);
  return { mesh, ...buildModel(mesh, bodies, restraints, [push], null, connections) };
};

describe('bonded bodies of which one has the finer mesh', () => {
  it.each([
    ['halves the edges of the other', [1, 2]],
    ['does not fit the other', [2, 3]],
  ] as const)('pass constant stress on exactly, over the whole face, where it %s', async (_, [coarse, fine]) => {
    const mesh = joinMeshes([
      boxMesh({ max: [50, 12, 8], divisions: [4, coarse, coarse] }),
      boxMesh({ min: [50, 0, 0], max: [100, 12, 8], divisions: [4, fine, fine] }),
    ]);
    orientSurface(mesh);
    const bodies = [testBody([0, 0, 0], [50, 12, 8], 0), testBody([50, 0, 0], [100, 12, 8], 1)];
    const planes = restraint({ kind: 'symmetry' }, faces(0, 2, 4, 8, 10));
    const pull = load({ kind: 'traction', traction_MPa: [100, 0, 0] }, faces(7));
    const built = buildModel(mesh, bodies, [planes], [pull], null, [connect({ kind: 'bonded-touching' })]);
    expect(built.connections!.bonds[0]!.area_mm2).toBeCloseTo(96, 9);
    const { stress } = meshSolution(
      await requireCore().solveStatic(built.model, { method: 'direct' }),
      mesh.nodes.length / 3,
    );
    for (let i = 0; i < stress.length; i++) expect(Math.abs(stress[i]! - (i % 6 === 0 ? 100 : 0))).toBeLessThan(1e-6);
  });
});

describe('bodies', () => {
  it('that nothing joins are refused by name; bonded to one that is held they stand', () => {
    expect(() => build([clamp], [])).toThrow(/body 2 \(box 2\) is not held at all/);
    expect(() => build([clamp], [connect({ kind: 'bonded-touching' })])).not.toThrow();
    expect(() => build([clamp], [connect({ kind: 'bonded' }, faces(LOWER.top), faces(UPPER.bottom))])).not.toThrow();
  });

  it('that are bonded to each other but to nothing else are free as one', () => {
    const guide = restraint({ kind: 'symmetry' }, faces(LOWER.bottom));
    expect(() => build([guide], [connect({ kind: 'bonded-touching' })])).toThrow(
      /body 1 \(box 1\) can .*translate along X.*body 2 \(box 2\) can/,
    );
  });

  it('are held by a spring only along its directions', () => {
    const spring = (stiffness_N_mm: [number, number, number]) =>
      connect({ kind: 'spring', stiffness_N_mm }, faces(LOWER.top), faces(UPPER.bottom));
    expect(() => build([clamp], [spring([1, 1, 1])])).toThrow(/body 2 \(box 2\) can .*rotate about X/);
  });

  it('hang on a remote point in the motions that it holds', () => {
    const remote = (motions: object) =>
      restraint(
        { kind: 'remote-displacement', point_mm: [5, 5, -20], coupling: 'rigid', ...motions },
        faces(LOWER.bottom),
      );
    const all = { x_mm: 0, y_mm: 0, z_mm: 0, rx_rad: 0, ry_rad: 0 };
    const joint = connect({ kind: 'bonded-touching' });
    expect(() => build([remote(all)], [joint])).toThrow(/rotate about Z through \(5, 5, /);
    expect(() => build([remote({ ...all, rz_rad: 0 })], [joint])).not.toThrow();
    const distributing = { ...all, rz_rad: 0, coupling: 'distributing' };
    expect(() => build([remote(distributing)], [joint])).not.toThrow();
  });

  it('too far apart for the tolerance are not joined, and that is an error that says how near they would have to be', () => {
    const bond = (tolerance_mm?: number) =>
      connect({ kind: 'bonded', ...(tolerance_mm === undefined ? {} : { tolerance_mm }) }, faces(5), faces(10));
    expect(() => build([clamp], [bond()], 1)).toThrow(/"bonded" joins nothing: .* nearer than 0\.\d+ mm/);
    expect(() => build([clamp], [bond(1.5)], 1)).not.toThrow();
    expect(() => build([clamp], [connect({ kind: 'bonded-touching' })], 1)).toThrow(/joins nothing/);
  });
});

describe('connections that contradict restraints', () => {
  it('are refused by name', async () => {
    const moved = restraint(
      { kind: 'remote-displacement', point_mm: [5, 5, 0], coupling: 'rigid', x_mm: 0.1 },
      faces(LOWER.bottom),
    );
    const built = build([clamp, moved], [connect({ kind: 'bonded-touching' })]);
    const solving = requireCore().solveStatic(built.model).catch(blameConnections(built.connections));
    await expect(solving).rejects.toMatchObject({
      data: {
        code: 'study.contradicting-connections',
        message: expect.stringMatching(/^Restraint "remote-displacement" contradicts/),
      },
    });
  });
});

describe('what connections carry', () => {
  it('is the load beyond them, and reactions balance what is applied', async () => {
    const built = build([clamp], [connect({ kind: 'bonded-touching' })]);
    const solution = meshSolution(await requireCore().solveStatic(built.model), built.mesh.nodes.length / 3);
    expect(solution.displacement).toHaveLength(built.mesh.nodes.length);
    const [bond] = reportConnections(built.connections, built.mesh, [clamp], solution);
    expect(bond!.name).toBe('bonded-touching: body 1 (box 1) - body 2 (box 2)');
    expect(bond!.area_mm2).toBeCloseTo(100, 9);
    // On the lower body, about the middle of its face, which the force goes through.
    expect(bond!.force_N![2]).toBeCloseTo(-100, 5);
    for (let axis = 0; axis < 3; axis++) expect(bond!.moment_N_mm![axis]).toBeCloseTo(0, 3);
    expect(appliedForce(built.model.forces, built.mesh.nodes.length / 3, built.connections)[2]).toBeCloseTo(-100, 9);
  });

  it('of a remote point is its reaction, of a bolt its tension', async () => {
    const grip = restraint(
      {
        kind: 'remote-displacement',
        point_mm: [5, 25, 0],
        coupling: 'distributing',
        x_mm: 0,
        y_mm: 0,
        z_mm: 0,
        rx_rad: 0,
        ry_rad: 0,
        rz_rad: 0,
      },
      faces(LOWER.bottom),
    );
    const bolt = connect(
      { kind: 'bolt', diameter_mm: 4, young_MPa: 200_000, preload_N: 3000 },
      faces(UPPER.top),
      faces(LOWER.bottom),
    );
    const built = build([grip], [connect({ kind: 'bonded-touching' }), bolt]);
    const { solveStatic } = requireCore();
    await tightenBolts(built.model, built.connections, (model) => solveStatic(model));
    const solution = meshSolution(await solveStatic(built.model), built.mesh.nodes.length / 3);
    const [reaction] = connectionReactions(built.connections, built.mesh, solution);
    expect(reaction!.force[2]).toBeCloseTo(100, 5);
    const reports = reportConnections(built.connections, built.mesh, [grip], solution);
    const remote = reports.find(({ name }) => name === 'remote-displacement')!;
    // 100 N at y = 5, held at y = 25: the moment about the point is (y - 25) x 100 about x.
    expect(remote.moment_N_mm![0]).toBeCloseTo(-2000, 3);
    expect(remote.moment_N_mm![1]).toBeCloseTo(0, 3);
    // Pushing on the head from outside takes a little off the tension: at most k / (k + E A / L) of 100 N.
    const tension = reports.find(({ boltForce_N }) => boltForce_N !== undefined)!.boltForce_N!;
    expect(tension).toBeLessThan(3000);
    expect(tension).toBeGreaterThan(2970);
  });
});
