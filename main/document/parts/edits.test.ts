import { describe, expect, it } from 'vitest';
import type { AnyRecord, PartRecord } from '../../../preload/contract/records.ts';
import { Store } from '../store.ts';
import { unusedVariables, usesOf } from './dependants.ts';
import * as edits from './edits.ts';
import { configuration, EXTRUDE, FILLET, PLATE, recordsOf, SKETCH, variable } from './parts.fixture.ts';
import { addConfiguration, renameVariable, setVariable } from './variable-edits.ts';
import { faceWords, nameFromWords, referenceWords } from './words.ts';

const RECORDS = recordsOf(PLATE, SKETCH, EXTRUDE, FILLET);
/** The document after an edit: everything an edit says has to be acceptable to the store. */
function applied(records: Iterable<AnyRecord>, edit: edits.RecordEdit): Map<string, AnyRecord> {
  const store = new Store({ records });
  const change = store.prepare({ label: 'Edit', author: { kind: 'person', name: 'You' }, ...edit });
  if (change) store.commit(change);
  return recordsOf(...store.all());
}
const partIn = (records: Map<string, AnyRecord>): PartRecord => records.get(PLATE.id) as PartRecord;

describe('edits of a history', () => {
  it('add a step at the end, at a place, or where the part is rolled back to', () => {
    const step = { id: 'feature_hole01', name: 'Hole', feature: FILLET.feature };
    const end = applied(RECORDS.values(), edits.addFeature(PLATE, step));
    expect(partIn(end).features).toEqual([SKETCH.id, EXTRUDE.id, FILLET.id, step.id]);
    expect(end.get(step.id)).toMatchObject({ type: 'feature', partId: PLATE.id, name: 'Hole' });
    const rolled = applied(RECORDS.values(), edits.addFeature({ ...PLATE, rollBack: 2 }, step));
    expect(partIn(rolled)).toMatchObject({ features: [SKETCH.id, EXTRUDE.id, step.id, FILLET.id], rollBack: 3 });
  });

  it('begin the history of an imported part with its import', () => {
    const source = {
      type: 'source',
      id: 'source_abcdef',
      fileName: 'a.step',
      sha256: 'x',
      bytes: 1,
      format: 'step',
      schema: 'AP214',
      originatingSystem: '',
      lengthUnit: 'mm',
      healed: false,
      warnings: [],
      healing: [],
      pmi: { dimensions: 0, tolerances: 0, datums: 0, texts: [] },
      layers: [],
    } as AnyRecord;
    const part: PartRecord = {
      type: 'part',
      id: 'part_legacy',
      name: 'L',
      sourceId: source.id,
      sourceKey: '1',
      bodies: [],
    };
    const { put, record } = edits.addFeature(part, { name: 'Rounds', feature: FILLET.feature });
    const after = applied([source, part], { put, remove: [] });
    const edited = after.get(part.id) as PartRecord;
    expect(edited.features).toHaveLength(2);
    expect(edited.features![1]).toBe(record.id);
    expect(after.get(edited.features![0]!)).toMatchObject({
      feature: { kind: 'import', sourceId: source.id, sourceKey: '1' },
    });
    expect(edits.makeEditable(edited).put).toEqual([]);
    // The file goes only together with the step that needs it.
    expect(() =>
      applied(after.values(), { put: [{ ...edited, sourceId: undefined } as never], remove: [source.id] }),
    ).toThrow('Source "a.step" can\'t be removed: fe');
    expect(new Store({ records: after.values() }).removalClosure([source.id]).sort()).toEqual(
      [source.id, part.id, ...edited.features!].sort(),
    );
  });

  it('list what is lost with a step, and take it along when asked', () => {
    expect(edits.lostWith(PLATE, [SKETCH.id], RECORDS).map(({ id }) => id)).toEqual([EXTRUDE.id, FILLET.id]);
    expect(edits.lostWith(PLATE, [FILLET.id], RECORDS)).toEqual([]);
    const small = configuration({ suppressed: { [FILLET.id]: true, [SKETCH.id]: false } });
    const records = recordsOf(...RECORDS.values(), small);
    const edit = edits.removeFeatures({ ...PLATE, rollBack: 3 }, [EXTRUDE.id], records, { dependants: true });
    const after = applied(records.values(), edit);
    expect(partIn(after)).toMatchObject({ features: [SKETCH.id], rollBack: 1 });
    expect(after.has(FILLET.id)).toBe(false);
    expect(after.get(small.id)).toMatchObject({ suppressed: { [SKETCH.id]: false } });
  });

  it('move a step only where it still has what it needs and is there for those that need it', () => {
    const free = {
      ...FILLET,
      id: 'feature_datum1',
      name: 'Datum',
      feature: { kind: 'datum-plane', plane: { by: 'principal', plane: 'xy' } },
    } as AnyRecord;
    const part = { ...PLATE, features: [...PLATE.features!, free.id] };
    const records = recordsOf(part, ...RECORDS.values(), free);
    records.set(part.id, part);
    const after = applied(records.values(), edits.reorderFeature(part, free.id, 1, records));
    expect(partIn(after).features).toEqual([SKETCH.id, free.id, EXTRUDE.id, FILLET.id]);
    expect(() => edits.reorderFeature(part, FILLET.id, 1, records)).toThrow('"Rounds" can\'t stand before "Base"');
    expect(() => edits.reorderFeature(part, SKETCH.id, 2, records)).toThrow('"Outline" can\'t stand after "Base"');
  });

  it('suppress in the configuration that is shown, and in the record where there is none', () => {
    const small = configuration();
    const shown = { ...PLATE, configurationId: small.id };
    const records = recordsOf(shown, SKETCH, EXTRUDE, FILLET, small);
    expect(edits.suppressFeatures(shown, [FILLET.id], true, records).put).toEqual([
      { ...small, suppressed: { [FILLET.id]: true } },
    ]);
    expect(edits.suppressFeatures(PLATE, [FILLET.id], true, RECORDS).put).toEqual([{ ...FILLET, suppressed: true }]);
  });

  it('roll back and forward, group and ungroup', () => {
    expect(edits.rollBackTo(PLATE, 1).put).toEqual([{ ...PLATE, rollBack: 1 }]);
    expect(edits.rollBackTo({ ...PLATE, rollBack: 1 }, undefined).put).toEqual([PLATE]);
    expect(edits.rollBackTo({ ...PLATE, rollBack: 1 }, 3).put).toEqual([PLATE]);
    expect(edits.groupFeatures([FILLET.id], 'Finish', RECORDS).put).toEqual([{ ...FILLET, group: 'Finish' }]);
  });
});

