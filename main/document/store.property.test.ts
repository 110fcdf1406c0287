/** Random edits, undos and redos by several authors, against a model that keeps whole copies. Seeded, so that a failure repeats. */
import { describe, expect, test } from 'vitest';
import type { AnyRecord, RecordDiff } from '../../preload/contract/records.ts';
import { replay, rewind } from './branches.ts';
import type { Change, ChangeHeader } from './change.ts';
import { headerOf } from './change.ts';
import { type RandomSource, seededRandom } from './ids.ts';
import { ANNA, instance, part, source, view } from './records.fixture.ts';
import { Store } from './store.ts';

const pick = <T>(random: RandomSource, items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
const sorted = (records: Iterable<AnyRecord>) => [...records].sort((a, b) => (a.id < b.id ? -1 : 1));

/** A valid or invalid edit of a few records. */
function randomEdit(random: RandomSource, store: Store): { put: AnyRecord[]; remove: string[] } {
  const keys = ['a', 'b', 'c', 'd', 'e'];
  const key = pick(random, keys);
  switch (Math.floor(random() * 6)) {
    case 0:
      return { put: [view(key, Math.floor(random() * 4) + 1)], remove: [] };
    case 1:
      return { put: [source(), part(key)], remove: [] };
    case 2: {
      const parentId = random() < 0.5 ? null : instance(pick(random, keys)).id;
      const partId = random() < 0.5 ? null : part(pick(random, keys)).id;
      return { put: [instance(key, { parentId, partId })], remove: [] };
    }
    case 3: {
      const all = store.all();
      return all.length === 0 ? { put: [], remove: [] } : store.removalEdit([pick(random, all).id]);
    }
    case 4: {
      const all = store.all();
      return { put: [], remove: all.length === 0 ? [] : [pick(random, all).id] };
    }
    default:
      return { put: [view(key, 1), view(`${key}2`, Math.floor(random() * 9) + 1)], remove: [] };
  }
}

describe.each(Array.from({ length: 20 }, (_, index) => index + 1))('seed %i', (seed) => {
  test('edits, undos and redos are what a model with whole copies says', () => {
    const random = seededRandom(seed);
    const changes = new Map<number, Change>();
    let store = new Store({ diffsOf: (sequence) => changes.get(sequence)!.diffs });
    // The model: whole states before each step that can be undone, and after each that can be redone.
    let now = sorted(store.all());
    const undoable: AnyRecord[][] = [];
    const redoable: AnyRecord[][] = [];
    for (let step = 0; step < 200; step++) {
      const action = random();
      const before = now;
      try {
        if (action < 0.6) {
          const change = store.apply({ label: `Edit ${step}`, author: ANNA, ...randomEdit(random, store) });
          if (change) {
            changes.set(change.sequence, change);
            undoable.push(before);
            redoable.length = 0;
            now = sorted(store.all());
          }
        } else if (action < 0.85) {
          const change = store.undo(ANNA);
          changes.set(change.sequence, change);
          redoable.push(now);
          now = undoable.pop()!;
        } else {
          const change = store.redo(ANNA);
          changes.set(change.sequence, change);
          undoable.push(now);
          now = redoable.pop()!;
        }
      } catch (thrown) {
        expect((thrown as { code?: string }).code).toMatch(/^(document|history)\./);
      }
      expect(sorted(store.all())).toEqual(now);
      if (random() < 0.05) {
        // A restart: everything from the records and the history.
        const headers: ChangeHeader[] = [...changes.values()].map(headerOf);
        const state = store.state();
        store = new Store({
          records: store.all(),
          history: headers,
          diffsOf: (sequence) => changes.get(sequence)!.diffs,
        });
        expect(store.state()).toEqual(state);
      }
    }
    const line = [...changes.values()];
    expect(sorted(replay([], line).values())).toEqual(now);
    const diffs: { sequence: number; diffs: RecordDiff[] }[] = line.toReversed();
    expect(rewind(store.all(), diffs).size).toBe(0);
    expect(undoable.length > 0).toBe(store.state().undoLabel !== null);
  });
});
