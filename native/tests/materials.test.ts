import { describe, expect, it } from 'vitest';
import type { StaticModel } from '../index.d.ts';
import { solveStatic } from '../index.mjs';
import { addTraction, boxMesh, modelOf, pointOf } from './box-mesh.ts';

type Vector3 = [number, number, number];
type Matrix = number[][];
const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Like a carbon fibre ply: E_x, E_y, E_z, nu_xy, nu_yz, nu_zx, G_xy, G_yz, G_zx, alphas. */
const CARBON = [140000, 10000, 9000, 0.3, 0.4, 0.02, 5000, 3500, 4500, -1e-6, 3e-5, 2.5e-5];
const ISOTROPIC = (young: number, poisson: number, alpha: number): number[] => [
  ...[young, young, young],
  ...[poisson, poisson, poisson],
  ...Array(3).fill(young / (2 * (1 + poisson))),
  ...[alpha, alpha, alpha],
];

/** An orthonormal matrix whose rows are the axes, turned about no special axis. */
function turnedAxes(a: number, b: number, c: number): Matrix {
  const about = (axis: number, angle: number): Matrix => {
    const [i, j] = [(axis + 1) % 3, (axis + 2) % 3] as [number, number];
    const m = [0, 1, 2].map((row) => [0, 1, 2].map((column) => (row === column ? 1 : 0)));
    m[i]![i] = m[j]![j] = Math.cos(angle);
    m[i]![j] = -Math.sin(angle);
    m[j]![i] = Math.sin(angle);
    return m;
  };
  return product(about(0, a), product(about(1, b), about(2, c)));
}
const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => [0, 1, 2].map((column) => row.reduce((sum, value, k) => sum + value * b[k]![column]!, 0)));
const transpose = (a: Matrix): Matrix => [0, 1, 2].map((i) => [0, 1, 2].map((j) => a[j]![i]!));

/** Strain tensor of a stress tensor: each written in the material's axes, where Hooke's law is one line a component. */
function strainOf(stress: Matrix, constants: readonly number[], axes: Matrix): Matrix {
  const s = product(axes, product(stress, transpose(axes)));
  const [ex, ey, ez, xy, yz, zx, gxy, gyz, gzx] = constants as Vector3 & number[];
  const own = [0, 1, 2].map(() => [0, 0, 0]);
  own[0]![0] = s[0]![0]! / ex - (xy! / ex) * s[1]![1]! - (zx! / ez) * s[2]![2]!;
  own[1]![1] = s[1]![1]! / ey - (xy! / ex) * s[0]![0]! - (yz! / ey) * s[2]![2]!;
  own[2]![2] = s[2]![2]! / ez - (zx! / ez) * s[0]![0]! - (yz! / ey) * s[1]![1]!;
  own[0]![1] = own[1]![0] = s[0]![1]! / (2 * gxy!);
  own[1]![2] = own[2]![1] = s[1]![2]! / (2 * gyz!);
  own[2]![0] = own[0]![2] = s[2]![0]! / (2 * gzx!);
  return product(transpose(axes), product(own, axes));
}
const asTensor = (m: Matrix, shear: number): number[] => [
  ...[m[0]![0]!, m[1]![1]!, m[2]![2]!],
  ...[shear * m[0]![1]!, shear * m[1]![2]!, shear * m[2]![0]!],
];

function withTable(
  model: StaticModel,
  rows: { temperature: number; constants: number[] }[],
  axes?: Matrix,
): StaticModel {
  return {
    ...model,
    tableMaterial: new Int32Array(rows.length),
    tableTemperature_degC: Float64Array.from(rows, (row) => row.temperature),
    tableConstants: Float64Array.from(rows.flatMap((row) => row.constants)),
    ...(axes ? { materialAxes: Float64Array.from(axes.flat()) } : {}),
  };
}
/** Holds a box at three corners, just so that it cannot move. */
const threeCorners =
  (size: Vector3) =>
  (p: Vector3): (number | null)[] | null => {
    const at = p.map((x, axis) => (x < 1e-9 ? 0 : x > size[axis]! - 1e-9 ? 1 : 0.5)).join();
    return at === '0,0,0' ? [0, 0, 0] : at === '1,0,0' ? [null, 0, 0] : at === '0,1,0' ? [null, null, 0] : null;
  };

