import { afterAll, expect, test } from 'vitest';
import { tryRandomPart, VOLUME_TOLERANCE } from '../../cli/benchmarks/random-parts.ts';
import { createKernel } from '../../kernel/index.ts';
import { FAMILIES } from './families.ts';
import { randomPart } from './index.ts';

const kernel = createKernel();
afterAll(() => kernel.dispose());

// The benchmark `random-parts` tries 200; here every family has two.
const parts = Array.from({ length: 2 * Object.keys(FAMILIES).length }, (_, number) => randomPart(number));

test.each(parts.map((part) => [part.name, part] as const))(
  '%s is valid, of its volume, and comes back from STEP as it was',
  async (_, part) => {
    const outcome = await tryRandomPart(kernel, part);
    expect(outcome.problem).toBeNull();
    expect(outcome.volume).toBeLessThan(VOLUME_TOLERANCE);
    expect(outcome.roundTrip).toBeLessThan(VOLUME_TOLERANCE);
  },
);

test('a part of another volume than was worked out is told of', async () => {
  const part = randomPart(0);
  const outcome = await tryRandomPart(kernel, { ...part, volume_mm3: part.volume_mm3 * (1 + 2 * VOLUME_TOLERANCE) });
  expect(outcome.problem).toContain('instead of');
});

test('a number always gives the same part', () => {
  expect(randomPart(17)).toEqual(randomPart(17));
  expect(randomPart(17)).not.toEqual(randomPart(17 + Object.keys(FAMILIES).length));
});
