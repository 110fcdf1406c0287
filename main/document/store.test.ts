import { describe, expect, test } from 'vitest';
import type { AnyRecord, StudyRecord } from '../../preload/contract/records.ts';
import { ANNA, BOT, instance, material, part, refusalOf, source, study, view } from './records.fixture.ts';
import { Store } from './store.ts';

const put = (store: Store, ...records: AnyRecord[]) => store.apply({ label: 'Put', author: ANNA, put: records });
const assembly = (): Store => {
  const store = new Store();
  put(
    store,
    source(),
    material(),
    part('a', { materialId: material().id }),
    instance('root'),
    instance('kid', { parentId: instance('root').id, partId: part().id }),
    study(),
  );
  return store;
};

describe('an edit', () => {
  test('yields a change with what each record was and is', () => {
    const store = new Store({ now: () => 7 });
    const change = put(store, view('a', 1))!;
    expect(change).toMatchObject({ sequence: 1, branch: 'main', label: 'Put', author: ANNA, at: 7, kind: 'edit' });
    expect(change.diffs).toEqual([{ id: view().id, before: null, after: view('a', 1) }]);
    expect(put(store, view('a', 2))!.diffs[0]).toEqual({ id: view().id, before: view('a', 1), after: view('a', 2) });
  });
  test('that changes nothing leaves no trace', () => {
    const store = assembly();
    const before = store.state();
    expect(put(store, instance('root'))).toBeNull();
    expect(store.state()).toEqual(before);
  });
  test('keeps a copy: what the caller does to its object later is not seen', () => {
    const store = new Store();
    const mine = view();
    put(store, mine);
    mine.camera.height_mm = 5;
    expect(store.get(mine.id)).toEqual(view());
    expect(() => {
      (store.get(mine.id) as typeof mine).camera.height_mm = 6;
    }).toThrow(TypeError);
  });
  test.each<[string, unknown, string]>([
    ['of no known type', { type: 'rocket', id: 'rocket_000000' }, 'document.invalid-record'],
    ['with a missing field', { ...view(), camera: undefined }, 'document.invalid-record'],
    ['whose id belongs to another type', { ...view(), id: 'part_000000' }, 'document.invalid-record'],
    ['that is nothing', null, 'document.invalid-record'],
    ['of an unknown source', part('b', { sourceId: 'source_nowhere' }), 'document.missing-reference'],
    ['of an unknown material', part('b', { materialId: 'material_nowhere' }), 'document.missing-reference'],
    ['that refers to another type', study('b', { partId: instance('root').id }), 'document.missing-reference'],
    ['of an unknown parent', instance('b', { parentId: 'instance_nowhere' }), 'document.missing-reference'],
  ])('refuses a record %s, and nothing is changed', (_, record, code) => {
    const store = assembly();
    const before = store.all();
    const state = store.state();
    expect(refusalOf(() => store.apply({ label: 'Bad', author: ANNA, put: [view('new'), record] })).code).toBe(code);
    expect(store.all()).toEqual(before);
    expect(store.state()).toEqual(state);
  });
  test('refuses two versions of one record, and putting what it removes', () => {
    const store = assembly();
    expect(refusalOf(() => put(store, view('a', 1), view('a', 2))).code).toBe('document.duplicate');
    expect(refusalOf(() => store.apply({ label: 'x', author: ANNA, put: [study()], remove: [study().id] })).code).toBe(
      'document.duplicate',
    );
    expect(refusalOf(() => store.apply({ label: 'x', author: ANNA, remove: ['view_nowhere'] })).code).toBe(
      'document.unknown-record',
    );
  });
  test('refuses a tree that bites its tail, also over several records', () => {
    const store = assembly();
    put(store, instance('deep', { parentId: instance('kid').id }));
    const biting = instance('root', { parentId: instance('deep').id });
    expect(refusalOf(() => put(store, biting))).toMatchObject({ code: 'document.cycle' });
    expect(refusalOf(() => put(store, instance('self', { parentId: instance('self').id }))).code).toBe(
      'document.cycle',
    );
    // Turning a branch of the tree over in one edit is fine: the end state has no cycle.
    expect(
      put(store, instance('root', { parentId: instance('kid').id }), instance('kid', { partId: part().id })),
    ).not.toBeNull();
  });
});

