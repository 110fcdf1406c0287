import { describe, expect, it } from 'vitest';
import { decodeBundle } from '../../../../preload/contract/bundle.ts';
import { silentContext } from '../../../../preload/contract/jobs.ts';
import type { Probe } from '../../../../preload/contract/studies.ts';
import { exportCalculix } from '../../export/calculix.ts';
import { calculixVersion, runCalculix } from '../../export/run-calculix.ts';
import type { ResolvedLoad } from '../../loads/apply.ts';
import { loadCore } from '../../native-core.ts';
import { frameArrays } from '../../results/fields.ts';
import { type BoxOptions, boxMesh } from '../../testing/box-mesh.ts';
import { meshBundle } from '../../testing/mesh-bundle.ts';
import { FACE, faces, load, restraint, STEEL, testBody } from '../../testing/study.ts';
import { runTask } from '../../workers/run.ts';
import type { SolveTask } from '../../workers/tasks.ts';

const built = loadCore().core !== null;
if (!built) console.warn('The numeric core has not been built: large displacements are not tested.');
const calculix = calculixVersion() !== null;

const STRIP: BoxOptions = { max: [100, 4, 2], divisions: [20, 1, 1] };
const PLAIN = { ...STEEL, properties: { ...STEEL.properties, poisson: 0 } };
const probe = (name: string, quantity: Probe['quantity']): Probe => ({ id: name, name, at_mm: [100, 2, 1], quantity });

function strip(
  loads: ResolvedLoad[],
  largeDisplacement: SolveTask['study']['largeDisplacement'],
  probes: Probe[] = [],
): SolveTask {
  return {
    kind: 'solve',
    mesh: meshBundle(boxMesh(STRIP)),
    size_mm: 5,
    order: 2,
    bodies: [testBody([0, 0, 0], STRIP.max, 0, PLAIN)],
    restraints: [restraint({ kind: 'fixed' }, faces(FACE.minusX))],
    loads,
    connections: [],
    study: {
      restraints: [],
      loads: [],
      mesh: { order: 2, accuracy: 'default', refinements: [] },
      probes,
      ...(largeDisplacement ? { largeDisplacement } : {}),
    },
    temperatureChange: null,
    temperatures: null,
    inputHash: 'hash',
    title: 'strip',
    solver: { method: 'auto', tolerance: 1e-8, threads: 2 },
    memoryLimit_bytes: 4e9,
    warnings: [],
    meshSeconds: 0,
    startedAt: Date.now(),
  };
}
const solve = (task: SolveTask) => runTask(task, silentContext());
/** P L^2 = 2 E I. */
const TIP_FORCE = (2 * 210_000 * 4 * 2 ** 3) / 12 / 100 ** 2;
const tipForce = (factor = 1) => load({ kind: 'force', force_N: [0, 0, factor * TIP_FORCE] }, faces(FACE.plusX));

