import { describe, expect, it } from 'vitest';
import { loadCore } from '../native-core.ts';
import { at, type Vec3 } from '../vector.ts';
import { EXACT_CASES } from './cases.ts';
import type { ExactField } from './field.ts';
import { LARGEST_FACTOR } from './index.ts';
import { measureExactCase } from './measure.ts';

/** Stress that Hooke's law makes of the displacement's central differences. */
function stressOfDisplacement({ young_MPa, poisson, displacement }: ExactField, point: Vec3): number[] {
  const lame = (young_MPa * poisson) / ((1 + poisson) * (1 - 2 * poisson));
  const shear = young_MPa / (2 * (1 + poisson));
  const step = 1e-3;
  const gradient = [0, 1, 2].map((axis) => {
    const ahead: Vec3 = [...point];
    const behind: Vec3 = [...point];
    ahead[axis]! += step;
    behind[axis]! -= step;
    const back = displacement(behind);
    return displacement(ahead).map((value, i) => (value - back[i]!) / (2 * step));
  });
  const d = (i: number, j: number): number => gradient[j]![i]!;
  const trace = d(0, 0) + d(1, 1) + d(2, 2);
  return [
    ...[0, 1, 2].map((i) => lame * trace + 2 * shear * d(i, i)),
    shear * (d(0, 1) + d(1, 0)),
    shear * (d(1, 2) + d(2, 1)),
    shear * (d(2, 0) + d(0, 2)),
  ];
}

describe('an exact solution', () => {
  it.each(EXACT_CASES.map((one) => [one.name, one] as const))(
    'of %s has stress that fits its displacement',
    (_, one) => {
      const { nodes } = one.mesh(2);
      let scale = 0;
      let worst = 0;
      for (let node = 0; node < nodes.length / 3; node += 5) {
        const point = at(nodes, node);
        // Across the faces of a re-entrant corner there is no material to take differences in.
        const [x, y] = point;
        if (!one.bounded && (Math.abs(Math.atan2(y, x)) > 2.3 || Math.hypot(x, y) < 5)) continue;
        const stress = one.field.stress(point);
        scale = Math.max(scale, ...stress.map(Math.abs));
        stressOfDisplacement(one.field, point).forEach((value, i) => {
          worst = Math.max(worst, Math.abs(value - stress[i]!));
        });
      }
      expect(scale).toBeGreaterThan(1);
      expect(worst).toBeLessThan(1e-6 * scale);
    },
  );
});

describe.skipIf(!loadCore().core)('the error estimate', () => {
  const core = loadCore().core!;
  const cases = EXACT_CASES.filter(({ name }) => name !== 'constant stress').flatMap((one) =>
    one.finenesses.map((fineness) => [one.name, fineness, one] as const),
  );

  it('of a body under constant stress is nil, as its error is', async () => {
    const { energy, peak } = await measureExactCase(core, EXACT_CASES[0]!, 2);
    for (const value of [energy.true_percent, energy.estimated_percent, peak!.true_percent, peak!.estimated_percent])
      expect(value).toBeLessThan(1e-6);
  });

  it.each(cases)('of %s at fineness %i is within a factor of 3 of the true one', async (_, fineness, one) => {
    const { energy, peak, peakValue_percent } = await measureExactCase(core, one, fineness);
    for (const { ratio } of peak ? [energy, peak] : [energy]) {
      expect(ratio).toBeLessThan(LARGEST_FACTOR);
      expect(ratio).toBeGreaterThan(1 / LARGEST_FACTOR);
    }
    if (peak) expect(peakValue_percent).toBeLessThan(LARGEST_FACTOR * peak.estimated_percent);
  });
});
