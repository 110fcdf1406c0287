import { describe, expect, it } from 'vitest';
import { encodeBundle, type ResultSummary } from '../../../preload/contract/index.ts';
import type { StudyOutcome } from '../../physics/index.ts';
import { readDesignQuantity } from './read-quantity.ts';

/** Two elements that share a face; between them stress is 100 MPa and jumps by 6 MPa, at a sharp corner far away it is anything. */
function solved(convergence: NonNullable<ResultSummary['convergence']>): StudyOutcome {
  const nodes = Float32Array.from({ length: 33 }, (_, i) => Math.floor(i / 3));
  const stressSpread = new Float32Array(11);
  stressSpread[2] = 6;
  stressSpread[10] = 400;
  const summary = {
    probes: [{ name: 'bar', value: 100, unit: 'MPa', quantity: 'von_mises', at_mm: [2.1, 2.1, 2.1] }],
    discretisation_error: { energy_percent: 5, peak_stress_percent: 16 },
    convergence,
  };
  const arrays = {
    nodes,
    stressSpread,
    vonMises: new Float32Array(11).fill(100),
    elements: Int32Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
  };
  return { summary, fields: encodeBundle({ meta: {}, arrays }) } as unknown as StudyOutcome;
}
const step = (stress: number) => ({ dof: 1, size_mm: 1, values: { 'bar von_mises': stress }, change_percent: null });
const read = (outcome: StudyOutcome) =>
  readDesignQuantity({ kind: 'probe', name: 'bar' }, outcome, [], () => ({ kind: 'face', references: [] }) as never, 0);

describe('stress at a probe', () => {
  it('is unsure by what the last mesh changed it by, whatever the peak elsewhere does', () => {
    expect(read(solved([step(98), step(99), step(100)]))).toEqual({
      value: 100,
      unit: 'MPa',
      error_percent: 1,
      at_mm: [2.1, 2.1, 2.1],
    });
  });

  it('is unsure, on one mesh, by half of what the elements around it differ by', () => {
    expect(read(solved([step(100)]))!.error_percent).toBe(3);
  });
});
