import { describe, expect, it } from 'vitest';
import type { NonlinearModel, NonlinearSolution } from '../index.d.ts';
import { estimateNonlinearMemory, nonlinearTangent, solveNonlinear } from '../index.mjs';
import { boxMesh, modelOf, pointOf, randomSource } from './box-mesh.ts';

type Vector3 = [number, number, number];
const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const SIDES = [
  [0, 2, 1, 6, 5, 4],
  [0, 1, 3, 4, 8, 7],
  [1, 2, 3, 5, 9, 8],
  [0, 3, 2, 7, 9, 6],
] as const;

/** Sides of elements all of whose corners `isOn` holds for. */
function facetsOn(model: NonlinearModel, isOn: (point: Vector3) => boolean): number[] {
  const facets: number[] = [];
  for (let e = 0; e < model.elements.length / 10; e++)
    for (const side of SIDES) {
      const nodes = side.map((a) => model.elements[10 * e + a]!);
      if (nodes.slice(0, 3).every((node) => isOn(pointOf(model.nodes, node)))) facets.push(...nodes);
    }
  return facets;
}

function press(model: NonlinearModel, isOn: (point: Vector3) => boolean, pressure: number): void {
  const facets = facetsOn(model, isOn);
  model.pressureFacets = Int32Array.from([...(model.pressureFacets ?? []), ...facets]);
  model.pressures = Float64Array.from([
    ...(model.pressures ?? []),
    ...facets.filter((_, i) => i % 6 === 0).map(() => pressure),
  ]);
}

/** A force spread over nodes where `isOn` holds by the share of the side's consistent load. */
function pull(model: NonlinearModel, isOn: (point: Vector3) => boolean, force: Vector3): void {
  const facets = facetsOn(model, isOn);
  const midsides = facets.filter((_, i) => i % 6 >= 3);
  for (const node of midsides)
    for (let axis = 0; axis < 3; axis++) model.forces[3 * node + axis]! += force[axis]! / midsides.length;
}

const nodeAt = (model: NonlinearModel, wanted: Vector3): number => {
  for (let node = 0; node < model.nodes.length / 3; node++)
    if (pointOf(model.nodes, node).every((x, axis) => Math.abs(x - wanted[axis]!) < 1e-6)) return node;
  throw new Error(`no node at ${wanted}`);
};

const workError = (solution: NonlinearSolution): number =>
  Math.abs(solution.externalWork_N_mm / solution.strainEnergy_N_mm - 1);

