/** Vibration and buckling of what connections hold together, on small boxes with known answers. */
import { describe, expect, it } from 'vitest';
import type { Connection, Material } from '../../../preload/contract/studies.ts';
import type { ResolvedConnection } from '../connections/resolve.ts';
import { exportCalculix } from '../export/calculix.ts';
import { readEigenvalues } from '../export/calculix-results.ts';
import { calculixVersion, runCalculix } from '../export/run-calculix.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import type { Target } from '../model/target.ts';
import { loadCore } from '../native-core.ts';
import { boxMesh, joinMeshes } from '../testing/box-mesh.ts';
import { solveHere, type TaskParts } from '../testing/solve-task.ts';
import { FACE, faces, load, restraint, STEEL, testBody } from '../testing/study.ts';
import type { Vec3 } from '../vector.ts';

const built = loadCore().core !== null;
/** Poisson's ratio 0, so that clamps hold nothing that beam theory leaves free. */
const BEAM_STEEL: Material = { ...STEEL, properties: { ...STEEL.properties, poisson: 0 } };
const E = 210_000;
const DENSITY = 7.85e-9;
const [LENGTH, WIDTH, DEPTH] = [200, 12, 8];
const AREA = WIDTH * DEPTH;
const INERTIA = (WIDTH * DEPTH ** 3) / 12;

type Loose<T> = T extends unknown ? Omit<T, 'id' | 'name' | 'on' | 'to'> : never;
const connect = (what: Loose<Connection>, target?: Target, to?: Target): ResolvedConnection => ({
  connection: { id: what.kind, name: what.kind, on: [], to: [], ...what } as unknown as Connection,
  ...(target ? { target } : {}),
  ...(to ? { to } : {}),
});
const bonded = [connect({ kind: 'bonded-touching' })];
const clamp = restraint({ kind: 'fixed' }, faces(FACE.minusX));
const second = (face: number): number => 6 + face;

interface Beam {
  mesh: VolumeMesh;
  bodies: ReturnType<typeof testBody>[];
}
const whole = (divisions: Vec3, material = BEAM_STEEL): Beam => ({
  mesh: boxMesh({ max: [LENGTH, WIDTH, DEPTH], divisions }),
  bodies: [testBody([0, 0, 0], [LENGTH, WIDTH, DEPTH], 0, material)],
});
const halves = (first: Vec3, other: Vec3, material = BEAM_STEEL): Beam => {
  const middle = LENGTH / 2;
  return {
    mesh: joinMeshes([
      boxMesh({ max: [middle, WIDTH, DEPTH], divisions: first }),
      boxMesh({ min: [middle, 0, 0], max: [LENGTH, WIDTH, DEPTH], divisions: other }),
    ]),
    bodies: [
      testBody([0, 0, 0], [middle, WIDTH, DEPTH], 0, material),
      testBody([middle, 0, 0], [LENGTH, WIDTH, DEPTH], 1, material),
    ],
  };
};
const solve = (parts: TaskParts) => solveHere({ solver: { method: 'auto', tolerance: 1e-10, threads: 2 }, ...parts });
const frequencies = async (parts: TaskParts): Promise<number[]> =>
  (await solve(parts)).summary.modes!.map(({ frequency_Hz }) => frequency_Hz);
const modal = (modes: number, more: object = {}) => ({ study: 'modal', modal: { modes, ...more } }) as const;

