/** Opening and creating project files: what is this file, may we write it, who else has it, which version is it? */

import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { ArtificerError } from '../../preload/contract/errors.ts';
import { MAIN_BRANCH } from '../document/index.ts';
import { projectError, translateFileError } from './failures.ts';
import { beginningOf, deriveKey, type FileKey, newSalt, SALT_BYTES } from './keys.ts';
import { acquireWriterLock, type LockHolder, type WriterLock } from './lock.ts';
import { type OpenedFile, ProjectFile } from './project-file.ts';
import { changesTables, latestVersion, MIGRATIONS, type Migration, migrate, readVersion } from './schema.ts';
import { Connection } from './sqlite.ts';
import { temporaryPathBeside } from './temporary-path.ts';

export interface OpenOptions {
  passphrase?: string | undefined;
  /** Open without writing anything, not even a lock. */
  readOnly?: boolean;
  /** Make a new project; there must be no such file yet. */
  create?: boolean;
  /** When another window has it open for writing: open it read-only (the default), or refuse. */
  ifLocked?: 'read-only' | 'refuse';
  /** How large the file may grow; writes beyond that fail as on a full disk. */
  maximumBytes?: number;
  /** For tests of migration. */
  migrations?: readonly Migration[];
}

const PAGE_BYTES = 4096;
const SQLITE_MAGIC = 'SQLite format 3\0';

/**
 * @throws ArtificerError `project.not-found`, `project.is-folder`, `project.not-a-project`, `project.empty`,
 * `project.passphrase-needed`, `project.wrong-passphrase`, `project.locked`, `project.damaged`, `project.exists` …
 */
export async function openProject(givenPath: string, options: OpenOptions = {}): Promise<ProjectFile> {
  const path = resolve(givenPath);
  if (options.create) await createFile(path, options);
  const key = await keyOf(path, options.passphrase);
  const access = accessTo(path, options);
  try {
    const opened = connect(path, key, access, options.migrations ?? MIGRATIONS);
    if (options.maximumBytes !== undefined) {
      opened.connection.pragma(`max_page_count = ${Math.floor(options.maximumBytes / PAGE_BYTES)}`);
    }
    return new ProjectFile(opened);
  } catch (thrown) {
    access.lock?.release();
    throw key ? asPassphraseError(thrown, path) : thrown;
  }
}

/** A whole new file appears at once or not at all. */
async function createFile(path: string, options: OpenOptions): Promise<void> {
  const name = `"${basename(path)}"`;
  if (existsSync(path)) {
    throw projectError('exists', `There is already a file ${name}.`, { hint: 'Open it, or choose another name.' });
  }
  const folder = dirname(path);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw projectError('no-folder', `The folder "${basename(folder)}" for ${name} doesn't exist.`, {
      hint: 'Make the folder first, or choose another.',
    });
  }
  if (!mayWrite(folder)) {
    throw projectError('read-only', `${name} can't be made: its folder may not be written.`, {
      hint: 'Choose another folder.',
    });
  }
  const temporary = temporaryPathBeside(path);
  try {
    const key = options.passphrase ? await deriveKey(options.passphrase, newSalt()) : undefined;
    layOut(temporary, path, key, options.migrations ?? MIGRATIONS);
    putInPlace(temporary, path);
  } catch (thrown) {
    throw translateFileError(thrown, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function layOut(temporary: string, path: string, key: FileKey | undefined, migrations: readonly Migration[]): void {
  const connection = new Connection(temporary, { key, knownAs: path });
  try {
    // Lets `pack` give space back in slices; can only be chosen while the file is empty.
    connection.pragma('auto_vacuum = INCREMENTAL');
    migrate(connection, 0, migrations);
    connection.run(
      "INSERT INTO branches (name, parent, fork_sequence, status, author_kind, author_name, created_at) VALUES (?, NULL, 0, 'open', 'system', 'Artificer', ?)",
      MAIN_BRANCH,
      Date.now(),
    );
  } finally {
    connection.close();
  }
}

/** Never over another file, even one that appeared a moment ago. */
function putInPlace(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') {
      throw projectError('exists', `There is already a file "${basename(path)}".`, {
        hint: 'Open it, or choose another name.',
      });
    }
    // Some file systems know no links.
    renameSync(temporary, path);
  }
}

/** Looks at the file from outside: is it plain or encrypted, and with which key? Must run before it is opened. */
async function keyOf(path: string, passphrase: string | undefined): Promise<FileKey | undefined> {
  const name = `"${basename(path)}"`;
  let beginning: Uint8Array;
  let bytes: number;
  try {
    const status = statSync(path);
    if (status.isDirectory()) {
      throw projectError('is-folder', `${name} is a folder, not a project file.`, {
        hint: 'Choose the project file itself.',
      });
    }
    if (!status.isFile()) throw projectError('not-a-project', `${name} is not an Artificer project.`);
    bytes = status.size;
    beginning = beginningOf(path, PAGE_BYTES);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EACCES') {
      throw projectError('cannot-open', `${name} can't be read: you may not.`, {
        hint: 'Ask its owner for permission.',
      });
    }
    throw translateFileError(thrown, path);
  }
  if (bytes === 0) {
    throw projectError('not-a-project', `${name} is empty.`, {
      hint: 'Create a new project under another name, or go back to a backup.',
    });
  }
  if (Buffer.from(beginning.subarray(0, SQLITE_MAGIC.length)).toString('latin1') === SQLITE_MAGIC) return undefined;
  if (!looksEncrypted(beginning)) {
    throw projectError('not-a-project', `${name} is not an Artificer project.`, {
      hint: 'To bring a CAD file in, create a project and import the file.',
    });
  }
  if (!passphrase) {
    throw projectError('passphrase-needed', `${name} is encrypted, or is not an Artificer project.`, {
      hint: 'Open it with its passphrase.',
    });
  }
  return deriveKey(passphrase, beginning.subarray(0, SALT_BYTES));
}

