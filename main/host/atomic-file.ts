/** Writes a file wholly or not at all: a crash, a full disk or a cancel leaves whatever was there before. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ArtificerError } from '../../preload/contract/index.ts';

const REASONS: Record<string, [reason: string, hint: string]> = {
  EACCES: ['you may not write there', 'Choose another folder, or ask for permission to write to this one.'],
  EPERM: ['you may not write there', 'Choose another folder, or ask for permission to write to this one.'],
  EROFS: ['the disk is read-only', 'Choose a folder on another disk.'],
  ENOSPC: ['the disk is full', 'Free some space, or choose another disk.'],
  EDQUOT: ['your share of the disk is used up', 'Free some space, or choose another disk.'],
  EFBIG: ['the disk does not take files of this size', 'Choose another disk.'],
  ENOENT: ['the folder does not exist', 'Make the folder first, or choose another.'],
  ENOTDIR: ['the folder is a file', 'Choose another folder.'],
  EISDIR: ['a folder has this name', 'Choose another name.'],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter name.'],
  EBUSY: ['another program has the file open', 'Close it there and try again.'],
};

function cannotWrite(path: string, thrown: unknown): ArtificerError {
  const code = (thrown as NodeJS.ErrnoException)?.code ?? '';
  const [reason, hint] = REASONS[code] ?? ['the system refused it', 'Choose another place and try again.'];
  return new ArtificerError({
    code: 'file.cannot-write',
    category: 'refused',
    message: `"${basename(path)}" cannot be written: ${reason}.`,
    hint,
    cause: String((thrown as Error)?.message ?? thrown),
  });
}

export async function writeFileAtomically(path: string, data: string | Uint8Array): Promise<void> {
  // Beside its place, for a rename is only whole within one disk; hidden, for it is nobody's business.
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => {});
    throw cannotWrite(path, thrown);
  }
}
