/**
 * An open document: the records in memory and the file that keeps them, as one. Every change is in the file before it is
 * true in memory, so what a caller has been told of is never lost; if the file refuses it, nothing has changed.
 */
import type { ProjectInfo } from '../../preload/contract/calls.ts';
import type {
  AnyRecord,
  Author,
  ChangeInfo,
  HistoryState,
  ProjectRecord,
  RecordDiff,
} from '../../preload/contract/records.ts';
import {
  bailOut,
  type Change,
  checkBranchName,
  type Edit,
  freezeData,
  headerOf,
  infoOf,
  MAIN_BRANCH,
  Store,
  type StoreOptions,
  squash,
} from '../document/index.ts';
import { projectError } from './failures.ts';
import { type OpenOptions, openProject } from './open.ts';
import type { ProjectFile } from './project-file.ts';

export interface SessionOptions extends OpenOptions {
  /** Whose changes these are when a call doesn't say. */
  author?: Author;
  /** Name of a project that is created; by default the file's. */
  name?: string | undefined;
  /** For tests: clock in milliseconds since 1970, and the coalescing window. */
  now?: () => number;
  coalesceWindow_ms?: number;
}

export type SessionEdit = Omit<Edit, 'author'> & { author?: Author | undefined };

export interface ChangeEvent {
  /** Against the state just before, also where the change extends an earlier one. */
  diffs: RecordDiff[];
  history: HistoryState;
  change: ChangeInfo;
}
export type ChangeListener = (event: ChangeEvent) => void;

const SYSTEM: Author = { kind: 'system', name: 'Artificer' };
const SOMEBODY: Author = { kind: 'person', name: 'Person' };

export class DocumentSession {
  readonly file: ProjectFile;
  readonly author: Author;
  readonly #options: SessionOptions;
  readonly #listeners = new Set<ChangeListener>();
  #store: Store;

  private constructor(file: ProjectFile, options: SessionOptions) {
    this.file = file;
    this.author = options.author ?? SOMEBODY;
    this.#options = options;
    this.#store = this.#load(MAIN_BRANCH);
  }

