import { afterAll, describe, expect, it } from 'vitest';
import { silentContext } from '../../../preload/contract/jobs.ts';
import { createKernel } from '../index.ts';
import type { EvaluateRequest } from '../port.ts';
import { rectangle, sketchOf, step } from './testing.ts';

const kernel = createKernel({ modellers: 2 });
afterAll(() => kernel.dispose());

const request = (height: number, partKey = 'part'): EvaluateRequest => ({
  partKey,
  steps: [
    step('sketch01', sketchOf(rectangle(0, 0, 40, 30))),
    step('extrude1', {
      kind: 'extrude',
      profile: { by: 'sketch', sketch: 'feature_sketch01' },
      operation: 'new',
      extent: { to: 'distance', distance: height },
    }),
  ],
  imports: {},
  want: { brep: true, tessellation: 'fine', info: 'describe' },
});

describe('evaluating in a worker', () => {
  it('gives bodies with names, bytes and triangles, and remembers the steps of the same part', async () => {
    const first = await kernel.evaluate(request(20), silentContext());
    expect(first.bodies[0]!.volume_mm3).toBeCloseTo(24_000, 9);
    expect(first.bodies[0]!.brep!.length).toBeGreaterThan(1000);
    expect(first.bodies[0]!.tessellation!.length).toBeGreaterThan(500);
    expect(first.bodies[0]!.info!.faces.map((face) => face.persistentNames![0]).sort()[0]).toBe('feature_extrude1/end');
    const other = kernel.evaluate(request(7, 'other'), silentContext());
    const second = await kernel.evaluate(request(25), silentContext());
    expect(second.outcomes.map(({ reused }) => reused)).toEqual([true, false]);
    expect(second.bodies[0]!.volume_mm3).toBeCloseTo(30_000, 9);
    expect((await other).bodies[0]!.volume_mm3).toBeCloseTo(8400, 9);
  });
});