describe('edits of variables', () => {
  const wall = variable('wall', '5');
  const all = recordsOf(
    ...RECORDS.values(),
    wall,
    variable('width', '4*wall + wall_2', { minimum: 'wall' }),
    variable('wall_2', '1 mm'),
  );

  it('rename a variable in every expression that uses it, and nowhere else', () => {
    const small = configuration({ values: { wall: '3', width: 'wall * 2' } });
    const after = applied([...all.values(), small], renameVariable(wall, 'thickness', [...all.values(), small]));
    expect(after.get(wall.id)).toMatchObject({ name: 'thickness' });
    expect(after.get('variable_widthOfPart')).toMatchObject({
      expression: '4*thickness + wall_2',
      minimum: 'thickness',
    });
    expect(after.get(FILLET.id)).toMatchObject({ feature: { radius: { length: 'thickness / 2' } } });
    expect(after.get(SKETCH.id)).toMatchObject({
      feature: { constraints: [{ value: { length: '2 * thickness + 30 mm' } }] },
    });
    expect(after.get(small.id)).toMatchObject({ values: { thickness: '3', width: 'thickness * 2' } });
    expect(() => renameVariable(wall, 'wall_2', all.values())).toThrow('There is already a variable called "wall_2".');
    expect(() => renameVariable(wall, 'mm', all.values())).toThrow('"mm" is a unit');
    expect(() => renameVariable(wall, '2nd', all.values())).toThrow("can't be the name of a variable");
  });

  it('rename a variable of the project only in parts that have none of that name', () => {
    const gap = variable('wall', '9', { partId: null });
    const records = [...all.values(), gap];
    expect(renameVariable(gap, 'gap', records).put).toEqual([{ ...gap, name: 'gap' }]);
    expect(usesOf(gap, records)).toEqual({ variables: [], features: [] });
  });

  it('find what uses a variable, and which ones nothing uses', () => {
    expect(usesOf(wall, all.values()).features.map(({ id }) => id)).toEqual([SKETCH.id, EXTRUDE.id, FILLET.id]);
    expect(unusedVariables(all.values()).map(({ name }) => name)).toEqual(['width']);
  });

  it('set a value where it stands: in the variable, in a new one, or in the configuration', () => {
    const after = applied(all.values(), setVariable({ partId: PLATE.id, name: 'wall', expression: '8' }, all));
    expect(after.get(wall.id)).toEqual({ ...wall, expression: '8' });
    const [made] = setVariable({ partId: null, name: 'gap', expression: '2', dimension: 'number' }, all).put;
    expect(made).toMatchObject({ type: 'variable', partId: null, name: 'gap', dimension: 'number', order: 0 });
    const { record, put } = addConfiguration(PLATE, 'Large', all, { values: { wall: '10' } });
    const shown = applied(all.values(), { put, remove: [] });
    expect(partIn(shown).configurationId).toBe(record.id);
    expect(setVariable({ partId: PLATE.id, name: 'wall', expression: '12' }, shown).put).toEqual([
      { ...record, values: { wall: '12' } },
    ]);
  });
});

