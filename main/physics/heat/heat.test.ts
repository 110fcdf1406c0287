import { describe, expect, it } from 'vitest';
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import type { Material, MaterialProperties, Probe, ResultSummary } from '../../../preload/contract/studies.ts';
import { loadCore } from '../native-core.ts';
import { boxMesh, joinMeshes } from '../testing/box-mesh.ts';
import { solveParts, type TaskParts } from '../testing/solve-task.ts';
import { edges, FACE, faces, load, restraint, STEEL, testBody } from '../testing/study.ts';
import type { Vec3 } from '../vector.ts';

const K_W_mK = 50;
const metal = (more: Partial<MaterialProperties> = {}): Material => ({
  ...STEEL,
  properties: { ...STEEL.properties, conductivity_W_mK: K_W_mK, specificHeat_J_kgK: 460, ...more },
});
/** 40 x 20 x 10 mm. */
const SIZE: Vec3 = [40, 20, 10];
const bar = (parts: Omit<TaskParts, 'mesh' | 'bodies'>, material = metal()): TaskParts => ({
  mesh: boxMesh({ max: SIZE, divisions: [4, 2, 1] }),
  bodies: [testBody([0, 0, 0], SIZE, 0, material)],
  ...parts,
});
const fixedAt = (temperature_degC: number, face: number, name = `at ${temperature_degC}`) =>
  restraint({ kind: 'temperature', temperature_degC, name }, faces(face));
const thermal = { study: 'thermal' } as const;
const probe = (at_mm: Vec3, quantity: Probe['quantity'] = 'temperature'): Probe => ({
  id: 'p',
  name: 'p',
  at_mm,
  quantity,
});
const power = (summary: ResultSummary): number[] => summary.heat!.inflow_W.map(({ power_W }) => power_W);
/** Square metres of the end face, metres of the bar. */
const AREA_m2 = 200e-6;
const LENGTH_m = 0.04;