describe('removing', () => {
  test('what others need is refused, naming them', () => {
    const store = assembly();
    const refusal = refusalOf(() => store.apply({ label: 'Remove', author: ANNA, remove: [part().id] }));
    expect(refusal.code).toBe('document.needed');
    expect(refusal.message).toBe(
      'Part "part a" can\'t be removed: instance "instance kid" and study "study a" need it.',
    );
    expect(refusal.details).toEqual({ neededBy: [instance('kid').id, study().id] });
    expect(store.get(part().id)).toBeDefined();
  });
  test('together with all that needs it works, and comes back whole', () => {
    const store = assembly();
    const before = store.all();
    expect(new Set(store.removalClosure([part().id]))).toEqual(new Set([part().id, instance('kid').id, study().id]));
    store.apply({ label: 'Remove', author: ANNA, ...store.removalEdit([part().id]) });
    expect(store.size).toBe(before.length - 3);
    store.undo(ANNA);
    expect(new Set(store.all())).toEqual(new Set(before));
  });
  test('a material leaves its parts in place, without it', () => {
    const store = assembly();
    store.apply({ label: 'Remove', author: ANNA, ...store.removalEdit([material().id]) });
    expect(store.get(material().id)).toBeUndefined();
    expect(store.get(part().id)).toEqual(part());
  });
  describe('what a study refers to', () => {
    const heat = { ...study('heat'), name: 'Heat' };
    const axes = { first: [1, 0, 0], second: [0, 1, 0] } as const;
    const warm = {
      ...study('warm'),
      temperatures: { from: 'study', studyId: heat.id },
      bodyMaterials: [
        { body: 0, materialId: material('b').id },
        { body: 1, materialId: material('b').id, axes },
        { body: 2, axes },
      ],
    } as StudyRecord;
    const withStudies = () => {
      const store = assembly();
      store.apply({ label: 'Studies', author: ANNA, put: [material('b'), heat, warm] });
      return store;
    };

    test('is not removed below it: the study of its temperatures, and materials of single bodies', () => {
      const store = withStudies();
      for (const id of [heat.id, material('b').id])
        expect(refusalOf(() => store.apply({ label: 'x', author: ANNA, remove: [id] })).code).toBe('document.needed');
      expect(
        refusalOf(() =>
          store.apply({
            label: 'x',
            author: ANNA,
            put: [{ ...warm, bodyMaterials: [{ body: 0, materialId: 'material_gone00' }] }],
          }),
        ).code,
      ).toBe('document.missing-reference');
    });
    test('goes out of it where it is taken away: directions stay with their bodies', () => {
      const store = withStudies();
      store.apply({ label: 'x', author: ANNA, ...store.removalEdit([material('b').id, heat.id]) });
      const { temperatures: _study, ...rest } = warm as StudyRecord & { temperatures: unknown };
      expect(store.get(warm.id)).toEqual({
        ...rest,
        bodyMaterials: [
          { body: 1, axes },
          { body: 2, axes },
        ],
      });
    });
    test('and was lost before this was checked is no reason to refuse another edit', () => {
      const store = new Store({ records: [source(), part(), { ...warm, bodyMaterials: undefined }] });
      const renamed = { ...warm, bodyMaterials: undefined, name: 'Warm' };
      expect(store.apply({ label: 'Rename', author: ANNA, put: [renamed as StudyRecord] })).not.toBeNull();
    });
  });
  test('letting go of a record and removing it in one edit works', () => {
    const store = assembly();
    expect(store.apply({ label: 'x', author: ANNA, put: [part()], remove: [material().id] })).not.toBeNull();
  });
  test('the settings of the project is refused', () => {
    const store = new Store();
    put(store, { type: 'project', id: 'project_settings', name: 'p', units: 'mm-N-MPa' });
    expect(refusalOf(() => store.apply({ label: 'x', author: ANNA, remove: ['project_settings'] })).code).toBe(
      'document.needed',
    );
  });
});

