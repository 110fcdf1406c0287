/**
 * An open project file. Every write is one transaction and is safe against the end of this process when the call returns.
 * Methods that may take long are asynchronous and work in slices; the others answer at once.
 */
import { statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { ProjectInfo } from '../../preload/contract/calls.ts';
import type { AnyRecord, ChangeInfo, RecordDiff } from '../../preload/contract/records.ts';
import { type Branch, type Change, type ChangeHeader, infoOf, MAIN_BRANCH } from '../document/index.ts';
import { BlobStore } from './blob-store.ts';
import { ChangeLog } from './change-log.ts';
import { copyProject, type SaveAsOptions } from './copy.ts';
import { Durability } from './durability.ts';
import { projectError, readOnlyError } from './failures.ts';
import type { WriterLock } from './lock.ts';
import type { PageCheckRequest } from './page-check.ts';
import { copyReadableRows } from './readable-rows.ts';
import { DerivedTable, MessagesTable, ResultsTable, SettingsTable, ThumbnailsTable } from './side-tables.ts';
import { slices } from './slices.ts';
import { Connection } from './sqlite.ts';
import { type Integrity, verifyProject } from './verify.ts';

/** What opening found out; see `open.ts`. */
export interface OpenedFile {
  path: string;
  connection: Connection;
  lock: WriterLock | null;
  readOnly: boolean;
  readOnlyReason?: string;
  encrypted: boolean;
  /** The file that is really read, and its key: for further connections, for reading. */
  source: PageCheckRequest;
  version: number;
  /** Ends with the project: removes the copy that was made of a file in a read-only folder. */
  cleanUp?: () => void;
}

export class ProjectFile {
  readonly path: string;
  readonly readOnly: boolean;
  /** In words, after "it is read-only:". */
  readonly readOnlyReason: string | undefined;
  readonly encrypted: boolean;
  readonly blobs: BlobStore;
  readonly derived: DerivedTable;
  readonly results: ResultsTable;
  readonly settings: SettingsTable;
  readonly thumbnails: ThumbnailsTable;
  readonly messages: MessagesTable;
  readonly #opened: OpenedFile;
  readonly #connection: Connection;
  readonly #log: ChangeLog;
  readonly #durability: Durability;
  #busyWith: string | null = null;

  constructor(opened: OpenedFile) {
    this.#opened = opened;
    this.path = opened.path;
    this.readOnly = opened.readOnly;
    this.readOnlyReason = opened.readOnlyReason;
    this.encrypted = opened.encrypted;
    this.#connection = opened.connection;
    this.#log = new ChangeLog(opened.connection);
    this.#durability = new Durability(opened.path);
    const assertWritable = () => this.assertWritable();
    this.settings = new SettingsTable(opened.connection, assertWritable);
    this.derived = new DerivedTable(opened.connection, assertWritable);
    this.results = new ResultsTable(opened.connection, assertWritable);
    this.thumbnails = new ThumbnailsTable(opened.connection, assertWritable);
    this.messages = new MessagesTable(opened.connection, assertWritable);
    const budgetBytes = this.settings.get<number>('cache.budget_bytes');
    this.blobs = new BlobStore(opened.connection, {
      assertWritable,
      afterWrite: () => this.#durability.written(),
      ...(budgetBytes === undefined ? {} : { budgetBytes }),
    });
    if (!this.readOnly) this.blobs.removeLeftovers();
  }

  /** @throws ArtificerError `project.read-only`, `project.closed`, `project.busy` */
  assertWritable(): void {
    this.#assertOpen();
    if (this.readOnly) throw readOnlyError(this.path, this.readOnlyReason);
    if (this.#busyWith) {
      throw projectError('busy', `The project is being ${this.#busyWith}.`, { hint: 'Try again in a moment.' });
    }
  }
  #assertOpen(): void {
    if (!this.#connection.isOpen) throw projectError('closed', 'The project has been closed.', { category: 'usage' });
  }

  // The document

  /** Keeps one change. When this returns, the change survives the end of the process. */
  append(change: Change): void {
    this.assertWritable();
    this.#log.append(change);
    this.#durability.written();
  }
  loadRecords(branch = MAIN_BRANCH): AnyRecord[] {
    return [...this.#log.records(branch).values()];
  }
  /** Newest first. */
  history(limit = 1000, branch = MAIN_BRANCH): ChangeInfo[] {
    return this.#log.newest(branch, limit).map(infoOf);
  }
  /** Oldest first: what undo and redo are derived from. */
  headers(branch = MAIN_BRANCH): ChangeHeader[] {
    return this.#log.headers(branch);
  }
  diffsOf(sequence: number): RecordDiff[] {
    return this.#log.diffsOf(sequence);
  }
  /** With diffs, later than `after`, oldest first. */
  changes(branch = MAIN_BRANCH, after = 0): Change[] {
    return this.#log.changes(branch, after);
  }
  /** Over all branches. */
  lastSequence(): number {
    return this.#log.lastSequence();
  }
  branches(): Branch[] {
    return this.#log.branches();
  }
  branch(name: string): Branch {
    return this.#log.branch(name);
  }
  addBranch(branch: Branch): void {
    this.assertWritable();
    this.#log.addBranch(branch);
    this.#durability.written();
  }
  /** Closes a branch, together with the change that brings its work in, if there is one. */
  endBranch(name: string, status: 'merged' | 'dropped', merge?: Change): void {
    this.assertWritable();
    this.#connection.transaction(() => {
      if (merge) this.#log.append(merge);
      this.#log.setBranchStatus(name, status);
    });
    this.#durability.written();
  }

  /** Takes a branch that was dropped up again. */
  reopenBranch(name: string): void {
    this.assertWritable();
    this.#log.setBranchStatus(name, 'open');
    this.#durability.written();
  }

  // Imported files

  /** Keeps the bytes of an imported file for good; answers with their SHA-256. */
  async writeSource(bytes: Uint8Array, fileName: string): Promise<string> {
    // Pinned until the sources table refers to it, so that nothing evicts it in between.
    const hash = await this.blobs.write(bytes, 'source', { pinned: true });
    this.#connection.run(
      'INSERT INTO sources (hash, file_name, added_at) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING',
      hash,
      fileName,
      Date.now(),
    );
    return hash;
  }
  readSource(sha256: string): Promise<Uint8Array | null> {
    return this.blobs.read(sha256);
  }
  sources(): { sha256: string; fileName: string; bytes: number }[] {
    return this.#connection.all(
      'SELECT s.hash AS sha256, s.file_name AS fileName, b.bytes FROM sources s JOIN blobs b ON b.hash = s.hash ORDER BY s.added_at',
    );
  }

  // The file as a whole

  info(branch = MAIN_BRANCH): ProjectInfo {
    this.#assertOpen();
    const count = (sql: string): number => this.#connection.get<{ n: number }>(sql)!.n;
    const settings = this.#connection.get<{ json: string }>("SELECT json FROM records WHERE id = 'project_settings'");
    const name = settings ? (JSON.parse(settings.json) as { name: string }).name : '';
    return {
      path: this.path,
      name: name || basename(this.path, extname(this.path)),
      readOnly: this.readOnly,
      ...(this.readOnlyReason === undefined ? {} : { readOnlyReason: this.readOnlyReason }),
      encrypted: this.encrypted,
      formatVersion: this.#opened.version,
      bytes: sizeOf(this.path) + sizeOf(`${this.path}-wal`),
      cacheBytes: this.blobs.cacheBytes(),
      records: count('SELECT count(*) AS n FROM records'),
      changes: this.#log.count(),
      branch,
      branches: this.#log.branches().map((each) => each.name),
    };
  }

  /** Resolves when everything written so far would survive a power cut too. */
  flushed(): Promise<void> {
    return this.#durability.flushed();
  }

  /** Checks the file, its blobs and its history; with `repair`, mends what can be mended. */
  async verify(options: { repair?: boolean; signal?: AbortSignal } = {}): Promise<Integrity> {
    if (options.repair) this.assertWritable();
    else this.#assertOpen();
    return verifyProject(this.#connection, this.#log, this.blobs, this.#opened.source, options);
  }

  /** A copy under another name, with a passphrase of its own or none. This project stays open as it is. */
  async saveAs(path: string, options: SaveAsOptions = {}): Promise<void> {
    this.#assertOpen();
    if (!this.readOnly) this.blobs.flushUses();
    const { source } = this.#opened;
    const reopen = () => new Connection(source.path, { key: source.key, readOnly: true, mustExist: true });
    await copyProject(this.path, reopen, path, options);
  }

  /** Copies what can be read of this file into a fresh one; see `recover.ts`. Answers with the damaged tables. */
  copyReadableInto(fresh: ProjectFile, signal?: AbortSignal): Promise<string[]> {
    return copyReadableRows(this.#connection, fresh.#connection, signal);
  }

  /** Drops the cache and gives the space back to the disk. */
  async pack(options: { signal?: AbortSignal } = {}): Promise<void> {
    this.assertWritable();
    await this.blobs.clearCache();
    this.derived.clear();
    const slice = slices(options.signal);
    while (this.#connection.pragma<number>('freelist_count') > 0) {
      this.#connection.pragmaRows('incremental_vacuum(1000)');
      await slice();
    }
    this.#connection.pragmaRows('wal_checkpoint(TRUNCATE)');
  }

  /** Leaves one plain file behind, without side files. */
  async close(): Promise<void> {
    if (!this.#connection.isOpen) return;
    await this.#durability.flushed();
    try {
      if (!this.readOnly) {
        this.blobs.flushUses();
        this.#connection.pragmaRows('wal_checkpoint(TRUNCATE)');
        // At rest without WAL, the file can be read from folders that can't be written to.
        this.#connection.pragma('journal_mode = DELETE');
      }
    } catch {
      // Somebody else is reading it, or the disk is full: the WAL stays and is taken in at the next opening.
    } finally {
      this.#connection.close();
      this.#opened.lock?.release();
      this.#opened.cleanUp?.();
    }
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
