import { describe, expect, it } from 'vitest';
import type { StudyRecord } from '../../../../preload/contract/index.ts';
import { withoutItem } from '../../../actions/study-items.ts';
import { caseColumns, caseOfAll, setCaseFactor, setCombinationFactor, withCases, withoutCase } from './case-edits.ts';

const force = { kind: 'force' as const, on: [], force_N: [0, 0, -1] as [number, number, number] };
const study: StudyRecord = {
  type: 'study',
  id: 'study_abcdef',
  name: 'Static study',
  study: 'static',
  partId: 'part_abcdef',
  restraints: [],
  loads: [
    { ...force, id: 'dead', name: 'Dead' },
    { ...force, id: 'wind', name: 'Wind' },
  ],
  mesh: { order: 2, accuracy: 'default', refinements: [] },
  probes: [],
  cases: [
    { id: 'a', name: 'A', loads: [{ load: 'dead', factor: 1 }] },
    { id: 'b', name: 'B', loads: [{ load: 'wind', factor: 1 }] },
  ],
  combinations: [
    {
      id: 'x',
      name: 'X',
      terms: [
        { case: 'a', factor: 1.35 },
        { case: 'b', factor: 1.5 },
      ],
    },
    { id: 'y', name: 'Y', terms: [{ case: 'b', factor: -1 }] },
  ],
};
const factors = (changed: StudyRecord) => caseColumns(changed).map((column) => Object.fromEntries(column.factors));

describe('the table of load cases', () => {
  it('puts a load into a case, changes its factor, and takes it out with 0', () => {
    const added = setCaseFactor(study, 'a', 'wind', 0.5);
    expect(factors(added)).toEqual([{ dead: 1, wind: 0.5 }, { wind: 1 }]);
    expect(factors(setCaseFactor(added, 'a', 'wind', -2))).toEqual([{ dead: 1, wind: -2 }, { wind: 1 }]);
    expect(factors(setCaseFactor(added, 'a', 'dead', 0))).toEqual([{ wind: 0.5 }, { wind: 1 }]);
  });
  it('begins with all loads together, and is no table once the last case is gone', () => {
    expect(caseOfAll(study, 'c', 'C').loads).toEqual([
      { load: 'dead', factor: 1 },
      { load: 'wind', factor: 1 },
    ]);
    expect('cases' in withCases(study, [])).toBe(false);
  });
  it('takes a deleted case out of the combinations, and those that are left empty with it', () => {
    const next = withoutCase(study, 'b');
    expect(next.cases?.map(({ id }) => id)).toEqual(['a']);
    expect(next.combinations).toEqual([{ id: 'x', name: 'X', terms: [{ case: 'a', factor: 1.35 }] }]);
    expect('combinations' in withoutCase(next, 'a')).toBe(false);
  });
  it('keeps the last term of a combination', () => {
    expect(setCombinationFactor(study, 'y', 'b', 0).combinations).toEqual(study.combinations);
    expect(setCombinationFactor(study, 'x', 'a', 0).combinations?.[0]?.terms).toEqual([{ case: 'b', factor: 1.5 }]);
  });
  it('no longer speaks of a load that is deleted', () => {
    const next = withoutItem(study, 'loads', 'wind');
    expect(next.loads.map(({ id }) => id)).toEqual(['dead']);
    expect(factors(next)).toEqual([{ dead: 1 }, {}]);
  });
});
