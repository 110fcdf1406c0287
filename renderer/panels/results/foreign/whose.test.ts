import { expect, it } from 'vitest';
import type { ResultEntry } from '../../../../preload/contract/index.ts';
import { isOutOfDate, whoseResult } from './whose.ts';

const entry = (solver: string, imported?: ResultEntry['summary']['imported']) =>
  ({ current: false, summary: { solver, ...(imported ? { imported } : {}) } }) as ResultEntry;
const ours = entry('Artificer');
const theirs = entry('CalculiX 2.20', { fileName: 'model.frd', of: 'a' });
const brought = entry('another program (run.vtu)', { fileName: 'run.vtu' });

it('names the program of a second opinion, and the file of a result that was brought', () => {
  expect([ours, theirs, brought].map(whoseResult)).toEqual([null, 'CalculiX 2.20', 'file run.vtu']);
});

it('says of nothing but our own results that the study has changed since', () => {
  expect([ours, theirs, brought].map(isOutOfDate)).toEqual([true, false, false]);
  expect(isOutOfDate({ ...ours, current: true })).toBe(false);
});
