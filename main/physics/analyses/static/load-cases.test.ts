import { describe, expect, it } from 'vitest';
import { decodeBundle } from '../../../../preload/contract/bundle.ts';
import type { ArtificerError } from '../../../../preload/contract/errors.ts';
import { silentContext } from '../../../../preload/contract/jobs.ts';
import type { Load, Material, Probe } from '../../../../preload/contract/studies.ts';
import { exportCalculix } from '../../export/calculix.ts';
import { calculixVersion, runCalculix } from '../../export/run-calculix.ts';
import type { ResolvedLoad } from '../../loads/apply.ts';
import { loadCore } from '../../native-core.ts';
import type { ResolvedRestraint } from '../../restraints/apply.ts';
import { probeFields } from '../../results/probe.ts';
import { boxMesh } from '../../testing/box-mesh.ts';
import { meshBundle } from '../../testing/mesh-bundle.ts';
import { FACE, faces, load, restraint, STEEL, testBody } from '../../testing/study.ts';
import type { StudyOfRequest } from '../../types.ts';
import type { Vec3 } from '../../vector.ts';
import { runTask } from '../../workers/run.ts';

const built = loadCore().core !== null;
const E = 210_000;
const SIZE: Vec3 = [40, 20, 10];
const DIVISIONS: Vec3 = [4, 2, 2];
const threePlanes = restraint({ kind: 'symmetry' }, faces(FACE.minusX, FACE.minusY, FACE.minusZ));
const named = (id: string, one: ResolvedLoad): ResolvedLoad => ({
  ...one,
  load: { ...one.load, id, name: id } as Load,
});
const pull = named('pull', load({ kind: 'traction', traction_MPa: [100, 0, 0] }, faces(FACE.plusX)));
const press = named('press', load({ kind: 'pressure', pressure_MPa: 30 }, faces(FACE.plusZ)));
const probeAt = (at_mm: Vec3, quantity: Probe['quantity']): Probe => ({ id: 'p', name: 'p', at_mm, quantity });

function solve(
  restraints: ResolvedRestraint[],
  loads: ResolvedLoad[],
  study: Partial<StudyOfRequest> = {},
  material: Material = STEEL,
  axes?: { first: Vec3; second: Vec3 },
) {
  return runTask(
    {
      kind: 'solve',
      mesh: meshBundle(boxMesh({ max: SIZE, divisions: DIVISIONS })),
      size_mm: 10,
      order: 2,
      bodies: [{ ...testBody([0, 0, 0], SIZE, 0, material), ...(axes ? { axes } : {}) }],
      restraints,
      loads,
      connections: [],
      study: {
        restraints: [],
        loads: loads.map((one) => one.load),
        mesh: { order: 2, accuracy: 'default', refinements: [] },
        probes: [],
        ...study,
      },
      temperatureChange: null,
      temperatures: null,
      inputHash: 'hash',
      title: 'test',
      solver: { method: 'auto', tolerance: 1e-10, threads: 2 },
      memoryLimit_bytes: 4e9,
      warnings: [],
      meshSeconds: 0,
      startedAt: Date.now(),
    },
    silentContext(),
  );
}
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: ArtificerError) => error.code,
  );
const oneLoad = (id: string, factor = 1) => ({ id, name: id, loads: [{ load: id, factor }] });