describe.runIf(built)('bonded bodies', () => {
  it('with meshes that match vibrate as one (1e-8)', async () => {
    const one = await frequencies({ ...whole([16, 1, 1]), restraints: [clamp], study: modal(4) });
    const two = await frequencies({
      ...halves([8, 1, 1], [8, 1, 1]),
      restraints: [clamp],
      connections: bonded,
      study: modal(4),
    });
    expect(two).toHaveLength(4);
    two.forEach((value, mode) => {
      expect(Math.abs(value / one[mode]! - 1)).toBeLessThan(1e-8);
    });
  });

  it('with meshes that do not match vibrate as one (0.1 %), with the same effective masses; free, they have six rigid motions', async () => {
    const one = (await solve({ ...whole([16, 2, 2]), restraints: [clamp], study: modal(3) })).summary;
    const parts = { ...halves([8, 2, 2], [8, 3, 3]), connections: bonded };
    const two = (await solve({ ...parts, restraints: [clamp], study: modal(3) })).summary;
    two.modes!.forEach((mode, index) => {
      expect(Math.abs(mode.frequency_Hz / one.modes![index]!.frequency_Hz - 1)).toBeLessThan(1e-3);
    });
    expect(two.modes![0]!.effectiveMass_kg[2] / two.mass_kg).toBeCloseTo(0.613, 2);
    const free = (await solve({ ...parts, study: modal(1) })).summary.modes!;
    expect(free.map(({ rigid }) => rigid)).toEqual([true, true, true, true, true, true, false]);
    // First bending mode of a free beam: 4.7300408 (Blevins 1979).
    const exact = ((4.7300408 / LENGTH) ** 2 * Math.sqrt((E * INERTIA) / (DENSITY * AREA))) / (2 * Math.PI);
    expect(Math.abs(free[6]!.frequency_Hz / exact - 1)).toBeLessThan(0.02);
  });

  it.skipIf(calculixVersion() === null)(
    'have the frequencies that CalculiX finds on the exported deck (0.1 %)',
    async () => {
      const { summary, deck } = await solve({
        ...halves([6, 1, 1], [6, 2, 2]),
        restraints: [clamp],
        connections: bonded,
        study: modal(3),
      });
      const theirs = readEigenvalues((await runCalculix(exportCalculix(deck!), summary.mesh.nodes)).tables);
      summary.modes!.forEach((mode, index) => {
        expect(Math.abs(theirs[index]! / mode.frequency_Hz - 1)).toBeLessThan(1e-3);
      });
    },
  );

  it('respond to a slow load as they do to a still one, and buckle at the load of the whole column', async () => {
    const parts = { ...halves([8, 1, 1], [8, 2, 2]), connections: bonded, restraints: [clamp] };
    const push = load({ kind: 'force', force_N: [0, 0, 5] }, faces(second(FACE.plusX)));
    const probes = [{ id: 'tip', name: 'tip', at_mm: [LENGTH, 6, 4] as Vec3, quantity: 'displacement.z' as const }];
    const harmonic = { from_Hz: 0, to_Hz: 300, points: 4, dampingRatio: 0.02 };
    const slow = await solve({ ...parts, loads: [push], study: { study: 'harmonic', harmonic, probes } });
    const still = await solve({ ...parts, loads: [push], study: { probes } });
    const amplitude = slow.summary.curves![0]!.y[0]!.values[0]!;
    expect(Math.abs(amplitude / still.summary.probes[0]!.value - 1)).toBeLessThan(1e-6);
    const press = load({ kind: 'pressure', pressure_MPa: 1 }, faces(second(FACE.plusX)));
    const { summary } = await solve({ ...parts, loads: [press], study: { study: 'buckling', buckling: { modes: 1 } } });
    const euler = (Math.PI ** 2 * E * INERTIA) / (4 * LENGTH ** 2) / AREA;
    expect(Math.abs(summary.bucklingFactors![0]!.factor / euler - 1)).toBeLessThan(0.005);
    expect(summary.connections![0]!.force_N![0]! / -AREA).toBeCloseTo(1, 6);
  });
});

