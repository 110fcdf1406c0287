import { describe, expect, it } from 'vitest';
import type { SolveOptions, StaticModel } from '../../../native/index.d.ts';
import type { Functional } from '../../../preload/contract/sensitivities.ts';
import type { ResolvedLoad } from '../loads/apply.ts';
import { buildModel } from '../model/build.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { orientSurface } from '../model/surface.ts';
import { loadCore } from '../native-core.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import { boxMesh } from '../testing/box-mesh.ts';
import { FACE, faces, load, restraint, STEEL, testBody } from '../testing/study.ts';
import { analyseFunctionals, anchor, type StaticCase } from './adjoint.ts';

const { core } = loadCore();

/** A bent bar: curved elements, no symmetry. */
const bent = (): VolumeMesh => {
  const mesh = boxMesh({
    max: [40, 20, 10],
    divisions: [3, 2, 1],
    map: ([x, y, z]) => [x + 0.1 * y + 0.004 * z * z, y - 0.05 * z + 0.003 * x * x, z + 0.002 * x * y],
  });
  orientSurface(mesh);
  return mesh;
};

const body = testBody([0, 0, 0], [40, 20, 10], 0, STEEL);
const solve = (model: StaticModel, options: SolveOptions) => core!.solveStatic(model, options);
const solver = { method: 'direct', tolerance: 1e-12, threads: 1 } as const;

function caseOf(
  mesh: VolumeMesh,
  restraints: ResolvedRestraint[],
  loads: ResolvedLoad[],
  temperature: Float64Array | null,
): StaticCase {
  return { built: buildModel(mesh, [body], restraints, loads, temperature), bodies: [body], restraints, loads };
}

const FUNCTIONALS: Functional[] = [
  { quantity: 'mass' },
  { quantity: 'compliance' },
  { quantity: 'displacement', at_mm: [38, 18, 9], direction: [0.2, 0.3, -1] },
  { quantity: 'stress', exponent: 12 },
];

/** A smooth movement of the whole bar, as a change of its shape would be. mm per unit. */
const movementOf = (mesh: VolumeMesh): Float64Array =>
  Float64Array.from(mesh.nodes, (_, index) => {
    const [x, y, z] = [0, 1, 2].map((axis) => mesh.nodes[index - (index % 3) + axis]!) as [number, number, number];
    return [0.02 * x + 0.01 * z, Math.sin(x / 15) + 0.03 * y, 0.1 * z * Math.cos(x / 25)][index % 3]!;
  });

const clamp = restraint({ kind: 'fixed', name: 'clamp' }, faces(FACE.minusX));
const cases: [string, ResolvedRestraint[], ResolvedLoad[], boolean][] = [
  ['a force on a clamped bar', [clamp], [load({ kind: 'force', force_N: [0, 100, -900] }, faces(FACE.plusX))], false],
  [
    'pressure and weight on an elastic bed',
    [
      restraint({ kind: 'elastic-support', normal_N_mm3: 200, tangential_N_mm3: 50 }, faces(FACE.minusZ)),
      restraint({ kind: 'elastic-support', normal_N_mm3: 900, tangential_N_mm3: 50 }, faces(FACE.minusX)),
    ],
    [
      load({ kind: 'pressure', pressure_MPa: 8 }, faces(FACE.plusZ)),
      load({ kind: 'gravity', acceleration_mm_s2: [1e7, 0, -5e7] }),
    ],
    false,
  ],
  [
    'a prescribed displacement and heating',
    [clamp, restraint({ kind: 'displacement', z_mm: 0.05 }, faces(FACE.plusX))],
    [load({ kind: 'traction', traction_MPa: [0, 3, 0] }, faces(FACE.plusZ))],
    true,
  ],
];

describe.skipIf(!core)('adjoint gradients equal central differences of new solutions', () => {
  it.each(cases)('for %s', async (_, restraints, loads, heated) => {
    const mesh = bent();
    const temperature = heated
      ? Float64Array.from({ length: mesh.nodes.length / 3 }, (__, node) => 20 + (node % 7))
      : null;
    const study = caseOf(mesh, restraints, loads, temperature);
    const anchors = anchor(study, FUNCTIONALS);
    const movement = movementOf(mesh);
    const exact = await analyseFunctionals(core!, study, FUNCTIONALS, anchors, { gradients: true, solver, solve });
    const step = 1e-3;
    const valuesAt = async (sign: number): Promise<number[]> => {
      const nodes = mesh.nodes.map((value, index) => value + sign * step * movement[index]!);
      const there = caseOf({ ...mesh, nodes }, restraints, loads, temperature);
      const states = await analyseFunctionals(core!, there, FUNCTIONALS, anchors, { gradients: false, solver, solve });
      return states.map((state) => state.value);
    };
    const [above, below] = [await valuesAt(1), await valuesAt(-1)];
    for (const [index, state] of exact.entries()) {
      const difference = (above[index]! - below[index]!) / (2 * step);
      const gradient = state.byNodes!.reduce((sum, value, i) => sum + value * movement[i]!, 0);
      expect(Math.abs(difference), state.name).toBeGreaterThan(1e-9);
      // Truncation of a step of 1e-3 leaves about 1e-6; rounding in the solutions, divided by it, less.
      expect(Math.abs(gradient / difference - 1), `${state.name}: ${gradient} or ${difference}`).toBeLessThan(1e-5);
    }
  });

  it('know the closed form of a bar under tension: d compliance / d length = F^2 / (E A)', async () => {
    const mesh = boxMesh({ max: [40, 20, 10], divisions: [2, 2, 1] });
    orientSurface(mesh);
    const planes = restraint({ kind: 'symmetry' }, faces(FACE.minusX, FACE.minusY, FACE.minusZ));
    const study = caseOf(mesh, [planes], [load({ kind: 'force', force_N: [20_000, 0, 0] }, faces(FACE.plusX))], null);
    const [state] = await analyseFunctionals(core!, study, [{ quantity: 'compliance' }], anchor(study, []), {
      gradients: true,
      solver,
      solve,
    });
    let byLength = 0;
    let byWidth = 0;
    for (let node = 0; node < mesh.nodes.length; node += 3) {
      byLength += state!.byNodes![node]! * (mesh.nodes[node]! / 40);
      byWidth += state!.byNodes![node + 1]! * (mesh.nodes[node + 1]! / 20);
    }
    expect(state!.value).toBeCloseTo((20_000 ** 2 * 40) / (210_000 * 200), 6);
    expect(byLength).toBeCloseTo(20_000 ** 2 / (210_000 * 200), 8);
    expect(byWidth).toBeCloseTo((-(20_000 ** 2) * 40) / (210_000 * 200 * 20), 8);
  });

  it('bound the largest stress from above, tighter with a larger exponent', async () => {
    const mesh = bent();
    const study = caseOf(mesh, [clamp], [load({ kind: 'force', force_N: [0, 100, -900] }, faces(FACE.plusX))], null);
    const asked: Functional[] = [8, 32, 128].map((exponent) => ({ quantity: 'stress', exponent }));
    const states = await analyseFunctionals(core!, study, asked, anchor(study, asked), {
      gradients: false,
      solver,
      solve,
    });
    const over = states.map((state) => state.value / state.maximum!);
    expect(over[0]).toBeGreaterThan(over[1]!);
    expect(over[1]).toBeGreaterThan(over[2]!);
    expect(over[2]).toBeGreaterThanOrEqual(1);
    expect(over[2]).toBeLessThan(1.05);
  });
});
