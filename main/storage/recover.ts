/**
 * Getting out of a badly damaged file what can still be read, into a new one. The damaged file is not touched: it may be
 * all that somebody has.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { projectError } from './failures.ts';
import { type OpenOptions, openProject } from './open.ts';
import type { ProjectFile } from './project-file.ts';
import { temporaryPathBeside } from './temporary-path.ts';
import type { Integrity } from './verify.ts';

export interface Recovery {
  /** Tables of which something could not be read. */
  damagedTables: string[];
  /** Of the new file, after repair. */
  integrity: Integrity;
}

/** @throws ArtificerError `project.exists`, and `project.*` when nothing at all can be read. */
export async function recoverProject(
  damagedPath: string,
  intoPath: string,
  options: Pick<OpenOptions, 'passphrase'> & { signal?: AbortSignal } = {},
): Promise<Recovery> {
  const into = resolve(intoPath);
  if (existsSync(into)) {
    throw projectError('exists', `There is already a file "${basename(into)}".`, { hint: 'Choose another name.' });
  }
  const temporary = temporaryPathBeside(into);
  let fresh: ProjectFile | null = null;
  try {
    const damaged = await openProject(damagedPath, { passphrase: options.passphrase, readOnly: true });
    try {
      fresh = await openProject(temporary, { passphrase: options.passphrase, create: true });
      const damagedTables = await damaged.copyReadableInto(fresh, options.signal);
      const integrity = await fresh.verify({ repair: true });
      await fresh.close();
      renameSync(temporary, into);
      return { damagedTables, integrity };
    } finally {
      await damaged.close();
    }
  } finally {
    await fresh?.close();
    for (const side of ['', '-wal', '-shm', '-lock']) rmSync(temporary + side, { force: true });
  }
}
