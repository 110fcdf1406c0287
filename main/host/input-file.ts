/** Reads a file that a person named, or says plainly why it cannot be read. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ArtificerError } from '../../preload/contract/index.ts';

/** The reader's WebAssembly memory could not hold more. */
const MAXIMUM_INPUT_BYTES = 2_000_000_000;

export interface InputFile {
  bytes: Uint8Array;
  fileName: string;
}

/** @throws ArtificerError `import.no-such-file`, `import.not-a-file`, `import.too-large`, `import.unreadable` */
export async function readInputFile(path: string): Promise<InputFile> {
  const refuse = (code: string, message: string, hint: string, cause?: string): ArtificerError =>
    new ArtificerError({ code, category: 'refused', message, hint, ...(cause ? { cause } : {}) });
  try {
    const status = await stat(path);
    if (status.isDirectory()) throw refuse('import.not-a-file', `${path} is a folder.`, 'Name a file in it.');
    if (!status.isFile())
      throw refuse('import.not-a-file', `${path} is not an ordinary file.`, 'Name an ordinary file.');
    if (status.size > MAXIMUM_INPUT_BYTES)
      throw refuse(
        'import.too-large',
        `${path} has ${(status.size / 1e9).toFixed(1)} GB.`,
        'Split it, or export the sub-assemblies one by one.',
      );
    return { bytes: await readFile(path), fileName: basename(path) };
  } catch (thrown) {
    if (thrown instanceof ArtificerError) throw thrown;
    const error = thrown as NodeJS.ErrnoException;
    if (error.code === 'ENOENT') throw refuse('import.no-such-file', `There is no file ${path}.`, 'Check the path.');
    throw refuse('import.unreadable', `${path} cannot be read.`, 'Check its permissions.', error.message);
  }
}