/** Encrypted pages are noise from the first byte on: every byte value about equally often. */
function looksEncrypted(page: Uint8Array): boolean {
  if (page.length < PAGE_BYTES) return false;
  const counts = new Uint32Array(256);
  for (const byte of page) counts[byte]!++;
  let entropy_bits = 0;
  for (const count of counts) if (count > 0) entropy_bits -= (count / page.length) * Math.log2(count / page.length);
  return entropy_bits > 7.8;
}

interface Access {
  lock: WriterLock | null;
  readOnly: boolean;
  reason?: string;
  /** False where not even side files can be made. */
  folderWritable: boolean;
}

function accessTo(path: string, options: OpenOptions): Access {
  const folderWritable = mayWrite(dirname(path));
  if (options.readOnly) return { lock: null, readOnly: true, reason: 'it was opened that way', folderWritable };
  if (!mayWrite(path)) return { lock: null, readOnly: true, reason: 'the file may not be written', folderWritable };
  if (!folderWritable) {
    return { lock: null, readOnly: true, reason: 'its folder may not be written', folderWritable };
  }
  const claimed = acquireWriterLock(path);
  if ('lock' in claimed) return { lock: claimed.lock, readOnly: false, folderWritable };
  const reason = holderInWords(claimed.heldBy);
  if (options.ifLocked === 'refuse') {
    throw projectError('locked', `"${basename(path)}" can't be written: ${reason}.`, {
      hint: 'Close the other window, or open it read-only.',
    });
  }
  return { lock: null, readOnly: true, reason, folderWritable };
}

function holderInWords(holder: LockHolder | null): string {
  if (!holder) return 'another window or program has it open';
  return `another window or program has it open (process ${holder.processId} on ${holder.host})`;
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function connect(path: string, key: FileKey | undefined, access: Access, migrations: readonly Migration[]): OpenedFile {
  const place = placeToRead(path, access);
  let connection = place.connect(key, access.readOnly);
  let version: number;
  let { readOnly, reason } = access;
  try {
    version = readVersion(connection);
    const latest = latestVersion(migrations);
    if (version > latest) {
      // Reopened for reading only, so that not even a checkpoint touches what a newer version wrote.
      connection.close();
      connection = place.connect(key, true);
      readOnly = true;
      reason = `it was made by a newer version of Artificer (format ${version}; this one knows ${latest})`;
      access.lock?.release();
      access.lock = null;
    } else if (version < latest) {
      const otherTables = changesTables(version, migrations);
      if (readOnly && otherTables) {
        throw projectError(
          'older-version',
          `"${basename(path)}" was made by an older version and can't be brought up to date: ${reason}.`,
          {
            hint: 'Copy it to where it can be written, and open the copy.',
          },
        );
      }
      if (!readOnly) {
        if (otherTables) backUp(connection, `${path}.v${version}.backup`);
        migrate(connection, version, migrations);
        version = latest;
      }
    }
    if (!readOnly) {
      connection.pragma('journal_mode = WAL');
      // Why NORMAL loses nothing to a kill: see durability.ts.
      connection.pragma('synchronous = NORMAL');
      connection.pragma('foreign_keys = ON');
      connection.pragma('trusted_schema = OFF');
    }
  } catch (thrown) {
    connection.close();
    place.cleanUp?.();
    throw thrown;
  }
  return {
    path,
    connection,
    lock: access.lock,
    readOnly,
    ...(readOnly && reason !== undefined ? { readOnlyReason: reason } : {}),
    encrypted: key !== undefined,
    source: { path: place.path, ...(key ? { key } : {}) },
    version,
    ...(place.cleanUp ? { cleanUp: place.cleanUp } : {}),
  };
}

interface Place {
  path: string;
  connect: (key: FileKey | undefined, readOnly: boolean) => Connection;
  cleanUp?: () => void;
}

/**
 * Where to read the file from. A project at rest is one plain file and can be read in place. But if its writer was killed,
 * its last changes are still in the WAL, and SQLite can't read that in a folder where it can't make its side files: then a
 * copy of both is read instead.
 */
function placeToRead(path: string, access: Access): Place {
  const at =
    (place: string): Place['connect'] =>
    (key, readOnly) =>
      new Connection(place, { key, readOnly, mustExist: true });
  if (access.folderWritable || !existsSync(`${path}-wal`)) return { path, connect: at(path) };
  const folder = mkdtempSync(join(tmpdir(), 'artificer-'));
  const copy = join(folder, basename(path));
  copyFileSync(path, copy);
  copyFileSync(`${path}-wal`, `${copy}-wal`);
  return { path: copy, connect: at(copy), cleanUp: () => rmSync(folder, { recursive: true, force: true }) };
}

function backUp(connection: Connection, path: string): void {
  rmSync(path, { force: true });
  connection.run('VACUUM INTO ?', path);
}

/** With a wrong key, the first page decrypts to noise. The passphrase itself appears nowhere. */
function asPassphraseError(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof ArtificerError) || thrown.code !== 'project.not-a-project') return thrown;
  return projectError('wrong-passphrase', `This passphrase doesn't open "${basename(path)}".`, {
    hint: 'Check capital letters and the keyboard layout, then try again.',
  });
}