describe('undo and redo', () => {
  test('are changes themselves and say what they are of', () => {
    const store = new Store();
    put(store, view('a', 1));
    put(store, view('a', 2));
    expect(store.undo(ANNA)).toMatchObject({ sequence: 3, kind: 'undo', of: 2, label: 'Put' });
    expect(store.get(view().id)).toEqual(view('a', 1));
    expect(store.redo(ANNA)).toMatchObject({ sequence: 4, kind: 'redo', of: 2 });
    expect(store.get(view().id)).toEqual(view('a', 2));
    store.undo(ANNA);
    store.undo(ANNA);
    expect(store.size).toBe(0);
    expect(store.state()).toMatchObject({ undoLabel: null, redoLabel: 'Put' });
    expect(refusalOf(() => store.undo(ANNA)).code).toBe('history.nothing-to-undo');
  });
  test('a new edit ends what could be redone', () => {
    const store = new Store();
    put(store, view('a', 1));
    store.undo(ANNA);
    put(store, view('b'));
    expect(refusalOf(() => store.redo(ANNA)).code).toBe('history.nothing-to-redo');
  });
  test('what the system did is no step of anybody', () => {
    const store = new Store();
    store.apply({ label: 'Set up', author: { kind: 'system', name: 'Artificer' }, put: [view()] });
    expect(refusalOf(() => store.undo(ANNA)).code).toBe('history.nothing-to-undo');
  });
  test('of one author leave what others did since', () => {
    const store = new Store();
    put(store, view('a', 1));
    put(store, { ...view('a', 2), name: 'Anna was here' });
    store.apply({ label: 'Bot', author: BOT, put: [{ ...view('a', 3), name: 'Anna was here' }] });
    store.undo(ANNA, ANNA);
    // Her name goes; the camera that the agent moved since stays the agent's.
    expect(store.get(view().id)).toEqual(view('a', 3));
    expect(store.state(BOT).undoLabel).toBe('Bot');
    store.redo(ANNA, ANNA);
    expect(store.get(view().id)).toEqual({ ...view('a', 3), name: 'Anna was here' });
  });
  test('are refused when all of it was overtaken', () => {
    const store = new Store();
    put(store, view('a', 1));
    put(store, view('a', 2));
    store.apply({ label: 'Bot', author: BOT, put: [view('a', 3)] });
    expect(refusalOf(() => store.undo(ANNA, ANNA)).code).toBe('history.overtaken');
    expect(store.get(view().id)).toEqual(view('a', 3));
  });
  test('are refused when something else depends on it by now', () => {
    const store = new Store();
    put(store, source(), part());
    store.apply({ label: 'Bot', author: BOT, put: [study()] });
    const refusal = refusalOf(() => store.undo(ANNA, ANNA));
    expect(refusal).toMatchObject({ code: 'history.blocked' });
    expect(store.get(part().id)).toBeDefined();
  });
  test('can be worked out again from the history alone', () => {
    const first = new Store();
    const changes = [put(first, view('a', 1))!, put(first, view('a', 2))!, first.undo(ANNA)];
    const headers = changes.map(({ diffs, ...header }) => ({ ...header, records: diffs.length }));
    const again = new Store({
      records: first.all(),
      history: headers,
      diffsOf: (sequence) => changes.find((change) => change.sequence === sequence)!.diffs,
    });
    expect(again.state()).toEqual(first.state());
    again.redo(ANNA);
    expect(again.get(view().id)).toEqual(view('a', 2));
  });
});

describe('coalescing', () => {
  const drag = (store: Store, height_mm: number, key = 'zoom') =>
    store.apply({ label: 'Zoom', author: ANNA, put: [view('a', height_mm)], coalesce: key })!;
  test('makes one step of edits with one key that follow closely', () => {
    let now = 0;
    const store = new Store({ now: () => now });
    put(store, view('a', 1));
    drag(store, 2);
    now = 900;
    expect(drag(store, 3)).toMatchObject({ replaces: 2, sequence: 3 });
    now = 1800;
    expect(drag(store, 4)).toMatchObject({ replaces: 2, sequence: 4 });
    now = 2700;
    expect(drag(store, 4.5).diffs).toEqual([{ id: view().id, before: view('a', 1), after: view('a', 4.5) }]);
    store.undo(ANNA);
    expect(store.get(view().id)).toEqual(view('a', 1));
    store.redo(ANNA);
    expect(store.get(view().id)).toEqual(view('a', 4.5));
    store.undo(ANNA);
    store.undo(ANNA);
    expect(store.state().undoLabel).toBeNull();
  });
  test('puts back what is dragged back to where it began', () => {
    const store = new Store({ now: () => 0 });
    put(store, view('a', 1));
    drag(store, 2);
    const back = store.prepare({ label: 'Zoom', author: ANNA, put: [view('a', 1)], coalesce: 'zoom' })!;
    expect(store.commit(back)).toEqual([{ id: view().id, before: view('a', 2), after: view('a', 1) }]);
    expect(store.get(view().id)).toEqual(view('a', 1));
    store.undo(ANNA);
    expect(store.get(view().id)).toEqual(view('a', 1));
  });
  test('tells listeners only what is new', () => {
    const store = new Store({ now: () => 0 });
    put(store, view('a', 1));
    drag(store, 2);
    const change = store.prepare({ label: 'Zoom', author: ANNA, put: [view('a', 3)], coalesce: 'zoom' })!;
    expect(store.commit(change)).toEqual([{ id: view().id, before: view('a', 2), after: view('a', 3) }]);
  });
  test.each<[string, (store: Store, wait: (ms: number) => void) => void]>([
    ['a pause', (_, wait) => wait(1001)],
    ['an edit of something else', (store) => put(store, view('b'))],
    ['an undo and redo', (store) => [store.undo(ANNA), store.redo(ANNA)]],
    ['a mark', (store) => store.mark()],
    ['another author', (store) => store.apply({ label: 'B', author: BOT, put: [view('c')], coalesce: 'zoom' })],
  ])('ends with %s', (_, interrupt) => {
    let now = 0;
    const store = new Store({ now: () => now });
    put(store, view('a', 1));
    drag(store, 2);
    interrupt(store, (ms) => {
      now += ms;
    });
    expect(drag(store, 3).replaces).toBeUndefined();
  });
  test('does not join edits with different keys', () => {
    const store = new Store({ now: () => 0 });
    drag(store, 2, 'one');
    expect(drag(store, 3, 'two').replaces).toBeUndefined();
  });
});
