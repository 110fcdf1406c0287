import { describe, expect, it } from 'vitest';
import type { StaticLoadCase, StaticModel } from '../index.d.ts';
import { estimateMemory, solveStatic, solveStaticCases } from '../index.mjs';
import { addTraction, boxMesh, modelOf } from './box-mesh.ts';

type Vector3 = [number, number, number];
const METHODS = ['direct', 'multigrid'] as const;
const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const gap = (a: Float64Array, b: Float64Array): number => largest(a.map((value, i) => value - b[i]!));
const LENGTH = 30;
const clamp = (p: Vector3) => (p[0] < 1e-9 ? [0, 0, 0] : p[0] > LENGTH - 1e-9 ? [null, 0, null] : null);

function beam(): StaticModel {
  return modelOf(boxMesh([LENGTH, 6, 5], [10, 3, 2]), { restrain: clamp });
}
const forcesOf = (model: StaticModel, traction: Vector3): Float64Array => {
  const own = { ...model, forces: new Float64Array(model.forces.length) };
  addTraction(own, (p) => p[0] > LENGTH - 1e-9, traction);
  return own.forces;
};
/** Cases that differ in all that may differ. */
function casesOf(model: StaticModel): StaticLoadCase[] {
  const n = model.nodes.length / 3;
  const lifted = model.fixedValues.map((_, i) => (model.fixedDofs[i]! % 3 === 1 && i > 60 ? 0.01 : 0));
  return [
    { forces: forcesOf(model, [5, 0, 0]) },
    { forces: forcesOf(model, [0, 0, -3]), gravity: Float64Array.of(0, 0, -9.81e6) },
    { temperatureChange: Float64Array.from({ length: n }, (_, node) => 50 + model.nodes[3 * node]!) },
    { fixedValues: lifted },
    { gravity: Float64Array.of(-5e7, 0, 0), accelerationGradient: Float64Array.of(1e7, 0, 0, 0, 1e7, 0, 0, 0, 0) },
    {},
  ];
}
const alone = (model: StaticModel, one: StaticLoadCase): StaticModel => ({ ...model, ...one }) as StaticModel;

