/** Gradients of studies of several load cases, and of several bodies. */
import { describe, expect, it } from 'vitest';
import type { Connection, Functional } from '../../../preload/contract/index.ts';
import { buildModel } from '../model/build.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { orientSurface } from '../model/surface.ts';
import { loadCore } from '../native-core.ts';
import { previewTask } from '../preview/task.ts';
import { boxMesh, joinMeshes } from '../testing/box-mesh.ts';
import { type TaskParts, taskOf } from '../testing/solve-task.ts';
import { FACE, faces, load, restraint, testBody } from '../testing/study.ts';
import type { Vec3 } from '../vector.ts';
import type { SensitivityTask } from '../workers/tasks.ts';
import { anchor } from './adjoint.ts';
import { compareWithDifferences } from './differences.fixture.ts';
import { type StudyAnalysis, studyAnalysis } from './study-analysis.ts';

const { core } = loadCore();

const FUNCTIONALS: Functional[] = [
  { quantity: 'mass' },
  { quantity: 'compliance' },
  { quantity: 'displacement', at_mm: [38, 18, 9] },
  { quantity: 'stress', exponent: 12 },
];
const bend = ([x, y, z]: Vec3): Vec3 => [x + 0.1 * y + 0.004 * z * z, y - 0.05 * z + 0.003 * x * x, z + 0.002 * x * y];
const clamp = restraint({ kind: 'fixed' }, faces(FACE.minusX));
const bonded = (more: object = {}) => [
  { connection: { id: 'b', name: 'bond', kind: 'bonded-touching', on: [], to: [], ...more } as unknown as Connection },
];

function analysisOf(parts: TaskParts, functionals: Functional[]): StudyAnalysis {
  const task = {
    ...taskOf({ solver: { method: 'direct', tolerance: 1e-12, threads: 1 }, ...parts } as TaskParts),
    kind: 'sensitivities',
    functionals,
  } as unknown as SensitivityTask;
  const state = new Int32Array(new SharedArrayBuffer(16));
  return studyAnalysis({ core: core!, task, state, next: () => ({ progress: () => {}, from: 0, to: 1 }) }, parts.mesh);
}

const whole = (divisions: Vec3): TaskParts => {
  const mesh = boxMesh({ max: [40, 20, 10], divisions, map: bend });
  orientSurface(mesh);
  return { mesh, bodies: [testBody([0, 0, 0], [40, 20, 10])], restraints: [clamp] };
};
const halves = (first: Vec3, second: Vec3): TaskParts => {
  const mesh = joinMeshes([
    boxMesh({ max: [20, 20, 10], divisions: first, map: bend }),
    boxMesh({ min: [20, 0, 0], max: [40, 20, 10], divisions: second, map: bend }),
  ]);
  orientSurface(mesh);
  const bodies = [testBody([0, 0, 0], [20, 20, 10]), testBody([20, 0, 0], [40, 20, 10], 1)];
  return { mesh, bodies, restraints: [clamp], connections: bonded() };
};
const named = (id: string, one: ReturnType<typeof load>) => ({ ...one, load: { ...one.load, id } });

describe.skipIf(!core)('sensitivities of several load cases', () => {
  const push = named('push', load({ kind: 'force', force_N: [0, 100, -900] }, faces(FACE.plusX)));
  const press = named('press', load({ kind: 'pressure', pressure_MPa: 8 }, faces(FACE.plusZ)));
  const weight = named('weight', load({ kind: 'gravity', acceleration_mm_s2: [1e7, 0, -5e7] }));
  const parts: TaskParts = {
    ...whole([3, 2, 1]),
    loads: [push, press, weight],
    study: {
      loads: [push, press, weight].map(({ load: { id } }) => ({ id })),
      cases: [
        { id: 'one', name: 'One', loads: [{ load: 'push', factor: -2 }] },
        {
          id: 'two',
          name: 'Two',
          loads: [
            { load: 'press', factor: 1.5 },
            { load: 'weight', factor: 0.5 },
          ],
        },
      ],
      combinations: [
        {
          id: 'both',
          name: 'Both',
          terms: [
            { case: 'one', factor: 0.7 },
            { case: 'two', factor: -1.2 },
          ],
        },
      ],
    } as never,
  };

  it('are those of each case and combination, the mass once, and equal central differences (1e-5)', async () => {
    const found = await compareWithDifferences(parts.mesh, analysisOf(parts, FUNCTIONALS));
    expect(found.map(({ name }) => name.replace(/ at .*/, ''))).toEqual([
      'mass',
      ...['One', 'Two', 'Both'].flatMap((of) => [
        `${of}: compliance`,
        `${of}: displacement`,
        `${of}: von Mises stress, p-norm 12`,
      ]),
    ]);
    for (const { name, gradient, difference } of found)
      expect(Math.abs(gradient / difference - 1), `${name}: ${gradient} or ${difference}`).toBeLessThan(1e-5);
    const states = await analysisOf(parts, FUNCTIONALS)(parts.mesh, false);
    expect(states.map(({ asked, case: of }) => [asked, of?.id])).toEqual([
      [0, undefined],
      ...['one', 'two', 'both'].flatMap((id) => [1, 2, 3].map((asked) => [asked, id])),
    ]);
    // Twice the load is four times its work.
    const alone = await analysisOf({ ...parts, loads: [push], study: {} }, FUNCTIONALS)(parts.mesh, false);
    expect(states[1]!.value / alone[1]!.value).toBeCloseTo(4, 9);
  });

  it('are refused of a case that does nothing', async () => {
    const study = { ...(parts.study as object), cases: [{ id: 'none', name: 'None', loads: [] }], combinations: [] };
    await expect(analysisOf({ ...parts, study: study as never }, FUNCTIONALS)(parts.mesh, false)).rejects.toMatchObject(
      { data: { message: expect.stringMatching(/"None" does nothing/) } },
    );
  });
});

