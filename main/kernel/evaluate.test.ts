/** Histories on workers, with steps that only the complete kernel can do. */
import { afterAll, describe, expect, it } from 'vitest';
import { silentContext } from '../../preload/contract/jobs.ts';
import { errorOf, watchedContext } from './fixtures.ts';
import { createKernel, type EvaluateRequest } from './index.ts';
import type { FeatureStep } from './port.ts';

const kernel = createKernel({ modellers: 1, readerIdle_s: 60 });
afterAll(() => kernel.dispose());

const corners: [number, number][] = [
  [0, 0],
  [40, 0],
  [40, 30],
  [0, 30],
];
const step = (id: string, feature: FeatureStep['feature']): FeatureStep => ({
  id: `feature_${id}`,
  name: id,
  suppressed: false,
  feature,
});
const history = (height: number): FeatureStep[] => [
  step('outline1', {
    kind: 'sketch',
    plane: { by: 'principal', plane: 'xy' },
    entities: [
      ...corners.map(([x_mm, y_mm], i) => ({ kind: 'point' as const, id: `p${i}`, x_mm, y_mm })),
      ...corners.map((_, i) => ({ kind: 'line' as const, id: `l${i}`, start: `p${i}`, end: `p${(i + 1) % 4}` })),
      { kind: 'point', id: 'middle', x_mm: 20, y_mm: 15 },
      { kind: 'circle', id: 'bore', centre: 'middle', radius_mm: 5 },
    ],
    constraints: [],
  }),
  step('block1', {
    kind: 'extrude',
    profile: { by: 'sketch', sketch: 'feature_outline1' },
    operation: 'new',
    extent: { to: 'distance', distance: height },
  }),
  step('closed1', {
    kind: 'delete-face',
    faces: [{ by: 'name', kind: 'face', name: 'feature_block1/side(bore)' }],
  }),
];
const request = (steps: FeatureStep[]): EvaluateRequest => ({
  partKey: 'part',
  steps,
  imports: {},
  want: { info: 'none' },
});

describe('a step that the modeller cannot do', () => {
  it('is done by the reader, and the history goes on', async () => {
    const watched = watchedContext();
    const { bodies, outcomes } = await kernel.evaluate(request(history(20)), watched.context);
    expect(outcomes.map(({ state }) => state)).toEqual(['ok', 'ok', 'ok']);
    expect(bodies[0]!.volume_mm3).toBeCloseTo(40 * 30 * 20, 6);
    expect(watched.stages).toContain('Removing faces');
  });

  it('is answered from memory when the part comes back to where it was', async () => {
    await kernel.evaluate(request(history(20)), silentContext());
    await kernel.evaluate(request(history(21)), silentContext());
    const watched = watchedContext();
    const { outcomes } = await kernel.evaluate(request(history(20)), watched.context);
    expect(outcomes.at(-1)).toMatchObject({ state: 'ok' });
    expect(watched.stages).not.toContain('Removing faces');
  });

  it('fails alone when the reader refuses', async () => {
    const steps = history(20);
    const top = { by: 'name', kind: 'face', name: 'feature_block1/end' } as const;
    const { bodies, outcomes } = await kernel.evaluate(
      request([...steps.slice(0, 2), step('closed1', { kind: 'delete-face', faces: [top] })]),
      silentContext(),
    );
    expect(outcomes.at(-1)).toMatchObject({ state: 'failed', error: { code: 'direct.not-removable' } });
    expect(bodies[0]!.volume_mm3).toBeCloseTo((40 * 30 - 25 * Math.PI) * 20, 6);
  });

  it('can be cancelled', async () => {
    const watched = watchedContext();
    const outcome = errorOf(kernel.evaluate(request(history(33)), watched.context));
    watched.cancel();
    expect((await outcome).category).toBe('cancelled');
  });
});
