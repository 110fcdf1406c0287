import { describe, expect, it } from 'vitest';
import type { StaticModel } from '../index.d.ts';
import { solveStatic } from '../index.mjs';
import { addTraction, type BoxMesh, boxMesh, modelOf, pointOf } from './box-mesh.ts';

type Vector3 = [number, number, number];
type Term = [node: number, coefficient: Vector3];
const METHODS = ['direct', 'multigrid'] as const;
const AXES: Vector3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const minus = (v: Vector3): Vector3 => [-v[0], -v[1], -v[2]];
const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The model with equations: sum of coefficient . u(node) = constant. */
function constrained(model: StaticModel, equations: readonly { terms: Term[]; constant?: number }[]): StaticModel {
  const offsets = [0];
  for (const { terms } of equations) offsets.push(offsets.at(-1)! + terms.length);
  const terms = equations.flatMap((equation) => equation.terms);
  return {
    ...model,
    constraintOffsets: Int32Array.from(offsets),
    constraintNodes: Int32Array.from(terms.map(([node]) => node)),
    constraintCoefficients: Float64Array.from(terms.flatMap(([, coefficient]) => coefficient)),
    constraintConstants: Float64Array.from(equations.map(({ constant }) => constant ?? 0)),
  };
}

/** More nodes, of no element. */
function withNodes(model: StaticModel, points: readonly Vector3[]): StaticModel {
  const nodes = Float64Array.from([...model.nodes, ...points.flat()]);
  const forces = new Float64Array(nodes.length);
  forces.set(model.forces);
  return { ...model, nodes, forces };
}

/** A box of two halves that share no nodes, and what would make them one: [node of the second, node of the first]. */
function halves(size: Vector3, divisions: Vector3): { whole: BoxMesh; cut: BoxMesh; pairs: [number, number][] } {
  const whole = boxMesh(size, divisions);
  const elements = whole.elements.slice();
  const points = [...whole.nodes];
  const twin = new Map<number, number>();
  for (let e = 0; e < whole.elementCount; e++) {
    const nodes = [...elements.subarray(10 * e, 10 * e + 10)];
    const centre = nodes.slice(0, 4).reduce((sum, node) => sum + whole.nodes[3 * node]! / 4, 0);
    if (centre < size[0] / 2) continue;
    nodes.forEach((node, a) => {
      if (Math.abs(whole.nodes[3 * node]! - size[0] / 2) > 1e-9) return;
      if (!twin.has(node)) {
        twin.set(node, points.length / 3);
        points.push(...pointOf(whole.nodes, node));
      }
      elements[10 * e + a] = twin.get(node)!;
    });
  }
  const cut = { ...whole, nodes: Float64Array.from(points), elements, nodeCount: points.length / 3 };
  return { whole, cut, pairs: [...twin].map(([node, copy]) => [copy, node]) };
}

const clampedLoaded = (mesh: BoxMesh, length: number): StaticModel => {
  const model = modelOf(mesh, { restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null), gravity: [0, 0, -9810] });
  addTraction(model, (p) => p[0] > length - 1e-9, [3, 1, -2]);
  return model;
};