describe('the tangent', () => {
  it('is the derivative of the forces, follower pressure, supports and skewed axes included (1e-6)', () => {
    const bend = ([x, y, z]: Vector3): Vector3 => [x + 0.05 * Math.sin(2 * y), y + 0.04 * z * z, z - 0.05 * x * y];
    const model: NonlinearModel = modelOf(boxMesh([2, 1, 1.5], [1, 1, 1], bend), { materials: [[1000, 0.3, 0, 0]] });
    // Pressure on the whole skin: its stiffness is symmetric there, as a closed surface's is.
    const all = boxMesh([2, 1, 1.5], [1, 1, 1]);
    const flat = { ...model, nodes: all.nodes };
    for (const axis of [0, 1, 2])
      for (const end of [0, [2, 1, 1.5][axis]!]) press(flat, (p) => Math.abs(p[axis]! - end) < 1e-9, 150);
    model.pressureFacets = flat.pressureFacets!;
    model.pressures = flat.pressures!;
    model.addedNodesA = Int32Array.of(3);
    model.addedNodesB = Int32Array.of(3);
    model.addedBlocks = Float64Array.of(50, 5, 0, 5, 60, 0, 0, 0, 70);
    model.frameNodes = Int32Array.of(5);
    model.frames = Float64Array.of(0.6, 0.8, 0, -0.8, 0.6, 0, 0, 0, 1);
    const random = randomSource(3);
    const u = model.nodes.map(() => 0.1 * random());
    const direction = model.nodes.map(() => random());
    const out = (at: Float64Array) => {
      const { internalForces, externalForces } = nonlinearTangent(model, at, direction, 0.7);
      return internalForces.map((force, i) => force - externalForces[i]!);
    };
    const h = 1e-5;
    const above = out(u.map((value, i) => value + h * direction[i]!));
    const below = out(u.map((value, i) => value - h * direction[i]!));
    const { tangentProduct } = nonlinearTangent(model, u, direction, 0.7);
    const gap = tangentProduct.map((value, i) => value - (above[i]! - below[i]!) / (2 * h));
    expect(largest(gap) / largest(tangentProduct)).toBeLessThan(1e-6);
  });

  it('makes the iteration converge quadratically', async () => {
    const model: NonlinearModel = modelOf(boxMesh([20, 2, 2], [8, 1, 1]), {
      materials: [[1000, 0.3, 0, 0]],
      restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null),
    });
    pull(model, (p) => p[0] > 20 - 1e-9, [0, 0, 5]);
    const solution = await solveNonlinear(model, { tolerance: 1e-11, firstStep: 1, largestStep: 1 });
    expect(solution.outcome).toBe('complete');
    const residual = [...solution.attempts.at(-1)!.residual];
    // Where the end is in sight and round-off is not: the digits double.
    const orders = residual
      .slice(2)
      .map((r, i) => ({
        before: residual[i + 1]!,
        order: Math.log(r / residual[i + 1]!) / Math.log(residual[i + 1]! / residual[i]!),
        r,
      }))
      .filter(({ before, r }) => before < 1e-1 && r > 1e-10);
    expect(orders.length, JSON.stringify(residual)).toBeGreaterThan(0);
    for (const { order } of orders) expect(order, JSON.stringify(residual)).toBeGreaterThan(1.6);
  });
});

