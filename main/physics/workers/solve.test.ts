import { describe, expect, it } from 'vitest';
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import type { ArtificerError } from '../../../preload/contract/errors.ts';
import { silentContext } from '../../../preload/contract/jobs.ts';
import type { Probe, ResultSummary } from '../../../preload/contract/studies.ts';
import { exportCalculix } from '../export/calculix.ts';
import { calculixVersion, runCalculix } from '../export/run-calculix.ts';
import type { ResolvedLoad } from '../loads/apply.ts';
import { loadCore } from '../native-core.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import { probeFields } from '../results/probe.ts';
import { type BoxOptions, boxMesh } from '../testing/box-mesh.ts';
import { meshBundle } from '../testing/mesh-bundle.ts';
import { edges, FACE, faces, load, restraint, STEEL, testBody, vertices } from '../testing/study.ts';
import type { Vec3 } from '../vector.ts';
import { runTask } from './run.ts';
import type { SolveTask } from './tasks.ts';

const built = loadCore().core !== null;
if (!built) console.warn('The numeric core has not been built: solutions are not tested.');

const E = 210_000;
const BAR: BoxOptions = { max: [40, 20, 10], divisions: [4, 2, 1] };

function task(
  options: BoxOptions,
  restraints: ResolvedRestraint[],
  loads: ResolvedLoad[],
  { probes = [], ...more }: Partial<SolveTask> & { probes?: Probe[] } = {},
): SolveTask {
  return {
    kind: 'solve',
    mesh: meshBundle(boxMesh(options)),
    size_mm: 10,
    order: 2,
    bodies: [testBody(options.min ?? [0, 0, 0], options.max)],
    restraints,
    loads,
    connections: [],
    study: {
      restraints: [],
      loads: [],
      mesh: { order: 2, accuracy: 'default', refinements: [] },
      probes,
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
    ...more,
  };
}
const solve = (...given: Parameters<typeof task>) => runTask(task(...given), silentContext());
const probeAt = (at_mm: Vec3, quantity: Probe['quantity']): Probe => ({ id: 'p', name: 'p', at_mm, quantity });
const probed = (summary: ResultSummary): number => summary.probes[0]!.value;
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: ArtificerError) => error.code,
  );
const threePlanes = restraint({ kind: 'symmetry' }, faces(FACE.minusX, FACE.minusY, FACE.minusZ));
const pull = load({ kind: 'traction', traction_MPa: [100, 0, 0] }, faces(FACE.plusX));

