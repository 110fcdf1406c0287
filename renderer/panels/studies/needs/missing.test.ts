import { describe, expect, it } from 'vitest';
import {
  type AnyRecord,
  type Load,
  type MaterialRecord,
  type Reference,
  STUDY_TYPES,
  type StudyRecord,
} from '../../../../preload/contract/index.ts';
import { settingsOf, withType } from '../kinds/study-types.ts';
import { missingIn, type Surroundings } from './missing.ts';

const face: Reference = { by: 'selector', selector: 'faces >Z' };
const other: Reference = { by: 'selector', selector: 'faces <Z' };
const study: StudyRecord = {
  type: 'study',
  id: 'study_abcdef',
  name: 'Static study',
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
const steel: MaterialRecord = {
  type: 'material',
  id: 'material_abcdef',
  name: 'Steel',
  category: 'Steel',
  source: 'test',
  properties: {
    young_MPa: 2.1e5,
    poisson: 0.3,
    density_kg_m3: 7850,
    thermalExpansion_1_K: 1.2e-5,
    conductivity_W_mK: 50,
    specificHeat_J_kgK: 460,
  },
};
const around: Surroundings = {
  isLost: () => false,
  solidsOf: () => [],
  membersOf: () => ({ gone: 0, partIds: [] }),
  hasResult: () => false,
};
const missing = (
  changed: Partial<StudyRecord>,
  records: AnyRecord[] = [part, steel],
  surroundings: Partial<Surroundings> = {},
) =>
  missingIn({ ...study, ...changed }, new Map(records.map((record) => [record.id, record])), {
    ...around,
    ...surroundings,
  });
const wordsOf = (...of: Parameters<typeof missing>): string[] => missing(...of).map(({ text }) => text);
const without = (...figures: (keyof MaterialRecord['properties'])[]): MaterialRecord => ({
  ...steel,
  properties: Object.fromEntries(
    Object.entries(steel.properties).filter(([key]) => !(figures as string[]).includes(key)),
  ) as MaterialRecord['properties'],
});
const convection: Load = {
  id: 'c',
  name: 'Convection',
  kind: 'convection',
  on: [face],
  film_W_m2K: 10,
  ambient_degC: 20,
};

describe('what a study still needs', () => {
  it('is nothing when it is whole', () => expect(missing({})).toEqual([]));
  it('is a part and a material', () => {
    expect(wordsOf({}, [])).toEqual(['The part of this study is gone.']);
    const { materialId: _none, ...bare } = part as AnyRecord & { materialId: string };
    expect(missing({}, [bare as AnyRecord])[0]).toEqual({
      text: 'The part has no material yet.',
      materials: true,
      blocking: true,
    });
  });
  it('is a restraint that is not suppressed and is on something', () => {
    expect(wordsOf({ restraints: [{ ...study.restraints[0]!, suppressed: true }] })[0]).toMatch(/holds/);
    expect(missing({ restraints: [{ ...study.restraints[0]!, on: [] }] })).toEqual([
      { text: '“Fixed” is on nothing yet.', itemId: 'r', field: 'on', blocking: true },
    ]);
    expect(wordsOf({ restraints: [{ id: 'd', name: 'D', kind: 'displacement', on: [face] }] })[0]).toMatch(/no axis/);
    expect(wordsOf({ restraints: [], inertiaRelief: true })).toEqual([]);
  });
  it('is a load, unless a motion is prescribed or a bolt is tightened', () => {
    expect(wordsOf({ loads: [] })[0]).toMatch(/acts/);
    const moved = { id: 'd', name: 'D', kind: 'displacement' as const, on: [face], x_mm: 0.1 };
    expect(wordsOf({ loads: [], restraints: [...study.restraints, moved] })).toEqual([]);
    const held = { ...moved, x_mm: 0 };
    expect(wordsOf({ loads: [], restraints: [...study.restraints, held] })[0]).toMatch(/acts/);
    const bolt = { id: 'b', name: 'B', kind: 'bolt' as const, diameter_mm: 8, young_MPa: 2e5, preload_N: 1000 };
    expect(wordsOf({ loads: [], connections: [{ ...bolt, on: [face], to: [other] }] })).toEqual([]);
  });
  it('lets gravity act without a place, and heat be made everywhere', () => {
    expect(wordsOf({ loads: [{ id: 'g', name: 'G', kind: 'gravity', acceleration_mm_s2: [0, 0, -9806] }] })).toEqual(
      [],
    );
    const generation: Load = { id: 'q', name: 'Q', kind: 'heat-generation', on: [], generation_W_m3: 1 };
    expect(wordsOf({ study: 'thermal', restraints: [], loads: [generation, convection] })).toEqual([]);
  });
  it('is the other side of a connection, by its name', () => {
    const bond = { id: 'b', name: 'Bond', kind: 'bonded' as const, on: [face], to: [] };
    expect(missing({ connections: [bond] })).toEqual([
      { text: '“Bond” lacks a side: faces of the other.', itemId: 'b', field: 'to', blocking: true },
    ]);
  });
  it('is what stayed from another type, and no more of it than that it does not belong', () => {
    const words = wordsOf({ study: 'thermal', loads: [...study.loads, convection] });
    expect(words).toEqual([
      '“Fixed” does not belong to a thermal study.',
      '“Force” does not belong to a thermal study.',
    ]);
  });
  it('is something that sets a temperature, in a thermal study', () => {
    expect(wordsOf({ study: 'thermal', restraints: [], loads: [] })[0]).toMatch(/sets a temperature/);
    expect(wordsOf({ study: 'thermal', restraints: [], loads: [convection] })).toEqual([]);
  });
  it('is the figure that the material lacks for this type', () => {
    const thermal = { study: 'thermal' as const, restraints: [], loads: [convection] };
    expect(wordsOf(thermal, [part, without('conductivity_W_mK')])).toEqual([
      'Steel has no conductivity: add it to the material.',
    ]);
    const transient = { ...thermal, study: 'transient-thermal' as const, ...settingsOf('transient-thermal') };
    expect(wordsOf(transient, [part, without('specificHeat_J_kgK', 'conductivity_W_mK')])).toEqual([
      'Steel has no conductivity, no specific heat: add it to the material.',
    ]);
    expect(wordsOf({}, [part, without('conductivity_W_mK', 'thermalExpansion_1_K')])).toEqual([]);
    const modal = { ...study, ...settingsOf('modal'), study: 'modal' as const, restraints: [], loads: [] };
    expect(wordsOf(modal)).toEqual([]);
  });
  it('is a material for each body, where there are several', () => {
    const { materialId: _none, ...bare } = part as AnyRecord & { materialId: string };
    const solids = () => [
      { partId: part.id, body: 0, name: 'Plate' },
      { partId: part.id, body: 1, name: 'Pin' },
    ];
    const bodyMaterials = [{ body: 0, materialId: steel.id }];
    const found = missing({ bodyMaterials }, [bare as AnyRecord, steel], { solidsOf: solids });
    expect(found).toEqual([
      { text: 'Body “Pin” has no material yet.', field: 'bodyMaterials', blocking: true },
      { text: 'Nothing joins the 2 bodies: each is on its own.', field: 'add-connections', blocking: false },
    ]);
  });
  it('is every part of a group, with a material of its own or one that the study gives it', () => {
    const group: AnyRecord = { type: 'group', id: 'group_abcdef', name: 'Both', members: ['instance_plate1'] };
    const { materialId: _none, ...bare } = part as AnyRecord & { materialId: string };
    const pin = { ...bare, id: 'part_pin123' } as AnyRecord;
    const solidsOf = () => [
      { partId: part.id, body: 0, name: 'plate/Body 1', instanceId: 'instance_plate1' },
      { partId: pin.id, body: 0, name: 'pin/Body 1', instanceId: 'instance_pin123' },
    ];
    const of = { partId: group.id, connections: [{ id: 'c', name: 'Bonds', kind: 'bonded-touching' as const }] };
    const records = [group, part, pin, steel];
    const membersOf = () => ({ gone: 0, partIds: [part.id, pin.id] });
    expect(wordsOf(of, records, { solidsOf, membersOf })).toEqual(['Body “pin/Body 1” has no material yet.']);
    const given = (instanceId: string) => ({ ...of, bodyMaterials: [{ instanceId, body: 0, materialId: steel.id }] });
    expect(wordsOf(given('instance_pin123'), records, { solidsOf, membersOf })).toEqual([]);
    expect(wordsOf(given('instance_plate1'), records, { solidsOf, membersOf })).toHaveLength(1);
    const lost = missing(given('instance_pin123'), records, {
      solidsOf,
      membersOf: () => ({ gone: 1, partIds: [part.id] }),
    });
    expect(lost).toMatchObject([{ field: 'members', blocking: true }]);
  });
  it('is a load case with a load, and combinations of cases that are solved', () => {
    const cases = [
      { id: 'a', name: 'A', loads: [{ load: 'l', factor: 1 }] },
      { id: 'b', name: 'B', loads: [{ load: 'gone', factor: 1 }] },
    ];
    expect(wordsOf({ cases })).toEqual(['Load case “B” has no load.']);
    const combinations = [{ id: 'x', name: 'X', terms: [{ case: 'b', factor: 1 }] }];
    expect(wordsOf({ cases: [cases[0]!, { ...cases[1]!, suppressed: true }], combinations })).toEqual([
      'Combination “X” uses a load case that is suppressed or gone.',
    ]);
  });
  it('is a result of the thermal study that temperatures come from', () => {
    const thermal: StudyRecord = { ...study, id: 'study_thermal', name: 'Warm', study: 'thermal' };
    const temperatures = { from: 'study' as const, studyId: thermal.id };
    const records = [part, steel, thermal];
    const stress = { study: 'thermal-stress' as const, temperatures };
    expect(missing(stress, records)).toEqual([
      { text: '“Warm” has no result yet: solve it first.', studyId: thermal.id, blocking: true },
    ]);
    expect(missing(stress, records, { hasResult: () => true })).toEqual([]);
    expect(wordsOf(stress)).toEqual(['The thermal study that temperatures come from is gone.']);
  });
  it('is a range of frequencies that is one', () => {
    const harmonic = { from_Hz: 100, to_Hz: 100, points: 10, dampingRatio: 0.02 };
    expect(wordsOf({ study: 'harmonic', harmonic })).toEqual([
      'The range of frequencies ends where it begins, or before.',
    ]);
  });
  it('lists what has been lost', () => {
    const [lost] = missing({}, [part, steel], { isLost: () => true });
    expect(lost).toEqual({ text: 'What “Fixed” is on is no longer there.', itemId: 'r', field: 'on', blocking: true });
  });
});

describe('another type', () => {
  it.each(STUDY_TYPES)('keeps all that is there and puts in what %s needs', (type) => {
    const next = withType({ ...study, modal: { modes: 3 } }, type);
    expect(next).toEqual({
      ...study,
      ...settingsOf(type),
      modal: { modes: 3 },
      study: type,
      name: next.name,
    });
  });
  it('renames what is called by its old type, not what a person named', () => {
    expect(withType(study, 'modal').name).toBe('Modal study');
    expect(withType({ ...study, name: 'Static study 3' }, 'buckling').name).toBe('Buckling study 3');
    expect(withType({ ...study, name: 'Hard landing' }, 'modal').name).toBe('Hard landing');
    expect(withType({ ...study, name: 'Static study of Ann' }, 'modal').name).toBe('Static study of Ann');
  });
});
