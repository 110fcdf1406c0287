import { describe, expect, test } from 'vitest';
import { bailOut, checkBranchName, replay, rewind, squash } from './branches.ts';
import type { Change } from './change.ts';
import { ANNA, BOT, refusalOf, view } from './records.fixture.ts';
import { Store } from './store.ts';

/** A main line with one view, and a branch off it on which the agent made some changes. */
function forked(work: (branch: Store) => (Change | null)[]): { main: Store; changes: Change[] } {
  const main = new Store();
  main.apply({ label: 'Start', author: ANNA, put: [view('a', 1), view('b', 1)] });
  const branch = new Store({ branch: 'agent/1', records: main.all(), lastSequence: main.state().sequence });
  return { main, changes: work(branch).filter((change) => change !== null) };
}
const twoSteps = (branch: Store) => [
  branch.apply({ label: '1', author: BOT, put: [view('a', 2), view('temporary')] }),
  branch.apply({ label: '2', author: BOT, put: [view('new')], remove: [view('temporary').id] }),
];

describe('squashing a branch', () => {
  test('brings all of its work in as one step', () => {
    const { main, changes } = forked(twoSteps);
    expect(changes.every((change) => change.branch === 'agent/1')).toBe(true);
    const change = squash(main, changes, { label: 'Lighter bracket', author: BOT })!;
    expect(change.diffs.map((diff) => diff.id)).toEqual([view('a').id, view('new').id]);
    main.commit(change);
    expect(main.get(view('a').id)).toEqual(view('a', 2));
    main.undo(ANNA);
    expect(main.all()).toEqual([view('a', 1), view('b', 1)]);
  });
  test('keeps what the parent did meanwhile elsewhere', () => {
    const { main, changes } = forked(twoSteps);
    main.apply({ label: 'Anna', author: ANNA, put: [{ ...view('a', 1), name: 'Mine' }, view('b', 9)] });
    main.commit(squash(main, changes, { label: 'Squash', author: BOT })!);
    expect(main.get(view('a').id)).toEqual({ ...view('a', 2), name: 'Mine' });
    expect(main.get(view('b').id)).toEqual(view('b', 9));
  });
  test('refuses where both changed the same, unless the branch is to win', () => {
    const { main, changes } = forked(twoSteps);
    main.apply({ label: 'Anna', author: ANNA, put: [view('a', 7)] });
    const refusal = refusalOf(() => squash(main, changes, { label: 'Squash', author: BOT }));
    expect(refusal.code).toBe('branch.conflict');
    expect(refusal.message).toContain('camera');
    main.commit(squash(main, changes, { label: 'Squash', author: BOT, onConflict: 'prefer-branch' })!);
    expect(main.get(view('a').id)).toEqual(view('a', 2));
  });
  test('of nothing is nothing', () => {
    const { main, changes } = forked((branch) => [
      branch.apply({ label: '1', author: BOT, put: [view('a', 2)] }),
      branch.apply({ label: '2', author: BOT, put: [view('a', 1)] }),
    ]);
    expect(squash(main, changes, { label: 'Nothing', author: BOT })).toBeNull();
  });
});

test('bailing out goes back to the mark, and can be undone', () => {
  const store = new Store();
  const changes: Change[] = [];
  const put = (...records: ReturnType<typeof view>[]) =>
    changes.push(store.apply({ label: 'x', author: ANNA, put: records })!);
  put(view('a', 1));
  const mark = store.mark();
  put(view('a', 2), view('b'));
  put(view('b', 3));
  const since = changes.filter((change) => change.sequence > mark);
  store.commit(bailOut(store, since, { label: 'Go back', author: ANNA })!);
  expect(store.all()).toEqual([view('a', 1)]);
  store.undo(ANNA);
  expect(store.all()).toEqual([view('a', 2), view('b', 3)]);
});

test('replaying and rewinding are each other backwards', () => {
  const store = new Store();
  const changes = [1, 2, 3].map((height) => store.apply({ label: 'x', author: ANNA, put: [view('a', height)] })!);
  expect([...replay([], changes).values()]).toEqual([view('a', 3)]);
  expect([...rewind(store.all(), changes.slice(1).reverse()).values()]).toEqual([view('a', 1)]);
});

test('names of branches', () => {
  checkBranchName('agent/run 1.2', ['main']);
  expect(refusalOf(() => checkBranchName('', [])).code).toBe('branch.name');
  expect(refusalOf(() => checkBranchName('../x\n', [])).code).toBe('branch.name');
  expect(refusalOf(() => checkBranchName('main', ['main'])).code).toBe('branch.exists');
});
