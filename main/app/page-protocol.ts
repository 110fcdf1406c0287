/** Answers `app://window-N/…`: the built page, and the blobs and uploads of that window's engine. */
import { type Client, toErrorData } from '../../preload/contract/index.ts';
import {
  BLOB_HEADERS,
  BLOB_PATH,
  bounded,
  DEFAULT_MAX_UPLOAD_BYTES,
  plainFileName,
  readPageFile,
  SECURITY_HEADERS,
} from '../host/index.ts';
import { type EngineLink, PIECE_BYTES } from './engine-link.ts';
import { originOf, windowNameOf } from './security.ts';

export interface PageProtocolOptions {
  /** Folder of the built page. */
  root: string;
  /** The engine of a window, or null when there is no such window. */
  engineOf(windowName: string): Client<EngineLink> | null;
  maxUploadBytes?: number;
}

function answer(status: number, headers: Record<string, string> = {}, body: BodyInit | null = null): Response {
  return new Response(body, { status, headers: { 'cache-control': 'no-store', ...SECURITY_HEADERS, ...headers } });
}

const answerJson = (status: number, value: unknown): Response =>
  answer(status, { 'content-type': 'application/json' }, JSON.stringify(value));

async function sendBlob(engine: Client<EngineLink>, hash: string): Promise<Response> {
  const blob = await engine['blob.open']({ hash });
  if (!blob) return answer(404);
  const { handle } = blob;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = await engine['blob.read']({ handle });
      if (piece.byteLength === 0) controller.close();
      else controller.enqueue(piece);
    },
    async cancel() {
      await engine['blob.close']({ handle });
    },
  });
  return answer(200, { ...BLOB_HEADERS, 'content-length': String(blob.bytes) }, body);
}

async function* bodyOf(request: Request): AsyncGenerator<Uint8Array> {
  if (request.body) yield* request.body;
}

async function receiveUpload(engine: Client<EngineLink>, request: Request, maxBytes: number): Promise<Response> {
  const name = plainFileName(new URL(request.url).searchParams.get('name'));
  if (!name) return answer(400);
  const { handle } = await engine['upload.open']({ name });
  try {
    for await (const chunk of bounded(bodyOf(request), maxBytes))
      for (let at = 0; at < chunk.byteLength; at += PIECE_BYTES)
        await engine['upload.write']({ handle, bytes: chunk.slice(at, at + PIECE_BYTES) });
    return answerJson(200, await engine['upload.finish']({ handle }));
  } catch (error) {
    await engine['upload.abandon']({ handle }).catch(() => {});
    const data = toErrorData(error);
    return answerJson(data.code === 'upload.too-large' ? 413 : data.category === 'refused' ? 422 : 500, {
      error: data,
    });
  }
}

/** The path as it was asked for, before `URL` takes its dots away. */
const rawPathOf = (url: string): string => /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] || '/';

export function pageProtocol(options: PageProtocolOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const windowName = windowNameOf(request.url);
    const engine = windowName === null ? null : options.engineOf(windowName);
    if (windowName === null || !engine) return answer(403);
    const origin = request.headers.get('origin');
    if (origin !== null && origin !== originOf(windowName)) return answer(403);
    const path = rawPathOf(request.url);
    try {
      if (request.method === 'POST' && path === '/upload')
        return await receiveUpload(engine, request, options.maxUploadBytes ?? DEFAULT_MAX_UPLOAD_BYTES);
      if (request.method !== 'GET') return answer(405);
      const hash = BLOB_PATH.exec(path)?.[1];
      if (hash) return await sendBlob(engine, hash);
      const file = await readPageFile(options.root, path);
      return answer(file.status, { 'content-type': file.contentType, 'cache-control': file.cacheControl }, file.body);
    } catch {
      return answer(500); // The engine has gone; the window says so by itself.
    }
  };
}