describe.runIf(loadCore().core)('thermal studies', () => {
  it('carry k A dT / L in W, with fluxes in W/m^2, from hot to cold', async () => {
    const { summary, fields } = await solveParts(
      bar({
        restraints: [fixedAt(120, FACE.minusX), fixedAt(20, FACE.plusX)],
        study: { ...thermal, probes: [probe([20, 10, 5]), probe([20, 10, 5], 'heat_flux.x')] },
      }),
    );
    const flux = (K_W_mK * 100) / LENGTH_m;
    expect(power(summary)[0]).toBeCloseTo(flux * AREA_m2, 6);
    expect(power(summary)[1]).toBeCloseTo(-flux * AREA_m2, 6);
    expect(summary.probes.map(({ value }) => value)).toEqual([expect.closeTo(70, 6), expect.closeTo(flux, 3)]);
    expect(summary.heat!.balance_error).toBeLessThan(1e-6);
    expect(summary.extremes['temperature']!.max).toMatchObject({ value: 120, unit: 'degC' });
    const { arrays } = decodeBundle(fields);
    expect(arrays['heatFlux']![0]).toBeCloseTo(flux, 1);
    expect(arrays['displacement']).toBeUndefined();
  });

  it('convect: film 500 W/(m^2 K) in series with the bar', async () => {
    const { summary } = await solveParts(
      bar({
        restraints: [fixedAt(200, FACE.minusX)],
        loads: [load({ kind: 'convection', film_W_m2K: 500, ambient_degC: 30 }, faces(FACE.plusX))],
        study: { ...thermal, probes: [probe([40, 10, 5])] },
      }),
    );
    const flux = 170 / (LENGTH_m / K_W_mK + 1 / 500);
    expect(power(summary)[0]).toBeCloseTo(flux * AREA_m2, 6);
    expect(summary.probes[0]!.value).toBeCloseTo(30 + flux / 500, 6);
  });

  it('take fluxes in W/m^2, flows in W and generation in W/m^3 as what they promise', async () => {
    const { summary } = await solveParts(
      bar({
        restraints: [fixedAt(0, FACE.minusX)],
        loads: [
          load({ kind: 'heat-flux', flux_W_m2: 1e4 }, faces(FACE.plusX)),
          load({ kind: 'heat-flow', power_W: 3 }, faces(FACE.plusX)),
          load({ kind: 'heat-generation', generation_W_m3: 1e6 }),
        ],
        study: { ...thermal, probes: [probe([40, 10, 5])] },
      }),
    );
    expect(power(summary)).toEqual([
      expect.closeTo(-(2 + 3 + 8), 6),
      expect.closeTo(2, 8),
      expect.closeTo(3, 8),
      expect.closeTo(8, 8),
    ]);
    // q L / k + g L^2 / 2k at the far end.
    const wanted = ((5 / AREA_m2) * LENGTH_m) / K_W_mK + (1e6 * LENGTH_m ** 2) / (2 * K_W_mK);
    expect(summary.probes[0]!.value).toBeCloseTo(wanted, 5);
  });

  it('radiate with absolute temperatures of ambients in degC', async () => {
    const { summary } = await solveParts(
      bar({
        loads: [
          load({ kind: 'heat-flux', flux_W_m2: 2000 }, faces(FACE.minusX)),
          load({ kind: 'radiation', emissivity: 0.7, ambient_degC: 25 }, faces(FACE.plusX)),
        ],
        study: { ...thermal, probes: [probe([40, 10, 5])] },
      }),
    );
    const wanted = (298.15 ** 4 + 2000 / (0.7 * 5.670374419e-8)) ** 0.25 - 273.15;
    expect(summary.probes[0]!.value).toBeCloseTo(wanted, 3);
  });

  it('conduct along the axes of an orthotropic material', async () => {
    const material = metal({
      orthotropic: {
        young_MPa: [1e5, 1e5, 1e5],
        poisson: [0, 0, 0],
        shear_MPa: [5e4, 5e4, 5e4],
        conductivity_W_mK: [10, 200, 1],
      },
    });
    const parts = bar({ restraints: [fixedAt(100, FACE.minusX), fixedAt(0, FACE.plusX)], study: thermal }, material);
    parts.bodies[0]!.axes = { first: [0, 1, 0], second: [1, 0, 0] };
    const { summary } = await solveParts(parts);
    expect(power(summary)[0]).toBeCloseTo(((200 * 100) / LENGTH_m) * AREA_m2, 5);
  });

  it('pass heat across touching faces of bodies whose meshes do not match, as the conductance says', async () => {
    const far: Vec3 = [80, 20, 10];
    const mesh = joinMeshes([
      boxMesh({ max: SIZE, divisions: [3, 2, 1] }),
      boxMesh({ min: [40, 0, 0], max: far, divisions: [4, 3, 2] }),
    ]);
    const parts = (conductance_W_m2K?: number): TaskParts => ({
      mesh,
      bodies: [testBody([0, 0, 0], SIZE, 0, metal()), testBody([40, 0, 0], far, 1, metal())],
      restraints: [fixedAt(100, FACE.minusX), fixedAt(0, 6 + FACE.plusX)],
      connections: [
        {
          connection: {
            id: 'c',
            name: 'joint',
            kind: 'bonded-touching',
            ...(conductance_W_m2K === undefined ? {} : { conductance_W_m2K }),
          },
        },
      ],
      study: thermal,
    });
    const jump = await solveParts(parts(1000));
    const flux = 100 / (2 * (LENGTH_m / K_W_mK) + 1 / 1000);
    expect(power(jump.summary)[0]! / (flux * AREA_m2)).toBeCloseTo(1, 6);
    expect(jump.summary.connections![0]).toMatchObject({ heat_W: expect.closeTo(flux * AREA_m2, 5) });
    const tight = await solveParts(parts());
    expect(power(tight.summary)[0]! / ((100 / (2 * (LENGTH_m / K_W_mK))) * AREA_m2)).toBeCloseTo(1, 3);
    await expect(
      solveParts({ ...parts(), connections: [], restraints: [fixedAt(100, FACE.minusX)] }),
    ).rejects.toMatchObject({
      code: 'study.no-temperature',
    });
  });
});

