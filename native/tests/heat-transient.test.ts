import { describe, expect, it } from 'vitest';
import type { HeatModel } from '../index.d.ts';
import { solveTransientHeat } from '../index.mjs';
import { type BoxMesh, boxMesh } from './box-mesh.ts';
import { facetsOn, heatMaterial, heatModelOf } from './heat-model.ts';

type Vector3 = [number, number, number];
const near = (a: number, b: number) => Math.abs(a - b) < 1e-9;
const uniform = (mesh: BoxMesh, temperature: number) => new Float64Array(mesh.nodeCount).fill(temperature);

/** A probe at the node of a point. */
function probesAt(mesh: BoxMesh, points: Vector3[]) {
  const nodes = points.map((p) => {
    for (let i = 0; i < mesh.nodeCount; i++) if (p.every((x, axis) => near(x, mesh.nodes[3 * i + axis]!))) return i;
    throw new Error(`no node at ${p}`);
  });
  return {
    offsets: Int32Array.from({ length: nodes.length + 1 }, (_, i) => i),
    nodes: Int32Array.from(nodes),
    weights: new Float64Array(nodes.length).fill(1),
  };
}

/** A slab of half thickness 1 (k = rho c = 1), symmetric at x = 0, whose surface at x = 1 is brought to 0 from 1 at t = 0. */
function quenchedSlab(divisions: number): { mesh: BoxMesh; model: HeatModel } {
  const mesh = boxMesh([1, 0.2, 0.2], [divisions, 1, 1]);
  const model = heatModelOf(mesh, heatMaterial(1), ([x]) => (near(x, 1) ? 0 : null));
  model.initialTemperature = uniform(mesh, 1);
  return { mesh, model };
}
/** Carslaw and Jaeger, Conduction of Heat in Solids (1959), 3.3: series of the slab with its surfaces at zero. */
function slabSeries(x: number, t: number): number {
  let sum = 0;
  for (let n = 0; n < 200; n++) {
    const m = (2 * n + 1) * (Math.PI / 2);
    sum += ((n % 2 ? -2 : 2) / m) * Math.exp(-m * m * t) * Math.cos(m * x);
  }
  return sum;
}

