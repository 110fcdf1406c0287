import { describe, expect, it } from 'vitest';
import type { Functional } from '../../../preload/contract/sensitivities.ts';
import type { Material } from '../../../preload/contract/studies.ts';
import type { ResolvedLoad } from '../loads/apply.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { orientSurface } from '../model/surface.ts';
import { loadCore } from '../native-core.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import { boxMesh } from '../testing/box-mesh.ts';
import { FACE, faces, load, restraint, STEEL, testBody } from '../testing/study.ts';
import { bentBar, compareWithDifferences } from './differences.fixture.ts';
import { analyseTemperatures, type HeatAnchors } from './temperatures.ts';

const { core } = loadCore();
const metal = (more: Partial<Material['properties']> = {}): Material => ({
  ...STEEL,
  properties: { ...STEEL.properties, conductivity_W_mK: 50, ...more },
});
const solver = { method: 'direct', tolerance: 1e-12, threads: 1 } as const;
const cold = restraint({ kind: 'temperature', temperature_degC: 20 }, faces(FACE.minusX));
const wind = load({ kind: 'convection', film_W_m2K: 900, ambient_degC: 15 }, faces(FACE.plusZ, FACE.plusX));
const glow = load({ kind: 'radiation', emissivity: 0.9, ambient_degC: 15 }, faces(FACE.plusZ, FACE.minusZ));
const FUNCTIONALS: Functional[] = [
  { quantity: 'temperature', at_mm: [38, 18, 9] },
  { quantity: 'temperature' },
  { quantity: 'mass' },
];

function analysis(
  restraints: ResolvedRestraint[],
  loads: ResolvedLoad[],
  material = metal(),
  functionals = FUNCTIONALS,
) {
  let known: HeatAnchors | null = null;
  const body = testBody([0, 0, 0], [40, 20, 10], 0, material);
  return async (mesh: VolumeMesh, gradients: boolean) => {
    const study = { mesh, bodies: [body], restraints, loads, connections: [] };
    const { states, anchors } = await analyseTemperatures(core!, study, functionals, known, {
      gradients,
      solve: (built) => core!.solveHeat(built.model, solver),
      differentiate: (model, temperature, slopes) => core!.heatSensitivities(model, temperature, slopes, solver),
    });
    known ??= anchors;
    return states;
  };
}

describe.skipIf(!core)('gradients of temperatures equal central differences of new solutions', () => {
  it.each([
    ['a flow of heat', analysis([cold], [load({ kind: 'heat-flow', power_W: 30 }, faces(FACE.plusX))])],
    ['a flux', analysis([cold], [load({ kind: 'heat-flux', flux_W_m2: 2e5 }, faces(FACE.plusX, FACE.plusY))])],
    ['convection and generation', analysis([cold], [wind, load({ kind: 'heat-generation', generation_W_m3: 5e6 })])],
    [
      'convection alone, of a material with axes',
      analysis(
        [],
        [wind, load({ kind: 'heat-flow', power_W: 30 }, faces(FACE.minusX))],
        metal({
          orthotropic: {
            young_MPa: [1e5, 1e5, 1e5],
            poisson: [0, 0, 0],
            shear_MPa: [5e4, 5e4, 5e4],
            conductivity_W_mK: [10, 200, 30],
          },
        }),
      ),
    ],
    ['radiation', analysis([], [glow, load({ kind: 'heat-flow', power_W: 30 }, faces(FACE.minusX))])],
    [
      'radiation and a conductivity that changes with temperature',
      analysis(
        [cold],
        [glow, wind, load({ kind: 'heat-flow', power_W: 60 }, faces(FACE.plusX))],
        metal({
          tables: {
            conductivity_W_mK: [
              [0, 60],
              [1000, 20],
            ],
          },
        }),
      ),
    ],
  ])('for %s', async (_, analyse) => {
    for (const { name, gradient, difference } of await compareWithDifferences(bentBar(), analyse)) {
      expect(Math.abs(difference), name).toBeGreaterThan(1e-9);
      expect(Math.abs(gradient / difference - 1), `${name}: ${gradient} or ${difference}`).toBeLessThan(2e-5);
    }
  });

  it('know the closed form of a bar: T = T0 + P L / (k b h)', async () => {
    const mesh = boxMesh({ max: [40, 20, 10], divisions: [2, 1, 1] });
    orientSurface(mesh);
    const probe: Functional = { quantity: 'temperature', at_mm: [40, 10, 5] };
    const [state] = await analysis([cold], [load({ kind: 'heat-flow', power_W: 30 }, faces(FACE.plusX))], metal(), [
      probe,
    ])(mesh, true);
    // 50 W/(m K) = 0.05 W/(mm K).
    const rise = (30 * 40) / (0.05 * 200);
    expect(state!.value).toBeCloseTo(20 + rise, 8);
    const along = (axis: number, size: number): number => {
      let sum = 0;
      for (let i = axis; i < mesh.nodes.length; i += 3) sum += (state!.byNodes![i]! * mesh.nodes[i]!) / size;
      return sum;
    };
    expect(along(0, 40)).toBeCloseTo(rise / 40, 8);
    expect(along(1, 20)).toBeCloseTo(-rise / 20, 8);
  });

  it('bound the highest temperature from above, tighter with more sharpness', async () => {
    const asked = [50, 200, 1000].map((sharpness) => ({ quantity: 'temperature', sharpness }) as const);
    const states = await analysis(
      [cold],
      [load({ kind: 'heat-flow', power_W: 30 }, faces(FACE.plusX))],
      metal(),
      asked,
    )(bentBar(), false);
    const over = states.map(({ value, maximum }) => value - maximum!);
    expect(over[0]).toBeGreaterThan(over[1]!);
    expect(over[1]).toBeGreaterThan(over[2]!);
    expect(over[2]).toBeGreaterThanOrEqual(0);
    expect(over[2]! / (states[0]!.maximum! - 20)).toBeLessThan(0.01);
  });

  it('are refused across contacts by the core', async () => {
    const mesh = bentBar([1, 1, 1]);
    const count = mesh.nodes.length / 3;
    const model = {
      nodes: mesh.nodes,
      elements: mesh.elements,
      elementMaterial: new Int32Array(mesh.elements.length / 10),
      elementBody: new Int32Array(mesh.elements.length / 10),
      materials: [{ conductivity: { temperatures: Float64Array.of(20), values: Float64Array.of(50, 50, 50) } }],
      fixedNodes: Int32Array.of(0),
      fixedTemperatures: Float64Array.of(20),
      contacts: {
        offsets: Int32Array.of(0, 2),
        nodes: Int32Array.of(0, 1),
        weights: Float64Array.of(1, -1),
        conductance: Float64Array.of(1),
      },
    };
    const field = new Float64Array(count);
    await expect(core!.heatSensitivities(model, field, [field])).rejects.toMatchObject({ code: 'not-followed' });
  });
});