describe.runIf(loadCore().core)('what is missing is named', () => {
  const ends = [fixedAt(100, FACE.minusX), fixedAt(0, FACE.plusX)];
  const transient = { study: 'transient-thermal', transient: { end_s: 1, initial_degC: 20 } } as const;
  it.each([
    ['conductivity', { conductivity_W_mK: undefined }, thermal, 'study.no-conductivity'],
    ['specific heat', { specificHeat_J_kgK: undefined }, transient, 'study.no-specific-heat'],
    ['density', { density_kg_m3: 0 }, transient, 'study.no-density'],
  ])('%s', async (what, without, study, code) => {
    const properties = { ...metal().properties, ...without } as MaterialProperties;
    await expect(solveParts(bar({ restraints: ends, study }, { ...metal(), properties }))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(`no ${what}`),
    });
  });
  it('a temperature, in a steady study with none', async () => {
    const loads = [load({ kind: 'heat-flow', power_W: 1 }, faces(FACE.plusX))];
    await expect(solveParts(bar({ loads, study: thermal }))).rejects.toMatchObject({ code: 'study.no-temperature' });
  });
  it('a face of each body, for a conductance between bodies that share one', async () => {
    const mesh = boxMesh({ max: [80, 20, 10], divisions: [4, 1, 1] });
    mesh.elementSolid = mesh.elementSolid.map((_, i) => (mesh.nodes[3 * mesh.elements[10 * i + 4]!]! > 40 ? 1 : 0));
    const solve = (conductance?: { conductance_W_m2K: number }) =>
      solveParts({
        mesh,
        bodies: [testBody([0, 0, 0], SIZE, 0, metal()), testBody([40, 0, 0], [80, 20, 10], 1, metal())],
        restraints: ends,
        connections: [{ connection: { id: 'c', name: 'joint', kind: 'bonded-touching', ...conductance } }],
        study: thermal,
      });
    await expect(solve({ conductance_W_m2K: 1000 })).rejects.toMatchObject({
      code: 'study.shared-face',
      message: expect.stringContaining('joint'),
    });
    const { summary } = await solve();
    expect(power(summary)[0]! / (((K_W_mK * 100) / 0.08) * AREA_m2)).toBeCloseTo(1, 6);
  });
  it('an area, for heat on an edge', async () => {
    const loads = [load({ kind: 'heat-flow', power_W: 1, name: 'spark' }, edges(0))];
    await expect(solveParts(bar({ loads, restraints: ends, study: thermal }))).rejects.toMatchObject({
      code: 'study.not-a-face',
      message: expect.stringContaining('spark'),
    });
  });
});