describe('transient heat', () => {
  it('follows the series of a quenched slab, adaptively, within the error asked for', async () => {
    const { mesh, model } = quenchedSlab(12);
    const outputTimes = Float64Array.of(0.05, 0.2, 0.5, 1);
    const solution = await solveTransientHeat(model, { end: 1, outputTimes, probes: probesAt(mesh, [[0, 0, 0]]) });
    expect([...solution.frameTimes]).toEqual([...outputTimes]);
    outputTimes.forEach((time, frame) => {
      for (let node = 0; node < mesh.nodeCount; node++) {
        const value = solution.frameTemperatures[frame * mesh.nodeCount + node]!;
        expect(Math.abs(value - slabSeries(mesh.nodes[3 * node]!, time))).toBeLessThan(0.004);
      }
    });
    expect(solution.probes[solution.probes.length - 1]).toBeCloseTo(slabSeries(0, 1), 2.5);
    expect(solution.balanceError).toBeLessThan(1e-8);
    expect(solution.stored).toBeCloseTo(-0.04 * (1 - integral(1)), 3.5);
    // Steps are halved and doubled only: a factorisation serves many of them.
    expect(solution.factorisations).toBeLessThan(solution.steps / 2);
  });

  it('is of second order in the step', async () => {
    const errors: number[] = [];
    const { mesh, model } = quenchedSlab(6);
    const probes = probesAt(mesh, [[0, 0, 0]]);
    // Against the same mesh with very small steps, so that only the error of time is seen. From a smooth start.
    model.initialTemperature = Float64Array.from({ length: mesh.nodeCount }, (_, i) =>
      Math.cos((Math.PI / 2) * mesh.nodes[3 * i]!),
    );
    const finest = await solveTransientHeat(model, { end: 0.4, step: 0.4 / 640, probes, outputFlux: false });
    const exact = finest.probes[finest.probes.length - 1]!;
    for (const count of [5, 10, 20]) {
      const run = await solveTransientHeat(model, { end: 0.4, step: 0.4 / count, probes });
      errors.push(Math.abs(run.probes[run.probes.length - 1]! - exact));
    }
    expect(errors[0]! / errors[1]!).toBeGreaterThan(3.4);
    expect(errors[1]! / errors[2]!).toBeGreaterThan(3.4);
  });

  it('does not ring, however large the step is against a suddenly applied temperature', async () => {
    const { mesh, model } = quenchedSlab(10);
    const run = await solveTransientHeat(model, {
      end: 20,
      step: 2,
      probes: probesAt(mesh, [
        [0, 0, 0],
        [0.9, 0, 0],
      ]),
    });
    for (let i = 0; i + 2 < run.probes.length; i++) {
      expect(Math.abs(run.probes[i + 2]!)).toBeLessThanOrEqual(0.2 * Math.abs(run.probes[i]!) + 1e-12);
    }
    expect(run.factorisations).toBe(1);
  });

  it('cools a lump exponentially', async () => {
    // Biot number 1e-4: T = Ta + (T0 - Ta) exp(-h A t / (rho c V)), which has an error of the order of the Biot number.
    const mesh = boxMesh([1, 1, 1], [1, 1, 1]);
    const model = heatModelOf(mesh, heatMaterial(1000, 2, 3));
    model.initialTemperature = uniform(mesh, 120);
    model.surfaces = [
      { kind: 'convection', facets: facetsOn(mesh, ([x]) => near(x, 1)), coefficient: 0.1, ambient: 20 },
    ];
    const run = await solveTransientHeat(model, { end: 90, probes: probesAt(mesh, [[0, 0, 0]]), stepTolerance: 1e-4 });
    run.times.forEach((time, i) => {
      expect(Math.abs(run.probes[i]! - (20 + 100 * Math.exp((-0.1 * time) / 6)))).toBeLessThan(0.05);
    });
    expect(run.inflow.surfaces[0]).toBeCloseTo(run.stored, 6);
  });

  it('stores what a table of specific heat asks for, and balances it', async () => {
    // A flux of 1 for 1 s into 1 mm^3: 60 mJ needed to 100 degC by c = 0.2 + 0.008 T (integral 20 + 40 = 60).
    const mesh = boxMesh([1, 1, 1], [1, 1, 1]);
    const material = heatMaterial(1e5);
    material.specificHeat = { temperatures: Float64Array.of(0, 200), values: Float64Array.of(0.2, 1.8) };
    const model = heatModelOf(mesh, material);
    model.initialTemperature = uniform(mesh, 0);
    model.surfaces = [{ kind: 'flux', facets: facetsOn(mesh, ([x]) => near(x, 1)), coefficient: 60 }];
    const run = await solveTransientHeat(model, { end: 1, step: 0.05 });
    for (const value of run.temperature) expect(Math.abs(value - 100)).toBeLessThan(0.05);
    expect(run.balanceError).toBeLessThan(1e-8);
  });

  it('radiates while it cools, as the closed form of a grey lump says', async () => {
    // dT/dt = -s e A T^4 / (rho c V) into 0 K: T^-3 = T0^-3 + 3 s e A t / (rho c V).
    const mesh = boxMesh([1, 1, 1], [1, 1, 1]);
    const model = heatModelOf(mesh, heatMaterial(1e4, 1e-2, 1));
    model.initialTemperature = uniform(mesh, 726.85);
    model.surfaces = [
      { kind: 'radiation', facets: facetsOn(mesh, ([x]) => near(x, 1)), coefficient: 0.8, ambient: -273.15 },
    ];
    const run = await solveTransientHeat(model, { end: 0.5, stepTolerance: 1e-4 });
    const wanted = (1000 ** -3 + (3 * 0.8 * 5.670374419e-11 * 0.5) / 1e-2) ** (-1 / 3) - 273.15;
    for (const value of run.temperature) expect(Math.abs(value - wanted)).toBeLessThan(0.5);
    expect(run.balanceError).toBeLessThan(1e-8);
  });

  it('meets a pulse of heat that begins and ends between steps', async () => {
    const mesh = boxMesh([1, 1, 1], [1, 1, 1]);
    const model = heatModelOf(mesh, heatMaterial(1e4));
    model.initialTemperature = uniform(mesh, 0);
    model.histories = [{ times: Float64Array.of(0, 5, 5, 5.1, 5.1, 10), values: Float64Array.of(0, 0, 1, 1, 0, 0) }];
    model.surfaces = [{ kind: 'flux', facets: facetsOn(mesh, ([x]) => near(x, 1)), coefficient: 100, history: 0 }];
    const run = await solveTransientHeat(model, { end: 10 });
    expect(run.stored).toBeCloseTo(10, 6);
  });

  it('is NAFEMS T3: 36.60 degC at 0.08 m after 32 s', async () => {
    // NAFEMS, Selected Benchmarks (1986/1990), T3: L 0.1 m, k 35 W/(m K), c 440.5 J/(kg K), rho 7200 kg/m^3, T(0) 0, T(L) 100 sin(pi t / 40).
    const mesh = boxMesh([100, 5, 5], [20, 1, 1]);
    const model = heatModelOf(mesh, heatMaterial(35, 440.5e6, 7200e-12), ([x]) =>
      near(x, 0) ? 0 : near(x, 100) ? 1 : null,
    );
    const times = Float64Array.from({ length: 401 }, (_, i) => (32 * i) / 400);
    model.histories = [{ times, values: times.map((t) => 100 * Math.sin((Math.PI * t) / 40)) }];
    model.fixedHistory = Int32Array.from(model.fixedTemperatures, (value) => (value === 1 ? 0 : -1));
    model.initialTemperature = uniform(mesh, 0);
    const run = await solveTransientHeat(model, { end: 32, probes: probesAt(mesh, [[80, 0, 0]]) });
    expect(Math.abs(run.probes[run.probes.length - 1]! - 36.6)).toBeLessThan(0.1);
  });

  it('tells how far quadratic elements overshoot a front that they cannot resolve', async () => {
    const { model } = quenchedSlab(4);
    const steep = await solveTransientHeat(model, { end: 1e-4, step: 1e-4 });
    expect(steep.overshoot).toBeGreaterThan(0.01);
    const slow = await solveTransientHeat(model, { end: 0.2, step: 0.1 });
    expect(slow.overshoot).toBeLessThan(1e-3);
  });

  it('stops within a second when cancelled', async () => {
    const mesh = boxMesh([1, 1, 1], [10, 10, 10]);
    const model = heatModelOf(mesh, heatMaterial(1), ([x]) => (near(x, 0) ? 1 : null));
    model.initialTemperature = uniform(mesh, 0);
    const cancel = new Int32Array(1);
    let cancelled = 0;
    const run = solveTransientHeat(model, {
      end: 1,
      step: 1e-5,
      cancel,
      onProgress: ({ stage, iteration }) => {
        if (stage === 'solve' && iteration === undefined) return;
        if (stage === 'solve' && !cancelled) {
          cancelled = performance.now();
          cancel[0] = 1;
        }
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - cancelled).toBeLessThan(1000);
  });
});

/** Mean of the slab's series: what is left in it. */
function integral(t: number): number {
  let sum = 0;
  for (let n = 0; n < 200; n++) {
    const m = (2 * n + 1) * (Math.PI / 2);
    sum += (2 / (m * m)) * Math.exp(-m * m * t);
  }
  return sum;
}