describe.skipIf(!built)('a solution in the worker', () => {
  it('of a bar under tension is exact in stress, displacement, reactions, energy and mass', async () => {
    const { summary, fields } = await solve(BAR, [threePlanes], [pull], {
      probes: [probeAt([13.7, 3.3, 4.1], 'stress.xx')],
    });
    expect(probed(summary)).toBeCloseTo(100, 6);
    expect(summary.extremes['stress.xx']!.min.value).toBeCloseTo(100, 6);
    expect(summary.extremes['displacement.x']!.max.value).toBeCloseTo((100 * 40) / E, 9);
    expect(summary.extremes['displacement.y']!.min.value).toBeCloseTo((-0.3 * 100 * 20) / E, 9);
    expect(summary.applied_N![0]).toBeCloseTo(20_000, 6);
    expect(summary.reactions_N!.total[0]).toBeCloseTo(-20_000, 4);
    expect(summary.equilibrium_error).toBeLessThan(1e-7);
    expect(summary.strainEnergy_N_mm).toBeCloseTo((100 ** 2 / (2 * E)) * 8000, 6);
    expect(summary.mass_kg).toBeCloseTo(8000 * 7.85e-6, 9);
    expect(summary.minimumSafetyFactor!.value).toBeCloseTo(2.5, 4);
    expect(summary.minimumSafetyFactor!.basis).toContain('yield');
    expect(summary.discretisation_error.energy_percent).toBeLessThan(1e-3);
    expect(summary.singularities).toEqual([]);
    expect(Object.keys(summary.extremes)).toHaveLength(23);
    const { meta, arrays } = decodeBundle<{ nodes: number }>(fields);
    expect(arrays['displacement']!.length).toBe(3 * meta.nodes);
    expect(arrays['safetyFactor']!.length).toBe(meta.nodes);
  });

  it('has reactions by restraint that carry what each holds', async () => {
    const one = (name: string, face: number) => restraint({ kind: 'symmetry', name }, faces(face));
    const { summary } = await solve(
      BAR,
      [one('x', FACE.minusX), one('y', FACE.minusY), one('z', FACE.minusZ)],
      [
        load({ kind: 'traction', traction_MPa: [100, 0, 0] }, faces(FACE.plusX)),
        load({ kind: 'pressure', pressure_MPa: 7 }, faces(FACE.plusZ)),
      ],
    );
    const by = Object.fromEntries(summary.reactions_N!.byRestraint.map((entry) => [entry.name, entry.force_N]));
    expect(by['x']![0]).toBeCloseTo(-20_000, 3);
    expect(by['z']![2]).toBeCloseTo(7 * 800, 3);
    expect(Math.hypot(...by['y']!)).toBeLessThan(1e-3);
  });

  it('of an elastic support sinks by pressure over stiffness, and the support carries the load', async () => {
    const { summary } = await solve(
      BAR,
      [restraint({ kind: 'elastic-support', name: 'bed', normal_N_mm3: 20, tangential_N_mm3: 1 }, faces(FACE.minusZ))],
      [load({ kind: 'pressure', pressure_MPa: 5 }, faces(FACE.plusZ))],
      { probes: [probeAt([20, 10, 0], 'displacement.z')] },
    );
    expect(probed(summary)).toBeCloseTo(-0.25, 3);
    expect(summary.reactions_N!.byRestraint[0]!.force_N[2]).toBeCloseTo(4000, 3);
    expect(summary.equilibrium_error).toBeLessThan(1e-7);
  });

  it('of gravity hangs by rho g L^2 / 2 E', async () => {
    // Without Poisson's ratio the bar stays one-dimensional, and second-order elements hold its parabola exactly.
    const slender = testBody([0, 0, 0], [40, 20, 10], 0, {
      ...STEEL,
      properties: { ...STEEL.properties, poisson: 0 },
    });
    const { summary } = await solve(
      { max: [40, 20, 10], divisions: [8, 2, 1] },
      [threePlanes],
      [load({ kind: 'gravity', acceleration_mm_s2: [9.81e6, 0, 0] })],
      { bodies: [slender] },
    );
    const exact = (7.85e-9 * 9.81e6 * 40 ** 2) / (2 * E);
    expect(summary.extremes['displacement.x']!.max.value).toBeCloseTo(exact, 9);
    expect(summary.applied_N![0]).toBeCloseTo(7.85e-9 * 9.81e6 * 8000, 6);
  });

  it('of free heating strains without stress; of held heating has E alpha dT', async () => {
    const mesh = boxMesh(BAR);
    const temperatureChange = new Float64Array(mesh.nodes.length / 3).fill(50);
    const free = await solve(BAR, [threePlanes], [], { temperatureChange: temperatureChange.slice() });
    expect(free.summary.extremes['displacement.x']!.max.value).toBeCloseTo(1.2e-5 * 50 * 40, 8);
    expect(free.summary.extremes['von_mises']!.max.value).toBeLessThan(1e-5);
    const held = await solve(BAR, [threePlanes, restraint({ kind: 'displacement', x_mm: 0 }, faces(FACE.plusX))], [], {
      temperatureChange,
    });
    expect(held.summary.extremes['stress.xx']!.max.value).toBeCloseTo(-E * 1.2e-5 * 50, 3);
  });

  it('of a torque on a bar turns as Saint-Venant says', async () => {
    // A square bar of side a: J = 0.1406 a^4. The torque and a distributed clamp that leaves warping free at mid length.
    const { summary } = await solve(
      { min: [0, -5, -5], max: [100, 5, 5], divisions: [20, 3, 3] },
      [restraint({ kind: 'fixed' }, faces(FACE.minusX))],
      [load({ kind: 'moment', moment_N_mm: [10_000, 0, 0] }, faces(FACE.plusX))],
      { probes: [probeAt([75, 0, 5], 'displacement.y')] },
    );
    const rate = 10_000 / ((E / 2.6) * 0.1406 * 10 ** 4);
    // Measured from the clamp, whose warping is held: a length of half a side less.
    expect(Math.abs(probed(summary))).toBeGreaterThan(0.93 * rate * 75 * 5);
    expect(Math.abs(probed(summary))).toBeLessThan(1.0 * rate * 75 * 5);
  });

  it.skipIf(calculixVersion() === null)('agrees with CalculiX on its own deck', async () => {
    const { fields, deck } = await solve(
      { max: [40, 20, 10], divisions: [4, 2, 2], map: ([x, y, z]) => [x + 0.1 * y, y - 0.05 * z, z + 0.002 * x * x] },
      [
        restraint({ kind: 'fixed' }, faces(FACE.minusX)),
        restraint({ kind: 'elastic-support', normal_N_mm3: 100, tangential_N_mm3: 10 }, faces(FACE.minusZ)),
        restraint({ kind: 'symmetry' }, faces(FACE.minusY)),
      ],
      [
        load({ kind: 'force', force_N: [100, 200, -300] }, edges(3)),
        load({ kind: 'pressure', pressure_MPa: 5 }, faces(FACE.plusZ)),
        load({ kind: 'remote-force', force_N: [0, 50, 0], point_mm: [80, 0, 30] }, faces(FACE.plusX)),
        load({ kind: 'gravity', acceleration_mm_s2: [0, 0, -9.81e5] }),
      ],
    );
    const ours = decodeBundle(fields).arrays['displacement']!;
    const { blocks } = await runCalculix(exportCalculix(deck!), ours.length / 3);
    const theirs = blocks.get('DISP')!.values;
    const largest = Math.max(...theirs.map(Math.abs));
    ours.forEach((value, index) => {
      expect(Math.abs(value - theirs[index]!)).toBeLessThan(1e-4 * largest);
    });
  });
});