describe.runIf(loadCore().core)('transient thermal studies', () => {
  it('heat a part by the energy that flows in: curves, pictures and their numbers', async () => {
    const { summary, fields } = await solveParts(
      bar(
        {
          loads: [
            load(
              {
                kind: 'heat-flow',
                power_W: 10,
                curve: [
                  [0, 1],
                  [5, 1],
                ],
              },
              faces(FACE.minusX),
            ),
          ],
          study: {
            study: 'transient-thermal',
            transient: { end_s: 5, initial_degC: 20, frames: 5 },
            probes: [probe([20, 10, 5])],
          },
        },
        metal({ conductivity_W_mK: 1e6 }),
      ),
    );
    // 10 W for 5 s into 8 cm^3 of 7850 kg/m^3 and 460 J/(kg K).
    const rise = 50 / (8e-6 * 7850 * 460);
    expect(summary.extremes['temperature']!.max.value).toBeCloseTo(20 + rise, 2);
    expect(summary.frames!.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(summary.frames![2]!.probes![0]).toBeCloseTo(20 + (2 / 5) * rise, 2);
    expect(summary.heat).toMatchObject({ stored_W: expect.closeTo(10, 5) });
    expect(summary.heat!.balance_error).toBeLessThan(1e-6);
    const curve = summary.curves!.find(({ id }) => id === 'probes')!;
    expect(curve.x.values[0]).toBe(0);
    expect(curve.y[0]!.values.at(-1)).toBeCloseTo(20 + rise, 2);
    const { arrays } = decodeBundle(fields);
    expect(arrays['5/temperature']![0]).toBeCloseTo(20 + rise, 1);
  });
});

describe.runIf(loadCore().core)('a fixed temperature with a curve', () => {
  it('is followed in time: a slab whose one side is heated steadily lags by r (L^2 - x^2) / 2 a (Carslaw and Jaeger 1959, 3.5)', async () => {
    const { summary } = await solveParts(
      bar({
        restraints: [
          restraint(
            {
              kind: 'temperature',
              temperature_degC: 100,
              curve: [
                [0, 0],
                [400, 4],
              ],
            },
            faces(FACE.plusX),
          ),
        ],
        study: {
          study: 'transient-thermal',
          transient: { end_s: 400, initial_degC: 0, frames: 2 },
          probes: [probe([0, 10, 5]), probe([20, 10, 5]), probe([40, 10, 5])],
        },
      }),
    );
    // 1 K/s; after 400 s the start is forgotten (exp(-pi^2 a t / 4 L^2) = 2e-4).
    const diffusivity_m2_s = K_W_mK / (7850 * 460);
    const lag = (x_m: number): number => (LENGTH_m ** 2 - x_m ** 2) / (2 * diffusivity_m2_s);
    expect(Math.abs(summary.probes[0]!.value - (400 - lag(0)))).toBeLessThan(0.2);
    expect(Math.abs(summary.probes[1]!.value - (400 - lag(0.02)))).toBeLessThan(0.2);
    expect(summary.probes[2]!.value).toBeCloseTo(400, 6);
    expect(summary.heat!.balance_error).toBeLessThan(1e-6);
  });
});

describe.runIf(loadCore().core)('thermal stress', () => {
  const E = STEEL.properties.young_MPa;
  const ALPHA = STEEL.properties.thermalExpansion_1_K!;
  const held = [FACE.minusX, FACE.plusX].map((face) => restraint({ kind: 'displacement', x_mm: 0 }, faces(face)));
  const guided = [
    restraint({ kind: 'symmetry' }, faces(FACE.minusY)),
    restraint({ kind: 'symmetry' }, faces(FACE.minusZ)),
  ];
  const stress = { study: 'thermal-stress', probes: [probe([20, 10, 5], 'stress.xx'), probe([20, 10, 5])] } as const;

  it('is -E alpha (T - reference) in a bar whose ends are held, at a uniform temperature', async () => {
    const { summary } = await solveParts(
      bar({
        restraints: [...held, ...guided],
        study: {
          ...stress,
          probes: [...stress.probes],
          temperatures: { from: 'uniform', temperature_degC: 120 },
          referenceTemperature_degC: 30,
        },
      }),
    );
    expect(summary.type).toBe('thermal-stress');
    expect(summary.probes[0]!.value).toBeCloseTo(-E * ALPHA * 90, 5);
    expect(summary.probes[1]!.value).toBeCloseTo(120, 6);
  });

  it('solves temperatures first from conditions of its own, and maps those of another mesh', async () => {
    const ends = [fixedAt(120, FACE.minusX), fixedAt(20, FACE.plusX)];
    const own = await solveParts(
      bar({ restraints: [...held, ...guided, ...ends], study: { ...stress, probes: [...stress.probes] } }),
    );
    // The mean temperature decides the force between held ends: 70 - 20 = 50 K, whatever bends within.
    const force = (summary: ResultSummary): number => summary.reactions_N!.byRestraint[0]!.force_N[0];
    expect(force(own.summary) / (E * ALPHA * 50 * 200)).toBeCloseTo(1, 6);
    expect(own.summary.heat!.inflow_W[0]!.power_W).toBeCloseTo(((K_W_mK * 100) / LENGTH_m) * AREA_m2, 5);
    const heat = await solveParts({
      ...bar({ restraints: ends, study: thermal }),
      mesh: boxMesh({ max: SIZE, divisions: [3, 1, 2] }),
    });
    const mapped = await solveParts(
      bar({
        restraints: [...held, ...guided],
        temperatures: { fields: heat.fields, frame: 0 },
        study: { ...stress, probes: [...stress.probes] },
      }),
    );
    expect(force(mapped.summary) / (E * ALPHA * 50 * 200)).toBeCloseTo(1, 6);
    expect(mapped.summary.probes[1]!.value).toBeCloseTo(70, 3);
  });

  it('refuses temperatures of another part, none, and two sources', async () => {
    const heat = await solveParts({
      ...bar({ restraints: [fixedAt(120, FACE.minusX)], study: thermal }),
      mesh: boxMesh({ min: [200, 0, 0], max: [240, 20, 10], divisions: [2, 1, 1] }),
    });
    const parts = (more: Partial<TaskParts>) =>
      solveParts({ ...bar({ restraints: [...held, ...guided], study: { study: 'thermal-stress' } }), ...more });
    await expect(parts({ temperatures: { fields: heat.fields, frame: 0 } })).rejects.toMatchObject({
      code: 'study.other-part',
    });
    await expect(parts({})).rejects.toMatchObject({ code: 'study.no-temperatures' });
    await expect(
      parts({
        restraints: [...held, fixedAt(100, FACE.minusX)],
        study: { study: 'thermal-stress', temperatures: { from: 'uniform', temperature_degC: 50 } },
      }),
    ).rejects.toMatchObject({ code: 'study.two-temperatures' });
  });
});
