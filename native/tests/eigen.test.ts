import { describe, expect, it } from 'vitest';
import { type ModalSolution, solveBuckling, solveModes, solveStatic } from '../index.mjs';
import { addTraction, boxMesh, modelOf } from './box-mesh.ts';

const STEEL = { young: 200000, poisson: 0.3, density: 7.85e-9 };
const METHODS = ['direct', 'multigrid'] as const;
const frequencies = (modes: ModalSolution) => [...modes.eigenvalues].map((value) => Math.sqrt(value) / (2 * Math.PI));
const material = ({ young, poisson, density }: typeof STEEL) => [young, poisson, density, 1.2e-5];
/** Without Poisson's effect a bar is the one-dimensional theory exactly. */
const ROD = { ...STEEL, poisson: 0 };
const waveSpeed = Math.sqrt(STEEL.young / STEEL.density);

describe('modes', () => {
  it('of a fixed-free rod along its axis are (2k - 1) c / 4L', async () => {
    const mesh = boxMesh([100, 4, 4], [10, 1, 1]);
    const model = modelOf(mesh, {
      materials: [material(ROD)],
      restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : [null, 0, 0]),
    });
    for (const method of METHODS) {
      const modes = await solveModes(model, { modeCount: 3, method });
      const wanted = [1, 3, 5].map((k) => (k * waveSpeed) / 400);
      frequencies(modes).forEach((f, i) => {
        // Quadratic elements of length h: (k h)^4 / 1440 with the wave number k, 2.6e-4 for the third.
        expect(f / wanted[i]!).toBeGreaterThan(1);
        expect(f / wanted[i]!).toBeLessThan(1 + 3e-4);
      });
      expect(modes.method).toBe(method);
      expect(Math.max(...modes.residuals)).toBeLessThan(1e-3);
      // Effective mass along the axis: 8 / ((2k - 1) pi)^2 of the whole.
      const mass = 100 * 16 * STEEL.density;
      expect(modes.totalMass_t / mass).toBeCloseTo(1, 12);
      [1, 3, 5].forEach((k, i) => {
        // The mesh's own error: 8e-4 for the third.
        expect(Math.abs(modes.participation[6 * i]! ** 2 / mass / (8 / (k * Math.PI) ** 2) - 1)).toBeLessThan(1e-3);
      });
    }
  });

  it('of a free bar begin with six of exactly zero; the first bending pair is repeated', async () => {
    const [length, side] = [200, 8];
    const mesh = boxMesh([length, side, side], [16, 2, 2]);
    for (const method of METHODS) {
      const modes = await solveModes(modelOf(mesh, { materials: [material(STEEL)] }), { modeCount: 4, method });
      expect(modes.rigidModes).toBe(6);
      expect([...modes.eigenvalues.subarray(0, 6)]).toEqual([0, 0, 0, 0, 0, 0]);
      // Euler-Bernoulli, 4.73004^2; shear and rotary inertia lower it by 0.7 % at this slenderness (Timoshenko).
      const euler =
        (4.73004 ** 2 / (2 * Math.PI * length ** 2)) * Math.sqrt((STEEL.young * side ** 2) / (12 * STEEL.density));
      const found = frequencies(modes);
      expect(found[6]! / euler).toBeGreaterThan(0.985);
      expect(found[6]! / euler).toBeLessThan(1.0);
      // The mesh's diagonals tell the two directions apart a little.
      expect(found[7]! / found[6]!).toBeCloseTo(1, 2);
      // All mass belongs to the rigid motions of a free body.
      for (let axis = 0; axis < 6; axis++) {
        let sum = 0;
        for (let mode = 0; mode < 6; mode++) sum += modes.participation[6 * mode + axis]! ** 2;
        const whole = axis < 3 ? modes.totalMass_t : modes.inertia_t_mm2[4 * (axis - 3)]!;
        expect(sum / whole).toBeCloseTo(1, 9);
      }
      const whole = length * side * side * STEEL.density;
      expect(modes.inertia_t_mm2[4]! / ((whole * (length ** 2 + side ** 2)) / 12)).toBeCloseTo(1, 9);
    }
  });

  it('are orthonormal by mass, found by both methods alike, and counted by inertia', async () => {
    const mesh = boxMesh([60, 40, 6], [8, 6, 2]);
    const model = modelOf(mesh, {
      materials: [material(STEEL)],
      restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null),
    });
    const direct = await solveModes(model, { modeCount: 12, method: 'direct' });
    const multigrid = await solveModes(model, { modeCount: 12, method: 'multigrid' });
    expect(direct.countedByInertia).toBe(true);
    direct.eigenvalues.forEach((value, i) => {
      expect(multigrid.eigenvalues[i]! / value).toBeCloseTo(1, 7);
      // The estimate is there, positive, and small on this mesh.
      expect(direct.errorEstimates[i]!).toBeGreaterThan(0);
      expect(direct.errorEstimates[i]!).toBeLessThan(0.1);
    });
  });

  it('shift when the bar is stretched: rho A w^2 = EI (pi/L)^4 + P (pi/L)^2 between hinges', async () => {
    const [length, side, stress] = [400, 8, 150];
    const mesh = boxMesh([length, side, side], [24, 1, 2]);
    const model = modelOf(mesh, {
      materials: [material(ROD)],
      // Hinges at mid height of both ends, moving in the x-z plane only; the right one slides.
      restrain: (p) => {
        const hinge = Math.abs(p[2] - side / 2) < 1e-9;
        if (p[0] < 1e-9) return [hinge ? 0 : null, 0, hinge ? 0 : null];
        if (p[0] > length - 1e-9) return [null, 0, hinge ? 0 : null];
        return [null, 0, null];
      },
    });
    addTraction(model, (p) => p[0] > length - 1e-9, [stress, 0, 0]);
    addTraction(model, (p) => p[0] < 1e-9, [-stress, 0, 0]);
    const { displacement } = await solveStatic(model);
    const wave = (Math.PI / length) ** 2;
    const bending = ((STEEL.young * side ** 2) / 12) * wave ** 2;
    const wanted = Math.sqrt((bending + stress * wave) / STEEL.density) / (2 * Math.PI);
    const [slack] = frequencies(await solveModes(model, { modeCount: 1 }));
    const [taut] = frequencies(await solveModes(model, { modeCount: 1, prestressDisplacement: displacement }));
    expect(slack! / (Math.sqrt(bending / STEEL.density) / (2 * Math.PI))).toBeCloseTo(1, 2);
    expect(taut! / wanted).toBeGreaterThan(0.99);
    expect(taut! / wanted).toBeLessThan(1.01);
    // A wrong sign of the geometric stiffness lowers it instead.
    expect(taut!).toBeGreaterThan(1.2 * slack!);
    // The other way round, twice Euler's load: no frequency, and that is said.
    const tooMuch = displacement.map((u) => (-u * 2 * bending) / (stress * wave));
    await expect(solveModes(model, { modeCount: 1, prestressDisplacement: tooMuch })).rejects.toMatchObject({
      code: 'singular',
      message: expect.stringContaining('buckles under its pre-stress'),
    });
  });

  it('need mass', async () => {
    const mesh = boxMesh([4, 4, 4], [1, 1, 1]);
    await expect(solveModes(modelOf(mesh, { materials: [[200000, 0.3, 0, 0]] }))).rejects.toMatchObject({
      code: 'bad-model',
    });
  });

  it('are cancelled within a second, with progress that names the stage and counts what has converged', async () => {
    const mesh = boxMesh([60, 60, 60], [14, 14, 14]);
    const model = modelOf(mesh, { materials: [material(STEEL)] });
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    let at = 0;
    const solving = solveModes(model, {
      modeCount: 20,
      cancel,
      onProgress: ({ stage, converged }) => {
        if (stage !== 'modes' || converged === undefined || at > 0) return;
        expect(converged).toBeGreaterThanOrEqual(0);
        at = performance.now();
        cancel[0] = 1;
      },
    });
    await expect(solving).rejects.toMatchObject({ code: 'cancelled' });
    expect(at).toBeGreaterThan(0);
    expect(performance.now() - at).toBeLessThan(1000);
  });
});

