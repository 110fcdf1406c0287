/** Modal, harmonic and buckling studies through the worker, on small boxes with known answers. */
import { describe, expect, it } from 'vitest';
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import { silentContext } from '../../../preload/contract/jobs.ts';
import type { ResultSummary } from '../../../preload/contract/studies.ts';
import { exportCalculix } from '../export/calculix.ts';
import type { ResolvedLoad } from '../loads/apply.ts';
import { loadCore } from '../native-core.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import { type BoxOptions, boxMesh } from '../testing/box-mesh.ts';
import { meshBundle } from '../testing/mesh-bundle.ts';
import { FACE, faces, load, restraint, STEEL, testBody } from '../testing/study.ts';
import type { StudyOfRequest } from '../types.ts';
import { runTask } from '../workers/run.ts';

const built = loadCore().core !== null;
/** Poisson's ratio 0, so that clamps hold nothing that beam theory leaves free. */
const BEAM_STEEL = { ...STEEL, properties: { ...STEEL.properties, poisson: 0 } };
const E = 210_000;
const DENSITY = 7.85e-9;
const BEAM: BoxOptions = { max: [200, 12, 8], divisions: [16, 1, 1] };

const solve = (
  study: Partial<StudyOfRequest>,
  restraints: ResolvedRestraint[],
  loads: ResolvedLoad[],
  options: BoxOptions = BEAM,
  material = BEAM_STEEL,
) =>
  runTask(
    {
      kind: 'solve',
      mesh: meshBundle(boxMesh(options)),
      size_mm: 12,
      order: 2,
      bodies: [testBody(options.min ?? [0, 0, 0], options.max, 0, material)],
      restraints,
      loads,
      connections: [],
      study: {
        restraints: [],
        loads: [],
        mesh: { order: 2, accuracy: 'default', refinements: [] },
        probes: [],
        ...study,
      },
      temperatureChange: null,
      temperatures: null,
      inputHash: 'hash',
      title: 'test',
      solver: { method: 'auto', tolerance: 1e-9, threads: 2 },
      memoryLimit_bytes: 4e9,
      warnings: [],
      meshSeconds: 0,
      startedAt: Date.now(),
    },
    silentContext(),
  );
const clamp = restraint({ kind: 'fixed' }, faces(FACE.minusX));
const pull = (pressure_MPa: number) => load({ kind: 'pressure', pressure_MPa }, faces(FACE.plusX));
const codes = (summary: ResultSummary): string[] => summary.warnings.map(({ code }) => code);
/** First bending frequency of a clamped-free Bernoulli-Euler beam with the given depth, Hz. */
const cantilever = (depth: number): number =>
  ((1.8751041 / BEAM.max[0]) ** 2 * Math.sqrt((E * depth ** 2) / (12 * DENSITY))) / (2 * Math.PI);