describe.skipIf(!built)('load cases', () => {
  it('are frames with their own numbers; a combination is the sum; the envelope says which governs where', async () => {
    const { summary, fields } = await solve([threePlanes], [pull, press], {
      cases: [oneLoad('pull'), oneLoad('press', 2)],
      combinations: [
        {
          id: 'both',
          name: 'both',
          terms: [
            { case: 'pull', factor: 1.5 },
            { case: 'press', factor: -1 },
          ],
        },
      ],
      probes: [probeAt([20, 10, 5], 'stress.xx')],
    });
    const frames = summary.frames!;
    expect(frames.map(({ kind, id }) => [kind, id])).toEqual([
      ['case', 'pull'],
      ['case', 'press'],
      ['combination', 'both'],
      ['envelope', undefined],
    ]);
    // Exact states: 100 MPa along x; -60 MPa along z; 150 along x with +60 along z.
    expect(frames[0]!.probes![0]).toBeCloseTo(100, 6);
    expect(frames[1]!.extremes['stress.zz']!.max.value).toBeCloseTo(-60, 6);
    expect(frames[2]!.extremes['stress.xx']!.max.value).toBeCloseTo(150, 6);
    expect(frames[2]!.extremes['stress.zz']!.max.value).toBeCloseTo(60, 6);
    const combined = Math.sqrt(150 ** 2 - 150 * 60 + 60 ** 2);
    expect(frames[2]!.extremes['von_mises']!.max.value).toBeCloseTo(combined, 6);
    expect(frames[2]!.reactions_N!.total[0]).toBeCloseTo(-30_000, 4);
    expect(frames[2]!.reactions_N!.total[2]).toBeCloseTo(-48_000, 4);
    expect(frames[2]!.strainEnergy_N_mm).toBeCloseTo(((150 ** 2 + 60 ** 2 - 2 * 0.3 * 150 * 60) / (2 * E)) * 8000, 4);
    expect(frames.map((one) => one.minimumSafetyFactor!.value)).toEqual([
      expect.closeTo(2.5, 4),
      expect.closeTo(250 / 60, 4),
      expect.closeTo(250 / combined, 4),
      expect.closeTo(250 / combined, 4),
    ]);
    expect(frames[3]!.extremes['stress.zz']!.min.value).toBeCloseTo(-60, 5);
    expect(frames[3]!.extremes['stress.xx']!.max.value).toBeCloseTo(150, 5);
    // The first frame is what the summary itself says, and what plain names in the bundle hold.
    expect(summary.extremes).toEqual(frames[0]!.extremes);
    const { arrays } = decodeBundle(fields);
    expect([...new Set(arrays['3/governingFrame'])]).toEqual([2]);
    expect(arrays['3/vonMises']![0]).toBeCloseTo(combined, 3);
    expect(probeFields(fields, [[20, 10, 5]], 1)[0]!.values['stress.zz']).toBeCloseTo(-60, 3);
  });

  it('govern each where their own stress is the larger', async () => {
    const bend = named('bend', load({ kind: 'force', force_N: [0, 0, -100] }, faces(FACE.plusX)));
    const clamp = restraint({ kind: 'fixed' }, faces(FACE.minusX));
    const even = named('even', load({ kind: 'traction', traction_MPa: [5, 0, 0] }, faces(FACE.plusX)));
    const { summary, fields } = await solve([clamp], [bend, even], { cases: [oneLoad('bend'), oneLoad('even')] });
    const { arrays } = decodeBundle(fields);
    const governing = arrays['2/governingFrame']!;
    for (let node = 0; node < governing.length; node++) {
      const [a, b] = [arrays['vonMises']![node]!, arrays['1/vonMises']![node]!];
      expect(governing[node]).toBe(b > a ? 1 : 0);
      expect(arrays['2/vonMises']![node]).toBe(Math.max(a, b));
      expect(arrays['2/safetyFactor']![node]).toBe(
        Math.min(arrays['safetyFactor']![node]!, arrays['1/safetyFactor']![node]!),
      );
    }
    expect(new Set(governing).size).toBe(2);
    expect(summary.frames).toHaveLength(3);
  });

  it('of one name is still a frame; without any the result has none', async () => {
    expect((await solve([threePlanes], [pull], { cases: [oneLoad('pull')] })).summary.frames).toHaveLength(1);
    expect((await solve([threePlanes], [pull])).summary.frames).toBeUndefined();
  });

  it('that name what is not there are refused', async () => {
    expect(await codeOf(solve([threePlanes], [pull], { cases: [oneLoad('lost')] }))).toBe('study.no-such-load');
    const combinations = [{ id: 'c', name: 'c', terms: [{ case: 'lost', factor: 1 }] }];
    expect(await codeOf(solve([threePlanes], [pull], { cases: [oneLoad('pull')], combinations }))).toBe(
      'study.no-such-case',
    );
  });
});

