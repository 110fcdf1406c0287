/** The bar: real parts whose holes, fillets and chamfers a person counted. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKernel } from '../kernel.ts';
import { countedParts, measureRecognition, type RecognitionScore } from './benchmarks.ts';

const FILES = join(import.meta.dirname, '../../../tests/corpus/files');
const kernel = createKernel({ readerIdle_s: 120 });
let scores: RecognitionScore[] = [];

beforeAll(async () => {
  const measured = await measureRecognition(kernel, (file) => readFile(join(FILES, file)));
  expect(measured.absent).toEqual([]);
  scores = measured.scores;
}, 120_000);
afterAll(() => kernel.dispose());

describe('on parts that were counted by hand', () => {
  it('there are at least fifteen, with more than a hundred and fifty features', () => {
    expect(scores.length).toBeGreaterThanOrEqual(15);
    expect(scores.reduce((sum, { expected }) => sum + expected, 0)).toBeGreaterThan(150);
  });

  it.each(countedParts().map(({ name }) => name))('%s: nothing is missed or invented', (name) => {
    const score = scores.find((each) => each.name === name);
    expect(score).toMatchObject({ missed: [], invented: [] });
  });

  it('sizes are right to a thousandth of a millimetre', () => {
    expect(Math.max(...scores.map(({ largestError_mm }) => largestError_mm))).toBeLessThan(1e-3);
  });

  it('takes less than a second for any of them', () => {
    expect(Math.max(...scores.map(({ seconds }) => seconds))).toBeLessThan(1);
  });
});