describe.skipIf(!built)('what a result warns of', () => {
  const clamp = restraint({ kind: 'fixed', name: 'clamp' }, faces(FACE.minusX));
  const codes = (summary: ResultSummary): string[] => summary.warnings.map((warning) => warning.code);

  it('names stress above yield, large displacement, and a missing strength', async () => {
    const strong = await solve(BAR, [clamp], [load({ kind: 'force', force_N: [0, 0, -40_000] }, faces(FACE.plusX))]);
    expect(codes(strong.summary)).toContain('result.above-yield');
    const soft = testBody([0, 0, 0], [40, 20, 10], 0, {
      ...STEEL,
      name: 'Jelly',
      properties: { young_MPa: 10, poisson: 0.3, density_kg_m3: 1000 },
    });
    const bent = await solve(BAR, [clamp], [load({ kind: 'force', force_N: [0, 0, -100] }, faces(FACE.plusX))], {
      bodies: [soft],
    });
    expect(codes(bent.summary)).toContain('result.large-displacement');
    expect(codes(bent.summary)).toContain('result.no-strength');
    expect(bent.summary.minimumSafetyFactor).toBeNull();
    expect(bent.summary.extremes['safety_factor']).toBeUndefined();
  });

  it('names singular places: rims of clamps, points and edges under load, held points', async () => {
    const rim = await solve(BAR, [clamp], [load({ kind: 'force', force_N: [0, 0, -100] }, faces(FACE.plusX))]);
    expect(rim.summary.singularities[0]!.reason).toContain('rim of the clamped face of restraint "clamp"');
    expect(codes(rim.summary)).toContain('result.singular-peak');
    const point = await solve(
      BAR,
      [clamp],
      [load({ kind: 'force', force_N: [0, 0, -100], name: 'poke' }, vertices(7))],
    );
    const poke = point.summary.singularities.find((one) => one.reason.includes('load "poke" acts on a point'));
    expect(poke?.at_mm).toEqual([40, 20, 10]);
    const smooth = await solve(BAR, [threePlanes], [pull]);
    expect(smooth.summary.singularities).toEqual([]);
  });

  it('says so where a probe is off the part, and gives the nearest value', async () => {
    const { summary } = await solve(BAR, [threePlanes], [pull], { probes: [probeAt([60, 10, 5], 'displacement.x')] });
    expect(codes(summary)).toContain('result.probe-outside');
    expect(probed(summary)).toBeCloseTo((100 * 40) / E, 8);
  });

  it('judges brittle materials by principal stress', async () => {
    const glass = testBody([0, 0, 0], [40, 20, 10], 0, {
      ...STEEL,
      properties: { young_MPa: E, poisson: 0.3, density_kg_m3: 2500, ultimate_MPa: 50, compressive_MPa: 500 },
    });
    const pulled = await solve(BAR, [threePlanes], [pull], { bodies: [glass] });
    expect(pulled.summary.minimumSafetyFactor!.value).toBeCloseTo(0.5, 4);
    expect(pulled.summary.minimumSafetyFactor!.basis).toContain('brittle');
    const pressed = load({ kind: 'traction', traction_MPa: [-100, 0, 0] }, faces(FACE.plusX));
    expect(
      (await solve(BAR, [threePlanes], [pressed], { bodies: [glass] })).summary.minimumSafetyFactor!.value,
    ).toBeCloseTo(5, 3);
  });
});

