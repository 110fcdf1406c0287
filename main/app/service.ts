/** The engine's side of the shell: serves the contract on every port that it is handed, and the link on its own. */
import type Electron from 'electron';
import * as v from 'valibot';
import {
  ArtificerError,
  api,
  type Handlers,
  type PortLike,
  portTransport,
  serve,
} from '../../preload/contract/index.ts';
import { type ServedEngine, withFront } from '../host/index.ts';
import { type EngineLink, engineLink, PIECE_BYTES, PortPurposeSchema } from './engine-link.ts';

const gone = () =>
  new ArtificerError({ code: 'link.unknown-handle', category: 'usage', message: 'This transfer has ended already.' });

/** Bytes that come in pieces, as something to iterate. Whoever writes waits until what it wrote has been read. */
class Pieces implements AsyncIterable<Uint8Array> {
  #waiting: ((piece: IteratorResult<Uint8Array>) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;
  #queue: { piece: Uint8Array; taken: () => void }[] = [];
  #ended = false;
  #error: Error | undefined;

  write(piece: Uint8Array): Promise<void> {
    if (this.#waiting) {
      this.#waiting({ done: false, value: piece });
      this.#waiting = undefined;
      return Promise.resolve();
    }
    return new Promise((taken) => this.#queue.push({ piece, taken }));
  }

  end(error?: Error): void {
    this.#ended = true;
    this.#error = error;
    if (error) this.#fail?.(error);
    else this.#waiting?.({ done: true, value: undefined });
    for (const { taken } of error ? this.#queue.splice(0) : []) taken();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = this.#queue.shift();
      if (next) {
        next.taken();
        yield next.piece;
      } else if (this.#error) throw this.#error;
      else if (this.#ended) return;
      else {
        const result = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
          this.#waiting = resolve;
          this.#fail = reject;
        });
        if (result.done) return;
        yield result.value;
      }
    }
  }
}

function linkHandlers(engine: ServedEngine): Handlers<EngineLink> {
  let lastHandle = 0;
  const blobs = new Map<number, { bytes: Uint8Array; at: number }>();
  const uploads = new Map<number, { pieces: Pieces; accepted: Promise<{ uploadId: string }> }>();
  const upload = (handle: number) => {
    const found = uploads.get(handle);
    if (!found) throw gone();
    return found;
  };
  return {
    'blob.open': async ({ hash }) => {
      const bytes = await engine.blob(hash);
      if (!bytes) return null;
      blobs.set(++lastHandle, { bytes, at: 0 });
      return { handle: lastHandle, bytes: bytes.byteLength };
    },
    'blob.read': ({ handle }) => {
      const blob = blobs.get(handle);
      if (!blob) throw gone();
      // A copy: cloning a view would clone all that lies behind it.
      const piece = blob.bytes.slice(blob.at, blob.at + PIECE_BYTES);
      blob.at += piece.byteLength;
      if (piece.byteLength === 0) blobs.delete(handle);
      return piece;
    },
    'blob.close': ({ handle }) => ({ ok: blobs.delete(handle) }),
    'upload.open': ({ name }) => {
      const pieces = new Pieces();
      const accepted = engine.acceptUpload(pieces, name);
      accepted.catch(() => {}); // Told to whoever finishes or writes.
      uploads.set(++lastHandle, { pieces, accepted });
      return { handle: lastHandle };
    },
    'upload.write': async ({ handle, bytes }) => {
      const { pieces, accepted } = upload(handle);
      // An engine that refuses the file stops reading: its refusal must not wait for a reader that has left.
      await Promise.race([pieces.write(bytes), accepted]);
      return { ok: true };
    },
    'upload.finish': async ({ handle }) => {
      const { pieces, accepted } = upload(handle);
      pieces.end();
      try {
        return await accepted;
      } finally {
        uploads.delete(handle);
      }
    },
    'upload.abandon': ({ handle }) => {
      uploads.get(handle)?.pieces.end(new Error('the upload was abandoned'));
      return { ok: uploads.delete(handle) };
    },
  };
}

/** `parentPort` is where the main process posts ports to, one a message. */
export function startService(parentPort: Pick<Electron.ParentPort, 'on'>, engine: ServedEngine, front: string): void {
  const handlers = withFront(engine.handlers, front);
  const link = linkHandlers(engine);
  parentPort.on('message', ({ data, ports }) => {
    const purpose = v.safeParse(PortPurposeSchema, data);
    const port = ports[0];
    if (!purpose.success || !port) return;
    // MessagePortMain is a port like any other, but for its types.
    const transport = portTransport(port as unknown as PortLike);
    if (purpose.output === 'window') serve(api, handlers, transport);
    else serve(engineLink, link, transport);
  });
}