describe('words for names', () => {
  const nameOf = (id: string): string | undefined =>
    ({ [EXTRUDE.id]: 'Base extrude', [FILLET.id]: 'Rounds', feature_pattern1: 'Row' })[id];

  it('say role and feature, and what rounds and copies are of', () => {
    expect(faceWords(`${EXTRUDE.id}/side(line3)`, nameOf)).toBe('side line3 of Base extrude');
    expect(faceWords(`${EXTRUDE.id}/end`, nameOf)).toBe('end of Base extrude');
    expect(faceWords('feature_gone12/end', nameOf)).toBe('end of a removed step');
    expect(faceWords(`${FILLET.id}/round(${EXTRUDE.id}/end|${EXTRUDE.id}/side(line3))`, nameOf)).toBe(
      'round of Rounds between end of Base extrude and side line3 of Base extrude',
    );
    expect(faceWords(`${EXTRUDE.id}#2/11`, nameOf)).toBe('face 12 of Base extrude (body 2)');
    expect(faceWords(`feature_pattern1/2:${EXTRUDE.id}/end`, nameOf)).toBe('end of Base extrude, copy 2 by Row');
  });

  it('say what an edge lies between', () => {
    const name = `${EXTRUDE.id}/end|${EXTRUDE.id}/side(line3)`;
    expect(referenceWords({ by: 'name', kind: 'edge', name }, nameOf)).toBe(
      'edge between end of Base extrude and side line3 of Base extrude',
    );
    expect(referenceWords({ by: 'name', kind: 'body', name: `${EXTRUDE.id}#2` }, nameOf)).toBe(
      'body 2 of Base extrude',
    );
    expect(referenceWords({ by: 'selector', selector: 'faces >Z' }, nameOf)).toBe('faces >Z');
  });

  it('are read back from what a person writes', () => {
    const steps = [
      { id: EXTRUDE.id, name: 'Base' },
      { id: 'feature_base22', name: 'Base/2' },
      { id: FILLET.id, name: 'Rounds' },
    ];
    expect(nameFromWords('face', 'Base/side(line3)', steps)).toBe(`${EXTRUDE.id}/side(line3)`);
    expect(nameFromWords('face', 'Base/2/end', steps)).toBe('feature_base22/end');
    expect(nameFromWords('edge', 'Base/start | Base/end', steps)).toBe(`${EXTRUDE.id}/end|${EXTRUDE.id}/start`);
    expect(nameFromWords('face', 'Rounds/round(Base/end|Base/side(line1))', steps)).toBe(
      `${FILLET.id}/round(${EXTRUDE.id}/end|${EXTRUDE.id}/side(line1))`,
    );
    expect(nameFromWords('body', 'Base#2', steps)).toBe(`${EXTRUDE.id}#2`);
    expect(nameFromWords('face', `${EXTRUDE.id}/end`, steps)).toBe(`${EXTRUDE.id}/end`);
    expect(() => nameFromWords('face', 'Bas/end', steps)).toThrow('"Bas/end" names no step of the part.');
  });
});
