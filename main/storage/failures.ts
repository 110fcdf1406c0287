/** What SQLite and the file system say, in plain words. A passphrase never gets in here. */
import { basename } from 'node:path';
import { ArtificerError, type ErrorData } from '../../preload/contract/errors.ts';

export const projectError = (
  code: string,
  message: string,
  more: Partial<Omit<ErrorData, 'code' | 'message'>> = {},
): ArtificerError => new ArtificerError({ code: `project.${code}`, category: 'refused', message, ...more });

export const readOnlyError = (path: string, reason: string | undefined): ArtificerError =>
  projectError('read-only', `"${basename(path)}" is open read-only: ${reason ?? 'it was opened that way'}.`, {
    hint: 'Save it under another name to go on working.',
  });

/** An ArtificerError passes through; anything that is not SQLite's stays as it is. */
export function translateSqliteError(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof Error) || thrown instanceof ArtificerError) return thrown;
  const code = (thrown as { code?: unknown }).code;
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return thrown;
  const name = `"${basename(path)}"`;
  const more = { cause: `${code}: ${thrown.message}` };
  const is = (prefix: string): boolean => code === prefix || code.startsWith(`${prefix}_`);
  if (is('SQLITE_FULL') || code === 'SQLITE_IOERR_SHMSIZE') {
    return projectError('disk-full', `There is no room left to write ${name}. Nothing was changed.`, {
      ...more,
      hint: 'Free some space on the disk, or save the project elsewhere.',
    });
  }
  if (is('SQLITE_READONLY') || is('SQLITE_PERM')) {
    return projectError('read-only', `${name} can't be written: the file or its folder is read-only.`, {
      ...more,
      hint: 'Change its permissions, or save the project under another name.',
    });
  }
  if (is('SQLITE_BUSY') || is('SQLITE_LOCKED')) {
    return projectError('locked', `${name} is being written by something else.`, {
      ...more,
      hint: 'Close the other window or program that has it open, then try again.',
    });
  }
  if (is('SQLITE_NOTADB')) {
    return projectError('not-a-project', `${name} is not an Artificer project.`, {
      ...more,
      hint: 'To bring a CAD file in, create a project and import the file.',
    });
  }
  if (is('SQLITE_CORRUPT')) {
    return projectError('damaged', `${name} is damaged: part of it is missing or overwritten.`, {
      ...more,
      hint: 'Check it with `artificer project verify`, which can repair what is left, or go back to a backup.',
    });
  }
  if (is('SQLITE_CANTOPEN') || is('SQLITE_AUTH')) {
    return projectError('cannot-open', `${name} can't be opened.`, {
      ...more,
      hint: 'Check that the file and its folder exist and that you may read them.',
    });
  }
  if (is('SQLITE_IOERR') || is('SQLITE_NOLFS')) {
    return projectError('disk', `The disk failed while using ${name}. Nothing was changed.`, {
      ...more,
      category: 'fault',
      hint: 'Check the disk or the network folder, then open the project again.',
    });
  }
  return projectError('storage', `Something went wrong inside ${name}. Nothing was changed.`, {
    ...more,
    category: 'fault',
    hint: 'Try again; if it happens again, report it with the cause.',
  });
}

/** What the file system said about this path. */
export function translateFileError(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof Error) || thrown instanceof ArtificerError) return thrown;
  const code = (thrown as NodeJS.ErrnoException).code;
  const name = `"${basename(path)}"`;
  const more = { cause: String(code ?? thrown.message) };
  switch (code) {
    case 'ENOENT':
      return projectError('not-found', `There is no file ${name}.`, {
        ...more,
        hint: 'Check the name and the folder.',
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return projectError('read-only', `${name} can't be written: the file or its folder is read-only.`, {
        ...more,
        hint: 'Change its permissions, or choose another folder.',
      });
    case 'ENOSPC':
    case 'EDQUOT':
      return projectError('disk-full', `There is no room left to write ${name}. Nothing was changed.`, {
        ...more,
        hint: 'Free some space on the disk, or save the project elsewhere.',
      });
    case 'EISDIR':
    case 'ENOTDIR':
      return projectError('is-folder', `${name} is not a file.`, { ...more, hint: 'Choose the project file itself.' });
    default:
      return code === undefined ? thrown : projectError('disk', `The disk failed while using ${name}.`, more);
  }
}