describe('constraint equations', () => {
  it.each(METHODS)('that tie two halves node by node give the answer of the whole (%s)', async (method) => {
    const { whole, cut, pairs } = halves([20, 6, 6], [8, 3, 3]);
    const reference = await solveStatic(clampedLoaded(whole, 20), { method: 'direct' });
    const ties = pairs.flatMap(([copy, node]) =>
      AXES.map((axis) => ({ terms: [[copy, axis] as Term, [node, minus(axis)] as Term] })),
    );
    const solution = await solveStatic(constrained(clampedLoaded(cut, 20), ties), { method, tolerance: 1e-11 });
    const scale = largest(reference.displacement);
    for (let i = 0; i < reference.displacement.length; i++)
      expect(Math.abs(solution.displacement[i]! - reference.displacement[i]!)).toBeLessThan(1e-8 * scale);
    // What the tie passes on is the load beyond it: 36 mm^2 of traction and half of the weight.
    const passed = [0, 1, 2].map((axis) =>
      ties.reduce((sum, { terms }, k) => sum + terms[0]![1][axis]! * solution.constraintForces[k]!, 0),
    );
    const weight = 7.85e-9 * 9810 * 20 * 36;
    expect(passed[0]! / -108).toBeCloseTo(1, 6);
    expect(passed[2]! / (72 + weight / 2)).toBeCloseTo(1, 6);
    const reaction = [0, 1, 2].map((axis) =>
      solution.reactions.reduce((sum, v, i) => sum + (i % 3 === axis ? v : 0), 0),
    );
    expect(reaction[0]! / -108).toBeCloseTo(1, 6);
    expect(reaction[2]! / (72 + weight)).toBeCloseTo(1, 6);
    if (method === 'multigrid') expect(solution.iterations).toBeLessThan(25);
  });

  it('are resolved in any order: a chain of copies of one another, stated backwards and twice', async () => {
    const { whole, cut, pairs } = halves([10, 4, 4], [4, 2, 2]);
    const reference = await solveStatic(clampedLoaded(whole, 10));
    // Each pair through two further nodes: copy = p, p = q, q = node.
    const model = withNodes(
      clampedLoaded(cut, 10),
      pairs.flatMap(([copy]) => [pointOf(cut.nodes, copy), pointOf(cut.nodes, copy)]),
    );
    const equal = (a: number, b: number) =>
      AXES.map((axis) => ({ terms: [[a, axis] as Term, [b, minus(axis)] as Term] }));
    const chain = pairs.flatMap(([copy, node], i) => {
      const p = cut.nodeCount + 2 * i;
      return [...equal(p, p + 1), ...equal(copy, p), ...equal(p + 1, node), ...equal(node, copy)];
    });
    const solution = await solveStatic(constrained(model, chain));
    const scale = largest(reference.displacement);
    for (let i = 0; i < reference.displacement.length; i++)
      expect(Math.abs(solution.displacement[i]! - reference.displacement[i]!)).toBeLessThan(1e-8 * scale);
  });

  it('prescribe a difference, and leave a restrained node where it is', async () => {
    const mesh = boxMesh([10, 4, 4], [4, 2, 2]);
    const model = modelOf(mesh, { restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null) });
    const end = [...Array(mesh.nodeCount).keys()].filter((node) => mesh.nodes[3 * node]! > 10 - 1e-9);
    const clamped = [...Array(mesh.nodeCount).keys()].find((node) => mesh.nodes[3 * node]! < 1e-9)!;
    // The clamped node is named first: it cannot give way, so the end does.
    const pulled = end.map((node) => ({
      terms: [
        [clamped, [-1, 0, 0]],
        [node, [1, 0, 0]],
      ] as Term[],
      constant: 0.01,
    }));
    const solution = await solveStatic(constrained(model, pulled));
    for (const node of end) expect(solution.displacement[3 * node]).toBeCloseTo(0.01, 14);
    const force = solution.constraintForces.reduce((sum, value) => sum + value, 0);
    // Between a free bar (E A d / L) and one held sideways throughout.
    const free = (200_000 * 16 * 0.01) / 10;
    expect(force).toBeGreaterThan(free);
    expect(force).toBeLessThan(1.1 * free);
    const reaction = solution.reactions.reduce((sum, value, i) => sum + (i % 3 === 0 ? value : 0), 0);
    // Bar and equations balance each other: the equations' own force on the clamped node is no reaction of the clamp's.
    expect(reaction / force).toBeCloseTo(0, 6);
  });

  it("that contradict one another or a restraint are refused with the equation's number", async () => {
    const mesh = boxMesh([4, 4, 4], [2, 2, 2]);
    const model = modelOf(mesh, { restrain: (p) => (p[2] < 1e-9 ? [0, 0, 0] : null) });
    const held = [...Array(mesh.nodeCount).keys()].find((node) => mesh.nodes[3 * node + 2]! < 1e-9)!;
    const free = [...Array(mesh.nodeCount).keys()].find((node) => mesh.nodes[3 * node + 2]! > 4 - 1e-9)!;
    const one: Term[] = [[free, [1, 0, 0]]];
    await expect(
      solveStatic(
        constrained(model, [
          { terms: one, constant: 1 },
          { terms: one, constant: 2 },
        ]),
      ),
    ).rejects.toMatchObject({ code: 'contradicting-constraints', hint: '1' });
    await expect(solveStatic(constrained(model, [{ terms: [[held, [1, 0, 0]]], constant: 1 }]))).rejects.toMatchObject({
      code: 'contradicting-constraints',
      hint: '0',
    });
    await expect(solveStatic(constrained(model, [{ terms: [[999999, [1, 0, 0]]] }]))).rejects.toMatchObject({
      code: 'bad-model',
    });
  });

  it('hold in skewed axes: a node on a slanted guide follows another', async () => {
    const mesh = boxMesh([10, 4, 4], [4, 2, 2]);
    const model = modelOf(mesh, { restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null) });
    const corner = (y: number, z: number) =>
      [...Array(mesh.nodeCount).keys()].find((node) => {
        const p = pointOf(mesh.nodes, node);
        return p[0] > 10 - 1e-9 && Math.abs(p[1] - y) < 1e-9 && Math.abs(p[2] - z) < 1e-9;
      })!;
    const [a, b] = [corner(0, 0), corner(4, 4)];
    const s = Math.SQRT1_2;
    const framed: StaticModel = {
      ...model,
      frameNodes: Int32Array.of(a),
      frames: Float64Array.of(s, 0, s, 0, 1, 0, -s, 0, s),
      fixedDofs: Int32Array.from([...model.fixedDofs, 3 * a + 2].sort((x, y) => x - y)),
      fixedValues: new Float64Array(model.fixedDofs.length + 1),
    };
    addTraction(framed, (p) => p[2] > 4 - 1e-9, [0, 0, -50]);
    const equations = AXES.map((axis) => ({
      terms: [
        [a, axis],
        [b, minus(axis)],
      ] as Term[],
    }));
    const solution = await solveStatic(constrained(framed, equations), { method: 'direct' });
    const u = (node: number) => [...solution.displacement.subarray(3 * node, 3 * node + 3)];
    for (let axis = 0; axis < 3; axis++) expect(u(a)[axis]!).toBeCloseTo(u(b)[axis]!, 12);
    expect(u(a)[2]! - u(a)[0]!).toBeCloseTo(0, 12);
    expect(Math.abs(u(a)[0]!)).toBeGreaterThan(1e-4);
    const iterated = await solveStatic(constrained(framed, equations), { method: 'multigrid', tolerance: 1e-11 });
    for (let i = 0; i < solution.displacement.length; i++)
      expect(Math.abs(iterated.displacement[i]! - solution.displacement[i]!)).toBeLessThan(1e-7);
  });
});
