import { describe, expect, it } from 'vitest';
import { solveStatic } from '../index.mjs';
import { addTraction, boxMesh, modelOf, pointOf, randomSource } from './box-mesh.ts';

type Vector3 = [number, number, number];
const STEEL = [200000, 0.3, 7.85e-9, 1.2e-5];
const METHODS = ['direct', 'multigrid'] as const;
const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const largestGap = (a: Float64Array, b: Float64Array): number => largest(a.map((value, i) => value - b[i]!));

/** A box whose inner corners are moved at random; midside nodes lie half way. */
function distortedBox(size: Vector3, divisions: Vector3, amount: number) {
  const mesh = boxMesh(size, divisions);
  const random = randomSource(7);
  const corners = new Set<number>();
  for (let e = 0; e < mesh.elementCount; e++) for (let a = 0; a < 4; a++) corners.add(mesh.elements[10 * e + a]!);
  const inside = (node: number) =>
    pointOf(mesh.nodes, node).every((x, axis) => x > 1e-9 * size[axis]! && x < size[axis]! * (1 - 1e-9));
  for (const node of [...corners].sort((a, b) => a - b))
    if (inside(node))
      for (let axis = 0; axis < 3; axis++)
        mesh.nodes[3 * node + axis]! += (amount * random() * size[axis]!) / divisions[axis]!;
  const edges = [
    [0, 1],
    [1, 2],
    [0, 2],
    [0, 3],
    [1, 3],
    [2, 3],
  ] as const;
  for (let e = 0; e < mesh.elementCount; e++)
    edges.forEach(([a, b], k) => {
      for (let axis = 0; axis < 3; axis++)
        mesh.nodes[3 * mesh.elements[10 * e + 4 + k]! + axis] =
          (mesh.nodes[3 * mesh.elements[10 * e + a]! + axis]! + mesh.nodes[3 * mesh.elements[10 * e + b]! + axis]!) / 2;
    });
  return mesh;
}

const onSurface = (size: Vector3) => (point: Vector3) =>
  point.some((x, axis) => x < 1e-9 * size[axis]! || x > size[axis]! * (1 - 1e-9));

describe('patch test', () => {
  const size: Vector3 = [3, 2, 4];
  // u = H x: any state of constant strain must come out exactly, whatever the shape of the elements inside.
  const gradient = [
    [1e-3, 4e-4, -2e-4],
    [3e-4, -5e-4, 7e-4],
    [-6e-4, 2e-4, 8e-4],
  ];
  const exact = (point: Vector3) => gradient.map((row) => row.reduce((sum, h, axis) => sum + h * point[axis]!, 0));
  const strain = [1e-3, -5e-4, 8e-4, 7e-4, 9e-4, -8e-4];
  const lambda = (200000 * 0.3) / (1.3 * 0.4);
  const mu = 200000 / 2.6;
  const trace = strain[0]! + strain[1]! + strain[2]!;
  const stress = strain.map((e, i) => (i < 3 ? lambda * trace + 2 * mu * e : mu * e));

  it.each(METHODS)('holds on a distorted mesh to 1e-8 (%s)', async (method) => {
    const mesh = distortedBox(size, [3, 3, 3], 0.3);
    const surface = onSurface(size);
    const model = modelOf(mesh, { restrain: (point) => (surface(point) ? exact(point) : null) });
    const solution = await solveStatic(model, { method, tolerance: 1e-12 });
    let inner = 0;
    for (let node = 0; node < mesh.nodeCount; node++) {
      const wanted = exact(pointOf(mesh.nodes, node));
      if (!surface(pointOf(mesh.nodes, node))) inner++;
      for (let axis = 0; axis < 3; axis++)
        expect(Math.abs(solution.displacement[3 * node + axis]! - wanted[axis]!)).toBeLessThan(1e-8 * 5e-3);
      for (let c = 0; c < 6; c++) {
        expect(Math.abs(solution.stress[6 * node + c]! - stress[c]!)).toBeLessThan(1e-8 * 200);
        expect(Math.abs(solution.strain[6 * node + c]! - strain[c]!)).toBeLessThan(1e-8 * 1e-3);
      }
    }
    expect(inner).toBeGreaterThan(50);
    expect(solution.relativeEnergyError).toBeLessThan(1e-8);
    expect(largest(solution.stressSpread)).toBeLessThan(1e-6);
  });

  it('has rigid rotations without stress on curved elements', async () => {
    const bend = ([x, y, z]: Vector3): Vector3 => [x + 0.05 * Math.sin(2 * y), y + 0.04 * z * z, z - 0.05 * x * y];
    const mesh = boxMesh(size, [3, 2, 4], bend);
    const angle = 1e-3;
    const turned = ([x, y]: Vector3) => [-angle * y, angle * x, 0];
    const flat = boxMesh(size, [3, 2, 4]);
    const surface = onSurface(size);
    const model = modelOf(mesh, {
      restrain: (point, node) => (surface(pointOf(flat.nodes, node)) ? turned(point) : null),
    });
    const solution = await solveStatic(model, { method: 'direct' });
    expect(largest(solution.stress)).toBeLessThan(1e-8 * 200000 * angle);
  });
});