describe('buckling', () => {
  /** A column along x; Poisson's ratio 0, so that clamps do not stiffen it. */
  const column = (clampRight: boolean) => {
    const [length, width, depth] = [200, 10, 6];
    const mesh = boxMesh([length, width, depth], [16, 1, 1]);
    const model = modelOf(mesh, {
      materials: [material(ROD)],
      restrain: (p) => {
        if (p[0] < 1e-9) return [0, 0, 0];
        if (clampRight && p[0] > length - 1e-9) return [null, 0, 0];
        return null;
      },
    });
    addTraction(model, (p) => p[0] > length - 1e-9, [-1, 0, 0]);
    return { model, euler: (Math.PI ** 2 * STEEL.young * depth ** 2) / (12 * length ** 2) };
  };

  it("of a clamped-free column is at a quarter of Euler's load, its second factor nine times that", async () => {
    const { model, euler } = column(false);
    const { displacement } = await solveStatic(model);
    for (const method of METHODS) {
      const { factors, negativeFactors, errorEstimates } = await solveBuckling(model, {
        displacement,
        modeCount: 3,
        method,
      });
      // Shear lowers it: 1 / (1 + P / GA kappa), 0.05 % here.
      expect(factors[0]! / (euler / 4)).toBeGreaterThan(0.997);
      expect(factors[0]! / (euler / 4)).toBeLessThan(1.003);
      // About the stiff axis: (10 / 6)^2 times.
      expect(factors[1]! / ((euler / 4) * (10 / 6) ** 2)).toBeCloseTo(1, 2);
      expect(factors[2]! / ((9 * euler) / 4)).toBeCloseTo(1, 1);
      expect(errorEstimates[0]!).toBeLessThan(0.05);
      // Stretched, a clamped column does not buckle at any load near these.
      expect(negativeFactors.every((factor) => factor < -20 * factors[0]!)).toBe(true);
    }
  });

  it('of the same load reversed is the same, with the other sign', async () => {
    const { model, euler } = column(false);
    model.forces.forEach((force, i) => {
      model.forces[i] = -force;
    });
    const { displacement } = await solveStatic(model);
    const { negativeFactors } = await solveBuckling(model, { displacement, modeCount: 1, negativeCount: 1 });
    expect(negativeFactors[0]! / (-euler / 4)).toBeCloseTo(1, 2);
  });

  it('needs a stressed state', async () => {
    const { model } = column(false);
    await expect(solveBuckling(model, { displacement: new Float64Array(model.nodes.length) })).rejects.toMatchObject({
      code: 'bad-model',
    });
  });
});
