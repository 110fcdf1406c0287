/** Large displacements of bonded bodies, of materials with directions, and in several load cases. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeBundle } from '../../../../preload/contract/bundle.ts';
import type { Connection, Material } from '../../../../preload/contract/studies.ts';
import type { ResolvedConnection } from '../../connections/resolve.ts';
import { exportCalculix } from '../../export/calculix.ts';
import { readFrdSets } from '../../export/calculix-results.ts';
import { calculixVersion, runCalculix, solveInFolder } from '../../export/run-calculix.ts';
import { buildModel } from '../../model/build.ts';
import { orientSurface } from '../../model/surface.ts';
import type { Target } from '../../model/target.ts';
import { loadCore, requireCore } from '../../native-core.ts';
import { frameArrays } from '../../results/fields.ts';
import { boxMesh, joinMeshes } from '../../testing/box-mesh.ts';
import { solveHere, type TaskParts } from '../../testing/solve-task.ts';
import { FACE, faces, load, restraint, STEEL, testBody } from '../../testing/study.ts';
import type { Vec3 } from '../../vector.ts';

const built = loadCore().core !== null;
const calculix = calculixVersion() !== null;

const [LENGTH, WIDTH, DEPTH] = [100, 4, 2];
const YOUNG = 210_000;
const PLAIN: Material = { ...STEEL, properties: { ...STEEL.properties, poisson: 0 } };
const clamp = restraint({ kind: 'fixed' }, faces(FACE.minusX));
const rise = { id: 'rise', name: 'rise', at_mm: [LENGTH, WIDTH / 2, DEPTH / 2] as Vec3, quantity: 'displacement.z' };
const draw = { ...rise, id: 'draw', name: 'draw', quantity: 'displacement.x' };
const large = { largeDisplacement: { steps: 4 }, probes: [rise, draw] } as never;

type Loose<T> = T extends unknown ? Omit<T, 'id' | 'name' | 'on' | 'to'> : never;
const connect = (what: Loose<Connection>, target?: Target, to?: Target): ResolvedConnection => ({
  connection: { id: what.kind, name: what.kind, on: [], to: [], ...what } as unknown as Connection,
  ...(target ? { target } : {}),
  ...(to ? { to } : {}),
});
const bonded = [connect({ kind: 'bonded-touching' })];

/** P L^2 = 2 E I. */
const TIP_FORCE = (2 * YOUNG * WIDTH * DEPTH ** 3) / 12 / LENGTH ** 2;
const tip = (face: number, factor = 1) => load({ kind: 'force', force_N: [0, 0, factor * TIP_FORCE] }, faces(face));

const whole = (along: number, material = PLAIN): TaskParts => ({
  mesh: boxMesh({ max: [LENGTH, WIDTH, DEPTH], divisions: [along, 1, 1] }),
  bodies: [testBody([0, 0, 0], [LENGTH, WIDTH, DEPTH], 0, material)],
  restraints: [clamp],
  loads: [tip(FACE.plusX)],
  study: large,
});
const halves = (first: Vec3, second: Vec3, gap = 0): TaskParts => {
  const middle = LENGTH / 2;
  return {
    mesh: joinMeshes([
      boxMesh({ max: [middle, WIDTH, DEPTH], divisions: first }),
      boxMesh({ min: [middle + gap, 0, 0], max: [LENGTH, WIDTH, DEPTH], divisions: second }),
    ]),
    bodies: [
      testBody([0, 0, 0], [middle, WIDTH, DEPTH], 0, PLAIN),
      testBody([middle + gap, 0, 0], [LENGTH, WIDTH, DEPTH], 1, PLAIN),
    ],
    restraints: [clamp],
    loads: [tip(6 + FACE.plusX)],
    connections: bonded,
    study: large,
  };
};
const probesOf = async (parts: TaskParts): Promise<number[]> =>
  (await solveHere(parts)).summary.probes.map(({ value }) => value);

async function apartFromCalculix({ deck, fields }: Awaited<ReturnType<typeof solveHere>>): Promise<number> {
  const ours = decodeBundle(fields).arrays['displacement']!;
  return distance(ours, (await runCalculix(exportCalculix(deck!), ours.length / 3)).blocks.get('DISP')!.values);
}

