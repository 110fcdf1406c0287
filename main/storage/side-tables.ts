/** The small tables beside the document: derived manifests, results, settings, thumbnails, messages. */
import type { Message } from '../../preload/contract/calls.ts';
import type { ResultSummary } from '../../preload/contract/studies.ts';
import { decodeJson, encodeJson } from './encoding.ts';
import type { Connection } from './sqlite.ts';

/** Begins the keys of what cannot be made again: packing leaves it. */
export const KEPT = 'kept/';

/** Plain data made from records, under a key that names what it was made from. Dropped by packing, but for what is kept. */
export class DerivedTable {
  readonly #connection: Connection;
  readonly #assertWritable: () => void;
  constructor(connection: Connection, assertWritable: () => void) {
    this.#connection = connection;
    this.#assertWritable = assertWritable;
  }
  get<T = unknown>(key: string): T | null {
    const row = this.#connection.get<{ encoding: number; value: Uint8Array }>(
      'SELECT encoding, value FROM derived WHERE key = ?',
      key,
    );
    return row ? (decodeJson(row.encoding, row.value) as T) : null;
  }
  put(key: string, value: unknown): void {
    this.#assertWritable();
    const { encoding, bytes } = encodeJson(value);
    this.#connection.run(
      'INSERT OR REPLACE INTO derived (key, encoding, value, at) VALUES (?, ?, ?, ?)',
      key,
      encoding,
      bytes,
      Date.now(),
    );
  }
  delete(key: string): void {
    this.#assertWritable();
    this.#connection.run('DELETE FROM derived WHERE key = ?', key);
  }
  keys(prefix = ''): string[] {
    return this.#connection
      .all<{ key: string }>('SELECT key FROM derived WHERE substr(key, 1, ?) = ? ORDER BY key', prefix.length, prefix)
      .map((row) => row.key);
  }
  clear(): void {
    this.#assertWritable();
    this.#connection.run('DELETE FROM derived WHERE substr(key, 1, ?) <> ?', KEPT.length, KEPT);
  }
}

export interface StoredResult {
  inputHash: string;
  studyId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  summary: ResultSummary;
  /** Where the fields are, or null when the cache has been dropped. */
  fieldsHash: string | null;
}

/** Answers of studies, by the hash of everything they were made from. Their summaries outlive the cache. */
export class ResultsTable {
  readonly #connection: Connection;
  readonly #assertWritable: () => void;
  constructor(connection: Connection, assertWritable: () => void) {
    this.#connection = connection;
    this.#assertWritable = assertWritable;
  }
  put(result: StoredResult): void {
    this.#assertWritable();
    this.#connection.run(
      'INSERT OR REPLACE INTO results (input_hash, study_id, created_at, summary, fields_hash) VALUES (?, ?, ?, ?, ?)',
      result.inputHash,
      result.studyId,
      result.createdAt,
      JSON.stringify(result.summary),
      result.fieldsHash,
    );
  }
  get(inputHash: string): StoredResult | null {
    return this.#rows('WHERE input_hash = ?', inputHash)[0] ?? null;
  }
  /** Newest first. */
  list(studyId?: string): StoredResult[] {
    return studyId === undefined ? this.#rows('') : this.#rows('WHERE study_id = ?', studyId);
  }
  delete(inputHash: string): void {
    this.#assertWritable();
    this.#connection.run('DELETE FROM results WHERE input_hash = ?', inputHash);
  }
  #rows(where: string, ...parameters: string[]): StoredResult[] {
    const rows = this.#connection.all<Omit<StoredResult, 'summary'> & { summary: string }>(
      `SELECT input_hash AS inputHash, study_id AS studyId, created_at AS createdAt, summary,
         (SELECT hash FROM blobs WHERE hash = fields_hash AND complete = 1) AS fieldsHash
       FROM results ${where} ORDER BY created_at DESC, input_hash`,
      ...parameters,
    );
    return rows.map((row) => ({ ...row, summary: JSON.parse(row.summary) as ResultSummary }));
  }
}

/** Choices that belong to this project but are no part of the design: panel layout, last view. */
export class SettingsTable {
  readonly #connection: Connection;
  readonly #assertWritable: () => void;
  constructor(connection: Connection, assertWritable: () => void) {
    this.#connection = connection;
    this.#assertWritable = assertWritable;
  }
  get<T = unknown>(key: string): T | undefined {
    const row = this.#connection.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', key);
    return row && (JSON.parse(row.value) as T);
  }
  all(): Record<string, unknown> {
    const rows = this.#connection.all<{ key: string; value: string }>('SELECT key, value FROM settings ORDER BY key');
    return Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value) as unknown]));
  }
  /** `undefined` forgets the setting. */
  set(key: string, value: unknown): void {
    this.#assertWritable();
    if (value === undefined) this.#connection.run('DELETE FROM settings WHERE key = ?', key);
    else this.#connection.run('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)', key, JSON.stringify(value));
  }
}

export interface Thumbnail {
  mime: string;
  bytes: Uint8Array;
  /** Milliseconds since 1970. */
  at: number;
}

/** Small pictures by name; `project` is the one shown in the list of recent projects. */
export class ThumbnailsTable {
  readonly #connection: Connection;
  readonly #assertWritable: () => void;
  constructor(connection: Connection, assertWritable: () => void) {
    this.#connection = connection;
    this.#assertWritable = assertWritable;
  }
  get(name = 'project'): Thumbnail | null {
    return this.#connection.get<Thumbnail>('SELECT mime, bytes, at FROM thumbnails WHERE name = ?', name) ?? null;
  }
  set(bytes: Uint8Array, mime: string, name = 'project'): void {
    this.#assertWritable();
    this.#connection.run(
      'INSERT OR REPLACE INTO thumbnails (name, mime, bytes, at) VALUES (?, ?, ?, ?)',
      name,
      mime,
      bytes,
      Date.now(),
    );
  }
}

const KEPT_MESSAGES = 2000;

/** The error panel's memory: the latest 2,000. */
export class MessagesTable {
  readonly #connection: Connection;
  readonly #assertWritable: () => void;
  constructor(connection: Connection, assertWritable: () => void) {
    this.#connection = connection;
    this.#assertWritable = assertWritable;
  }
  add(message: Message): void {
    this.#assertWritable();
    this.#connection.transaction(() => {
      this.#connection.run(
        'INSERT OR REPLACE INTO messages (id, at, json) VALUES (?, ?, ?)',
        message.id,
        message.at,
        JSON.stringify(message),
      );
      this.#connection.run(
        'DELETE FROM messages WHERE id IN (SELECT id FROM messages ORDER BY at DESC LIMIT -1 OFFSET ?)',
        KEPT_MESSAGES,
      );
    });
  }
  /** Oldest first. */
  list(): Message[] {
    return this.#connection
      .all<{ json: string }>('SELECT json FROM messages ORDER BY at, id')
      .map((row) => JSON.parse(row.json) as Message);
  }
  clear(): void {
    this.#assertWritable();
    this.#connection.run('DELETE FROM messages');
  }
}
