/**
 * A connection to one SQLite file: opened with or without a passphrase, statements kept, and every failure of SQLite
 * turned into an ArtificerError in one place.
 */
import { createRequire } from 'node:module';
import { ArtificerError } from '../../preload/contract/errors.ts';
import { projectError, translateSqliteError } from './failures.ts';
import type { FileKey } from './keys.ts';

/** What is used of the library, whose own types its package doesn't offer to modules. */
interface Statement {
  run(...parameters: SqlValue[]): { changes: number; lastInsertRowid: number | bigint };
  get(...parameters: SqlValue[]): unknown;
  all(...parameters: SqlValue[]): unknown[];
  iterate(...parameters: SqlValue[]): IterableIterator<unknown>;
}
interface Database {
  readonly open: boolean;
  readonly inTransaction: boolean;
  prepare(sql: string): Statement;
  exec(sql: string): void;
  pragma(text: string, options?: { simple: boolean }): unknown;
  key(key: Uint8Array): number;
  transaction<T>(work: () => T): { immediate(): T };
  close(): void;
}
interface Library {
  new (path: string, options: { readonly: boolean; fileMustExist: boolean; timeout: number }): Database;
}
export type SqlValue = string | number | bigint | null | Uint8Array;

const NEEDED_NODE_API = 10;
let loaded: Library | undefined;

/** Loads the library, but only where it can run: on an older Node it would not throw, it would end the process. */
function library(): Library {
  if (loaded) return loaded;
  if (Number(process.versions['napi'] ?? 0) < NEEDED_NODE_API) {
    throw new ArtificerError({
      code: 'project.runtime',
      category: 'fault',
      message: `Project files need Node 22.14 or newer; this is Node ${process.versions.node}.`,
      hint: 'Start Artificer with `npm start`, which brings its own Node.',
    });
  }
  loaded = createRequire(import.meta.url)('better-sqlite3-multiple-ciphers') as Library;
  return loaded;
}

export interface ConnectionOptions {
  /** Of an encrypted file. */
  key?: FileKey | undefined;
  readOnly?: boolean;
  mustExist?: boolean;
  /** What messages call the file, where its path is not what the person knows. */
  knownAs?: string;
  /** How long to wait for another connection's lock, milliseconds. */
  timeout_ms?: number;
}

export class Connection {
  /** The file, as messages call it. */
  readonly #knownAs: string;
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(path: string, options: ConnectionOptions = {}) {
    this.#knownAs = options.knownAs ?? path;
    // The library would trim the name and open another file.
    if (path !== path.trim()) {
      throw projectError('name', "A project's file name can't end in a space.", { category: 'usage' });
    }
    this.#database = this.#guard(
      () =>
        new (library())(path, {
          readonly: options.readOnly ?? false,
          fileMustExist: options.mustExist ?? false,
          timeout: options.timeout_ms ?? 5000,
        }),
    );
    try {
      this.#guard(() => {
        this.#database.pragma("cipher='sqlcipher'");
        this.#database.pragma('legacy=4');
        if (options.key) this.#database.key(Buffer.from(options.key.raw, 'ascii'));
      });
    } catch (thrown) {
      this.#database.close();
      throw thrown;
    }
  }

  get isOpen(): boolean {
    return this.#database.open;
  }

  run(sql: string, ...parameters: SqlValue[]): number {
    return this.#guard(() => this.#prepare(sql).run(...parameters).changes);
  }
  /** The id given to the row that was inserted. */
  insert(sql: string, ...parameters: SqlValue[]): number {
    return this.#guard(() => Number(this.#prepare(sql).run(...parameters).lastInsertRowid));
  }
  get<Row>(sql: string, ...parameters: SqlValue[]): Row | undefined {
    return this.#guard(() => this.#prepare(sql).get(...parameters) as Row | undefined);
  }
  all<Row>(sql: string, ...parameters: SqlValue[]): Row[] {
    return this.#guard(() => this.#prepare(sql).all(...parameters) as Row[]);
  }
  /** Rows one at a time. Nothing else may be done on this connection until the last one. */
  *each<Row>(sql: string, ...parameters: SqlValue[]): Generator<Row> {
    try {
      yield* this.#database.prepare(sql).iterate(...parameters) as IterableIterator<Row>;
    } catch (thrown) {
      throw translateSqliteError(thrown, this.#knownAs);
    }
  }
  execute(sql: string): void {
    this.#guard(() => this.#database.exec(sql));
  }
  pragma<Value>(text: string): Value {
    return this.#guard(() => this.#database.pragma(text, { simple: true }) as Value);
  }
  pragmaRows<Row>(text: string): Row[] {
    return this.#guard(() => this.#database.pragma(text) as Row[]);
  }
  /** All or nothing. A write lock is taken at once, so that nothing fails half-way for want of one. */
  transaction<T>(work: () => T): T {
    return this.#guard(() => (this.#database.inTransaction ? work() : this.#database.transaction(work).immediate()));
  }
  close(): void {
    this.#statements.clear();
    if (this.#database.open) this.#database.close();
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (thrown) {
      throw translateSqliteError(thrown, this.#knownAs);
    }
  }
}