describe.skipIf(!built)('probes', () => {
  it('interpolate a quadratic field exactly, in curved elements too', async () => {
    const { fields } = await solve(
      { max: [40, 20, 10], divisions: [3, 2, 2], map: ([x, y, z]) => [x, y + 0.003 * x * x, z] },
      [restraint({ kind: 'fixed' }, faces(FACE.minusX))],
      [pull],
    );
    const { arrays } = decodeBundle(fields);
    const nodes = arrays['nodes']!;
    const corner = [...Array(nodes.length / 3).keys()].find((node) => nodes[3 * node]! > 20)!;
    const [answer] = probeFields(fields, [[nodes[3 * corner]!, nodes[3 * corner + 1]!, nodes[3 * corner + 2]!]]);
    expect(answer!.inside || answer!.distance_mm < 1e-4).toBe(true);
    expect(answer!.values['displacement.x']).toBeCloseTo(arrays['displacement']![3 * corner]!, 7);
    expect(answer!.values['stress.xx']).toBeCloseTo(arrays['stress']![6 * corner]!, 3);
  });
});

describe.skipIf(!built)('refusals and cancelling', () => {
  it('refuses what cannot stand, what is too large, and what has an inverted element', async () => {
    expect(await codeOf(solve(BAR, [restraint({ kind: 'fixed' }, edges(0))], [pull]))).toBe('study.under-restrained');
    const large = solve(BAR, [threePlanes], [pull], { memoryLimit_bytes: 1000 });
    await expect(large)
      .rejects.toMatchObject({ data: { code: 'study.too-large', hint: /size of about .* mm/ } })
      .catch(async () => expect(await codeOf(large)).toBe('study.too-large'));
    const mesh = boxMesh(BAR);
    [mesh.elements[0], mesh.elements[1]] = [mesh.elements[1]!, mesh.elements[0]!];
    expect(await codeOf(solve(BAR, [threePlanes], [pull], { mesh: meshBundle(mesh) }))).toBe('physics.mesh-inverted');
  });

  it('stops within a second when cancelled', async () => {
    const stop = new AbortController();
    const large = task({ max: [40, 40, 40], divisions: [22, 22, 22] }, [threePlanes], [pull]);
    let asked = 0;
    const work = runTask(large, {
      signal: stop.signal,
      progress: (stage) => {
        if ((stage !== 'Factorising' && stage !== 'Solving') || asked > 0) return;
        asked = performance.now();
        stop.abort();
      },
    });
    expect(await codeOf(work)).toBe('cancelled');
    expect(asked).toBeGreaterThan(0);
    // Sooner than the caller's own patience of 0.9 s: the core has seen the flag.
    expect(performance.now() - asked).toBeLessThan(850);
  });

  it('reports progress with named stages and keeps the event loop free', async () => {
    const stages = new Set<string>();
    let worst = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      worst = Math.max(worst, performance.now() - last);
      last = performance.now();
    }, 5);
    await runTask(task({ max: [40, 40, 40], divisions: [8, 8, 8] }, [threePlanes], [pull]), {
      signal: new AbortController().signal,
      progress: (stage) => stages.add(stage),
    });
    clearInterval(watch);
    for (const stage of ['Applying loads and restraints', 'Assembling', 'Collecting results', 'Packing'])
      expect(stages).toContain(stage);
    expect(worst).toBeLessThan(100);
  });
});