describe('closed forms', () => {
  it('a bar hanging under its own weight stretches rho g L^2 / 2E and stands in rho g L at the top', async () => {
    const [length, g] = [50, 9810];
    const mesh = boxMesh([2, 2, length], [2, 2, 12]);
    const bar = modelOf(mesh, {
      materials: [[200000, 0, 7.85e-9, 0]],
      restrain: (p) => (p[2] > length - 1e-9 ? [0, 0, 0] : null),
      gravity: [0, 0, -g],
    });
    const solution = await solveStatic(bar);
    const tip = Math.min(...solution.displacement);
    expect(tip / (-(7.85e-9 * g * length ** 2) / (2 * 200000))).toBeCloseTo(1, 8);
    expect(Math.max(...solution.principal) / (7.85e-9 * g * length)).toBeCloseTo(1, 6);
    const weight = 7.85e-9 * g * 4 * length;
    expect(solution.reactions.reduce((sum, r, i) => sum + (i % 3 === 2 ? r : 0), 0) / weight).toBeCloseTo(1, 10);
    expect(solution.strainEnergy_N_mm / (((7.85e-9 * g) ** 2 * 4 * length ** 3) / (6 * 200000))).toBeCloseTo(1, 6);
  });

  it('free thermal expansion, even with a gradient, makes no stress', async () => {
    const mesh = distortedBox([10, 8, 6], [3, 3, 3], 0.2);
    const hold: Record<string, (number | null)[]> = {
      '0,0,0': [0, 0, 0],
      '10,0,0': [null, 0, 0],
      '0,8,0': [null, null, 0],
    };
    const model = modelOf(mesh, {
      restrain: (p) => hold[p.map((x) => Math.round(1e6 * x) / 1e6).join()] ?? null,
      temperatureChange: ([x, y, z]) => 80 + 5 * x - 3 * y + 2 * z,
    });
    const solution = await solveStatic(model, { method: 'direct' });
    expect(largest(solution.displacement)).toBeGreaterThan(5e-3);
    expect(largest(solution.stress)).toBeLessThan(1e-6);
    const held = modelOf(mesh, { restrain: () => [0, 0, 0], temperatureChange: () => 100 });
    const pressed = await solveStatic(held);
    expect(pressed.stress[0]! / ((-200000 * 1.2e-5 * 100) / (1 - 2 * 0.3))).toBeCloseTo(1, 9);
  });

  it.each(METHODS)('a cantilever bends as Timoshenko says (%s)', async (method) => {
    const [length, width, height] = [100, 10, 10];
    const mesh = boxMesh([length, width, height], [20, 2, 2]);
    // Without lateral contraction, so that the clamped end is as beam theory has it.
    const model = modelOf(mesh, {
      materials: [[200000, 0, 0, 0]],
      restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null),
    });
    addTraction(model, (p) => p[0] > length - 1e-9, [0, 0, -10]);
    const solution = await solveStatic(model, { method });
    const force = 10 * width * height;
    const inertia = (width * height ** 3) / 12;
    const bending = (force * length ** 3) / (3 * 200000 * inertia);
    const shear = (force * length) / ((5 / 6) * (200000 / 2) * width * height);
    const tip = -Math.min(...solution.displacement);
    expect(tip / (bending + shear)).toBeGreaterThan(0.99);
    expect(tip / (bending + shear)).toBeLessThan(1.001);
    // The bending stress at mid span.
    const wanted = (force * (length / 2) * (height / 2)) / inertia;
    for (let node = 0; node < mesh.nodeCount; node++) {
      const [x, y, z] = pointOf(mesh.nodes, node);
      if (x === length / 2 && y === width / 2 && z === height)
        expect(Math.abs(solution.stress[6 * node]! / wanted - 1)).toBeLessThan(0.01);
    }
    expect(solution.method).toBe(method);
    expect(solution.relativeResidual).toBeLessThanOrEqual(1e-8);
    expect(2 * solution.strainEnergy_N_mm).toBeCloseTo(
      model.forces.reduce((sum, f, i) => sum + f * solution.displacement[i]!, 0),
      6,
    );
  });

  it('bars of two materials side by side share the load by stiffness; end to end they add up', async () => {
    const materials = [STEEL, [70000, 0.3, 2.7e-9, 2.3e-5]];
    const sideBySide = boxMesh([10, 4, 40], [2, 2, 6]);
    const parallel = modelOf(sideBySide, {
      materials: materials.map(([e, , rho, alpha]) => [e!, 0, rho!, alpha!]),
      elementMaterial: (p) => (p[0] < 5 ? 0 : 1),
      restrain: (p) => (p[2] < 1e-9 ? [0, 0, 0] : p[2] > 40 - 1e-9 ? [0, 0, 0.02] : null),
    });
    const shared = await solveStatic(parallel);
    const pull = shared.reactions.reduce((sum, r, i) => sum + (i % 3 === 2 ? Math.max(r, 0) : 0), 0);
    expect(pull / (((200000 + 70000) * 20 * 0.02) / 40)).toBeCloseTo(1, 8);
    // Stress jumps at the joint: each side's own is kept where only one body is, the larger where both are.
    for (let node = 0; node < sideBySide.nodeCount; node++)
      expect(shared.stress[6 * node + 2]!).toBeCloseTo(pointOf(sideBySide.nodes, node)[0] <= 5 ? 100 : 35, 6);

    const endToEnd = modelOf(sideBySide, {
      materials: materials.map(([e, , rho, alpha]) => [e!, 0, rho!, alpha!]),
      elementMaterial: (p) => (p[2] < 20 ? 0 : 1),
      restrain: (p) => (p[2] < 1e-9 ? [0, 0, 0] : null),
    });
    addTraction(endToEnd, (p) => p[2] > 40 - 1e-9, [0, 0, 50]);
    const added = await solveStatic(endToEnd);
    expect(Math.max(...added.displacement) / ((50 * 20) / 200000 + (50 * 20) / 70000)).toBeCloseTo(1, 8);
  });

  it.each([0.49, 0.499])('nearly incompressible rubber (nu = %f) in a stiff box shows its bulk modulus', async (nu) => {
    const mesh = boxMesh([10, 10, 10], [4, 4, 4]);
    const sides = (p: Vector3): (number | null)[] => [
      p[0] < 1e-9 || p[0] > 10 - 1e-9 ? 0 : null,
      p[1] < 1e-9 || p[1] > 10 - 1e-9 ? 0 : null,
      p[2] < 1e-9 ? 0 : null,
    ];
    const model = modelOf(mesh, { materials: [[5, nu, 1e-9, 0]], restrain: sides });
    addTraction(model, (p) => p[2] > 10 - 1e-9, [0, 0, -0.1]);
    const solution = await solveStatic(model);
    const confined = (5 * (1 - nu)) / ((1 + nu) * (1 - 2 * nu));
    expect(Math.min(...solution.displacement) / ((-0.1 * 10) / confined)).toBeCloseTo(1, 6);
  });
});

