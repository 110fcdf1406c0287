import { describe, expect, it } from 'vitest';
import { estimateHeatMemory, solveHeat } from '../index.mjs';
import { boxMesh, pointOf, randomSource } from './box-mesh.ts';
import { facetsOn, heatMaterial, heatModelOf, straighten, valuesWhere } from './heat-model.ts';

type Vector3 = [number, number, number];
const near = (a: number, b: number) => Math.abs(a - b) < 1e-9;
const METHODS = ['direct', 'multigrid'] as const;

describe('conduction', () => {
  it.each(METHODS)(
    'has linear temperatures exactly on distorted, orthotropic, turned material (%s)',
    async (method) => {
      const random = randomSource(3);
      const size: Vector3 = [3, 2, 4];
      const mesh = straighten(
        boxMesh(size, [3, 3, 3], (p) => {
          const inside = p.every((x, axis) => x > 1e-9 && x < size[axis]! - 1e-9);
          return inside ? (p.map((x) => x + 0.2 * random()) as Vector3) : p;
        }),
      );
      const turn = [0.8, 0.6, 0, -0.6, 0.8, 0, 0, 0, 1];
      const material = { ...heatMaterial([10, 4, 2]), axes: Float64Array.from(turn) };
      const exact = ([x, y, z]: Vector3) => 15 + 3 * x - 5 * y + 2 * z;
      const surface = (p: Vector3) => p.some((x, axis) => near(x, 0) || near(x, size[axis]!));
      const model = heatModelOf(mesh, material, (p) => (surface(p) ? exact(p) : null));
      const solution = await solveHeat(model, { method });
      // q = -A^T diag(k) A grad T with the rows of A as axes.
      const gradient = [3, -5, 2];
      const local = [0, 1, 2].map(
        (i) => turn[3 * i]! * gradient[0]! + turn[3 * i + 1]! * gradient[1]! + turn[3 * i + 2]! * gradient[2]!,
      );
      const scaled = [10, 4, 2].map((k, i) => k * local[i]!);
      const flux = [0, 1, 2].map(
        (i) => -(turn[i]! * scaled[0]! + turn[3 + i]! * scaled[1]! + turn[6 + i]! * scaled[2]!),
      );
      for (let node = 0; node < mesh.nodeCount; node++) {
        expect(Math.abs(solution.temperature[node]! - exact(pointOf(mesh.nodes, node)))).toBeLessThan(1e-8 * 30);
        for (let axis = 0; axis < 3; axis++)
          expect(Math.abs(solution.heatFlux[3 * node + axis]! - flux[axis]!)).toBeLessThan(1e-6 * 40);
      }
      expect(solution.relativeEnergyError).toBeLessThan(1e-7);
      expect(solution.balanceError).toBeLessThan(1e-6);
    },
  );

  it('carries k A dT / L through a wall from hot to cold, and says which side gives it', async () => {
    const mesh = boxMesh([10, 4, 2], [4, 2, 1]);
    const model = heatModelOf(mesh, heatMaterial(50), ([x]) => (near(x, 0) ? 100 : near(x, 10) ? 20 : null));
    const solution = await solveHeat(model);
    const into = valuesWhere(mesh, solution.fixedHeat, ([x]) => near(x, 0)).reduce((a, b) => a + b);
    expect(into).toBeCloseTo((50 * 8 * 80) / 10, 6);
    expect(solution.heatFlux[0]).toBeCloseTo(400, 6);
  });

  it('meets the parabola of a wall that makes heat: T = Ts + g (L^2 - x^2) / 2k', async () => {
    const mesh = boxMesh([10, 2, 2], [4, 1, 1]);
    const model = heatModelOf(mesh, heatMaterial(20), ([x]) => (near(x, 10) ? 30 : null));
    model.sources = [{ elements: Int32Array.from({ length: mesh.elementCount }, (_, e) => e), generation: 3 }];
    const solution = await solveHeat(model);
    for (let node = 0; node < mesh.nodeCount; node++) {
      const x = mesh.nodes[3 * node]!;
      expect(solution.temperature[node]).toBeCloseTo(30 + (3 * (100 - x * x)) / 40, 7);
    }
    expect(solution.inflow.sources[0]).toBeCloseTo(3 * 40, 8);
    expect(solution.inflow.fixed).toBeCloseTo(-120, 6);
  });

  it('follows the Kirchhoff transform where conductivity varies with temperature', async () => {
    // k = k0 (1 + b T): k0 (T + b T^2 / 2) falls linearly.
    const mesh = boxMesh([10, 1, 1], [12, 1, 1]);
    const material = heatMaterial(10);
    material.conductivity = {
      temperatures: Float64Array.of(0, 500),
      values: Float64Array.of(10, 10, 10, 60, 60, 60),
    };
    const b = 0.01;
    const model = heatModelOf(mesh, material, ([x]) => (near(x, 0) ? 400 : near(x, 10) ? 0 : null));
    const solution = await solveHeat(model);
    const top = 400 + (b * 400 ** 2) / 2;
    for (let node = 0; node < mesh.nodeCount; node++) {
      const theta = top * (1 - mesh.nodes[3 * node]! / 10);
      const exact = (Math.sqrt(1 + 2 * b * theta) - 1) / b;
      expect(Math.abs(solution.temperature[node]! - exact)).toBeLessThan(0.005 * 400);
    }
    expect(solution.inflow.surfaces.length).toBe(0);
    const into = valuesWhere(mesh, solution.fixedHeat, ([x]) => near(x, 0)).reduce((a, c) => a + c);
    expect(Math.abs(into / ((10 * top) / 10) - 1)).toBeLessThan(1e-4);
    expect(solution.newtonIterations).toBeLessThan(9);
    expect(solution.beyondTables).toBe(false);
  });
});