/** Largest difference of two fields over the largest displacement. */
function distance(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  let [size, gap] = [0, 0];
  for (let i = 0; i < ours.length; i++) {
    size = Math.max(size, Math.abs(theirs[i]!));
    gap = Math.max(gap, Math.abs(theirs[i]! - ours[i]!));
  }
  expect(size).toBeGreaterThan(2);
  return gap / size;
}

describe.skipIf(!built)('bonded bodies', () => {
  it('whose meshes match turn far as one (1e-8)', async () => {
    const one = await probesOf(whole(16));
    const answer = await solveHere(halves([8, 1, 1], [8, 1, 1]));
    answer.summary.probes.forEach(({ value }, i) => {
      expect(Math.abs(value / one[i]! - 1)).toBeLessThan(1e-8);
    });
    expect(Math.abs(one[0]! / 49.346 - 1)).toBeLessThan(0.01);
    // What the bond carries: the load, and its moment about where the cut has gone to.
    const [bond] = answer.summary.connections!;
    expect(bond!.force_N![2]! / TIP_FORCE).toBeCloseTo(1, 5);
    expect(Math.abs(bond!.moment_N_mm![1]! / (TIP_FORCE * 43))).toBeGreaterThan(0.9);
    expect(Math.abs(bond!.moment_N_mm![1]! / (TIP_FORCE * 43))).toBeLessThan(1.1);
    expect(answer.summary.equilibrium_error).toBeLessThan(1e-5);
  });

  it('whose meshes do not match turn as one but for the error of the meshes (0.1 %), and CalculiX says the same', async () => {
    const one = await probesOf(whole(16));
    const answer = await solveHere(halves([8, 1, 1], [8, 2, 2]));
    answer.summary.probes.forEach(({ value }, i) => {
      expect(Math.abs(value / one[i]! - 1)).toBeLessThan(1e-3);
    });
    if (calculix) expect(await apartFromCalculix(answer)).toBeLessThan(1e-3);
  });

  it('across a small gap carry the whole load, whichever side has the coarser mesh (1e-5)', async () => {
    const joints = [connect({ kind: 'bonded-touching', tolerance_mm: 0.1 })];
    for (const [first, second] of [
      [
        [8, 1, 1],
        [8, 2, 2],
      ],
      [
        [8, 2, 2],
        [8, 1, 1],
      ],
    ] as const) {
      const { summary } = await solveHere({ ...halves([...first], [...second], 0.01), connections: joints });
      expect(summary.connections![0]!.force_N![2]! / TIP_FORCE).toBeCloseTo(1, 5);
    }
  });

  it('across a gap are refused with the reason, where the meshes differ', async () => {
    const apart = halves([8, 1, 1], [8, 2, 2], 0.2);
    await expect(
      solveHere({ ...apart, connections: [connect({ kind: 'bonded-touching', tolerance_mm: 0.3 })] }),
    ).rejects.toMatchObject({
      data: {
        code: 'study.gap-turns',
        message: expect.stringMatching(/up to 0\.2 mm apart.*large rotations across 0\.0\d+ mm/),
      },
    });
  });

  it('on curved faces whose meshes differ turn by 60 degrees without stress (1e-8 of the stiffness)', async () => {
    // Two quarter rings, one about the other; one side of the inner one is turned.
    const ring = ([angle, radius, z]: Vec3): Vec3 => [radius * Math.sin(angle), radius * Math.cos(angle), z];
    const mesh = joinMeshes([
      boxMesh({ min: [0, 10, 0], max: [Math.PI / 2, 14, 4], divisions: [2, 1, 1], map: ring }),
      boxMesh({ min: [0, 14, 0], max: [Math.PI / 2, 18, 4], divisions: [3, 1, 2], map: ring }),
    ]);
    const [c, s] = [Math.cos(Math.PI / 3), Math.sin(Math.PI / 3)];
    const bodies = [testBody([0, 0, 0], [14, 14, 4], 0, PLAIN), testBody([0, 0, 0], [18, 18, 4], 1, PLAIN)];
    const joints = [connect({ kind: 'bonded-touching', tolerance_mm: 0.5 })];
    orientSurface(mesh);
    const { model, connections } = buildModel(mesh, bodies, [clamp], [], null, joints, { largeRotation: true });
    expect(connections!.bonds[0]!.matching).toBe(false);
    const gaps = connections!.bonds[0]!.samples.gap;
    expect(Math.max(...gaps.map(Math.abs))).toBeGreaterThan(1e-3);
    // The clamped side, at angle 0, lies along y.
    model.fixedDofs.forEach((dof, i) => {
      const y = model.nodes[dof - (dof % 3) + 1]!;
      model.fixedValues[i] = dof % 3 === 0 ? -s * y : dof % 3 === 1 ? (c - 1) * y : 0;
    });
    const solution = await requireCore().solveNonlinear(model, { tolerance: 1e-12 });
    expect(solution.outcome).toBe('complete');
    expect(solution.stress.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / YOUNG).toBeLessThan(1e-8);
  });

  it('across a small gap pass a pull on but for the gap (2 % of the stress)', async () => {
    const planes = restraint({ kind: 'symmetry' }, faces(0, 2, 4, 6 + 2, 6 + 4));
    const parts = { ...halves([8, 1, 1], [8, 2, 2], 0.015), restraints: [planes] };
    const pull = load({ kind: 'traction', traction_MPa: [100, 0, 0] }, faces(6 + FACE.plusX));
    const { summary } = await solveHere({
      ...parts,
      loads: [pull],
      study: { largeDisplacement: { steps: 2 } } as never,
    });
    const { min, max } = summary.extremes['stress.xx']!;
    expect(Math.abs(max.value / 100 - 1)).toBeLessThan(0.02);
    expect(Math.abs(min.value / 100 - 1)).toBeLessThan(0.02);
  });

  it('whose ends share their displacement along the strip stay upright there: two elasticas of half the length (1 %)', async () => {
    // P (L/2)^2 = E I in each half: Mattiasson 1981, table 1.
    const [up, back] = await probesOf({
      ...whole(24),
      loads: [tip(FACE.plusX, 2)],
      connections: [connect({ kind: 'coupled', axes: ['x'] }, faces(FACE.plusX))],
    });
    expect(Math.abs(up! / (LENGTH * 0.30172) - 1)).toBeLessThan(0.01);
    expect(Math.abs(back! / (-LENGTH * 0.05643) - 1)).toBeLessThan(0.01);
  });

  it('that are joined by what turns only a little are refused by name', async () => {
    await expect(
      solveHere({ ...whole(8), connections: [connect({ kind: 'rigid' }, faces(FACE.plusX))] }),
    ).rejects.toMatchObject({ data: { message: expect.stringMatching(/rigid couplings: .* small rotations only/) } });
  });
});

