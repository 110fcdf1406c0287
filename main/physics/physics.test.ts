/** Whole studies on real geometry: kernel, mesher process, numeric core, post-processing. Skipped where one of them is missing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeBundle } from '../../preload/contract/bundle.ts';
import type { ArtificerError } from '../../preload/contract/errors.ts';
import type { Load, Reference } from '../../preload/contract/index.ts';
import { silentContext } from '../../preload/contract/jobs.ts';
import { createKernel, type Kernel, type PrimitiveSpecification } from '../kernel/index.ts';
import { BRACKET } from './benchmarks.ts';
import { calculixVersion, runCalculix } from './export/run-calculix.ts';
import { createPhysics, type Physics, type StudyRequest } from './index.ts';
import { materialByName } from './materials.ts';
import { findMesher, loadCore } from './native-core.ts';
import { verificationHtml } from './report/verification-report.ts';
import { makeBodies } from './solve-primitives.ts';
import { runVerification } from './verification.ts';

const ready = loadCore().core !== null && findMesher() !== null;
if (!ready) console.warn('The numeric core or the mesher has not been built: whole studies are not tested.');

let kernel: Kernel;
let physics: Physics;
beforeAll(() => {
  kernel = createKernel();
  physics = createPhysics();
});
afterAll(async () => {
  await physics.dispose();
  await kernel.dispose();
});

const on = (selector: string): Reference[] => [{ by: 'selector', selector }];
const force = (selector: string, force_N: [number, number, number]): Load => ({
  id: 'l',
  name: 'push',
  kind: 'force',
  on: on(selector),
  force_N,
});
async function request(
  specifications: PrimitiveSpecification[],
  study: Partial<StudyRequest['study']> = {},
): Promise<StudyRequest> {
  const made = await makeBodies(kernel, specifications, materialByName('Al 6061-T6'), silentContext());
  return {
    ...made,
    inputHash: 'hash',
    study: {
      restraints: [{ id: 'r', name: 'clamp', kind: 'fixed', on: on('faces <X') }],
      loads: [force('faces >X', [0, 0, -100])],
      mesh: { order: 2, accuracy: 'draft', refinements: [] },
      probes: [],
      ...study,
    },
  };
}
const box = (name: string, min: [number, number, number], max: [number, number, number]): PrimitiveSpecification => ({
  name,
  shape: { box: { min_mm: min, max_mm: max } },
});
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: ArtificerError) => error.code,
  );

// All cases on their own accuracy are a suite of their own: `artificer verify physics`, which `npm test` runs.
describe.skipIf(!ready)('verification on draft meshes', () => {
  it('passes the patch tests to 1e-8, comes near the rest, and draws each', { timeout: 120_000 }, async () => {
    const only = ['patch-tension', 'patch-pressure', 'nafems-le11', 'lame-cylinder'];
    const report = await runVerification(kernel, physics, silentContext(), { accuracy: 'draft', only, pictures: true });
    expect(new Set(report.rows.map((row) => row.case))).toEqual(new Set(only));
    expect([...report.pictures.keys()].sort()).toEqual([...only].sort());
    for (const row of report.rows) {
      expect(row.failure, row.name).toBeUndefined();
      const allowed = row.name.startsWith('Patch') ? 1e-6 : 12;
      expect(Math.abs(row.error_percent), `${row.name}: ${row.quantity}`).toBeLessThan(allowed);
    }
    expect(verificationHtml(report)).toContain('NAFEMS LE11');
  });
});

describe.skipIf(!ready)('a whole study', () => {
  it('solves a bracket with holes, balances, and draws', { timeout: 60_000 }, async () => {
    const { summary, fields } = await physics.solve(
      await request([BRACKET], {
        restraints: [{ id: 'r', name: 'bolts', kind: 'fixed', on: on('faces near (6, 18, 86)') }],
      }),
      silentContext(),
    );
    expect(summary.equilibrium_error).toBeLessThan(1e-6);
    expect(summary.reactions_N!.total[2]).toBeCloseTo(100, 4);
    expect(summary.mesh.min_quality).toBeGreaterThan(0);
    expect(summary.mesh.histogram.reduce((a, b) => a + b)).toBe(summary.mesh.elements);
    const { arrays } = decodeBundle(fields);
    const faceCount = new Set(arrays['surfaceFace']).size;
    const made = await request([BRACKET]);
    expect(faceCount).toBe(made.bodies[0]!.info.faces.length);
    // The mesh has the volume of the geometry.
    expect(summary.mass_kg).toBeCloseTo(made.bodies[0]!.info.mass.volume_mm3 * 2700e-9, 3);
  });

  it('names the sharp inner edge of the bracket', { timeout: 60_000 }, async () => {
    const { summary } = await physics.solve(
      await request([BRACKET], {
        restraints: [
          { id: 'r', name: 'wall', kind: 'symmetry', on: on('faces <X') },
          { id: 's', name: 'floor', kind: 'displacement', y_mm: 0, z_mm: 0, on: on('faces >Z') },
        ],
      }),
      silentContext(),
    );
    expect(summary.singularities.map((one) => one.reason).join()).toContain('sharp inner edge (270°');
  });

  it('maps faces, edges and vertices of several bodies to the right ones', { timeout: 60_000 }, async () => {
    const two = [box('low', [0, 0, 0], [40, 10, 10]), box('high', [0, 30, 0], [40, 40, 10])];
    const study = await request(two, {
      restraints: [{ id: 'r', name: 'ends', kind: 'fixed', on: on('faces <X') }],
      loads: [
        force('faces >Y', [0, -50, 0]),
        { ...force('vertices near (40, 0, 0)', [0, 0, 7]), id: 'm' },
        { ...force('edges near (40, 35, 10)', [11, 0, 0]), id: 'n' },
      ],
    });
    const { summary } = await physics.solve(study, silentContext());
    expect(summary.applied_N).toEqual([expect.closeTo(11, 9), expect.closeTo(-50, 9), expect.closeTo(7, 9)]);
    expect(summary.equilibrium_error).toBeLessThan(1e-6);
    // The pushed face is that of the upper body; the lower one only feels its vertex.
    expect(summary.extremes['displacement.y']!.min.at_mm[1]).toBeGreaterThan(29);
    expect(summary.extremes['displacement.z']!.max.at_mm[1]).toBeLessThan(11);
  });

  it('says which body is not held', async () => {
    const study = await request([box('low', [0, 0, 0], [40, 10, 10]), box('high', [0, 30, 0], [40, 40, 10])], {
      restraints: [{ id: 'r', name: 'end', kind: 'fixed', on: on('faces near (0, 5, 5)') }],
    });
    const error: ArtificerError = await physics.solve(study, silentContext()).then(
      () => expect.unreachable(),
      (thrown) => thrown,
    );
    expect(error.code).toBe('study.under-restrained');
    expect(error.message).toContain('body 2 (high) is not held at all');
    expect(error.data.hint).toContain('hold each on its own, bond them to each other');
  });

  it('keeps the coarse mesh of the first look where that is exact already', { timeout: 60_000 }, async () => {
    const bar = await request([box('bar', [0, 0, 0], [100, 20, 10])], {
      mesh: { order: 2, accuracy: 'default', refinements: [] },
      restraints: [{ id: 'r', name: 'planes', kind: 'symmetry', on: ['faces <X', 'faces <Y', 'faces <Z'].flatMap(on) }],
      loads: [force('faces >X', [20_000, 0, 0])],
    });
    const { summary } = await physics.solve(bar, silentContext());
    // 20 kN on 200 mm^2.
    expect(summary.extremes['von_mises']!.max.value).toBeCloseTo(100, 3);
    expect(summary.extremes['von_mises']!.min.value).toBeCloseTo(100, 3);
    expect(summary.mesh.dof).toBeLessThan(20_000);
  });

  it('refines where it is told to', { timeout: 60_000 }, async () => {
    const coarse = await physics.mesh(
      { ...(await request([BRACKET])), mesh: { order: 2, accuracy: 'draft', refinements: [] } },
      silentContext(),
    );
    const refinements = [{ id: 'f', on: on('faces near (6, 18, 86)'), size_mm: 0.8 }];
    const fine = await physics.mesh(
      { ...(await request([BRACKET])), mesh: { order: 2, accuracy: 'draft', refinements } },
      silentContext(),
    );
    expect(fine.summary.elements).toBeGreaterThan(1.5 * coarse.summary.elements);
    expect(decodeBundle(fine.fields).arrays['displacement']).toBeUndefined();
  });

  it('refuses plain mistakes before it meshes', async () => {
    const block = [box('block', [0, 0, 0], [40, 10, 10])];
    const solve = async (study: Partial<StudyRequest['study']>, change: (r: StudyRequest) => void = () => {}) => {
      const whole = await request(block, study);
      change(whole);
      return codeOf(physics.solve(whole, silentContext()));
    };
    expect(await solve({ restraints: [] })).toBe('study.no-restraints');
    expect(await solve({ loads: [] })).toBe('study.no-loads');
    expect(await solve({ loads: [force('faces %SPHERE', [0, 0, 1])] })).toBe('selector.no-match');
    expect(await solve({ loads: [{ id: 'l', name: 'push', kind: 'force', on: [], force_N: [0, 0, 1] }] })).toBe(
      'study.nothing-there',
    );
    expect(await solve({}, (whole) => (whole.bodies[0]!.material = null))).toBe('study.no-material');
    expect(await solve({ mesh: { order: 2, accuracy: 'draft', refinements: [], size_mm: 0.01 } })).toBe(
      'study.too-large',
    );
    expect(await solve({}, (whole) => (whole.brep = new TextEncoder().encode('nonsense')))).toBe('physics.mesh-failed');
  });

  it('ends within a second of a cancel while it meshes', { timeout: 60_000 }, async () => {
    const stop = new AbortController();
    const whole = await request([BRACKET], { mesh: { order: 2, accuracy: 'draft', refinements: [], size_mm: 0.9 } });
    let asked = 0;
    const work = codeOf(
      physics.solve(whole, {
        signal: stop.signal,
        progress: (stage) => {
          if (!stage.includes('mesh') || asked > 0) return;
          asked = performance.now();
          stop.abort();
        },
      }),
    );
    expect(await work).toBe('cancelled');
    expect(asked).toBeGreaterThan(0);
    expect(performance.now() - asked).toBeLessThan(1000);
  });

  it.skipIf(calculixVersion() === null)(
    'hands CalculiX a deck that gives the same displacements to 0.1 %',
    { timeout: 60_000 },
    async () => {
      const whole = await request([BRACKET], {
        restraints: [
          { id: 'r', name: 'bore', kind: 'symmetry', on: on('faces near (6, 18, 86)') },
          {
            id: 's',
            name: 'plate',
            kind: 'elastic-support',
            normal_N_mm3: 50,
            tangential_N_mm3: 5,
            on: on('faces <X'),
          },
        ],
        loads: [
          { id: 'b', name: 'pin', kind: 'bearing', on: on('faces near (95, 14, 6)'), force_N: [0, 300, 0] },
          { id: 'g', name: 'weight', kind: 'gravity', acceleration_mm_s2: [0, 0, -9810] },
          { id: 'p', name: 'pressure', kind: 'pressure', on: on('faces >X'), pressure_MPa: 0.5 },
        ],
      });
      const { fields, deck } = await physics.solve(whole, silentContext());
      const text = await physics.export('inp', deck!, silentContext());
      const ours = decodeBundle(fields).arrays['displacement']!;
      const { blocks } = await runCalculix(text, ours.length / 3);
      const theirs = blocks.get('DISP')!.values;
      const largest = theirs.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      let worst = 0;
      ours.forEach((value, index) => {
        worst = Math.max(worst, Math.abs(value - theirs[index]!));
      });
      expect(worst).toBeLessThan(1e-3 * largest);
    },
  );
});