describe('patch tests', () => {
  it('a body turned by 60 degrees at one side follows without stress (1e-8)', async () => {
    const angle = Math.PI / 3;
    const model: NonlinearModel = modelOf(boxMesh([4, 2, 2], [2, 1, 1]), {
      restrain: ([x, y, z]) =>
        x < 1e-9
          ? [x * Math.cos(angle) - y * Math.sin(angle) - x, x * Math.sin(angle) + y * Math.cos(angle) - y, 0 * z]
          : null,
    });
    const solution = await solveNonlinear(model, { tolerance: 1e-12 });
    expect(solution.outcome).toBe('complete');
    expect(largest(solution.stress) / 200000).toBeLessThan(1e-8);
    const tip = nodeAt(model, [4, 2, 2]);
    expect(solution.displacement[3 * tip]!).toBeCloseTo(4 * Math.cos(angle) - 2 * Math.sin(angle) - 4, 7);
    expect(solution.displacement[3 * tip + 1]!).toBeCloseTo(4 * Math.sin(angle) + 2 * Math.cos(angle) - 2, 7);
  });

  it('a bar stretched by a fifth has the closed form of St. Venant-Kirchhoff material (1e-8)', async () => {
    const [stretch, young, poisson] = [1.2, 1000, 0.3];
    const mesh = boxMesh([3, 2, 2], [2, 2, 2]);
    const random = randomSource(5);
    const middle = nodeAt({ nodes: mesh.nodes } as NonlinearModel, [1.5, 1, 1]);
    for (let axis = 0; axis < 3; axis++) mesh.nodes[3 * middle + axis]! += 0.1 * random();
    const corners = new Set([...mesh.elements].filter((_, i) => i % 10 < 4));
    const pairs = [
      [0, 1],
      [1, 2],
      [0, 2],
      [0, 3],
      [1, 3],
      [2, 3],
    ] as const;
    for (let e = 0; e < mesh.elementCount; e++)
      pairs.forEach(([a, b], k) => {
        for (let axis = 0; axis < 3; axis++)
          mesh.nodes[3 * mesh.elements[10 * e + 4 + k]! + axis] =
            (mesh.nodes[3 * mesh.elements[10 * e + a]! + axis]! + mesh.nodes[3 * mesh.elements[10 * e + b]! + axis]!) /
            2;
      });
    expect(corners.has(middle)).toBe(true);
    const model: NonlinearModel = modelOf(mesh, {
      materials: [[young, poisson, 0, 0]],
      restrain: ([x, y, z]) => [
        x < 1e-9 ? 0 : x > 3 - 1e-9 ? 3 * (stretch - 1) : null,
        y < 1e-9 ? 0 : null,
        z < 1e-9 ? 0 : null,
      ],
    });
    const solution = await solveNonlinear(model, { tolerance: 1e-12 });
    const green = (stretch ** 2 - 1) / 2;
    const across = Math.sqrt(1 - 2 * poisson * green);
    const cauchy = (stretch * young * green) / across ** 2;
    for (let node = 0; node < mesh.nodeCount; node++) {
      expect(Math.abs(solution.stress[6 * node]! / cauchy - 1)).toBeLessThan(1e-8);
      expect(Math.abs(solution.stress[6 * node + 1]! / cauchy)).toBeLessThan(1e-8);
      expect(Math.abs(solution.strain[6 * node]! - Math.log(stretch))).toBeLessThan(1e-8);
      expect(Math.abs(solution.strain[6 * node + 2]! - Math.log(across))).toBeLessThan(1e-8);
      const y = mesh.nodes[3 * node + 1]!;
      expect(Math.abs(solution.displacement[3 * node + 1]! - (across - 1) * y)).toBeLessThan(1e-8);
    }
    // The force on the moved side is S times the stretch on the first area of 4 mm^2.
    let force = 0;
    for (let node = 0; node < mesh.nodeCount; node++)
      if (mesh.nodes[3 * node]! > 3 - 1e-9) force += solution.reactions[3 * node]!;
    expect(force / (4 * stretch * young * green)).toBeCloseTo(1, 8);
    expect(workError(solution)).toBeLessThan(0.01);
  });

  it('a block under follower pressure on all sides shrinks as the true pressure asks (1e-8)', async () => {
    const [young, poisson, pressure] = [1000, 0.25, 150];
    const bulk = young / (3 * (1 - 2 * poisson));
    const size = 2;
    const model: NonlinearModel = modelOf(boxMesh([size, size, size], [2, 2, 2]), {
      materials: [[young, poisson, 0, 0]],
      restrain: (p) => p.map((x) => (x < 1e-9 ? 0 : null)),
    });
    for (const axis of [0, 1, 2]) press(model, (p) => p[axis]! > size - 1e-9, pressure);
    const solution = await solveNonlinear(model, { tolerance: 1e-12 });
    expect(solution.outcome).toBe('complete');
    // sigma = S / stretch = 3 K (stretch^2 - 1) / (2 stretch) = -pressure
    const ratio = pressure / (3 * bulk);
    const stretch = -ratio + Math.sqrt(ratio ** 2 + 1);
    const corner = nodeAt(model, [size, size, size]);
    expect(Math.abs(solution.displacement[3 * corner]! - size * (stretch - 1))).toBeLessThan(1e-8);
    expect(Math.abs(solution.stress[0]! / -pressure - 1)).toBeLessThan(1e-8);
    expect(workError(solution)).toBeLessThan(1e-4);
  });
});