/** Stiff along axis 2, which lies along the strip backwards. */
const FIBRES: Material = {
  ...STEEL,
  properties: {
    ...STEEL.properties,
    orthotropic: { young_MPa: [9_000, YOUNG, 12_000], poisson: [0, 0, 0], shear_MPa: [60_000, 70_000, 5_000] },
  },
};
const fibreStrip = (along: number): TaskParts => ({
  ...whole(along),
  bodies: [
    { ...testBody([0, 0, 0], [LENGTH, WIDTH, DEPTH], 0, FIBRES), axes: { first: [0, 1, 0], second: [-1, 0, 0] } },
  ],
});

describe.skipIf(!built)('a strip of fibres', () => {
  it("is the elastica of the fibres' modulus (Mattiasson 1981, 1 %), and CalculiX says the same", async () => {
    const answer = await solveHere(fibreStrip(20));
    const [up, back] = answer.summary.probes.map(({ value }) => value) as [number, number];
    expect(Math.abs(up / 49.346 - 1)).toBeLessThan(0.01);
    expect(Math.abs(back / -16.064 - 1)).toBeLessThan(0.01);
    if (calculix) expect(await apartFromCalculix(answer)).toBeLessThan(1e-3);
  });
});

describe.skipIf(!built)('load cases of large displacements', () => {
  const parts: TaskParts = {
    ...whole(12),
    loads: [
      { ...tip(FACE.plusX, 0.6), load: { ...tip(FACE.plusX, 0.6).load, id: 'a' } },
      {
        ...load({ kind: 'pressure', pressure_MPa: -0.05 }, faces(FACE.plusZ)),
        load: { ...load({ kind: 'pressure', pressure_MPa: -0.05 }).load, id: 'b' },
      },
    ],
    study: {
      ...(large as object),
      loads: [{ id: 'a' }, { id: 'b' }],
      cases: [
        { id: 'tip', name: 'Tip', loads: [{ load: 'a', factor: 1 }] },
        { id: 'skin', name: 'Skin', loads: [{ load: 'b', factor: 1 }] },
      ],
      combinations: [
        {
          id: 'both',
          name: 'Both',
          terms: [
            { case: 'tip', factor: 1 },
            { case: 'skin', factor: 0.5 },
          ],
        },
      ],
    } as never,
  };

  it('are each solved on a path of their own, a combination as the sum of its loads, with an envelope', async () => {
    const { summary } = await solveHere(parts);
    expect(summary.frames!.map(({ name, kind }) => [name, kind])).toEqual([
      ['Tip', 'case'],
      ['Skin', 'case'],
      ['Both', 'combination'],
      ['Envelope', 'envelope'],
    ]);
    const rises = summary.frames!.slice(0, 3).map(({ probes }) => probes![0]!);
    const alone = async (...ids: [string, number][]) => {
      const loads = ids.map(([id, factor]) => ({ ...parts.loads!.find((one) => one.load.id === id)!, factor }));
      // Without cases, factors are those of the loads themselves.
      const scaled = loads.map(({ factor, ...one }) =>
        one.load.kind === 'pressure'
          ? { ...one, load: { ...one.load, pressure_MPa: factor * one.load.pressure_MPa } }
          : one,
      );
      return (await probesOf({ ...parts, loads: scaled, study: large }))[0]!;
    };
    expect(rises[0]! / (await alone(['a', 1]))).toBeCloseTo(1, 8);
    expect(rises[1]! / (await alone(['b', 1]))).toBeCloseTo(1, 8);
    expect(rises[2]! / (await alone(['a', 1], ['b', 0.5]))).toBeCloseTo(1, 8);
    // It is not the sum of what the cases do: the strip stiffens as it bends.
    expect(rises[2]! / (rises[0]! + 0.5 * rises[1]!)).toBeLessThan(0.99);
    expect(summary.curves!.map(({ id }) => id)).toContain('load-displacement/both');
    expect(summary.curves!.find(({ id }) => id === 'load-displacement/both')!.name).toMatch(/^Both: /);
  });

  it.skipIf(!calculix)('are steps of one deck, of which CalculiX finds the same ends (0.1 %)', async () => {
    const { fields, deck } = await solveHere(parts);
    const text = new TextDecoder().decode(exportCalculix(deck!));
    expect(text.match(/\*STEP, NLGEOM/g)).toHaveLength(3);
    expect(text.match(/\*DLOAD, OP=NEW/g)).toHaveLength(2);
    const folder = mkdtempSync(join(tmpdir(), 'artificer-large-'));
    writeFileSync(join(folder, 'model.inp'), text);
    await solveInFolder(folder, { threads: 1 });
    const { arrays } = decodeBundle(fields);
    const sets = readFrdSets(readFileSync(join(folder, 'model.frd'), 'latin1'), arrays['displacement']!.length / 3);
    rmSync(folder, { recursive: true });
    expect(sets).toHaveLength(3);
    sets.forEach((set, index) => {
      const theirs = set.get('DISP')!.values;
      const ours = index === 0 ? arrays['displacement']! : frameArrays(arrays, index)['displacement']!;
      expect(distance(ours, theirs)).toBeLessThan(1e-3);
    });
  });
});