describe('load cases', () => {
  it.each(METHODS)('solved together come out as each alone (%s)', async (method) => {
    const model = beam();
    const cases = casesOf(model);
    const options = { method, tolerance: 1e-10 } as const;
    const together = await solveStaticCases(model, cases, options);
    expect(together).toHaveLength(cases.length);
    for (const [index, one] of cases.entries()) {
      const single = await solveStatic(alone(model, one), options);
      const found = together[index]!;
      const scale = Math.max(largest(single.displacement), 1e-12);
      expect(gap(found.displacement, single.displacement)).toBeLessThan(1e-7 * scale);
      expect(gap(found.stress, single.stress)).toBeLessThan(1e-6 * Math.max(largest(single.stress), 1e-9));
      expect(gap(found.reactions, single.reactions)).toBeLessThan(1e-6 * Math.max(largest(single.reactions), 1e-9));
      expect(gap(found.elementError, single.elementError)).toBeLessThan(
        1e-5 * Math.max(largest(single.elementError), 1e-9),
      );
      expect(found.relativeResidual).toBeLessThanOrEqual(1e-10);
    }
    // The empty case is nothing at all; the others are something.
    expect(largest(together.at(-1)!.displacement)).toBe(0);
    for (const one of together.slice(0, -1)) expect(largest(one.displacement)).toBeGreaterThan(1e-6);
  });

  it('of every block width, beyond the widest too, are the multiples that they should be', async () => {
    const model = beam();
    const unit = forcesOf(model, [1, 2, -3]);
    const one = await solveStatic({ ...model, forces: unit }, { method: 'multigrid', tolerance: 1e-10 });
    for (const count of [2, 5, 9, 14]) {
      const cases = Array.from({ length: count }, (_, k) => ({ forces: unit.map((f) => (k - 1) * f) }));
      const solved = await solveStaticCases(model, cases, { method: 'multigrid', tolerance: 1e-10 });
      for (const [k, { displacement }] of solved.entries())
        expect(
          gap(
            displacement,
            one.displacement.map((u) => (k - 1) * u),
          ),
        ).toBeLessThan(1e-7 * count * largest(one.displacement));
    }
  });

  it('are combined without a solve into what the sum of their loads gives', async () => {
    const model = beam();
    const cases = casesOf(model).slice(0, 5);
    const factors = Float64Array.of(2, -1, 0.5, 3, 1.5);
    const solved = await solveStaticCases(model, cases, { tolerance: 1e-11, combinations: [factors] });
    expect(solved).toHaveLength(6);
    const sum = (pick: (one: StaticLoadCase) => Float64Array | null | undefined, otherwise: Float64Array) =>
      cases.reduce(
        (total, one, k) => total.map((value, i) => value + factors[k]! * (pick(one)?.[i] ?? 0)),
        new Float64Array(otherwise.length),
      );
    const direct = await solveStatic(
      {
        ...model,
        forces: sum((one) => one.forces, model.forces),
        gravity: sum((one) => one.gravity, model.gravity),
        accelerationGradient: sum((one) => one.accelerationGradient, new Float64Array(9)),
        fixedValues: sum((one) => one.fixedValues, model.fixedValues),
        temperatureChange: sum((one) => one.temperatureChange, new Float64Array(model.nodes.length / 3)),
      },
      { tolerance: 1e-11 },
    );
    const combined = solved[5]!;
    expect(gap(combined.displacement, direct.displacement)).toBeLessThan(1e-8 * largest(direct.displacement));
    expect(gap(combined.vonMises, direct.vonMises)).toBeLessThan(1e-6 * largest(direct.vonMises));
    expect(gap(combined.reactions, direct.reactions)).toBeLessThan(1e-6 * largest(direct.reactions));
    expect(combined.strainEnergy_N_mm / direct.strainEnergy_N_mm).toBeCloseTo(1, 8);
  });

  it('with materials that follow the temperature have each their own stiffness, and are not combined', async () => {
    const plain = beam();
    const isotropic = (young: number) => [young, young, young, 0, 0, 0, young / 2, young / 2, young / 2, 0, 0, 0];
    const model: StaticModel = {
      ...plain,
      tableMaterial: new Int32Array(2),
      tableTemperature_degC: Float64Array.of(20, 120),
      tableConstants: Float64Array.from([...isotropic(200000), ...isotropic(100000)]),
    };
    const forces = forcesOf(model, [1, 0, 0]);
    const hot = new Float64Array(model.nodes.length / 3).fill(100);
    const cases = [{ forces }, { forces, temperatureChange: hot }, { forces: forces.map((f) => 3 * f) }];
    const [cold, soft, thrice] = await solveStaticCases(model, cases);
    expect(
      gap(
        soft!.displacement,
        cold!.displacement.map((u) => 2 * u),
      ),
    ).toBeLessThan(1e-6 * largest(soft!.displacement));
    expect(
      gap(
        thrice!.displacement,
        cold!.displacement.map((u) => 3 * u),
      ),
    ).toBeLessThan(1e-6 * largest(thrice!.displacement));
    await expect(solveStaticCases(model, cases, { combinations: [Float64Array.of(1, 1, 1)] })).rejects.toMatchObject({
      code: 'bad-model',
      message: expect.stringContaining('cannot be combined'),
    });
  });

  it('are refused by name where they do not fit the model', async () => {
    const model = beam();
    await expect(solveStaticCases(model, [])).rejects.toMatchObject({ code: 'bad-model' });
    await expect(solveStaticCases(model, [{}, { forces: new Float64Array(3) }])).rejects.toMatchObject({
      message: expect.stringContaining('load case 2'),
    });
    await expect(solveStaticCases(model, [{}], { combinations: [new Float64Array(2)] })).rejects.toMatchObject({
      message: expect.stringContaining('one factor a load case'),
    });
  });

  it('stop within a second when cancelled, and show each residual falling', async () => {
    const model = modelOf(boxMesh([40, 40, 40], [13, 13, 13]), { restrain: (p) => (p[2] < 1e-9 ? [0, 0, 0] : null) });
    const cases = Array.from({ length: 10 }, (_, k) => ({ gravity: Float64Array.of(k, 1, -9810) }));
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    let asked = 0;
    const residuals: number[] = [];
    const work = solveStaticCases(model, cases, {
      method: 'multigrid',
      cancel,
      onProgress: ({ stage, relativeResidual }) => {
        if (stage !== 'solve' || relativeResidual === undefined) return;
        residuals.push(relativeResidual);
        if (residuals.length < 3) return;
        asked ||= performance.now();
        cancel[0] = 1;
      },
    });
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - asked).toBeLessThan(1000);
    expect(residuals[1]!).toBeLessThan(residuals[0]!);
  });
});

describe('rotation', () => {
  it('pulls a bar without contraction as rho w^2 (L^2 - x^2) / 2', async () => {
    const squared = 1e6;
    const model = modelOf(boxMesh([50, 4, 4], [16, 1, 1]), {
      materials: [[200000, 0, 7.85e-9, 0]],
      restrain: (p) => [p[0] < 1e-9 ? 0 : null, p[1] < 1e-9 ? 0 : null, p[2] < 1e-9 ? 0 : null],
    });
    const solution = await solveStatic({
      ...model,
      // About the axis z through (-10, 0, 0), along x alone: G = w^2 e_x e_x^T, gravity = 10 w^2.
      gravity: Float64Array.of(10 * squared, 0, 0),
      accelerationGradient: Float64Array.of(squared, 0, 0, 0, 0, 0, 0, 0, 0),
    });
    const pull = (7.85e-9 * squared * (60 ** 2 - 10 ** 2)) / 2;
    expect(Math.max(...solution.principal) / pull).toBeCloseTo(1, 2);
    expect(solution.reactions.reduce((sum, r, i) => sum + (i % 3 === 0 ? r : 0), 0) / (-16 * pull)).toBeCloseTo(1, 9);
  });
});

describe('memory', () => {
  it('is estimated higher for more cases, by far less than as many models', () => {
    for (const method of METHODS) {
      const one = estimateMemory(100_000, 70_000, method);
      const ten = estimateMemory(100_000, 70_000, method, 10);
      expect(ten).toBeGreaterThan(one + 9 * 8 * 40 * 100_000);
      expect(ten).toBeLessThan(5 * one);
    }
  });
});
