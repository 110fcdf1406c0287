/**
 * A copy of a project, row by row, from a snapshot that later changes don't disturb into a new file that appears whole or
 * not at all. Row by row rather than SQLite's VACUUM INTO, because that can't be given another passphrase, would hold the
 * engine for the whole time, and can't be cancelled. Nothing is ever on the disk in a less protected form than asked for.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { projectError, translateFileError } from './failures.ts';
import { deriveKey, newSalt } from './keys.ts';
import { acquireWriterLock, type WriterLock } from './lock.ts';
import { slices } from './slices.ts';
import { Connection, type SqlValue } from './sqlite.ts';
import { temporaryPathBeside } from './temporary-path.ts';

export interface SaveAsOptions {
  /** Of the copy; without one it is not encrypted. */
  passphrase?: string | undefined;
  overwrite?: boolean | undefined;
  signal?: AbortSignal | undefined;
  /** 0..1 */
  onProgress?: (fraction: number) => void;
}

export async function copyProject(
  sourcePath: string,
  openSource: () => Connection,
  givenPath: string,
  options: SaveAsOptions,
): Promise<void> {
  const path = resolve(givenPath);
  const name = `"${basename(path)}"`;
  if (path === resolve(sourcePath)) {
    throw projectError('same-file', "A project can't be saved over itself.", {
      category: 'usage',
      hint: 'Everything is saved already; choose another name for a copy.',
    });
  }
  if (existsSync(path) && !options.overwrite) {
    throw projectError('exists', `There is already a file ${name}.`, {
      hint: 'Choose another name, or let it be replaced.',
    });
  }
  if (!existsSync(dirname(path))) {
    throw projectError('no-folder', `The folder for ${name} doesn't exist.`, {
      hint: 'Make the folder first, or choose another.',
    });
  }
  const temporary = temporaryPathBeside(path);
  let lock: WriterLock | null = null;
  try {
    const claimed = acquireWriterLock(path);
    if (!('lock' in claimed)) {
      throw projectError('locked', `${name} is open in another window.`, {
        hint: 'Close it there, or choose another name.',
      });
    }
    lock = claimed.lock;
    const key = options.passphrase ? await deriveKey(options.passphrase, newSalt()) : undefined;
    const source = openSource();
    try {
      const target = new Connection(temporary, { key, knownAs: path });
      try {
        await copyRows(source, target, options);
      } finally {
        target.close();
      }
    } finally {
      source.close();
    }
    await flushToDisk(temporary);
    // Side files of what is replaced would be taken for the new file's.
    for (const side of ['-wal', '-shm', '-journal']) rmSync(path + side, { force: true });
    renameSync(temporary, path);
    await flushToDisk(dirname(path));
  } catch (thrown) {
    throw translateFileError(thrown, path);
  } finally {
    for (const side of ['', '-journal', '-wal', '-shm']) rmSync(temporary + side, { force: true });
    lock?.release();
  }
}

async function copyRows(source: Connection, target: Connection, options: SaveAsOptions): Promise<void> {
  // The file is thrown away unless all goes well: no journal is needed.
  target.pragma('auto_vacuum = INCREMENTAL');
  target.pragma('journal_mode = OFF');
  target.pragma('synchronous = OFF');
  target.pragma('foreign_keys = OFF');
  // What is not on the disk yet at the end is written in one go: keep that short (KiB).
  target.pragma('cache_size = -2000');
  // From here on the source is seen as it is now.
  source.execute('BEGIN');
  const schema = source.all<{ type: string; name: string; sql: string }>(
    "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
  );
  const tables = schema.filter(({ type }) => type === 'table');
  const rows = (table: string): number => source.get<{ n: number }>(`SELECT count(*) AS n FROM "${table}"`)!.n;
  const total = tables.reduce((sum, { name }) => sum + rows(name), 0);
  const slice = slices(options.signal ?? undefined);
  let done = 0;
  target.execute('BEGIN');
  for (const { sql } of tables) target.execute(sql);
  for (const { name } of tables) {
    for (const row of source.each<Record<string, SqlValue>>(`SELECT * FROM "${name}"`)) {
      const values = Object.values(row);
      target.run(`INSERT INTO "${name}" VALUES (${values.map(() => '?').join(', ')})`, ...values);
      done++;
      const waiting = slice();
      if (waiting) {
        await waiting;
        options.onProgress?.(done / total);
      }
    }
  }
  for (const { type, sql } of schema) if (type !== 'table') target.execute(sql);
  target.execute('COMMIT');
  for (const setting of ['application_id', 'user_version']) {
    target.pragma(`${setting} = ${source.pragma<number>(setting)}`);
  }
  options.onProgress?.(1);
}

/** A file's bytes, or a folder's list of names; in Node's thread pool. */
async function flushToDisk(path: string): Promise<void> {
  try {
    const file = await open(path, 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  } catch {
    // Windows can't open folders, some network folders can't be flushed; the copy is complete all the same.
  }
}