describe.runIf(built)('a block on a spring', () => {
  it('swings at sqrt(k/m) / 2 pi along each of its directions, and turns freely', async () => {
    const stiffness: Vec3 = [40, 90, 10];
    const size: Vec3 = [10, 10, 10];
    const mesh = joinMeshes([
      boxMesh({ max: size, divisions: [1, 1, 1] }),
      boxMesh({ min: [20, 0, 0], max: [30, 10, 10], divisions: [2, 2, 2] }),
    ]);
    const { summary } = await solve({
      mesh,
      bodies: [testBody([0, 0, 0], size, 0), testBody([20, 0, 0], [30, 10, 10], 1)],
      restraints: [restraint({ kind: 'fixed' }, faces(FACE.minusX))],
      connections: [
        connect(
          { kind: 'spring', stiffness_N_mm: stiffness },
          faces(FACE.plusX),
          // Their common centre is that of the block, so that no motion along turns it.
          faces(second(FACE.minusX), second(FACE.plusX)),
        ),
      ],
      study: modal(3),
    });
    expect(summary.modes!.map(({ rigid }) => rigid)).toEqual([true, true, true, false, false, false]);
    const mass = DENSITY * 1000;
    [10, 40, 90].forEach((k, index) => {
      const exact = Math.sqrt(k / mass) / (2 * Math.PI);
      // The blocks themselves give way a little: 1e-4 of the spring.
      expect(Math.abs(summary.modes![3 + index]!.frequency_Hz / exact - 1)).toBeLessThan(3e-4);
    });
  });
});

describe.runIf(built)('a column loaded through', () => {
  it('a rigid point above its top buckles by the lean of the arm as well: z tan z = L / h', async () => {
    const arm = LENGTH / 2;
    const remote = load(
      {
        kind: 'remote-force',
        point_mm: [LENGTH + arm, WIDTH / 2, DEPTH / 2],
        force_N: [-1, 0, 0],
        coupling: 'rigid',
      },
      faces(FACE.plusX),
    );
    const { summary } = await solve({
      ...whole([16, 1, 1]),
      restraints: [clamp],
      loads: [remote],
      study: { study: 'buckling', buckling: { modes: 1 } },
    });
    // Deflection (d + h t)(1 - cos k x) of a cantilever with a rigid arm h on top; z tan z = 2 at 1.076874.
    const exact = (1.076874 ** 2 * E * INERTIA) / LENGTH ** 2;
    expect(Math.abs(summary.bucklingFactors![0]!.factor / exact - 1)).toBeLessThan(0.005);
  });

  it('a bolt from its top to its foot buckles as one that is pinned, since the bolt leans with it', async () => {
    const bolt = connect(
      { kind: 'bolt', diameter_mm: 1, young_MPa: E, preload_N: 100 },
      faces(FACE.plusX),
      faces(FACE.minusX),
    );
    const parts = { ...whole([16, 1, 1]), restraints: [clamp], connections: [bolt] };
    const study = { study: 'buckling', buckling: { modes: 1 } } as const;
    const alone = (await solve({ ...parts, study })).summary;
    const pinned = (Math.PI ** 2 * E * INERTIA) / LENGTH ** 2;
    expect(Math.abs((100 * alone.bucklingFactors![0]!.factor) / pinned - 1)).toBeLessThan(0.005);
    expect(alone.warnings.map(({ code }) => code)).toContain('result.preload-factor');
    expect(alone.connections!.find(({ boltForce_N }) => boltForce_N !== undefined)!.boltForce_N).toBeCloseTo(100, 6);
    // Pre-stressed by it, the column vibrates slower; at its buckling load it would stand still.
    const frequency = async (preload_N: number, prestressed: boolean): Promise<number> => {
      const connections = [{ ...bolt, connection: { ...bolt.connection, preload_N } as Connection }];
      return (await frequencies({ ...parts, connections, study: modal(1, { prestressed }) }))[0]!;
    };
    const slack = await frequency(100, false);
    const near = await frequency(0.99 * pinned, true);
    expect(near / slack).toBeLessThan(0.15);
    await expect(solve({ ...parts, study: modal(1, { prestressed: true }) })).resolves.toBeDefined();
  });

  it('the preload that is there already is not multiplied with the loads', async () => {
    const bolt = (preload_N: number) =>
      connect({ kind: 'bolt', diameter_mm: 1, young_MPa: E, preload_N }, faces(FACE.plusX), faces(FACE.minusX));
    const factor = async (preload_N: number, force: number): Promise<number> => {
      const { summary } = await solve({
        ...whole([12, 1, 1]),
        restraints: [clamp],
        connections: [bolt(preload_N)],
        loads: [load({ kind: 'force', force_N: [-force, 0, 0] }, faces(FACE.plusX))],
        study: { study: 'buckling', buckling: { modes: 1 } },
      });
      return summary.bucklingFactors![0]!.factor * force;
    };
    const without = await factor(0, 1);
    const [once, twice] = [await factor(20_000, 1), await factor(20_000, 2)];
    expect(Math.abs(once / twice - 1)).toBeLessThan(1e-6);
    expect(once).toBeLessThan(0.98 * without);
  });
});

