/** Large displacements of materials with directions, and of parts that constraint equations join. */
import { describe, expect, it } from 'vitest';
import type { NonlinearModel } from '../index.d.ts';
import { nonlinearTangent, solveNonlinear } from '../index.mjs';
import { addTraction, boxMesh, modelOf, pointOf, randomSource } from './box-mesh.ts';

type Vector3 = [number, number, number];
const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** E, nu_xy nu_yz nu_zx, G and expansions of a ply. nu_zx = nu_xz E_z / E_x. */
const PLY = [140_000, 10_000, 9_000, 0.3, 0.4, 0.02, 5_000, 3_500, 4_500, 0, 0, 0];
/** Turned about no special axis; rows are the axes. */
const AXES = [0.36, 0.48, -0.8, -0.8, 0.6, 0, 0.48, 0.64, 0.6];

const ofPly = (model: NonlinearModel, axes?: readonly number[]): NonlinearModel => ({
  ...model,
  tableMaterial: Int32Array.of(0),
  tableTemperature_degC: Float64Array.of(20),
  tableConstants: Float64Array.from(PLY),
  ...(axes ? { materialAxes: Float64Array.from(axes) } : {}),
});

/** Equations of (node, coefficient) terms. */
function withEquations(model: NonlinearModel, equations: { node: number; coefficient: Vector3 }[][]): NonlinearModel {
  const offsets = [0];
  for (const terms of equations) offsets.push(offsets.at(-1)! + terms.length);
  return {
    ...model,
    constraintOffsets: Int32Array.from(offsets),
    constraintNodes: Int32Array.from(equations.flatMap((terms) => terms.map(({ node }) => node))),
    constraintCoefficients: Float64Array.from(
      equations.flatMap((terms) => terms.flatMap(({ coefficient }) => coefficient)),
    ),
    constraintConstants: new Float64Array(equations.length),
  };
}

describe('the tangent', () => {
  it('of a ply in turned axes under equations is the derivative of the forces on the unknowns that are left (1e-6)', () => {
    const bend = ([x, y, z]: Vector3): Vector3 => [x + 0.05 * Math.sin(2 * y), y + 0.04 * z * z, z - 0.05 * x * y];
    const plain = ofPly(modelOf(boxMesh([2, 1, 1.5], [1, 1, 1], bend)), AXES);
    plain.frameNodes = Int32Array.of(5);
    plain.frames = Float64Array.of(0.6, 0.8, 0, -0.8, 0.6, 0, 0, 0, 1);
    const model = withEquations(plain, [
      [
        { node: 5, coefficient: [1, 0.2, 0] },
        { node: 2, coefficient: [-0.4, 0, 0.1] },
        { node: 7, coefficient: [-0.6, 0, 0] },
      ],
      [
        { node: 9, coefficient: [0, 1, 0] },
        { node: 5, coefficient: [0.3, -1, 0.2] },
      ],
    ]);
    const random = randomSource(3);
    const u = model.nodes.map(() => 0.1 * random());
    const direction = model.nodes.map(() => random());
    const inside = (at: Float64Array) => nonlinearTangent(model, at, direction, 0.7).internalForces;
    const h = 1e-5;
    const above = inside(u.map((value, i) => value + h * direction[i]!));
    const below = inside(u.map((value, i) => value - h * direction[i]!));
    const { tangentProduct } = nonlinearTangent(model, u, direction, 0.7);
    // Where an unknown depends on others there is no force on it, and its row holds nothing but a place-holder.
    const gap = tangentProduct.map((value, i) => value - (above[i]! - below[i]!) / (2 * h));
    expect(largest(gap) / largest(tangentProduct)).toBeLessThan(1e-6);
    expect(largest(tangentProduct)).toBeGreaterThan(1000);
  });
});

