import { describe, expect, it } from 'vitest';
import type { AnyRecord, Reference, StudyRecord } from '../../../preload/contract/index.ts';
import { missingIn } from './missing.ts';
import { referencesOf, withReferences } from './picked-references.ts';

const face: Reference = { by: 'selector', selector: 'faces >Z' };
const study: StudyRecord = {
  type: 'study',
  id: 'study_abcdef',
  name: 'Static',
  study: 'static',
  partId: 'part_abcdef',
  restraints: [{ id: 'r', name: 'Fixed', kind: 'fixed', on: [face] }],
  loads: [{ id: 'l', name: 'Force', kind: 'force', on: [face], force_N: [0, 0, -1] }],
  mesh: { order: 2, accuracy: 'default', refinements: [] },
  probes: [],
};
const part: AnyRecord = {
  type: 'part',
  id: 'part_abcdef',
  name: 'Bar',
  sourceId: 's',
  sourceKey: '1',
  bodies: [],
  materialId: 'material_abcdef',
};
const wordsOf = (changed: Partial<StudyRecord>, parts: AnyRecord[] = [part]) =>
  missingIn({ ...study, ...changed }, new Map(parts.map((record) => [record.id, record]))).map(({ text }) => text);

describe('what a study still needs', () => {
  it('is nothing when it is whole', () => expect(wordsOf({})).toEqual([]));
  it('is a part and a material', () => {
    expect(wordsOf({}, [])).toEqual(['The part of this study is gone.']);
    const { materialId: _none, ...bare } = part as AnyRecord & { materialId: string };
    expect(wordsOf({}, [bare as AnyRecord])[0]).toMatch(/material/);
  });
  it('is a restraint that is not suppressed and is on something', () => {
    expect(wordsOf({ restraints: [{ ...study.restraints[0]!, suppressed: true }] })[0]).toMatch(/holds/);
    expect(wordsOf({ restraints: [{ ...study.restraints[0]!, on: [] }] })[0]).toMatch(/“Fixed” is on nothing/);
    expect(wordsOf({ restraints: [{ id: 'd', name: 'D', kind: 'displacement', on: [face] }] })[0]).toMatch(/no axis/);
  });
  it('is a load, unless a motion is prescribed', () => {
    expect(wordsOf({ loads: [] })[0]).toMatch(/acts/);
    const moved = { id: 'd', name: 'D', kind: 'displacement' as const, on: [face], x_mm: 0.1 };
    expect(wordsOf({ loads: [], restraints: [...study.restraints, moved] })).toEqual([]);
  });
  it('lets gravity act without a place', () => {
    expect(wordsOf({ loads: [{ id: 'g', name: 'G', kind: 'gravity', acceleration_mm_s2: [0, 0, -9806] }] })).toEqual(
      [],
    );
  });
});

describe('references of an item', () => {
  it('are read and replaced wherever the item is', () => {
    expect(referencesOf(withReferences(study, 'l', []), 'l')).toEqual([]);
    expect(withReferences(study, 'l', []).restraints).toEqual(study.restraints);
  });
});