describe.runIf(built)('materials', () => {
  it('with directions bend by the modulus along the beam', async () => {
    const carbon: Material = {
      ...BEAM_STEEL,
      properties: {
        ...BEAM_STEEL.properties,
        orthotropic: { young_MPa: [140_000, 10_000, 9000], poisson: [0, 0, 0], shear_MPa: [60_000, 40_000, 50_000] },
      },
    };
    const [steel] = await frequencies({ ...whole([16, 1, 1]), restraints: [clamp], study: modal(1) });
    const parts = whole([16, 1, 1], carbon);
    const [along] = await frequencies({ ...parts, restraints: [clamp], study: modal(1) });
    // Shear gives way a little more in proportion: 0.3 % at this length.
    expect(Math.abs(along! / steel! / Math.sqrt(140 / 210) - 1)).toBeLessThan(3e-3);
    const turned = [{ ...parts.bodies[0]!, axes: { first: [0, 1, 0] as Vec3, second: [-1, 0, 0] as Vec3 } }];
    const [across] = await frequencies({ ...parts, bodies: turned, restraints: [clamp], study: modal(1) });
    expect(Math.abs(across! / along! / Math.sqrt(10 / 140) - 1)).toBeLessThan(6e-3);
    const press = load({ kind: 'pressure', pressure_MPa: 1 }, faces(FACE.plusX));
    const buckling = { study: 'buckling', buckling: { modes: 1 } } as const;
    const { summary } = await solve({ ...parts, restraints: [clamp], loads: [press], study: buckling });
    const euler = (Math.PI ** 2 * 140_000 * INERTIA) / (4 * LENGTH ** 2) / AREA;
    expect(Math.abs(summary.bucklingFactors![0]!.factor / euler - 1)).toBeLessThan(0.01);
  });

  it('that follow the temperature have the modulus of the bodies’ own temperature', async () => {
    const { thermalExpansion_1_K: _, ...rest } = BEAM_STEEL.properties;
    const table: [number, number][] = [
      [20, 210_000],
      [220, 110_000],
    ];
    const soft: Material = { ...BEAM_STEEL, properties: { ...rest, tables: { young_MPa: table } } };
    const hot = load({ kind: 'body-temperature', temperature_degC: 120 });
    const parts = { ...whole([8, 1, 1], soft), restraints: [clamp] };
    const [cold] = await frequencies({ ...parts, study: modal(1) });
    const [warm] = await frequencies({ ...parts, loads: [hot], study: modal(1) });
    expect(Math.abs(warm! / cold! / Math.sqrt(160 / 210) - 1)).toBeLessThan(1e-8);
    const push = load({ kind: 'force', force_N: [0, 0, 5] }, faces(FACE.plusX));
    const probes = [{ id: 'tip', name: 'tip', at_mm: [LENGTH, 6, 4] as Vec3, quantity: 'displacement.x' as const }];
    const harmonic = { from_Hz: 0, to_Hz: 10, points: 2, dampingRatio: 0.02 };
    const { summary } = await solve({
      ...parts,
      loads: [hot, push],
      study: { study: 'harmonic', harmonic, probes },
    });
    // The bar does not grow longer and shorter with the push.
    expect(Math.abs(summary.curves![0]!.y[0]!.values[0]!)).toBeLessThan(1e-3);
    expect(summary.warnings.map(({ code }) => code)).toContain('result.temperature-still');
  });
});