describe('orthotropic materials', () => {
  const size: Vector3 = [6, 5, 4];
  const axes = turnedAxes(0.4, -0.7, 1.1);
  const stress: Matrix = [
    [30, -8, 12],
    [-8, 20, 5],
    [12, 5, -10],
  ];
  const strain = strainOf(stress, CARBON, axes);
  const bend = ([x, y, z]: Vector3): Vector3 => [x + 0.02 * x * (6 - x) * y, y, z];

  it.each(['direct', 'multigrid'] as const)('bear a constant stress in turned axes exactly (%s)', async (method) => {
    const flat = boxMesh(size, [3, 3, 2]);
    const mesh = boxMesh(size, [3, 3, 2], bend);
    const surface = (p: Vector3) => p.some((x, axis) => x < 1e-9 || x > size[axis]! - 1e-9);
    const exact = (p: Vector3) => strain.map((row) => row.reduce((sum, e, axis) => sum + e * p[axis]!, 0));
    const model = modelOf(mesh, { restrain: (p, node) => (surface(pointOf(flat.nodes, node)) ? exact(p) : null) });
    const solution = await solveStatic(withTable(model, [{ temperature: 20, constants: CARBON }], axes), {
      method,
      tolerance: 1e-12,
    });
    const [wantedStress, wantedStrain] = [asTensor(stress, 1), asTensor(strain, 2)];
    for (let node = 0; node < mesh.nodeCount; node++)
      for (let c = 0; c < 6; c++) {
        expect(Math.abs(solution.stress[6 * node + c]! - wantedStress[c]!)).toBeLessThan(1e-7 * 30);
        expect(Math.abs(solution.strain[6 * node + c]! - wantedStrain[c]!)).toBeLessThan(1e-7 * 1e-3);
      }
    expect(solution.relativeEnergyError).toBeLessThan(1e-7);
    if (method === 'multigrid') return;
    const straight = await solveStatic(
      withTable(
        modelOf(flat, { restrain: (p) => (surface(p) ? exact(p) : null) }),
        [{ temperature: 20, constants: CARBON }],
        axes,
      ),
    );
    const density = stress.flat().reduce((sum, s, i) => sum + (s * strain.flat()[i]!) / 2, 0);
    expect(straight.strainEnergy_N_mm / (density * 120)).toBeCloseTo(1, 9);
  });

  // 1/E = cos^4/E_x + (1/G - 2 nu/E_x) sin^2 cos^2 + sin^4/E_y, and a shear goes with the pull: Jones, Mechanics of
  // Composite Materials, 2nd ed. (1999), eqs. 2.97.
  it('pulled at an angle to the grain stretch and shear as the off-axis formulas say', async () => {
    const angle = Math.PI / 6;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const box: Vector3 = [20, 6, 4];
    const model = modelOf(boxMesh(box, [4, 2, 2]), { restrain: threeCorners(box) });
    addTraction(model, (p) => p[0] > 20 - 1e-9, [50, 0, 0]);
    addTraction(model, (p) => p[0] < 1e-9, [-50, 0, 0]);
    const solution = await solveStatic(
      withTable(
        model,
        [{ temperature: 20, constants: CARBON }],
        [
          [c, s, 0],
          [-s, c, 0],
          [0, 0, 1],
        ],
      ),
    );
    const [ex, ey, , nu, , , g] = CARBON as [number, number, number, number, number, number, number];
    const stretch = 50 * (c ** 4 / ex + (1 / g - (2 * nu) / ex) * s * s * c * c + s ** 4 / ey);
    const shear = 50 * ((2 / ex + (2 * nu) / ex - 1 / g) * s * c ** 3 - (2 / ey + (2 * nu) / ex - 1 / g) * s ** 3 * c);
    expect(solution.strain[0]! / stretch).toBeCloseTo(1, 8);
    expect(solution.strain[3]! / shear).toBeCloseTo(1, 8);
    expect(largest(solution.reactions)).toBeLessThan(1e-6);
  });

  it('expand freely without stress, differently along each axis', async () => {
    const model = modelOf(boxMesh(size, [2, 2, 2]), { restrain: threeCorners(size), temperatureChange: () => 60 });
    const solution = await solveStatic(withTable(model, [{ temperature: 20, constants: CARBON }], axes));
    const along = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? CARBON[9 + i]! * 60 : 0)));
    const wanted = asTensor(product(transpose(axes), product(along, axes)), 2);
    for (let c = 0; c < 6; c++) expect(Math.abs(solution.strain[c]! - wanted[c]!)).toBeLessThan(1e-10);
    expect(largest(solution.stress)).toBeLessThan(1e-6);
  });

  it('are solved by multigrid in few steps, as the direct method solves them', async () => {
    const model = modelOf(boxMesh([30, 10, 8], [12, 5, 4]), { restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null) });
    addTraction(model, (p) => p[0] > 30 - 1e-9, [5, 1, -3]);
    const carbon = withTable(model, [{ temperature: 20, constants: CARBON }], axes);
    const direct = await solveStatic(carbon, { method: 'direct' });
    const multigrid = await solveStatic(carbon, { method: 'multigrid', tolerance: 1e-10 });
    expect(multigrid.iterations).toBeLessThan(60);
    expect(largest(direct.displacement.map((u, i) => u - multigrid.displacement[i]!))).toBeLessThan(
      1e-7 * largest(direct.displacement),
    );
  });

  it('are the isotropic ones where the constants say so', async () => {
    const model = modelOf(boxMesh(size, [3, 2, 2]), {
      restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null),
      temperatureChange: ([x, y]) => 10 + x * y,
    });
    addTraction(model, (p) => p[0] > 6 - 1e-9, [1, 2, 3]);
    const plain = await solveStatic({ ...model, materials: Float64Array.of(70000, 0.33, 0, 2e-5) });
    const table = await solveStatic(
      withTable(model, [{ temperature: 20, constants: ISOTROPIC(70000, 0.33, 2e-5) }], axes),
    );
    expect(table.displacement).toEqual(plain.displacement);
    // Nearly isotropic ones take the general way, and come to the same.
    const nearly = ISOTROPIC(70000, 0.33, 2e-5);
    nearly[6]! *= 1 + 1e-8;
    const general = await solveStatic(withTable(model, [{ temperature: 20, constants: nearly }], axes));
    expect(largest(general.displacement.map((u, i) => u - plain.displacement[i]!))).toBeLessThan(
      1e-7 * largest(plain.displacement),
    );
  });
});

