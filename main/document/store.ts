/**
 * The document in memory: a flat map of records, checked as a whole. Every edit is first *prepared*, which checks it and
 * yields a {@link Change} with its diffs but touches nothing, and then *committed*. Between the two the caller may keep the
 * change safe in a file; if that fails, nothing has happened.
 */
import type { AnyRecord, Author, HistoryState, RecordDiff, RecordType } from '../../preload/contract/records.ts';
import {
  applyDiffs,
  type Change,
  type ChangeHeader,
  composeDiffs,
  headerOf,
  invertDiffs,
  rebaseDiffs,
  sameAuthor,
} from './change.ts';
import { sameData } from './equality.ts';
import { History, type Step } from './history.ts';
import { linksOf, nameOf, withoutLink } from './links.ts';
import { listInWords, refuse } from './refuse.ts';
import { validRecord } from './validation.ts';

export interface Edit {
  /** What a person calls this step, in the imperative: "Move bracket". */
  label: string;
  author: Author;
  /** Whole records to create or replace. */
  put?: readonly unknown[] | undefined;
  /** Ids of records to remove. */
  remove?: readonly string[] | undefined;
  /** Edits with the same key by the same author that follow each other closely become one step of undo. */
  coalesce?: string | undefined;
}

export interface StoreOptions {
  records?: Iterable<AnyRecord>;
  branch?: string;
  /** The headers of this branch's changes, oldest first: undo and redo are derived from them. */
  history?: Iterable<ChangeHeader>;
  /** The sequence that was used last in the whole project. */
  lastSequence?: number;
  /** Fetches the diffs of an earlier change; without it the store remembers those made through it. */
  diffsOf?: (sequence: number) => readonly RecordDiff[];
  /** Milliseconds since 1970. */
  now?: () => number;
  /** How close coalescing edits must follow each other, milliseconds. */
  coalesceWindow_ms?: number;
}

const COALESCE_WINDOW_MS = 1000;

export class Store {
  readonly branch: string;
  readonly #records: Map<string, AnyRecord>;
  readonly #remembers: boolean;
  /** Who needs a record: target id -> ids of the records that hold a link to it. */
  readonly #neededBy = new Map<string, Set<string>>();
  readonly #history: History;
  readonly #remembered = new Map<number, readonly RecordDiff[]>();
  readonly #diffsOf: (sequence: number) => readonly RecordDiff[];
  readonly #now: () => number;
  readonly #coalesceWindow_ms: number;
  #sequence: number;
  /** Changes up to this one are never extended: a branch, a mark or another session may count on them. */
  #sealedUpTo: number;

  constructor(options: StoreOptions = {}) {
    this.branch = options.branch ?? 'main';
    this.#records = new Map();
    for (const record of options.records ?? []) {
      this.#records.set(record.id, record);
      this.#link(record);
    }
    this.#history = new History(options.history);
    this.#sequence = options.lastSequence ?? this.#history.last?.sequence ?? 0;
    this.#sealedUpTo = this.#sequence;
    this.#now = options.now ?? Date.now;
    this.#coalesceWindow_ms = options.coalesceWindow_ms ?? COALESCE_WINDOW_MS;
    const given = options.diffsOf;
    this.#diffsOf = given ?? ((sequence) => this.#remembered.get(sequence) ?? []);
    this.#remembers = given === undefined;
  }