describe.runIf(built)('a modal study', () => {
  it('of a cantilever has its two bending modes with their effective masses, shown 1 mm large', async () => {
    const { summary, fields, deck } = await solve({ study: 'modal', modal: { modes: 4 } }, [clamp], []);
    expect(summary.type).toBe('modal');
    const [first, second] = summary.modes!;
    expect(first!.frequency_Hz / cantilever(8)).toBeGreaterThan(0.99);
    expect(first!.frequency_Hz / cantilever(8)).toBeLessThan(1.01);
    expect(second!.frequency_Hz / cantilever(12)).toBeCloseTo(1, 1);
    // The first bending mode of a cantilever carries 61.3 % of its mass (Blevins 1979).
    expect(first!.effectiveMass_kg[2] / summary.mass_kg).toBeCloseTo(0.613, 2);
    expect(first!.cumulativeMass_percent![2]).toBeCloseTo(61.3, 0);
    // With a tip of 1 mm it has a quarter of the mass.
    expect(first!.modalMass_kg! / (summary.mass_kg / 4)).toBeCloseTo(1, 1);
    expect(summary.mass_kg / (1000 * DENSITY * 200 * 12 * 8)).toBeCloseTo(1, 9);
    expect(first!.error_percent!).toBeGreaterThan(0);
    expect(first!.error_percent!).toBeLessThan(5);
    expect(summary.frames!.map(({ kind, unit }) => `${kind} ${unit}`)).toEqual(new Array(4).fill('mode Hz'));
    for (const { extremes } of summary.frames!) expect(extremes['displacement.magnitude']!.max.value).toBeCloseTo(1, 5);
    const { arrays } = decodeBundle(fields);
    expect(Object.keys(arrays)).toEqual(
      expect.arrayContaining(['displacement', 'stress', '3/displacement', '3/vonMises']),
    );
    expect(codes(summary)).toContain('result.effective-mass');
    const text = new TextDecoder().decode(exportCalculix(deck!));
    expect(text).toContain('*FREQUENCY\n4\n*BOUNDARY');
    expect(text).not.toContain('*STATIC');
  });

  it('of a free body names its six rigid motions', async () => {
    const { summary } = await solve({ study: 'modal', modal: { modes: 2 } }, [], []);
    expect(summary.modes!.map(({ rigid }) => rigid)).toEqual([true, true, true, true, true, true, false, false]);
    expect(summary.modes![5]!.frequency_Hz).toBe(0);
    expect(summary.frames![5]!.name).toBe('Rigid motion 6');
    expect(summary.frames![6]!.name).toMatch(/^Mode 1: /);
  });

  it('under tension rises, and needs loads for that', async () => {
    const settings = { study: 'modal', modal: { modes: 1, prestressed: true } } as const;
    const slack = await solve({ study: 'modal', modal: { modes: 1 } }, [clamp], []);
    const taut = await solve(settings, [clamp], [pull(-100)]);
    const pressed = await solve(settings, [clamp], [pull(20)]);
    const frequency = (of: typeof taut): number => of.summary.modes![0]!.frequency_Hz;
    expect(frequency(taut)).toBeGreaterThan(1.1 * frequency(slack));
    expect(frequency(pressed)).toBeLessThan(0.95 * frequency(slack));
    expect(new TextDecoder().decode(exportCalculix(taut.deck!))).toContain('*STEP, PERTURBATION\n*FREQUENCY\n1\n');
    await expect(solve(settings, [clamp], [])).rejects.toMatchObject({ code: 'study.no-loads' });
  });

  it('leaves out what lies above the asked range, and says when there may be more in it', async () => {
    const short = await solve({ study: 'modal', modal: { modes: 4, to_Hz: 1.1 * cantilever(8) } }, [clamp], []);
    expect(short.summary.modes).toHaveLength(1);
    const long = await solve({ study: 'modal', modal: { modes: 2, to_Hz: 1e6 } }, [clamp], []);
    expect(codes(long.summary)).toContain('result.more-modes');
  });

  it('needs a density', async () => {
    const massless = { ...BEAM_STEEL, properties: { ...BEAM_STEEL.properties, density_kg_m3: 0 } };
    await expect(solve({ study: 'modal', modal: { modes: 1 } }, [clamp], [], BEAM, massless)).rejects.toMatchObject({
      code: 'study.no-density',
    });
  });
});

