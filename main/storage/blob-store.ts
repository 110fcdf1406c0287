/**
 * Bytes kept under their SHA-256: derived data (dropped when the budget is used up, least recently used first) and imported
 * files (never dropped). Kept in chunks of half a MiB that are each written on their own, so that the main thread is never held
 * for longer than one of them takes; a blob counts only once its last chunk is in.
 */
import { createHash } from 'node:crypto';
import { projectError } from './failures.ts';
import { slices } from './slices.ts';
import type { Connection } from './sqlite.ts';

export const CHUNK_BYTES = 1 << 19;
export const DEFAULT_BUDGET_BYTES = 4 * 2 ** 30;
const IS_CACHE = 'pinned = 0 AND NOT EXISTS (SELECT 1 FROM sources WHERE sources.hash = blobs.hash)';

export interface BlobInfo {
  /** Lower-case SHA-256. */
  hash: string;
  /** What it is, in the writer's words: `tessellation`, `fields`, `brep`, `source`. */
  kind: string;
  bytes: number;
  pinned: boolean;
  /** Milliseconds since 1970. */
  lastUsedAt: number;
}

interface BlobRow {
  id: number;
  bytes: number;
}

export class BlobStore {
  readonly #connection: Connection;
  readonly #assertWritable: () => void;
  readonly #afterWrite: () => void;
  /** Uses since the file was last written to: reading alone should not write. */
  readonly #used = new Map<string, number>();
  readonly #writing = new Map<string, Promise<void>>();
  readonly #reading = new Map<string, number>();
  #lastUse = 0;
  budgetBytes: number;

  constructor(
    connection: Connection,
    hooks: { assertWritable: () => void; afterWrite: () => void; budgetBytes?: number },
  ) {
    this.#connection = connection;
    this.#assertWritable = hooks.assertWritable;
    this.#afterWrite = hooks.afterWrite;
    this.budgetBytes = hooks.budgetBytes ?? DEFAULT_BUDGET_BYTES;
  }

  has(hash: string): boolean {
    return this.#row(hash) !== undefined;
  }

