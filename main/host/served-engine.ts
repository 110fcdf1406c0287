/** What a host needs of an engine. `createEngine` makes one; tests make small doubles. */
import { type Api, ArtificerError, type Handlers } from '../../preload/contract/index.ts';

export interface ServedEngine {
  handlers: Handlers<Api>;
  /** Bulk data by its hash, or null when there is none. */
  blob(hash: string): Promise<Uint8Array | null>;
  /** Takes the bytes of a dropped file; rejects when the source does, keeping nothing of it. */
  acceptUpload(source: AsyncIterable<Uint8Array>, fileName: string): Promise<{ uploadId: string }>;
}

/** The same handlers, answering `app.info` with how this window is shown. */
export function withFront(handlers: Handlers<Api>, front: string): Handlers<Api> {
  return {
    ...handlers,
    'app.info': async (args, context) => ({ ...(await handlers['app.info'](args, context)), front }),
  };
}

export const BLOB_PATH = /^\/blob\/([0-9a-f]{64})$/;

/** A blob never changes: its name is its hash. */
export const BLOB_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'private, max-age=31536000, immutable',
  'content-type': 'application/octet-stream',
};

/** The largest file that may be dropped on the window. */
export const DEFAULT_MAX_UPLOAD_BYTES = 2 * 1024 ** 3;

/** Only the last part of what a page calls a file's name, without anything that could be a path or a trick. */
export function plainFileName(name: string | null): string | null {
  const plain = (name ?? '')
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\p{Cc}/gu, '')
    .trim();
  return plain === '' || plain === '.' || plain === '..' || plain.length > 255 ? null : plain;
}

export const uploadTooLarge = (maxBytes: number): ArtificerError =>
  new ArtificerError({
    code: 'upload.too-large',
    category: 'refused',
    message: `The file is larger than ${Math.floor(maxBytes / 1024 ** 2)} MiB. Nothing was changed.`,
    hint: 'Open it from the command line, or export it from its system in several files.',
  });

/** Passes the bytes on and throws as soon as there are too many. */
export async function* bounded(source: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw uploadTooLarge(maxBytes);
    yield chunk;
  }
}