describe('slender parts', () => {
  // Mattiasson 1981 (table 1): horizontal and vertical movement of the tip over the length, by elliptic integrals.
  it.each([
    [2, 0.16064, 0.49346],
    [10, 0.555, 0.81061],
  ])('the elastica: a cantilever under P L^2 / E I = %f (1 %%)', async (load, along, across) => {
    const [length, side, young] = [100, 2, 200000];
    const model: NonlinearModel = modelOf(boxMesh([length, side, side], [30, 1, 1]), {
      materials: [[young, 0, 0, 0]],
      restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null),
    });
    pull(model, (p) => p[0] > length - 1e-9, [0, 0, (load * young * side ** 4) / 12 / length ** 2]);
    const solution = await solveNonlinear(model);
    expect(solution.outcome).toBe('complete');
    const tip = nodeAt(model, [length, side / 2, side / 2]);
    expect(Math.abs(solution.displacement[3 * tip]! / length / -along - 1)).toBeLessThan(0.01);
    expect(Math.abs(solution.displacement[3 * tip + 2]! / length / across - 1)).toBeLessThan(0.01);
    expect(workError(solution)).toBeLessThan(0.01);
    expect(solution.frames.length).toBe(solution.curve.loadFactor.length);
    expect(solution.curve.loadFactor.at(-1)).toBe(1);
  });
});

/**
 * Half of a clamped shallow parabolic arch (rise may be 0: a beam) under its weight, in shallow arch theory: the deflection's
 * slope is s g(x) with g = x - a sin(k x) / sin(k a), k^2 = N / E I for the compression N; stretching gives s.
 */
interface Point {
  load: number;
  middle: number;
}
function archCurve(half: number, rise: number, thickness: number, young: number, compression: number): Point[] {
  const inertia = thickness ** 3 / 12;
  const k = Math.sqrt(Math.abs(compression) / (young * inertia));
  const wave = compression > 0 ? Math.sin : Math.sinh;
  const g = (x: number) => x - (half * wave(k * x)) / wave(k * half);
  let [first, second] = [0, 0];
  const n = 2000;
  for (let i = 0; i < n; i++) {
    const x = ((i + 0.5) / n) * half;
    first += (2 * x * g(x) * half) / n;
    second += (2 * g(x) ** 2 * half) / n;
  }
  const a = second / 2;
  const b = ((2 * rise) / half ** 2) * first;
  const c = (2 * half * compression) / (young * thickness);
  const root = Math.sqrt(b * b - 4 * a * c);
  const load = (s: number) => compression * (s + (2 * rise) / half ** 2);
  return [(-b - root) / (2 * a), (-b + root) / (2 * a)].map((s) => {
    // The deflection of the middle: minus the integral of the slope.
    let middle = 0;
    for (let i = 0; i < n; i++) middle -= (s * g(((i + 0.5) / n) * half) * half) / n;
    return { load: load(s), middle };
  });
}

function halfArch(half: number, rise: number, thickness: number, young: number, load: number, along: number) {
  const model: NonlinearModel = modelOf(
    boxMesh([half, 2, thickness], [along, 1, 1], ([x, y, z]) => [x, y, z + rise * (1 - (x / half) ** 2)]),
    {
      materials: [[young, 0, 1e-9, 0]],
      restrain: ([x, y]) => {
        if (x > half - 1e-9) return [0, 0, 0];
        if (x < 1e-9) return [0, y < 1e-9 ? 0 : null, null];
        return null;
      },
      gravity: [0, 0, -load / thickness / 1e-9],
    },
  );
  return { model, middle: nodeAt(model, [0, 1, rise + thickness / 2]) };
}

