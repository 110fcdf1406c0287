/** Where the files of a model come from: a folder, or bytes that somebody handed over. Names are looked up, never followed. */
import { open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { refuseSurrogate } from '../errors.ts';
import { LARGEST_ARCHIVE, tooLarge } from './limits.ts';
import { isArchive, unpackModel } from './model-archive.ts';
import { CARD_FILE } from './model-files.ts';

export interface NamedBytes {
  name: string;
  bytes: Uint8Array;
}

/** On the disk, or handed over: the file that a model was given away in, or the card and the files that it names. */
export type ModelPlace = { path: string } | { files: readonly NamedBytes[] };

export interface ModelSource {
  /** As a person would call it. */
  where: string;
  /** Null where there is no such file. @throws ArtificerError `surrogate.too-large-model`, `surrogate.unreadable-model` */
  read(name: string, largest: number): Promise<Uint8Array | null>;
}

/** A folder with the files of a model, its card in there, or the file that one was given away in. */
export async function sourceAt(path: string): Promise<ModelSource> {
  const isFile = await stat(path).then(
    (status) => status.isFile(),
    () => false,
  );
  if (isFile && basename(path) === CARD_FILE) return sourceAt(dirname(path));
  if (!isFile) return { where: path, read: (name, largest) => readAtMost(join(path, name), largest) };
  return sourceOf([{ name: path, bytes: (await readAtMost(path, LARGEST_ARCHIVE))! }], path);
}

/**
 * The file that a model was given away in, or its files themselves.
 * @param where in words; the name of the first file where left out
 * @throws ArtificerError `surrogate.bad-archive` and others of {@link unpackModel}
 */
export function sourceOf(files: readonly NamedBytes[], where: string = files[0]?.name ?? ''): ModelSource {
  const [first] = files;
  if (first && files.length === 1 && isArchive(first.bytes)) return inMemory(unpackModel(first.bytes, where), where);
  const twice = files.find(({ name }, i) => files.findIndex((other) => other.name === name) !== i);
  if (twice) throw refuseSurrogate('bad-archive', `"${twice.name}" is there twice.`, 'Choose the files of one model.');
  return inMemory(new Map(files.map(({ name, bytes }) => [name, bytes])), where);
}

function inMemory(files: ReadonlyMap<string, Uint8Array>, where: string): ModelSource {
  return {
    where,
    read: async (name, largest) => {
      const bytes = files.get(name);
      if (bytes && bytes.length > largest) throw tooLarge(name, bytes.length, largest);
      return bytes ?? null;
    },
  };
}

/** null where there is no such file. Never follows a name to a device or a pipe. */
async function readAtMost(path: string, largest: number): Promise<Uint8Array | null> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, 'r');
  } catch (thrown) {
    if (['ENOENT', 'ENOTDIR'].includes((thrown as NodeJS.ErrnoException).code ?? '')) return null;
    throw refuseSurrogate('unreadable-model', `"${path}" cannot be read.`, undefined, { cause: String(thrown) });
  }
  try {
    const status = await file.stat();
    if (!status.isFile()) throw refuseSurrogate('unreadable-model', `"${path}" is no ordinary file.`);
    if (status.size > largest) throw tooLarge(path, status.size, largest);
    return await file.readFile();
  } finally {
    await file.close();
  }
}