  /** Opens a project, or with `create` makes one. */
  static async open(path: string, options: SessionOptions = {}): Promise<DocumentSession> {
    const file = await openProject(path, options);
    try {
      const session = new DocumentSession(file, options);
      if (!file.readOnly && session.#store.size === 0) session.#begin(options.name);
      return session;
    } catch (thrown) {
      await file.close();
      throw thrown;
    }
  }

  static create(path: string, options: SessionOptions = {}): Promise<DocumentSession> {
    return DocumentSession.open(path, { ...options, create: true });
  }

  /** The records; read from it freely, edit through this session. */
  get store(): Store {
    return this.#store;
  }
  get branch(): string {
    return this.#store.branch;
  }
  info(): ProjectInfo {
    return this.file.info(this.branch);
  }
  state(): HistoryState {
    return this.#store.state();
  }
  snapshot(): { records: AnyRecord[]; history: HistoryState } {
    return { records: this.#store.all(), history: this.state() };
  }
  /** Newest first. */
  history(limit = 1000): ChangeInfo[] {
    return this.file.history(limit, this.branch);
  }
  /** Listeners are called after each change; answers with what stops that. */
  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The one way to edit. An edit that changes nothing leaves no trace. */
  change(edit: SessionEdit): HistoryState {
    this.file.assertWritable();
    return this.#keep(this.#store.prepare({ ...edit, author: edit.author ?? this.author }));
  }
  /** Takes the latest step back; with `onlyOf`, the latest of that author. */
  undo(options: { by?: Author; onlyOf?: Author } = {}): HistoryState {
    this.file.assertWritable();
    return this.#keep(this.#store.prepareUndo(options.by ?? this.author, options.onlyOf));
  }
  redo(options: { by?: Author; onlyOf?: Author } = {}): HistoryState {
    this.file.assertWritable();
    return this.#keep(this.#store.prepareRedo(options.by ?? this.author, options.onlyOf));
  }

  /** A point to come back to with {@link bailOut}. */
  mark(): number {
    return this.#store.mark();
  }
  /** Takes back everything since the mark, as one change that can itself be undone. */
  bailOut(mark: number, options: { label?: string; author?: Author } = {}): HistoryState {
    this.file.assertWritable();
    const { label = 'Go back', author = this.author } = options;
    return this.#keep(bailOut(this.#store, this.file.changes(this.branch, mark), { label, author }));
  }

  /** Starts a branch here and goes onto it. The branch that it leaves is untouched until the work is merged. */
  startBranch(name: string, options: { author?: Author } = {}): HistoryState {
    this.file.assertWritable();
    checkBranchName(
      name,
      this.file.branches().map((branch) => branch.name),
    );
    this.file.addBranch({
      name,
      parent: this.branch,
      forkSequence: this.#store.mark(),
      status: 'open',
      author: options.author ?? this.author,
      createdAt: this.#now(),
    });
    return this.switchBranch(name);
  }
  /** Listeners are not told record by record: ask for a new snapshot. */
  switchBranch(name: string): HistoryState {
    if (name !== this.branch) this.#store = this.#load(name);
    return this.state();
  }
  /** Brings a branch's work into its parent as one change, and goes back there. */
  mergeBranch(
    name: string,
    options: { label: string; author?: Author; onConflict?: 'refuse' | 'prefer-branch' },
  ): HistoryState {
    this.file.assertWritable();
    const parent = this.#endingBranch(name);
    const target = parent === this.branch ? this.#store : this.#load(parent);
    const change = squash(target, this.file.changes(name), { ...options, author: options.author ?? this.author });
    this.file.endBranch(name, 'merged', change ?? undefined);
    this.#store = target;
    if (change) this.#announce(change, target.commit(change));
    return this.state();
  }
  /** Gives a branch up, and goes back to its parent. Its changes stay in the file. */
  dropBranch(name: string): HistoryState {
    this.file.assertWritable();
    const parent = this.#endingBranch(name);
    this.file.endBranch(name, 'dropped');
    return this.branch === name ? this.switchBranch(parent) : this.state();
  }

  /** Takes a branch up again that was dropped, as it was, and goes there. */
  reopenBranch(name: string): HistoryState {
    this.file.assertWritable();
    const { status } = this.file.branch(name);
    if (status !== 'dropped')
      throw projectError(
        'branch-not-dropped',
        `The branch "${name}" is ${status}: only one that was dropped can be taken up again.`,
        {
          category: 'usage',
        },
      );
    this.file.reopenBranch(name);
    return this.switchBranch(name);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    await this.file.close();
  }

  #keep(change: Change | null): HistoryState {
    if (change) {
      this.file.append(change);
      this.#announce(change, this.#store.commit(change));
    }
    return this.state();
  }

  #announce(change: Change, diffs: RecordDiff[]): void {
    const event: ChangeEvent = { diffs, history: this.state(), change: infoOf(headerOf(change)) };
    for (const listener of this.#listeners) listener(event);
  }

  #load(branch: string): Store {
    const options: StoreOptions = {
      branch,
      records: freezeData(this.file.loadRecords(branch)),
      history: this.file.headers(branch),
      lastSequence: this.file.lastSequence(),
      diffsOf: (sequence) => this.file.diffsOf(sequence),
      now: () => this.#now(),
      ...(this.#options.coalesceWindow_ms === undefined ? {} : { coalesceWindow_ms: this.#options.coalesceWindow_ms }),
    };
    return new Store(options);
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #begin(name: string | undefined): void {
    const settings: ProjectRecord = {
      type: 'project',
      id: 'project_settings',
      name: name ?? this.info().name,
      units: 'mm-N-MPa',
    };
    this.change({ label: 'New project', author: SYSTEM, put: [settings] });
  }

  #endingBranch(name: string): string {
    const { parent, status } = this.file.branch(name);
    if (parent === null)
      throw projectError('main-branch', "The main branch can't be merged or dropped.", { category: 'usage' });
    if (status !== 'open')
      throw projectError('branch-ended', `The branch "${name}" has already been ${status}.`, { category: 'usage' });
    // What it stands on may have been merged or dropped meanwhile: its work belongs to what that stood on.
    let open = this.file.branch(parent);
    while (open.status !== 'open' && open.parent !== null) open = this.file.branch(open.parent);
    return open.name;
  }
}