describe('a ply', () => {
  it('that is turned as a whole is free of stress, however far (1e-10)', () => {
    const model = ofPly(modelOf(boxMesh([4, 2, 2], [2, 1, 1])), AXES);
    // AXES is a rotation too, of 110 degrees.
    const u = new Float64Array(model.nodes.length);
    for (let node = 0; node < u.length / 3; node++)
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 3; j++)
          u[3 * node + i]! += (AXES[3 * i + j]! - (i === j ? 1 : 0)) * model.nodes[3 * node + j]!;
    const { internalForces, storedEnergy_N_mm } = nonlinearTangent(model, u, u, 1);
    // Forces of a stress of 1e-10 of the stiffness on a side of 4 mm^2.
    expect(largest(internalForces) / (140_000 * 4)).toBeLessThan(1e-10);
    expect(Math.abs(storedEnergy_N_mm) / (140_000 * 16)).toBeLessThan(1e-10);
  });

  it('that one side turns by 60 degrees follows without stress (1e-10 of the stiffness)', async () => {
    const angle = Math.PI / 3;
    const model = ofPly(
      modelOf(boxMesh([4, 2, 2], [2, 1, 1]), {
        restrain: ([x, y]) => (x < 1e-9 ? [-y * Math.sin(angle), y * Math.cos(angle) - y, 0] : null),
      }),
      AXES,
    );
    const solution = await solveNonlinear(model, { tolerance: 1e-13 });
    expect(solution.outcome).toBe('complete');
    expect(largest(solution.stress) / 140_000).toBeLessThan(1e-10);
  });

  it('stretched by a tenth has the closed form of its own constants along and across (1e-8)', async () => {
    const stretch = 1.1;
    const model = ofPly(
      modelOf(boxMesh([3, 2, 2], [2, 1, 1]), {
        restrain: ([x, y, z]) => [
          x < 1e-9 ? 0 : x > 3 - 1e-9 ? 3 * (stretch - 1) : null,
          y < 1e-9 ? 0 : null,
          z < 1e-9 ? 0 : null,
        ],
      }),
    );
    const solution = await solveNonlinear(model, { tolerance: 1e-12 });
    const [along, , deep, nu, , nuBack] = PLY as [number, number, number, number, number, number];
    const green = (stretch ** 2 - 1) / 2;
    // Free across: E_yy = -nu_xy E_xx, E_zz = -nu_xz E_xx, with nu_xz = nu_zx E_x / E_z.
    const [y, z] = [nu, (nuBack * along) / deep].map((ratio) => Math.sqrt(1 - 2 * ratio * green)) as [number, number];
    const cauchy = (stretch * along * green) / (y * z);
    for (let node = 0; node < model.nodes.length / 3; node++) {
      expect(Math.abs(solution.stress[6 * node]! / cauchy - 1)).toBeLessThan(1e-8);
      expect(Math.abs(solution.displacement[3 * node + 1]! - (y - 1) * model.nodes[3 * node + 1]!)).toBeLessThan(1e-8);
      expect(Math.abs(solution.displacement[3 * node + 2]! - (z - 1) * model.nodes[3 * node + 2]!)).toBeLessThan(1e-8);
    }
    expect(solution.relativeEnergyError).toBeLessThan(1e-6);
    expect(Math.abs(solution.externalWork_N_mm / solution.strainEnergy_N_mm - 1)).toBeLessThan(0.01);
  });
});

describe('parts that equations join node by node', () => {
  it.each(['direct', 'multigrid'] as const)('bend as the whole one does (1e-7, %s)', async (method) => {
    const size: Vector3 = [20, 2, 2];
    const options = { materials: [[1000, 0.3, 0, 0]], restrain: (p: Vector3) => (p[0] < 1e-9 ? [0, 0, 0] : null) };
    const whole: NonlinearModel = modelOf(boxMesh(size, [6, 1, 1]), options);
    const load = (model: NonlinearModel) => addTraction(model, (p) => p[0] > 20 - 1e-9, [0, 0, 1.5]);
    load(whole);

    // The same nodes, but the elements beyond x = 10 have nodes of their own there.
    const mesh = boxMesh(size, [6, 1, 1]);
    const twin = new Map<number, number>();
    const nodes = [...mesh.nodes];
    const elements = mesh.elements.slice();
    for (let e = 0; e < mesh.elementCount; e++) {
      const own = [...elements.subarray(10 * e, 10 * e + 10)];
      const middle = own.reduce((sum, node) => sum + mesh.nodes[3 * node]!, 0) / 10;
      if (middle < 10) continue;
      own.forEach((node, a) => {
        if (Math.abs(mesh.nodes[3 * node]! - 10) > 1e-9) return;
        let other = twin.get(node);
        if (other === undefined) {
          other = nodes.length / 3;
          twin.set(node, other);
          nodes.push(...pointOf(mesh.nodes, node));
        }
        elements[10 * e + a] = other;
      });
    }
    const cut = { ...mesh, nodes: Float64Array.from(nodes), elements, nodeCount: nodes.length / 3 };
    const unit = (axis: number, value: number): Vector3 => [0, 1, 2].map((k) => (k === axis ? value : 0)) as Vector3;
    const halves: NonlinearModel = modelOf(cut, options);
    load(halves);
    const joined = withEquations(
      halves,
      [...twin].flatMap(([node, other]) =>
        [0, 1, 2].map((axis) => [
          { node: other, coefficient: unit(axis, 1) },
          { node, coefficient: unit(axis, -1) },
        ]),
      ),
    );
    expect(twin.size).toBe(9);
    const [one, two] = [
      await solveNonlinear(whole, { method, tolerance: 1e-12 }),
      await solveNonlinear(joined, { method, tolerance: 1e-12 }),
    ];
    expect(two.outcome).toBe('complete');
    const gap = one.displacement.map((value, i) => value - two.displacement[i]!);
    expect(largest(one.displacement)).toBeGreaterThan(8);
    expect(largest(gap) / largest(one.displacement)).toBeLessThan(1e-7);
    // What crosses the cut is the load beyond it.
    const across = two.constraintForces.reduce((sum, force, k) => sum + (k % 3 === 2 ? force : 0), 0);
    expect(Math.abs(across) / 6).toBeCloseTo(1, 6);
    expect(Math.abs(two.externalWork_N_mm / two.strainEnergy_N_mm - 1)).toBeLessThan(0.01);
  });
});