describe('surfaces', () => {
  it('convects: a wall between a fixed side and air has the temperatures of resistances in series', async () => {
    const mesh = boxMesh([10, 3, 3], [3, 1, 1]);
    const model = heatModelOf(mesh, heatMaterial(40), ([x]) => (near(x, 0) ? 200 : null));
    model.surfaces = [
      { kind: 'convection', facets: facetsOn(mesh, ([x]) => near(x, 10)), coefficient: 0.5, ambient: 25 },
    ];
    const solution = await solveHeat(model);
    const flux = 175 / (10 / 40 + 1 / 0.5);
    for (const value of valuesWhere(mesh, solution.temperature, ([x]) => near(x, 10)))
      expect(value).toBeCloseTo(25 + flux / 0.5, 7);
    expect(solution.inflow.surfaces[0]).toBeCloseTo(-flux * 9, 6);
    expect(solution.balanceError).toBeLessThan(1e-9);
  });

  it('takes a flux in where it is positive', async () => {
    const mesh = boxMesh([10, 3, 3], [3, 1, 1]);
    const model = heatModelOf(mesh, heatMaterial(40), ([x]) => (near(x, 0) ? 20 : null));
    model.surfaces = [{ kind: 'flux', facets: facetsOn(mesh, ([x]) => near(x, 10)), coefficient: 2 }];
    const solution = await solveHeat(model);
    for (const value of valuesWhere(mesh, solution.temperature, ([x]) => near(x, 10)))
      expect(value).toBeCloseTo(20.5, 8);
    expect(solution.inflow.surfaces[0]).toBeCloseTo(18, 8);
  });

  it('radiates with absolute temperatures: NAFEMS T2, 927.0 K at the far end', async () => {
    // NAFEMS, Selected Benchmarks (1986/1990), T2: L 0.1 m, k 55.6 W/(m K), emissivity 0.98, 1000 K, ambient 300 K.
    const mesh = boxMesh([100, 10, 10], [10, 1, 1]);
    const model = heatModelOf(mesh, heatMaterial(55.6), ([x]) => (near(x, 0) ? 1000 - 273.15 : null));
    model.surfaces = [
      { kind: 'radiation', facets: facetsOn(mesh, ([x]) => near(x, 100)), coefficient: 0.98, ambient: 300 - 273.15 },
    ];
    const solution = await solveHeat(model);
    const end = valuesWhere(mesh, solution.temperature, ([x]) => near(x, 100));
    for (const value of end) expect(Math.abs(value + 273.15 - 927.0)).toBeLessThan(0.05);
    expect(solution.balanceError).toBeLessThan(1e-8);
  });

  it('loses heat by radiation alone to the temperature that balances a flux', async () => {
    const mesh = boxMesh([5, 5, 5], [1, 1, 1]);
    const model = heatModelOf(mesh, heatMaterial(100));
    model.surfaces = [
      { kind: 'flux', facets: facetsOn(mesh, ([x]) => near(x, 0)), coefficient: 1 },
      { kind: 'radiation', facets: facetsOn(mesh, ([x]) => near(x, 5)), coefficient: 0.5, ambient: 20 },
    ];
    const solution = await solveHeat(model);
    const wanted = (293.15 ** 4 + 1 / (0.5 * 5.670374419e-11)) ** 0.25 - 273.15;
    for (const value of valuesWhere(mesh, solution.temperature, ([x]) => near(x, 5)))
      expect(value).toBeCloseTo(wanted, 5);
  });

  it('lets heat across a contact of two bars as its conductance says', async () => {
    // Two bars end to end, not joined: 1 / (L/k + 1/h + L/k).
    const mesh = boxMesh([10, 1, 1], [4, 1, 1]);
    const n = mesh.nodeCount;
    const nodes = new Float64Array(6 * n);
    nodes.set(mesh.nodes);
    for (let i = 0; i < n; i++)
      nodes.set([mesh.nodes[3 * i]! + 10, mesh.nodes[3 * i + 1]!, mesh.nodes[3 * i + 2]!], 3 * (n + i));
    const elements = new Int32Array(2 * mesh.elements.length);
    elements.set(mesh.elements);
    elements.set(
      mesh.elements.map((node) => node + n),
      mesh.elements.length,
    );
    const both = { nodes, elements, nodeCount: 2 * n, elementCount: 2 * mesh.elementCount };
    const model = heatModelOf(both, heatMaterial(20), ([x]) => (near(x, 0) ? 100 : near(x, 20) ? 0 : null));
    model.elementBody.fill(1, mesh.elementCount);
    await expect(
      solveHeat({ ...model, fixedNodes: model.fixedNodes.slice(0, 1), fixedTemperatures: Float64Array.of(100) }),
    ).rejects.toMatchObject({ code: 'singular' });
    const facets = facetsOn(mesh, ([x]) => near(x, 10));
    const offsets = [0];
    const contact = { nodes: [] as number[], weights: [] as number[], conductance: [] as number[] };
    const partner = (node: number) => {
      for (let i = 0; i < n; i++)
        if (
          near(mesh.nodes[3 * i]!, 0) &&
          near(mesh.nodes[3 * i + 1]!, mesh.nodes[3 * node + 1]!) &&
          near(mesh.nodes[3 * i + 2]!, mesh.nodes[3 * node + 2]!)
        )
          return n + i;
      throw new Error('no partner');
    };
    // Midside rule of the straight triangle: a third of the area each; midside shape functions are one there.
    for (let f = 0; f < facets.length; f += 6)
      for (const k of [3, 4, 5]) {
        contact.nodes.push(facets[f + k]!, partner(facets[f + k]!));
        contact.weights.push(1, -1);
        contact.conductance.push((2 * 0.5) / 3);
        offsets.push(contact.nodes.length);
      }
    model.contacts = {
      offsets: Int32Array.from(offsets),
      nodes: Int32Array.from(contact.nodes),
      weights: Float64Array.from(contact.weights),
      conductance: Float64Array.from(contact.conductance),
    };
    for (const method of METHODS) {
      const solution = await solveHeat(model, { method });
      const flux = 100 / (10 / 20 + 1 / 2 + 10 / 20);
      const into = valuesWhere(both, solution.fixedHeat, ([x]) => near(x, 0)).reduce((a, b) => a + b);
      expect(Math.abs(into / flux - 1)).toBeLessThan(1e-6);
    }
  });
});

