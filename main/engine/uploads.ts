/** Bytes that a window handed over: kept in files of our own naming until they are used or the engine ends. */
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ArtificerError } from '../../preload/contract/index.ts';

export interface Upload {
  bytes: Uint8Array;
  fileName: string;
}

/** More would be a client that never takes its files up. */
const MAXIMUM_WAITING = 200;

export class Uploads {
  readonly #parent: string;
  #folder: string | null = null;
  readonly #waiting = new Map<string, { path: string; fileName: string }>();

  constructor(parentFolder: string) {
    this.#parent = parentFolder;
  }

  async accept(source: AsyncIterable<Uint8Array>, fileName: string): Promise<{ uploadId: string }> {
    if (this.#waiting.size >= MAXIMUM_WAITING)
      throw new ArtificerError({
        code: 'upload.too-many',
        category: 'refused',
        message: `${MAXIMUM_WAITING} files are waiting to be taken up.`,
        hint: 'Wait for the imports under way, then drop the rest.',
      });
    if (this.#folder === null) {
      await mkdir(this.#parent, { recursive: true });
      this.#folder = await mkdtemp(join(this.#parent, 'uploads-'));
    }
    const uploadId = randomBytes(18).toString('base64url');
    const path = join(this.#folder, uploadId);
    try {
      await pipeline(Readable.from(source), createWriteStream(path, { flags: 'wx' }));
    } catch (thrown) {
      await rm(path, { force: true });
      throw thrown;
    }
    this.#waiting.set(uploadId, { path, fileName });
    return { uploadId };
  }

  /** Reads an upload; `take` also forgets it. */
  async read(uploadId: string, take: boolean): Promise<Upload> {
    const upload = this.#waiting.get(uploadId);
    if (!upload)
      throw new ArtificerError({
        code: 'upload.unknown',
        category: 'usage',
        message: 'The file that was handed over is no longer there.',
        hint: 'Drop it again.',
      });
    const bytes = await readFile(upload.path);
    if (take) {
      this.#waiting.delete(uploadId);
      await rm(upload.path, { force: true });
    }
    return { bytes, fileName: upload.fileName };
  }

  async dispose(): Promise<void> {
    this.#waiting.clear();
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }
}