  get size(): number {
    return this.#records.size;
  }
  get(id: string): AnyRecord | undefined {
    return this.#records.get(id);
  }
  all(): AnyRecord[] {
    return [...this.#records.values()];
  }
  ofType<T extends RecordType>(type: T): Extract<AnyRecord, { type: T }>[] {
    const found: Extract<AnyRecord, { type: T }>[] = [];
    for (const record of this.#records.values()) {
      if (record.type === type) found.push(record as Extract<AnyRecord, { type: T }>);
    }
    return found;
  }
  /** The records that hold a link to this one. */
  dependantsOf(id: string): AnyRecord[] {
    return [...(this.#neededBy.get(id) ?? [])].map((dependant) => this.#records.get(dependant)!);
  }

  /** A point to come back to (a mark, the beginning of a branch): later edits no longer coalesce with earlier ones. */
  mark(): number {
    this.#sealedUpTo = this.#sequence;
    return this.#sequence;
  }

  /** What the edit menu needs to know. */
  state(author?: Author): HistoryState {
    return {
      sequence: this.#sequence,
      undoLabel: this.#history.undoable(author)?.label ?? null,
      redoLabel: this.#history.redoable(author)?.label ?? null,
      branch: this.branch,
    };
  }

  /**
   * Everything that has to go together with these records: their dependants, and the dependants of those. Links that a
   * record can live without (a part's material) don't pull it in; {@link removalEdit} clears them.
   */
  removalClosure(ids: Iterable<string>): string[] {
    const closure = new Set<string>();
    const waiting = [...ids];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (closure.has(id) || !this.#records.has(id)) continue;
      closure.add(id);
      for (const dependant of this.dependantsOf(id)) {
        if (linksOf(dependant).some((link) => link.to === id && !link.optional)) waiting.push(dependant.id);
      }
    }
    return [...closure];
  }

  /** The `put` and `remove` of an edit that removes these records with all that needs them. */
  removalEdit(ids: Iterable<string>): { put: AnyRecord[]; remove: string[] } {
    const remove = this.removalClosure(ids);
    const going = new Set(remove);
    const put = new Map<string, AnyRecord>();
    for (const id of remove) {
      for (const dependant of this.dependantsOf(id)) {
        if (going.has(dependant.id)) continue;
        let copy = put.get(dependant.id) ?? dependant;
        for (const link of linksOf(dependant)) if (link.to === id) copy = withoutLink(copy, link);
        put.set(dependant.id, copy);
      }
    }
    return { put: [...put.values()], remove };
  }

  /**
   * Checks an edit and says what it would change; null when it would change nothing.
   * @throws ArtificerError `document.*`; the document is untouched.
   */
  prepare(edit: Edit): Change | null {
    const diffs = this.#diffsOfEdit(edit);
    if (diffs.length === 0) return null;
    this.#check(diffs);
    const at = this.#now();
    const change: Change = {
      sequence: this.#sequence + 1,
      branch: this.branch,
      label: edit.label,
      author: edit.author,
      at,
      kind: 'edit',
      diffs,
    };
    if (edit.coalesce === undefined) return change;
    change.coalesce = edit.coalesce;
    const last = this.#history.last;
    const joins =
      last !== null &&
      last.kind === 'edit' &&
      last.sequence > this.#sealedUpTo &&
      last.coalesce === edit.coalesce &&
      sameAuthor(last.author, edit.author) &&
      at - last.at <= this.#coalesceWindow_ms;
    if (joins) {
      change.replaces = last.replaces ?? last.sequence;
      const net = composeDiffs([this.#diffsOf(last.sequence), diffs]);
      // What is back where it began is no net difference, and still has to be put back.
      const back = diffs.filter(({ id }) => !net.some((diff) => diff.id === id));
      change.diffs = [...net, ...back.map(({ id, after }) => ({ id, before: after, after }))];
    }
    return change;
  }

  /**
   * The change that takes back the latest step, or this author's latest, whatever others did since: what they changed
   * meanwhile stays theirs.
   * @throws ArtificerError `history.nothing-to-undo`, `history.overtaken`, `history.blocked`
   */
  prepareUndo(by: Author, onlyOf?: Author): Change {
    return this.#prepareReversal('undo', this.#history.undoable(onlyOf), by);
  }

  /** @throws ArtificerError `history.nothing-to-redo`, `history.overtaken`, `history.blocked` */
  prepareRedo(by: Author, onlyOf?: Author): Change {
    return this.#prepareReversal('redo', this.#history.redoable(onlyOf), by);
  }

  /** Makes a prepared change true. Returns the diffs against the state just before, which are what listeners want. */
  commit(change: Change): RecordDiff[] {
    if (change.sequence <= this.#sequence) throw new Error(`Change ${change.sequence} was prepared on an older state.`);
    const effective: RecordDiff[] = [];
    for (const { id, after } of change.diffs) {
      const before = this.#records.get(id) ?? null;
      if (before !== after) effective.push({ id, before, after });
      if (before) this.#unlink(before);
      if (after) this.#link(after);
    }
    applyDiffs(this.#records, change.diffs);
    this.#sequence = change.sequence;
    this.#history.add(headerOf(change));
    if (this.#remembers) this.#remembered.set(change.sequence, change.diffs);
    return effective;
  }

  /** Prepares and commits. Null when nothing would change. */
  apply(edit: Edit): Change | null {
    const change = this.prepare(edit);
    if (change) this.commit(change);
    return change;
  }
  undo(by: Author, onlyOf?: Author): Change {
    const change = this.prepareUndo(by, onlyOf);
    this.commit(change);
    return change;
  }
  redo(by: Author, onlyOf?: Author): Change {
    const change = this.prepareRedo(by, onlyOf);
    this.commit(change);
    return change;
  }

  #prepareReversal(kind: 'undo' | 'redo', step: Step | null, by: Author): Change {
    if (!step) {
      throw refuse(`history.nothing-to-${kind}`, `There is nothing to ${kind}.`, { category: 'usage' });
    }
    const { diffs, conflicts } = rebaseDiffs(invertDiffs(this.#diffsOf(step.latest)), (id) => this.#records.get(id));
    if (diffs.length === 0) {
      throw refuse(
        'history.overtaken',
        `"${step.label}" can't be ${kind === 'undo' ? 'undone' : 'redone'}: all of it has been changed again since.`,
        {
          hint: 'Undo the later changes first.',
          details: { conflicts },
        },
      );
    }
    try {
      this.#check(diffs);
    } catch (thrown) {
      throw refuse(
        'history.blocked',
        `"${step.label}" can't be ${kind === 'undo' ? 'undone' : 'redone'}: something made since depends on it.`,
        {
          cause: (thrown as Error).message,
          hint: 'Undo or remove what depends on it first.',
        },
      );
    }
    return {
      sequence: this.#sequence + 1,
      branch: this.branch,
      label: step.label,
      author: by,
      at: this.#now(),
      kind,
      of: step.edit,
      diffs,
    };
  }

  #diffsOfEdit(edit: Edit): RecordDiff[] {
    const diffs = new Map<string, RecordDiff>();
    for (const candidate of edit.put ?? []) {
      const after = validRecord(candidate);
      if (diffs.has(after.id)) {
        throw refuse('document.duplicate', `The edit "${edit.label}" puts ${nameOf(after)} twice.`, {
          recordId: after.id,
        });
      }
      diffs.set(after.id, { id: after.id, before: this.#records.get(after.id) ?? null, after });
    }
    for (const id of edit.remove ?? []) {
      if (diffs.get(id)?.after) {
        throw refuse('document.duplicate', `The edit "${edit.label}" both puts and removes ${id}.`, { recordId: id });
      }
      const before = this.#records.get(id);
      if (!before) {
        throw refuse('document.unknown-record', `There is no record ${id} to remove.`, { recordId: id });
      }
      diffs.set(id, { id, before, after: null });
    }
    return [...diffs.values()].filter((diff) => !sameData(diff.before, diff.after));
  }

  /** Are all links good once these diffs are in force? */
  #check(diffs: readonly RecordDiff[]): void {
    const changed = new Map(diffs.map((diff) => [diff.id, diff.after]));
    const after = (id: string): AnyRecord | undefined => {
      const diff = changed.get(id);
      return diff === undefined ? this.#records.get(id) : (diff ?? undefined);
    };
    for (const diff of diffs) {
      if (diff.after === null) this.#checkRemoval(diff.id, diff.before!, after);
      else this.#checkLinks(diff.after, diff.before, after);
    }
    for (const diff of diffs) if (diff.after?.type === 'instance') checkNoCycle(diff.after.id, after);
  }

  #checkRemoval(id: string, removed: AnyRecord, after: (id: string) => AnyRecord | undefined): void {
    if (removed.type === 'project') {
      throw refuse('document.needed', "The project's own settings can't be removed.", { recordId: id });
    }
    const needing = [...(this.#neededBy.get(id) ?? [])]
      .map(after)
      .filter((record): record is AnyRecord => record !== undefined && linksOf(record).some((link) => link.to === id));
    if (needing.length === 0) return;
    throw refuse(
      'document.needed',
      `${capitalised(nameOf(removed))} can't be removed: ${listInWords(needing.map(nameOf))} ${needing.length === 1 ? 'needs' : 'need'} it.`,
      {
        recordId: id,
        hint: 'Remove those as well, or let them use something else first.',
        details: { neededBy: needing.map((record) => record.id) },
      },
    );
  }

  /** What was lost already, in a file from before this was checked, is no reason to refuse another edit of the record. */
  #checkLinks(record: AnyRecord, before: AnyRecord | null, after: (id: string) => AnyRecord | undefined): void {
    const lost = new Set(
      (before ? linksOf(before) : [])
        .filter(({ to, optional }) => optional && !this.#records.has(to))
        .map(({ to }) => to),
    );
    for (const link of linksOf(record)) {
      const target = after(link.to);
      if (target?.type === link.type || (!target && link.optional && lost.has(link.to))) continue;
      throw refuse(
        'document.missing-reference',
        `${capitalised(nameOf(record))} refers to ${link.type} ${link.to}, which ${target ? `is a ${target.type}` : "doesn't exist"}.`,
        { recordId: record.id, hint: `Put the ${link.type} in the same edit, or choose an existing one.` },
      );
    }
  }

  #link(record: AnyRecord): void {
    for (const { to } of linksOf(record)) {
      const set = this.#neededBy.get(to);
      if (set) set.add(record.id);
      else this.#neededBy.set(to, new Set([record.id]));
    }
  }
  #unlink(record: AnyRecord): void {
    for (const { to } of linksOf(record)) {
      const set = this.#neededBy.get(to);
      set?.delete(record.id);
      if (set?.size === 0) this.#neededBy.delete(to);
    }
  }
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function checkNoCycle(id: string, after: (id: string) => AnyRecord | undefined): void {
  const seen = new Set([id]);
  let record = after(id);
  while (record?.type === 'instance' && record.parentId !== null) {
    if (seen.has(record.parentId)) {
      throw refuse('document.cycle', `${capitalised(nameOf(record))} would be inside itself.`, {
        recordId: id,
        hint: 'Choose a parent that is not one of its own children.',
      });
    }
    seen.add(record.parentId);
    record = after(record.parentId);
  }
}