describe('restraints', () => {
  it('in turned frames give the turned answer', async () => {
    const mesh = boxMesh([20, 4, 4], [8, 2, 2]);
    const plain = modelOf(mesh, {
      restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : p[0] > 20 - 1e-9 ? [null, 0.01, null] : null),
    });
    addTraction(plain, (p) => p[0] > 20 - 1e-9, [10, 0, -3]);
    // The same beam turned by an orthonormal matrix, its restraints given in frames whose axes are the old ones.
    const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
    const rotation = [
      [c, -s, 0],
      [s * 0.8, c * 0.8, -0.6],
      [s * 0.6, c * 0.6, 0.8],
    ];
    const turn = (v: number[]) => rotation.map((row) => row.reduce((sum, r, axis) => sum + r * v[axis]!, 0));
    const turnAll = (values: Float64Array) => {
      const turned = new Float64Array(values.length);
      for (let i = 0; i < values.length; i += 3) turned.set(turn([...values.subarray(i, i + 3)]), i);
      return turned;
    };
    const held = [...new Set([...plain.fixedDofs].map((dof) => Math.floor(dof / 3)))];
    const transposed = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => rotation[column]![row]!));
    const turned = {
      ...plain,
      nodes: turnAll(plain.nodes),
      forces: turnAll(plain.forces),
      frameNodes: Int32Array.from(held),
      frames: Float64Array.from(held.flatMap(() => transposed)),
    };
    for (const method of METHODS) {
      const reference = await solveStatic(plain, { method, tolerance: 1e-11 });
      const solution = await solveStatic(turned, { method, tolerance: 1e-11 });
      const wanted = turnAll(reference.displacement);
      expect(largestGap(solution.displacement, wanted)).toBeLessThan(1e-7 * largest(wanted));
      expect(largestGap(solution.reactions, turnAll(reference.reactions))).toBeLessThan(1e-5);
      expect(largestGap(solution.vonMises, reference.vonMises)).toBeLessThan(1e-5 * largest(reference.vonMises));
    }
  });

  it('by elastic supports: a rigid block sinks by force over stiffness', async () => {
    const mesh = boxMesh([4, 4, 4], [2, 2, 2]);
    const model = modelOf(mesh, { restrain: (p) => (p[2] < 1e-9 ? [0, 0, null] : null), materials: [[1e9, 0, 0, 0]] });
    addTraction(model, (p) => p[2] > 4 - 1e-9, [0, 0, -2]);
    const bottom: number[] = [];
    for (let node = 0; node < mesh.nodeCount; node++) if (mesh.nodes[3 * node + 2]! < 1e-9) bottom.push(node);
    const springs = Float64Array.from(bottom.flatMap(() => [0, 0, 0, 0, 0, 0, 0, 0, 100]));
    const solution = await solveStatic({
      ...model,
      addedNodesA: Int32Array.from(bottom),
      addedNodesB: Int32Array.from(bottom),
      addedBlocks: springs,
    });
    let mean = 0;
    for (const node of bottom) mean += solution.displacement[3 * node + 2]! / bottom.length;
    expect(mean / (-32 / (100 * bottom.length))).toBeCloseTo(1, 6);
  });
});

