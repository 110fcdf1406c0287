/**
 * One writer at a time. The lock is the operating system's: an open transaction on a small side file (`….artificer-lock`).
 * It ends with the process that holds it, however that ends, so there are no stale locks to clean up. The side file also
 * says who holds it, which others can read while it is held.
 */
import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { ArtificerError } from '../../preload/contract/errors.ts';
import { translateFileError } from './failures.ts';
import { Connection } from './sqlite.ts';

export interface LockHolder {
  processId: number;
  host: string;
  /** Milliseconds since 1970. */
  since: number;
}

export interface WriterLock {
  release(): void;
}

export const lockPathOf = (projectPath: string): string => `${projectPath}-lock`;

/** The lock, or who holds it (null where even that can't be read). */
export function acquireWriterLock(projectPath: string): { lock: WriterLock } | { heldBy: LockHolder | null } {
  const path = lockPathOf(projectPath);
  for (let attempt = 0; attempt < 5; attempt++) {
    const before = inodeOf(path) ?? createEmpty(path);
    const connection = new Connection(path, { timeout_ms: 0 });
    try {
      claim(connection);
    } catch (thrown) {
      const heldBy = isLocked(thrown) ? readHolder(connection) : undefined;
      connection.close();
      if (heldBy !== undefined) return { heldBy };
      if (thrown instanceof ArtificerError && ['project.not-a-project', 'project.damaged'].includes(thrown.code)) {
        // Nobody can hold a lock on a file that is not a lock: it is litter.
        rmSync(path, { force: true });
        continue;
      }
      throw thrown;
    }
    // The former holder may have removed the file between our opening and locking it: then our lock is on a file that
    // nobody else will ever see, and we have to begin again.
    const after = inodeOf(path);
    if (before !== null && before === after) return { lock: holding(connection, path) };
    connection.close();
  }
  return { heldBy: null };
}

function claim(connection: Connection): void {
  connection.pragma('journal_mode = MEMORY');
  connection.execute('BEGIN IMMEDIATE');
  connection.execute(
    'CREATE TABLE IF NOT EXISTS holder (process_id INTEGER, host TEXT, since INTEGER); DELETE FROM holder',
  );
  connection.run('INSERT INTO holder VALUES (?, ?, ?)', process.pid, hostname(), Date.now());
  connection.execute('COMMIT');
  // Somebody may slip in here; then this fails, and they are the holder.
  connection.execute('BEGIN IMMEDIATE');
}

function holding(connection: Connection, path: string): WriterLock {
  return {
    release() {
      if (!connection.isOpen) return;
      // Removed while still held, so that whoever waits for it notices that it is gone.
      try {
        rmSync(path, { force: true });
      } catch {
        // Windows refuses to remove an open file; it stays as an empty marker, which does no harm.
      }
      connection.close();
    },
  };
}

function readHolder(connection: Connection): LockHolder | null {
  try {
    return connection.get<LockHolder>('SELECT process_id AS processId, host, since FROM holder') ?? null;
  } catch {
    return null;
  }
}

const isLocked = (thrown: unknown): boolean => thrown instanceof ArtificerError && thrown.code === 'project.locked';

function inodeOf(path: string): bigint | null {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
}

function createEmpty(path: string): bigint | null {
  try {
    closeSync(openSync(path, 'wx'));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw translateFileError(thrown, path);
  }
  return inodeOf(path);
}