describe.skipIf(!built)('a study of large displacements', () => {
  it('finds the elastica (Mattiasson 1981, 1 %), and keeps its states as frames and a curve', async () => {
    const { summary, fields } = await solve(
      strip([tipForce()], { steps: 5 }, [probe('rise', 'displacement.z'), probe('draw', 'displacement.x')]),
    );
    const [rise, draw] = [summary.probes[0]!, summary.probes[1]!];
    expect(Math.abs(rise.value / 49.346 - 1)).toBeLessThan(0.01);
    expect(Math.abs(draw.value / -16.064 - 1)).toBeLessThan(0.01);
    expect(Math.abs(summary.reactions_N!.total[2] / -TIP_FORCE - 1)).toBeLessThan(1e-5);
    expect(summary.equilibrium_error).toBeLessThan(1e-5);

    const frames = summary.frames!;
    expect(frames[0]).toMatchObject({ kind: 'load-step', value: 1, unit: '-', name: '100 % of the load' });
    expect(frames.at(-1)!.value).toBe(0);
    expect(frames.length).toBeGreaterThan(3);
    expect(frames[0]!.probes![0]).toBeCloseTo(rise.value, 12);
    // Stiffening: at half the load the tip has come more than half way.
    const curve = summary.curves!.find(({ id }) => id === 'load-probes')!;
    const [factors, rises] = [curve.x.values, curve.y[0]!.values];
    const early = factors.findIndex((factor) => factor > 0.1);
    expect(rises[early]! / factors[early]!).toBeGreaterThan(rise.value * 1.05);
    expect(factors.at(-1)).toBe(1);
    const { arrays } = decodeBundle(fields);
    const tip = frameArrays(arrays, 1)['displacement']!;
    const largest = Math.max(...Array.from({ length: tip.length / 3 }, (_, i) => tip[3 * i + 2]!));
    expect(largest).toBeCloseTo(frames[1]!.extremes['displacement.z']!.max.value, 4);

    const codes = summary.warnings.map(({ code }) => code);
    expect(codes).not.toContain('result.large-displacement');
    expect(codes).not.toContain('result.work-balance');
    expect(codes).toContain('result.above-yield');
  });

  it('is where the hint of a linear study leads', async () => {
    const { summary } = await solve(strip([tipForce()], undefined));
    const hint = summary.warnings.find(({ code }) => code === 'result.large-displacement')!;
    expect(hint.message).toContain('Switch on large displacements');
  });

  it('says where a compressed strip buckles, and that its numbers are of that load', async () => {
    const critical = (Math.PI ** 2 * 210_000 * 4 * 2 ** 3) / 12 / (4 * 100 ** 2);
    const { summary } = await solve(
      strip([load({ kind: 'force', force_N: [-2 * critical, 0, 0] }, faces(FACE.plusX))], {}),
    );
    const warning = summary.warnings[0]!;
    expect(warning.code).toBe('result.limit-point');
    expect(warning.message).toMatch(/snaps or buckles.*All numbers are of/);
    expect(Math.abs(summary.frames![0]!.value! * 2 - 1)).toBeLessThan(0.01);
    expect(Math.abs(summary.applied_N![0] / -critical - 1)).toBeLessThan(0.01);
    expect(summary.equilibrium_error).toBeLessThan(1e-5);
  });

  it('lets pressure follow its face unless told not to', async () => {
    const pressure = load({ kind: 'pressure', pressure_MPa: 0.2 }, faces(FACE.plusZ));
    const probes = [probe('tip', 'displacement.x')];
    const follows = await solve(strip([pressure], {}, probes));
    const stays = await solve(strip([pressure], { followerPressure: false }, probes));
    // A dead pressure has no part along the strip; one that turns with it has.
    expect(Math.abs(stays.summary.applied_N![0])).toBeLessThan(1e-6);
    expect(stays.summary.applied_N![2]).toBeCloseTo(-0.2 * 400, 6);
    expect(follows.summary.applied_N![0]).toBeLessThan(-5);
    expect(follows.summary.probes[0]!.value).toBeLessThan(1.02 * stays.summary.probes[0]!.value);
  });

  it('takes properties at the temperature of the bodies, which expand from the reference temperature', async () => {
    const hot = load({ kind: 'body-temperature', temperature_degC: 120 });
    const half = (properties: object): SolveTask => {
      const task = strip([tipForce(0.2), hot], { steps: 3 }, [probe('rise', 'displacement.z')]);
      const material = { ...PLAIN, properties: { ...PLAIN.properties, ...properties } };
      const study = { ...task.study, referenceTemperature_degC: 70 };
      return { ...task, study, bodies: [testBody([0, 0, 0], STRIP.max, 0, material)] };
    };
    const table: [number, number][] = [
      [20, 210_000],
      [220, 110_000],
    ];
    const following = (await solve(half({ tables: { young_MPa: table } }))).summary;
    const plain = (await solve(half({ young_MPa: 160_000 }))).summary;
    expect(following.probes[0]!.value / plain.probes[0]!.value).toBeCloseTo(1, 8);
    // A small load beside: the strip grows by alpha 50 K along its length.
    const grown = (await solve({ ...half({ young_MPa: 160_000 }), loads: [hot] })).summary;
    expect(grown.extremes['displacement.x']!.max.value / (1.2e-5 * 50 * 100)).toBeCloseTo(1, 2);
  });

  it('refuses what it cannot do yet', async () => {
    const task = strip([tipForce()], {});
    task.study = { ...task.study, inertiaRelief: true };
    await expect(solve(task)).rejects.toMatchObject({ code: 'study.not-yet' });
  });

  it.skipIf(!calculix)('agrees with CalculiX on the exported deck, follower pressure and all (0.1 %)', async () => {
    const pressure = load({ kind: 'pressure', pressure_MPa: 0.1 }, faces(FACE.plusZ));
    const task = strip([tipForce(-0.5), pressure], {});
    const { fields, deck } = await solve(task);
    const text = exportCalculix(deck!);
    expect(new TextDecoder().decode(text)).toContain('*STEP, NLGEOM');
    const ours = decodeBundle(fields).arrays['displacement']!;
    const theirs = (await runCalculix(text, ours.length / 3)).blocks.get('DISP')!.values;
    let largest = 0;
    let gap = 0;
    for (let i = 0; i < ours.length; i++) {
      largest = Math.max(largest, Math.abs(theirs[i]!));
      gap = Math.max(gap, Math.abs(theirs[i]! - ours[i]!));
    }
    expect(largest).toBeGreaterThan(20);
    expect(gap / largest).toBeLessThan(1e-3);
  });
});