describe('methods', () => {
  it('agree to 1e-7', async () => {
    const mesh = distortedBox([30, 10, 8], [12, 5, 4], 0.25);
    const model = modelOf(mesh, {
      restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null),
      temperatureChange: ([x]) => 2 * x,
      gravity: [0, 0, -9810],
    });
    addTraction(model, (p) => p[0] > 30 - 1e-9, [5, 1, -3]);
    const direct = await solveStatic(model, { method: 'direct' });
    const multigrid = await solveStatic(model, { method: 'multigrid', tolerance: 1e-10 });
    expect(multigrid.iterations).toBeGreaterThan(5);
    expect(multigrid.iterations).toBeLessThan(17); // 14: a coarse level that corrects too little shows here first
    expect(largestGap(direct.displacement, multigrid.displacement)).toBeLessThan(1e-7 * largest(direct.displacement));
    expect(direct.relativeResidual).toBeLessThan(1e-9);
  });

  it('are repeatable to the last bit, and do not depend on the number of threads beyond round-off', async () => {
    const mesh = boxMesh([30, 10, 8], [14, 6, 5]);
    const model = modelOf(mesh, { restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null), gravity: [0, 0, -9810] });
    for (const method of METHODS) {
      const first = await solveStatic(model, { method });
      const again = await solveStatic(model, { method });
      expect(again.displacement).toEqual(first.displacement);
      expect(again.stress).toEqual(first.stress);
      const alone = await solveStatic(model, { method, threads: 1 });
      expect(largestGap(alone.displacement, first.displacement)).toBeLessThan(1e-6 * largest(first.displacement));
    }
  });

  it('fall back to the direct one where the iteration crawls', async () => {
    // 8,000 elements of a plate whose elements are thirty times wider than thick.
    const mesh = boxMesh([600, 600, 1], [37, 36, 1]);
    const model = modelOf(mesh, { restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null), gravity: [0, 0, -9810] });
    const solution = await solveStatic(model);
    expect(solution.degreesOfFreedom).toBeGreaterThan(30000);
    expect(solution.method).toBe('direct');
    // In double precision no answer can do much better: K u is ten powers of ten larger than f.
    expect(solution.relativeResidual).toBeLessThan(1e-3);
    // Hanging out 600 mm: q L^4 / 8D per width, a plate rather than a beam: within a few percent.
    const deflection = (7.85e-9 * 9810 * 600 ** 4) / (8 * (200000 / 12));
    expect(-Math.min(...solution.displacement) / deflection).toBeGreaterThan(0.85);
    expect(-Math.min(...solution.displacement) / deflection).toBeLessThan(1.02);
  });
});