describe('materials that depend on temperature', () => {
  const rows = [
    { temperature: 20, constants: ISOTROPIC(200000, 0, 1.0e-5) },
    { temperature: 120, constants: ISOTROPIC(100000, 0, 2.0e-5) },
  ];

  it('stretch by the integral of stress over E where the temperature varies along a bar', async () => {
    const model = modelOf(boxMesh([100, 4, 4], [12, 1, 1]), {
      restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null),
      temperatureChange: ([x]) => x,
    });
    addTraction(model, (p) => p[0] > 100 - 1e-9, [40, 0, 0]);
    const cold = rows.map(({ temperature, constants }) => ({
      temperature,
      constants: [...constants.slice(0, 9), 0, 0, 0],
    }));
    const solution = await solveStatic(withTable(model, cold));
    // E falls from 200,000 to 100,000 MPa along the bar: 40 L / (E_1 - E_0) ln(E_1 / E_0).
    expect(Math.max(...solution.displacement) / (((40 * 100) / 100000) * Math.log(2))).toBeCloseTo(1, 4);
  });

  it('press a held bar with E and the expansion of its own temperature', async () => {
    const model = modelOf(boxMesh([10, 4, 4], [2, 1, 1]), {
      restrain: (p) => {
        const ends = p[0] < 1e-9 || p[0] > 10 - 1e-9;
        return [ends ? 0 : null, p[1] < 1e-9 ? 0 : null, p[2] < 1e-9 ? 0 : null];
      },
      temperatureChange: () => 50,
    });
    const solution = await solveStatic({ ...withTable(model, rows), referenceTemperature_degC: 20 });
    // At 70 degC: 150,000 MPa, 1.5e-5 1/K.
    expect(solution.stress[0]! / (-150000 * 1.5e-5 * 50)).toBeCloseTo(1, 9);
    // From 80 degC on, 130 degC lies beyond the table: its last row holds.
    const hot = await solveStatic({ ...withTable(model, rows), referenceTemperature_degC: 80 });
    expect(hot.stress[0]! / (-100000 * 2e-5 * 50)).toBeCloseTo(1, 9);
    // A table that counts its expansion from 0 degC: alpha(130) 130 - alpha(80) 80.
    const zero = await solveStatic({
      ...withTable(model, rows),
      referenceTemperature_degC: 80,
      expansionZero_degC: Float64Array.of(0),
    });
    expect(zero.stress[0]! / (-100000 * (2e-5 * 130 - 1.6e-5 * 80))).toBeCloseTo(1, 9);
  });
});

describe('refusals', () => {
  const model = modelOf(boxMesh([2, 2, 2], [1, 1, 1]), { restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null) });
  const refused = (changes: Partial<StaticModel>, constants: number[] = CARBON) =>
    expect(solveStatic({ ...withTable(model, [{ temperature: 20, constants }]), ...changes })).rejects;

  it('of constants that no material can have', async () => {
    const overlapping = [...CARBON];
    overlapping[3] = 4;
    await refused({}, overlapping).toMatchObject({
      code: 'bad-model',
      message: expect.stringContaining('fit together'),
    });
    const soft = [...CARBON];
    soft[7] = 0;
    await refused({}, soft).toMatchObject({ message: expect.stringContaining('shear moduli') });
    await refused({}, ISOTROPIC(200000, 0.5, 0)).toMatchObject({ message: expect.stringContaining('Poisson') });
  });

  it('of axes, tables and lengths that make no sense', async () => {
    await refused({ materialAxes: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 2) }).toMatchObject({
      message: expect.stringContaining('orthonormal'),
    });
    await refused({ tableMaterial: Int32Array.of(3) }).toMatchObject({ message: expect.stringContaining('not there') });
    await refused({ tableConstants: new Float64Array(5) }).toMatchObject({ message: expect.stringContaining('12') });
    const twice = withTable(model, [
      { temperature: 20, constants: CARBON },
      { temperature: 20, constants: CARBON },
    ]);
    await expect(solveStatic(twice)).rejects.toMatchObject({ message: expect.stringContaining('ascending') });
  });
});