describe.skipIf(!built)('materials', () => {
  const CARBON: Material = {
    ...STEEL,
    name: 'carbon',
    properties: {
      young_MPa: 140_000,
      poisson: 0.3,
      density_kg_m3: 1600,
      orthotropic: {
        young_MPa: [140_000, 10_000, 9000],
        poisson: [0.3, 0.4, 0.02],
        shear_MPa: [5000, 3500, 4500],
        thermalExpansion_1_K: [-1e-6, 3e-5, 2.5e-5],
      },
    },
  };
  const hot = load({ kind: 'body-temperature', temperature_degC: 120 });

  it('with directions stretch by the modulus along the pull', async () => {
    for (const [first, second, modulus] of [
      [[1, 0, 0], [0, 1, 0], 140_000],
      [[0, 3, 0], [1, 1, 0], 10_000],
      [[0, 1, 0], [0, 0, 1], 9000],
    ] as const) {
      const { summary } = await solve([threePlanes], [pull], {}, CARBON, { first: [...first], second: [...second] });
      expect(summary.extremes['displacement.x']!.max.value).toBeCloseTo((100 * 40) / modulus, 6);
    }
    expect(await codeOf(solve([threePlanes], [pull], {}, CARBON, { first: [1, 0, 0], second: [2, 0, 0] }))).toBe(
      'study.material-axes',
    );
  });

  it('expand from the reference temperature, each axis by its own', async () => {
    const { summary } = await solve([threePlanes], [hot], { referenceTemperature_degC: 70 }, CARBON);
    expect(summary.extremes['displacement.x']!.min.value).toBeCloseTo(-1e-6 * 50 * 40, 9);
    expect(summary.extremes['displacement.y']!.max.value).toBeCloseTo(3e-5 * 50 * 20, 9);
    expect(summary.extremes['von_mises']!.max.value).toBeLessThan(1e-6);
  });

  it('that follow the temperature have the figures of their own temperature', async () => {
    const following: Material = {
      ...STEEL,
      properties: {
        ...STEEL.properties,
        poisson: 0,
        tables: {
          young_MPa: [
            [20, 200_000],
            [220, 100_000],
          ],
          thermalExpansion_1_K: [
            [20, 1e-5],
            [220, 2e-5],
          ],
        },
      },
    };
    const walls = restraint({ kind: 'symmetry' }, faces(FACE.minusX, FACE.plusX, FACE.minusY, FACE.minusZ));
    const { summary, deck } = await solve([walls], [hot], {}, following);
    // At 120 degC: 150,000 MPa and 1.5e-5 1/K over 100 K.
    expect(summary.extremes['stress.xx']!.max.value).toBeCloseTo(-150_000 * 1.5e-5 * 100, 6);
    if (calculixVersion() === null) return;
    const { blocks } = await runCalculix(exportCalculix(deck!), summary.mesh.nodes);
    expect(blocks.get('STRESS')!.values[0]! / -225).toBeCloseTo(1, 4);
  });

  it('with directions come out of CalculiX as out of ours', async () => {
    if (calculixVersion() === null) return;
    const clamp = restraint({ kind: 'fixed' }, faces(FACE.minusX));
    const across = load({ kind: 'force', force_N: [100, 300, -500] }, faces(FACE.plusX));
    const axes = { first: [1, 0.5, 0.2] as Vec3, second: [-0.3, 1, 0.4] as Vec3 };
    const { summary, fields, deck } = await solve([clamp], [across, hot], {}, CARBON, axes);
    const { blocks } = await runCalculix(exportCalculix(deck!), summary.mesh.nodes);
    const theirs = blocks.get('DISP')!.values;
    const ours = decodeBundle(fields).arrays['displacement']!;
    const largest = summary.extremes['displacement.magnitude']!.max.value;
    for (let i = 0; i < ours.length; i++) expect(Math.abs(ours[i]! - theirs[i]!)).toBeLessThan(2e-4 * largest);
  });

  it('without thermal expansion are refused where it is hot, in whichever case', async () => {
    const cold: Material = { ...STEEL, properties: { young_MPa: E, poisson: 0.3, density_kg_m3: 7850 } };
    const heat = named('heat', hot);
    const cases = [oneLoad('pull'), oneLoad('heat')];
    expect(await codeOf(solve([threePlanes], [pull, heat], { cases }, cold))).toBe('study.no-expansion');
  });
});

describe.skipIf(!built)('inertia relief', () => {
  const free: Material = { ...STEEL, properties: { ...STEEL.properties, poisson: 0 } };

  it('balances a push by the acceleration of the whole, and the stress falls evenly along the bar', async () => {
    const push = load({ kind: 'traction', traction_MPa: [100, 0, 0] }, faces(FACE.minusX));
    const { summary } = await solve(
      [],
      [push],
      { inertiaRelief: true, probes: [probeAt([10, 10, 5], 'stress.xx')] },
      free,
    );
    const mass = 8000 * 7.85e-9;
    expect(summary.inertiaRelief!.linear_mm_s2[0] / (20_000 / mass)).toBeCloseTo(1, 9);
    expect(Math.hypot(...summary.inertiaRelief!.angular_rad_s2)).toBeLessThan(1e-3);
    expect(summary.probes[0]!.value).toBeCloseTo(-75, 5);
    // Shown about the centre of mass: the far end moves F L / (6 E A), the pushed one twice as much.
    expect(summary.extremes['displacement.x']!.max.value).toBeCloseTo((100 * 40) / (3 * E), 7);
    expect(summary.extremes['displacement.x']!.min.value).toBeCloseTo((-100 * 40) / (6 * E), 7);
  });

  it('turns a body that is pushed beside its centre, with hardly a force at what holds it', async () => {
    const couple = load({ kind: 'moment', moment_N_mm: [0, 0, 5000] }, faces(FACE.plusX));
    const { summary } = await solve([], [couple], { inertiaRelief: true });
    const inertia = (8000 * 7.85e-9 * (40 ** 2 + 20 ** 2)) / 12;
    expect(summary.inertiaRelief!.angular_rad_s2[2] / (5000 / inertia)).toBeCloseTo(1, 8);
    expect(summary.equilibrium_error).toBeLessThan(1e-8);
    expect(summary.extremes['von_mises']!.max.value).toBeGreaterThan(1);
  });

  it('is refused where something holds the body', async () => {
    expect(await codeOf(solve([threePlanes], [pull], { inertiaRelief: true }))).toBe('study.inertia-relief-held');
  });
});