describe.skipIf(!core)('sensitivities of bonded bodies', () => {
  const push = load({ kind: 'force', force_N: [0, 100, -900] }, faces(6 + FACE.plusX));

  it('whose meshes match are those of the whole one (1e-8), and equal central differences (1e-5)', async () => {
    const two = { ...halves([2, 2, 1], [2, 2, 1]), loads: [push] };
    const one = { ...whole([4, 2, 1]), loads: [load({ kind: 'force', force_N: [0, 100, -900] }, faces(FACE.plusX))] };
    const found = await compareWithDifferences(two.mesh, analysisOf(two, FUNCTIONALS));
    const wanted = await compareWithDifferences(one.mesh, analysisOf(one, FUNCTIONALS));
    found.forEach(({ name, gradient, difference }, index) => {
      expect(Math.abs(gradient / difference - 1), `${name}: ${gradient} or ${difference}`).toBeLessThan(1e-5);
      expect(Math.abs(gradient / wanted[index]!.gradient - 1), name).toBeLessThan(1e-8);
    });
  });

  it('whose meshes differ are refused with the reason', async () => {
    const parts = { ...halves([2, 2, 1], [2, 3, 2]), loads: [push] };
    await expect(analysisOf(parts, FUNCTIONALS)(parts.mesh, false)).rejects.toMatchObject({
      data: { code: 'study.not-followed', message: expect.stringMatching(/"bond".*meshes of its sides differ/) },
    });
  });
});

describe.skipIf(!core)('the rim of a bond, where the stress is infinite', () => {
  const mesh: VolumeMesh = joinMeshes([
    boxMesh({ max: [20, 20, 4], divisions: [4, 4, 1] }),
    boxMesh({ min: [5, 5, 4], max: [15, 15, 14], divisions: [2, 2, 2] }),
  ]);
  orientSurface(mesh);
  const parts: TaskParts = {
    mesh,
    bodies: [testBody([0, 0, 0], [20, 20, 4]), testBody([5, 5, 4], [15, 15, 14], 1)],
    restraints: [restraint({ kind: 'fixed' }, faces(FACE.minusZ))],
    loads: [load({ kind: 'force', force_N: [100, 0, 0] }, faces(6 + FACE.plusZ))],
    connections: bonded(),
  };
  const isOnRim = (node: number): boolean => {
    const [x, y, z] = [0, 1, 2].map((axis) => mesh.nodes[3 * node + axis]!) as Vec3;
    const reach = Math.max(Math.abs(x - 10), Math.abs(y - 10));
    return Math.abs(z - 4) < 1e-9 && Math.abs(reach - 5) < 1e-9;
  };

  it('is left out of the aggregated stress', () => {
    const { bodies, restraints, loads, connections } = taskOf(parts);
    const built = buildModel(mesh, bodies, restraints, loads, null, connections);
    const { leftOut } = anchor({ built, bodies, restraints, loads }, []);
    let touching = 0;
    leftOut.forEach((out, element) => {
      if (![...mesh.elements.subarray(10 * element, 10 * element + 10)].some(isOnRim)) return;
      touching++;
      expect(out).toBe(1);
    });
    expect(touching).toBeGreaterThan(20);
    expect(leftOut.some((out) => out === 0)).toBe(true);
  });

  it('is among the places that a preview leaves out', async () => {
    const state = new Int32Array(new SharedArrayBuffer(16));
    const { singularNodes } = await previewTask({ ...taskOf(parts), kind: 'preview' } as never, state, () => {});
    const named = new Set(singularNodes);
    // The post ends there; the plate goes on.
    const ofPost = new Set([...mesh.elements].filter((_, k) => mesh.elementSolid[Math.floor(k / 10)] === 1));
    const rim = [...ofPost].filter(isOnRim);
    expect(rim).toHaveLength(16);
    expect(rim.filter((node) => !named.has(node))).toEqual([]);
  });
});