describe('refusals', () => {
  const mesh = boxMesh([2, 1, 1], [1, 1, 1]);
  it('names the body of which nothing sets the temperature', async () => {
    const model = heatModelOf(mesh, heatMaterial(1));
    model.surfaces = [{ kind: 'flux', facets: facetsOn(mesh, ([x]) => near(x, 0)), coefficient: 1 }];
    await expect(solveHeat(model)).rejects.toMatchObject({
      code: 'singular',
      message: expect.stringContaining('body 0'),
    });
  });
  it('does not take what is not physical', async () => {
    const fixed = heatModelOf(mesh, heatMaterial(1), () => 0);
    await expect(solveHeat({ ...fixed, materials: [heatMaterial(-1)] })).rejects.toMatchObject({ code: 'bad-model' });
    await expect(solveHeat(heatModelOf(mesh, heatMaterial(1), () => -300))).rejects.toMatchObject({
      message: expect.stringContaining('absolute zero'),
    });
    const facets = facetsOn(mesh, ([x]) => near(x, 0));
    await expect(
      solveHeat({ ...fixed, surfaces: [{ kind: 'radiation', facets, coefficient: 1.2, ambient: 0 }] }),
    ).rejects.toMatchObject({ message: expect.stringContaining('emissivity') });
  });
  it('expects more memory of larger meshes', () => {
    expect(estimateHeatMemory(1e5, 6e4, 'auto', false)).toBeLessThan(estimateHeatMemory(1e6, 6e5, 'auto', false));
  });
});