describe.runIf(built)('a buckling study', () => {
  const euler = (Math.PI ** 2 * E * 8 ** 2) / (12 * (2 * BEAM.max[0]) ** 2);

  it("of a clamped column finds a quarter of Euler's load, and says that it yields no sooner", async () => {
    const { summary, deck } = await solve({ study: 'buckling', buckling: { modes: 2 } }, [clamp], [pull(1)]);
    const factors = summary.bucklingFactors!.map(({ factor }) => factor);
    expect(factors[0]! / euler).toBeGreaterThan(0.995);
    expect(factors[0]! / euler).toBeLessThan(1.005);
    expect(factors[1]! / (euler * (12 / 8) ** 2)).toBeCloseTo(1, 1);
    expect(summary.frames![0]).toMatchObject({ kind: 'mode', unit: '-', value: factors[0] });
    expect(codes(summary)).toContain('result.ideal-shape');
    expect(codes(summary)).not.toContain('result.yields-first');
    expect(new TextDecoder().decode(exportCalculix(deck!))).toContain('*BUCKLE\n2\n');
  });

  it('warns where the material yields first and where the reversed load is the dangerous one', async () => {
    const weak = { ...BEAM_STEEL, properties: { ...BEAM_STEEL.properties, yield_MPa: 10 } };
    const { summary } = await solve({ study: 'buckling' }, [clamp], [pull(1)], BEAM, weak);
    expect(codes(summary)).toContain('result.yields-first');
    const stretched = await solve({ study: 'buckling', buckling: { modes: 1 } }, [clamp], [pull(-1)]);
    expect(codes(stretched.summary)).toContain('result.buckles-reversed');
    const negative = stretched.summary.bucklingFactors!.find(({ factor }) => factor < 0)!;
    expect(negative.factor / -euler).toBeCloseTo(1, 2);
  });
});

describe.runIf(built)('a harmonic study', () => {
  it('of a cantilever is right below, at and between its resonances', async () => {
    const zeta = 0.02;
    const mass = DENSITY * 200 * 12 * 8;
    const force = 5;
    const probes = [
      { id: 'tip', name: 'tip', at_mm: [200, 6, 4] as [number, number, number], quantity: 'displacement.z' as const },
    ];
    const { summary, fields } = await solve(
      { study: 'harmonic', harmonic: { from_Hz: 0, to_Hz: 2000, points: 81, dampingRatio: zeta }, probes },
      [clamp],
      [load({ kind: 'force', force_N: [0, 0, force] }, faces(FACE.plusX))],
    );
    const [curve] = summary.curves!;
    const amplitude = curve!.y[0]!.values;
    const inertia = (12 * 8 ** 3) / 12;
    const still = (force * 200 ** 3) / (3 * E * inertia);
    // At 0 Hz it is the static deflection, exactly: nothing is lost with the modes left out. Shear adds 0.2 %.
    expect(amplitude[0]! / still).toBeGreaterThan(0.995);
    expect(amplitude[0]! / still).toBeLessThan(1.005);
    const omega = 2 * Math.PI * cantilever(8);
    const resonance = (4 * force) / mass / omega ** 2 / (2 * zeta);
    expect(Math.max(...amplitude) / resonance).toBeGreaterThan(0.985);
    expect(Math.max(...amplitude) / resonance).toBeLessThan(1.015);
    // There it trails the force by a quarter period, and the pictures are of that frequency.
    const peak = amplitude.indexOf(Math.max(...amplitude));
    expect(curve!.y[1]!.values[peak]!).toBeGreaterThan(-93);
    expect(curve!.y[1]!.values[peak]!).toBeLessThan(-84);
    expect(summary.frames!.map(({ kind }) => kind)).toEqual(['frequency', 'frequency']);
    expect(summary.frames![1]!.probes![0]! / -resonance).toBeCloseTo(1, 1);
    expect(summary.frames![0]!.value! / cantilever(8)).toBeCloseTo(1, 1);
    expect(Object.keys(decodeBundle(fields).arrays)).toEqual(
      expect.arrayContaining(['stress', '1/displacement', '1/stress']),
    );
  });

  it('says that prescribed motion is not solved yet', async () => {
    const shaken = restraint({ kind: 'displacement', z_mm: 1 }, faces(FACE.plusX));
    await expect(
      solve(
        { study: 'harmonic', harmonic: { from_Hz: 0, to_Hz: 10, points: 2, dampingRatio: 0.1 } },
        [clamp, shaken],
        [pull(1)],
      ),
    ).rejects.toMatchObject({ code: 'study.not-yet' });
  });
});
