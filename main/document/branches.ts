/**
 * Lines of changes beside the main one. A branch begins at a point of its parent and costs nothing until something is
 * changed on it; its records are found by replaying. An agent's run is: branch, work, then squash into one change on the
 * parent, or drop.
 */
import type { AnyRecord, Author, RecordDiff } from '../../preload/contract/records.ts';
import { applyDiffs, type Change, composeDiffs, invertDiffs, rebaseDiffs } from './change.ts';
import { listInWords, refuse } from './refuse.ts';
import type { Store } from './store.ts';

export const MAIN_BRANCH = 'main';

export interface Branch {
  name: string;
  parent: string | null;
  /** The parent's last change that this branch has seen. */
  forkSequence: number;
  status: 'open' | 'merged' | 'dropped';
  author: Author;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** What replaying needs to know of a change. */
export type Replayable = Pick<Change, 'sequence' | 'diffs'>;

/** Goes forward: applies changes, oldest first, to a copy of the records. */
export function replay(records: Iterable<AnyRecord>, changes: Iterable<Replayable>): Map<string, AnyRecord> {
  const state = new Map([...records].map((record) => [record.id, record]));
  for (const change of changes) applyDiffs(state, change.diffs);
  return state;
}

/** Goes back: takes changes back, newest first, from a copy of the records. */
export function rewind(records: Iterable<AnyRecord>, changes: Iterable<Replayable>): Map<string, AnyRecord> {
  const state = new Map([...records].map((record) => [record.id, record]));
  for (const change of changes) applyDiffs(state, invertDiffs(change.diffs));
  return state;
}

/** @throws ArtificerError `branch.name` */
export function checkBranchName(name: string, existing: Iterable<string>): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,99}$/.test(name)) {
    throw refuse('branch.name', `"${name.slice(0, 100)}" can't be the name of a branch.`, {
      hint: 'Use up to 100 letters, digits, spaces, dots, dashes and slashes, beginning with a letter or digit.',
    });
  }
  for (const other of existing) {
    if (other === name) throw refuse('branch.exists', `There is already a branch named "${name}".`);
  }
}

export interface SquashOptions {
  label: string;
  author: Author;
  /** Where both sides changed the same field: refuse (the default), or let the branch's value win. */
  onConflict?: 'refuse' | 'prefer-branch';
}

/**
 * The one change that brings a branch's work into `target`, prepared but not committed; null when there is nothing to bring.
 * @throws ArtificerError `branch.conflict`, `document.*`
 */
export function squash(target: Store, branchChanges: Iterable<Replayable>, options: SquashOptions): Change | null {
  const net = composeDiffs([...branchChanges].map((change) => change.diffs));
  const { diffs, conflicts } = rebaseDiffs(net, (id) => target.get(id));
  if (conflicts.length > 0 && options.onConflict !== 'prefer-branch') {
    throw refuse(
      'branch.conflict',
      `Both sides changed ${listInWords(conflicts.map(({ id, fields }) => (fields ? `${id} (${fields.join(', ')})` : id)))}.`,
      { hint: 'Undo one side, or accept the branch as it is.', details: { conflicts } },
    );
  }
  return target.prepare({ ...options, ...editOf(preferBranch(diffs, net, conflicts)) });
}

function preferBranch(diffs: RecordDiff[], net: RecordDiff[], conflicts: { id: string }[]): RecordDiff[] {
  const contested = new Set(conflicts.map(({ id }) => id));
  return [...diffs.filter(({ id }) => !contested.has(id)), ...net.filter(({ id }) => contested.has(id))];
}

/**
 * Back to a mark on the same branch: one change that takes back everything since, prepared but not committed, and itself
 * undoable. `changesSince` are those after the mark (the store's sequence at that time); null when there were none.
 */
export function bailOut(
  store: Store,
  changesSince: Iterable<Replayable>,
  options: { label: string; author: Author },
): Change | null {
  const diffs = invertDiffs(composeDiffs([...changesSince].map((change) => change.diffs)));
  return store.prepare({ ...options, ...editOf(diffs.filter(({ id, after }) => after !== null || store.get(id))) });
}

const editOf = (diffs: readonly RecordDiff[]): { put: AnyRecord[]; remove: string[] } => ({
  put: diffs.flatMap(({ after }) => (after ? [after] : [])),
  remove: diffs.flatMap(({ id, after }) => (after ? [] : [id])),
});
