import { afterAll, describe, expect, it } from 'vitest';
import { itemsOf } from '../../../document/index.ts';
import { createKernel } from '../../index.ts';
import { survive } from './survive.ts';

const kernel = createKernel({ modellers: 1 });
afterAll(() => kernel.dispose());

describe('references to faces and edges of a part that is edited', () => {
  // Twenty parts and 500 edits, as the benchmark `references` does with other seeds.
  it('mean what they meant or say that they are lost, through 500 edits of 20 parts', {
    timeout: 300_000,
  }, async () => {
    const report = await survive(kernel, { parts: 20, editsPerPart: 25, seed: 100 });
    expect(report.jumps).toEqual([]);
    expect(Object.values(report.edits).reduce((sum, count) => sum + count)).toBe(500);
    for (const count of Object.values(report.edits)) expect(count).toBeGreaterThan(25);
    expect(report.checked).toBeGreaterThan(40_000);
    // Loud is allowed, but few of those whose face is still there may be.
    expect(report.lostNeedlessly / report.checked).toBeLessThan(0.01);
    expect(report.right / report.checked).toBeGreaterThan(0.75);
  });

  it('would be seen to jump by this suite if they were resolved by the place in the list', {
    timeout: 60_000,
  }, async () => {
    const report = await survive(kernel, {
      parts: 1,
      editsPerPart: 12,
      seed: 100,
      resolve: (reference, bodies) => {
        const { kind, name } = reference as { kind: 'face' | 'edge'; name: string };
        const items = itemsOf(bodies, kind);
        return { items: [items[name.length % items.length]!] };
      },
    });
    expect(report.jumps.length).toBeGreaterThan(100);
  });
});