describe('shallow arches and beams', () => {
  it('a clamped beam is stiffened by its membrane force (1 %)', async () => {
    const [half, thickness, young] = [100, 2, 200000];
    // The load that goes with a tension of four times E I pi^2 / (2 a)^2.
    const tension = (4 * Math.PI ** 2 * young * thickness ** 3) / 12 / (2 * half) ** 2;
    const [{ load, middle: deflection }] = archCurve(half, 0, thickness, young, -tension).filter(
      (point) => point.load > 0,
    ) as [Point];
    expect(Math.abs(deflection) / thickness).toBeGreaterThan(1);
    const { model, middle } = halfArch(half, 0, thickness, young, load, 25);
    const solution = await solveNonlinear(model);
    expect(solution.outcome).toBe('complete');
    expect(Math.abs(Math.abs(solution.displacement[3 * middle + 2]!) / Math.abs(deflection) - 1)).toBeLessThan(0.01);
    expect(workError(solution)).toBeLessThan(0.01);
  });

  it('an arch stops at its limit load and says that it snaps there (1 %)', async () => {
    const [half, rise, thickness, young] = [100, 5, 2, 200000];
    const euler = (Math.PI ** 2 * young * thickness ** 3) / 12 / half ** 2;
    let limit = 0;
    // The path from the unloaded arch is the root that has moved less.
    for (let i = 1; i < 1000; i++) {
      const [one, other] = archCurve(half, rise, thickness, young, (i / 500) * euler) as [Point, Point];
      limit = Math.max(limit, one.middle < other.middle ? one.load : other.load);
    }
    const { model } = halfArch(half, rise, thickness, young, 1.25 * limit, 25);
    const solution = await solveNonlinear(model);
    expect(solution.outcome).toBe('limit-point');
    expect(solution.explanation).toMatch(/snaps or buckles/);
    expect(Math.abs(solution.loadFactor * 1.25 - 1)).toBeLessThan(0.01);
    expect(solution.displacement.every(Number.isFinite)).toBe(true);
  });

  it('a straight column stops at its buckling load, though its straight shape is in equilibrium beyond (1 %)', async () => {
    const [length, side, young] = [60, 2, 200000];
    const model: NonlinearModel = modelOf(boxMesh([length, side, side], [20, 1, 1]), {
      materials: [[young, 0, 0, 0]],
      restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null),
    });
    const critical = (Math.PI ** 2 * young * side ** 4) / 12 / (4 * length ** 2);
    pull(model, (p) => p[0] > length - 1e-9, [-2 * critical, 0, 0]);
    const solution = await solveNonlinear(model);
    expect(solution.outcome).toBe('limit-point');
    expect(Math.abs(solution.loadFactor * 2 - 1)).toBeLessThan(0.01);
  });
});

describe('the door', () => {
  const cantilever = (divisions: number): NonlinearModel => {
    const model: NonlinearModel = modelOf(boxMesh([20, 2, 2], [divisions, 3, 3]), {
      materials: [[1000, 0.3, 0, 0]],
      restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null),
    });
    pull(model, (p) => p[0] > 20 - 1e-9, [0, 0, 5]);
    return model;
  };

  it('shows its steps, and both ways to solve agree', async () => {
    const seen: { step?: number; loadFactor?: number; fraction: number }[] = [];
    const direct = await solveNonlinear(cantilever(6), {
      method: 'direct',
      onProgress: (progress) => seen.push(progress),
    });
    const multigrid = await solveNonlinear(cantilever(6), { method: 'multigrid' });
    const gap = direct.displacement.map((value, i) => value - multigrid.displacement[i]!);
    expect(largest(gap) / largest(direct.displacement)).toBeLessThan(1e-5);
    expect(multigrid.linearIterations).toBeGreaterThan(0);
    expect(seen.some(({ step, loadFactor }) => step === 2 && loadFactor! > 0.1)).toBe(true);
    expect(seen.at(-1)!.fraction).toBe(1);
    expect(estimateNonlinearMemory(1e5, 7e4, 'direct')).toBeGreaterThan(1e8);
  });

  it('is cancelled within a second', async () => {
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    const solving = solveNonlinear(cantilever(30), { cancel });
    let asked = 0;
    setTimeout(() => {
      asked = Date.now();
      cancel[0] = 1;
    }, 300);
    await expect(solving).rejects.toMatchObject({ code: 'cancelled' });
    expect(Date.now() - asked).toBeLessThan(1000);
  });

  it('refuses steps out of order and facets outside the mesh', async () => {
    await expect(solveNonlinear(cantilever(2), { firstStep: 2 })).rejects.toMatchObject({ code: 'bad-model' });
    const model = cantilever(2);
    model.pressureFacets = Int32Array.of(0, 1, 2, 3, 4, 99999);
    model.pressures = Float64Array.of(1);
    await expect(solveNonlinear(model)).rejects.toMatchObject({ code: 'bad-model' });
  });
});
