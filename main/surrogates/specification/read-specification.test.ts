import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toErrorData } from '../../../preload/contract/index.ts';
import { readSpecification, refuseAdaptive } from './read-specification.ts';

const FOLDER = join(import.meta.dirname, '../../../resources/surrogates');
const SHIPPED = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml') && !name.endsWith('-study.yaml'));

test('the specifications that ship can be read: 6 to 10 dimensions, 100 designs, 50 to judge by', async () => {
  expect(SHIPPED).toHaveLength(4);
  for (const name of SHIPPED) {
    const specification = await readSpecification(join(FOLDER, name));
    expect(specification.parameters.length).toBeGreaterThanOrEqual(6);
    expect(specification.parameters.length).toBeLessThanOrEqual(10);
    expect(specification).toMatchObject({ designs: 100, unseen: 50 });
    // The part as its script gives it lies in every range.
    specification.parameters.forEach(({ minimum, maximum }, k) => {
      expect(specification.reference[k]).toBeGreaterThanOrEqual(minimum);
      expect(specification.reference[k]).toBeLessThanOrEqual(maximum);
    });
  }
});

test('adaptive designs need quantities and enough designs before them to place them by', () => {
  const refusalOf = (adaptive: number, designs: number, quantities: string[]): string => {
    try {
      refuseAdaptive({ adaptive, designs, quantities }, 3);
      return 'none';
    } catch (thrown) {
      return toErrorData(thrown).message;
    }
  };
  expect(refusalOf(0, 4, [])).toBe('none');
  expect(refusalOf(5, 8, ['mass'])).toBe('none');
  expect(refusalOf(5, 7, ['mass'])).toContain('7 designs are too few');
  expect(refusalOf(5, 50, [])).toContain('placed by quantities');
});