  info(hash: string): BlobInfo | null {
    const row = this.#connection.get<{ kind: string; bytes: number; pinned: number; lastUsedAt: number }>(
      'SELECT kind, bytes, pinned, last_used AS lastUsedAt FROM blobs WHERE hash = ? AND complete = 1',
      hash,
    );
    return row ? { hash, ...row, pinned: row.pinned === 1 } : null;
  }

  /** Keeps these bytes and answers with their hash. Bytes that are there already are not written again. */
  async write(
    bytes: Uint8Array,
    kind: string,
    options: { pinned?: boolean; signal?: AbortSignal } = {},
  ): Promise<string> {
    this.#assertWritable();
    const hash = await hashOf(bytes, options.signal);
    // Two writers of the same bytes: the second waits for the first.
    for (let other = this.#writing.get(hash); other; other = this.#writing.get(hash)) await other.catch(() => {});
    if (!this.has(hash)) {
      const writing = this.#writeChunks(hash, bytes, kind, options.signal);
      this.#writing.set(hash, writing);
      try {
        await writing;
      } finally {
        this.#writing.delete(hash);
      }
    }
    if (options.pinned) this.#connection.run('UPDATE blobs SET pinned = 1 WHERE hash = ?', hash);
    this.#touch(hash);
    this.#afterWrite();
    await this.evict();
    return hash;
  }

  /** All of it, or null when it isn't there (any more). */
  async read(hash: string): Promise<Uint8Array | null> {
    const row = this.#row(hash);
    if (!row) return null;
    const all = new Uint8Array(row.bytes);
    let offset = 0;
    for await (const chunk of this.stream(hash) ?? []) {
      all.set(chunk, offset);
      offset += chunk.length;
    }
    return all;
  }

  /** Chunk by chunk, from byte `start` up to but not including `end`; null when it isn't there. */
  stream(hash: string, start = 0, end = Number.POSITIVE_INFINITY): AsyncIterable<Uint8Array> | null {
    const row = this.#row(hash);
    if (!row) return null;
    this.#touch(hash);
    return this.#chunks(hash, row, start, Math.min(end, row.bytes));
  }

  /** Bytes of derived data that may be dropped. */
  cacheBytes(): number {
    return this.#connection.get<{ total: number }>(
      `SELECT coalesce(sum(bytes), 0) AS total FROM blobs WHERE complete = 1 AND ${IS_CACHE}`,
    )!.total;
  }

  /** Drops the least recently used derived data until no more than the budget is left. Imported files stay. */
  async evict(budgetBytes = this.budgetBytes): Promise<number> {
    let excess = this.cacheBytes() - budgetBytes;
    if (excess <= 0) return 0;
    this.flushUses();
    let dropped = 0;
    const candidates = this.#connection.all<{ hash: string; bytes: number }>(
      `SELECT hash, bytes FROM blobs WHERE complete = 1 AND ${IS_CACHE} ORDER BY last_used, id`,
    );
    for (const { hash, bytes } of candidates) {
      if (excess <= 0) break;
      if (this.#reading.has(hash)) continue;
      await this.#remove(hash);
      excess -= bytes;
      dropped++;
    }
    return dropped;
  }

  /** Drops all derived data. */
  clearCache(): Promise<number> {
    return this.evict(-1);
  }

  /** Drops one blob, unless it is an imported file. */
  async remove(hash: string): Promise<boolean> {
    this.#assertWritable();
    const source = this.#connection.get('SELECT 1 FROM sources WHERE hash = ?', hash);
    if (source || !this.has(hash)) return false;
    await this.#remove(hash);
    return true;
  }

  /** Removes what a killed process left half-written or half-dropped. */
  removeLeftovers(): void {
    this.#connection.transaction(() => {
      this.#connection.run('DELETE FROM blob_chunks WHERE blob IN (SELECT id FROM blobs WHERE complete = 0)');
      this.#connection.run('DELETE FROM blobs WHERE complete = 0');
    });
  }

  /** Writes down when what was used. */
  flushUses(): void {
    if (this.#used.size === 0) return;
    this.#connection.transaction(() => {
      for (const [hash, at] of this.#used)
        this.#connection.run('UPDATE blobs SET last_used = ? WHERE hash = ?', at, hash);
    });
    this.#used.clear();
  }

  async #writeChunks(hash: string, bytes: Uint8Array, kind: string, signal?: AbortSignal): Promise<void> {
    const now = Date.now();
    this.#connection.transaction(() => {
      const leftover = this.#connection.get<{ id: number }>('SELECT id FROM blobs WHERE hash = ?', hash);
      if (!leftover) return;
      this.#connection.run('DELETE FROM blob_chunks WHERE blob = ?', leftover.id);
      this.#connection.run('DELETE FROM blobs WHERE id = ?', leftover.id);
    });
    const id = this.#connection.insert(
      'INSERT INTO blobs (hash, kind, bytes, complete, created_at, last_used, pinned) VALUES (?, ?, ?, 0, ?, ?, 0)',
      hash,
      kind,
      bytes.length,
      now,
      now,
    );
    try {
      const slice = slices(signal);
      for (let chunk = 0; chunk * CHUNK_BYTES < bytes.length; chunk++) {
        const part = bytes.subarray(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES);
        this.#connection.run('INSERT INTO blob_chunks (blob, chunk, bytes) VALUES (?, ?, ?)', id, chunk, part);
        await slice();
      }
      this.#connection.run('UPDATE blobs SET complete = 1 WHERE id = ?', id);
    } catch (thrown) {
      try {
        this.#connection.run('DELETE FROM blob_chunks WHERE blob = ?', id);
        this.#connection.run('DELETE FROM blobs WHERE id = ?', id);
      } catch {
        // The disk is full or gone: what is left is cleared when the file is next opened.
      }
      throw thrown;
    }
  }

  async *#chunks(hash: string, row: BlobRow, start: number, end: number): AsyncGenerator<Uint8Array> {
    this.#reading.set(hash, (this.#reading.get(hash) ?? 0) + 1);
    try {
      const slice = slices();
      for (let at = Math.max(0, start); at < end; ) {
        const chunk = Math.floor(at / CHUNK_BYTES);
        const stored = this.#connection.get<{ bytes: Uint8Array }>(
          'SELECT bytes FROM blob_chunks WHERE blob = ? AND chunk = ?',
          row.id,
          chunk,
        );
        const offset = at - chunk * CHUNK_BYTES;
        const part = stored?.bytes.subarray(offset, Math.min(CHUNK_BYTES, end - chunk * CHUNK_BYTES));
        if (!part || part.length === 0) {
          throw projectError('blob-damaged', 'Part of the stored data is missing.', {
            cause: `blob ${hash}, chunk ${chunk}`,
            hint: 'Verify and repair the project; derived data is made again when needed.',
          });
        }
        yield part;
        at += part.length;
        await slice();
      }
    } finally {
      const readers = this.#reading.get(hash)! - 1;
      if (readers > 0) this.#reading.set(hash, readers);
      else this.#reading.delete(hash);
    }
  }

  async #remove(hash: string): Promise<void> {
    const row = this.#connection.get<BlobRow>('SELECT id, bytes FROM blobs WHERE hash = ?', hash);
    if (!row) return;
    // First it stops counting; then its chunks go a few at a time. Killed between, the rest goes at the next opening.
    this.#connection.run('UPDATE blobs SET complete = 0 WHERE id = ?', row.id);
    const slice = slices();
    for (let chunk = Math.ceil(row.bytes / CHUNK_BYTES) - 1; chunk >= 0; chunk--) {
      this.#connection.run('DELETE FROM blob_chunks WHERE blob = ? AND chunk = ?', row.id, chunk);
      await slice();
    }
    this.#connection.run('DELETE FROM blob_chunks WHERE blob = ?', row.id);
    this.#connection.run('DELETE FROM blobs WHERE id = ? AND complete = 0', row.id);
    this.#used.delete(hash);
  }

  #row(hash: string): BlobRow | undefined {
    return this.#connection.get<BlobRow>('SELECT id, bytes FROM blobs WHERE hash = ? AND complete = 1', hash);
  }
  #touch(hash: string): void {
    // Strictly increasing, so that uses within one millisecond keep their order.
    this.#lastUse = Math.max(Date.now(), this.#lastUse + 1);
    this.#used.set(hash, this.#lastUse);
  }
}

/** Lower-case SHA-256, in slices. */
export async function hashOf(bytes: Uint8Array, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const slice = slices(signal);
  for (let at = 0; at < bytes.length; at += 4 * CHUNK_BYTES) {
    hash.update(bytes.subarray(at, at + 4 * CHUNK_BYTES));
    await slice();
  }
  return hash.digest('hex');
}
