/** Designs of branches side by side. */
import { expect, it } from 'vitest';
import type { BranchDesign } from '../../../preload/contract/index.ts';
import { comparedBranches } from './compare-branches.ts';

it('sets aims, margins and dimensions of designs beside each other, with a dash for what only the other has', () => {
  const design = (candidate: object): BranchDesign =>
    ({
      candidate: { concept: 'bracket', material: 'Al', values: [], requirements: [], objectives: [], ...candidate },
      cases: [{ name: 'load', type: 'static' }],
    }) as never;
  const rows = comparedBranches([
    design({
      objectives: [{ text: 'minimise mass', value: 0.142, unit: 'kg' }],
      requirements: [
        { text: 'mass <= 1 kg', margin: 0.042, holds: true },
        { text: 'a rule', margin: -1, holds: false, isRule: true },
      ],
      values: [{ name: 'thickness', value: 6.2, unit: 'mm' }],
    }),
    design({ requirements: [{ text: 'mass <= 1 kg', margin: -0.31, holds: false }], concept: 'link' }),
  ]);
  expect(rows.map(({ name, cells }) => [name, ...cells.map(({ text }) => text.replaceAll('\u00a0', ' '))])).toEqual([
    ['minimise mass', '0.142 kg', '–'],
    ['mass <= 1 kg', '+4.2 %', '−31 %'],
    ['a rule', 'fails', '–'],
    ['Part', 'bracket', 'link'],
    ['Material', 'Al', 'Al'],
    ['thickness', '6.2 mm', '–'],
    ['Load cases', 'load', 'load'],
  ]);
  expect(rows[1]!.cells.map(({ holds }) => holds)).toEqual([true, false]);
});
