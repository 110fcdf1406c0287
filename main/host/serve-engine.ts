/**
 * The loopback host: the window's page, the contract over a WebSocket, blobs and uploads, on 127.0.0.1 alone.
 *
 * Every request must name this host exactly (a foreign name that resolves to 127.0.0.1 is refused), come from this
 * host's own page, and hold a session (see sessions.ts).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { api, type ErrorData, serve, toErrorData, webSocketTransport } from '../../preload/contract/index.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import {
  BLOB_HEADERS,
  BLOB_PATH,
  bounded,
  DEFAULT_MAX_UPLOAD_BYTES,
  plainFileName,
  type ServedEngine,
  uploadTooLarge,
  withFront,
} from './served-engine.ts';
import { Sessions, sessionCookie, sessionOf } from './sessions.ts';
import { readPageFile } from './static-page.ts';

export interface ServeEngineOptions {
  /** Folder of the built page. */
  root: string;
  /** 0, the default, takes any free one. */
  port?: number;
  /** How the window is shown, in words; `app.info` answers with it. */
  front: string;
  maxUploadBytes?: number;
}

export interface EngineHost {
  /** The page with its one-time token. */
  url: string;
  port: number;
  token: string;
  /** Another one-time URL, for a second window. */
  issueUrl(): string;
  close(): Promise<void>;
}

/** The path that the WebSocket is opened on. */
export const RPC_PATH = '/rpc';
/** The largest message of the contract: a change of every record of a large assembly. */
const MAX_MESSAGE_BYTES = 128 * 1024 ** 2;

const NO_SESSION = `Artificer: this link has been used, or Artificer was started anew since.
Run "npx artificer serve" (or "npm start") again and open the link that it prints.
`;

type Answer = (status: number, headers?: Record<string, string>, body?: string | Uint8Array) => void;

export async function serveEngine(engine: ServedEngine, options: ServeEngineOptions): Promise<EngineHost> {
  const handlers = withFront(engine.handlers, options.front);
  const maxUploadBytes = options.maxUploadBytes ?? DEFAULT_MAX_UPLOAD_BYTES;
  const sessions = new Sessions();
  const port = () => (server.address() as AddressInfo).port;
  const host = () => `127.0.0.1:${port()}`;
  const origin = () => `http://${host()}`;

  const hasSession = (request: IncomingMessage) => sessions.isSession(sessionOf(port(), request.headers.cookie));
  /** Asked for by our own page or typed by a person, not by a page of another origin, be it on this machine. */
  const isOwnRequest = (request: IncomingMessage) => {
    const { origin: from, 'sec-fetch-site': site } = request.headers;
    if (from !== undefined && from !== origin()) return false;
    return site === undefined || site === 'same-origin' || site === 'none';
  };

  const sendBlob = async (hash: string, answer: Answer) => {
    const bytes = await engine.blob(hash);
    if (!bytes) return answer(404);
    answer(200, { ...BLOB_HEADERS, 'content-length': String(bytes.byteLength) }, bytes);
  };

  const sendError = (answer: Answer, status: number, error: ErrorData) =>
    answer(status, { 'content-type': 'application/json', connection: 'close' }, JSON.stringify({ error }));

  const upload = async (request: IncomingMessage, url: URL, answer: Answer) => {
    // A page always names its origin with a POST; without it this is not our page.
    if (request.headers.origin !== origin()) return answer(403);
    const name = plainFileName(url.searchParams.get('name'));
    if (!name) return answer(400);
    if (Number(request.headers['content-length'] ?? 0) > maxUploadBytes)
      return sendError(answer, 413, uploadTooLarge(maxUploadBytes).data);
    try {
      const accepted = await engine.acceptUpload(bounded(request, maxUploadBytes), name);
      answer(200, { 'content-type': 'application/json' }, JSON.stringify(accepted));
    } catch (error) {
      const data = toErrorData(error);
      const status = data.code === 'upload.too-large' ? 413 : data.category === 'refused' ? 422 : 500;
      sendError(answer, status, data);
    }
  };

  const sendPage = async (pathname: string, answer: Answer) => {
    const file = await readPageFile(options.root, pathname);
    answer(file.status, { 'content-type': file.contentType, 'cache-control': file.cacheControl }, file.body);
  };

  const respond = async (request: IncomingMessage, answer: Answer) => {
    if (request.headers.host !== host()) return answer(421);
    // Only a path: `http://other/…` in the request line, and what does not parse, are nothing of ours.
    const target = request.url ?? '';
    if (!target.startsWith('/') || !URL.canParse(target, origin())) return answer(400);
    // Not normalised by URL: `..` must be seen to be refused.
    const pathname = target.split(/[?#]/, 1)[0]!;
    const url = new URL(`/${target.slice(pathname.length)}`, origin());
    const token = url.searchParams.get('token');
    if (request.method === 'GET' && pathname === '/' && token !== null && !hasSession(request)) {
      const session = sessions.exchange(token);
      if (session) return answer(303, { location: '/', 'set-cookie': sessionCookie(port(), session) });
    }
    if (!hasSession(request)) return answer(403, { 'content-type': 'text/plain; charset=utf-8' }, NO_SESSION);
    if (request.method === 'GET' && pathname === '/' && token !== null) return answer(303, { location: '/' });
    const isNavigation = request.headers['sec-fetch-mode'] === 'navigate' && pathname === '/';
    if (!isNavigation && !isOwnRequest(request)) return answer(403);
    if (request.method === 'POST') return pathname === '/upload' ? upload(request, url, answer) : answer(405);
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, { allow: 'GET, HEAD, POST' });
    const hash = BLOB_PATH.exec(pathname)?.[1];
    return hash ? sendBlob(hash, answer) : sendPage(pathname, answer);
  };

  const server = createServer((request, response: ServerResponse) => {
    const answer: Answer = (status, headers = {}, body = '') => {
      if (response.headersSent || response.destroyed) return;
      response.writeHead(status, { 'cache-control': 'no-store', ...SECURITY_HEADERS, ...headers });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    respond(request, answer).catch(() => answer(500));
  });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const allowed =
      request.headers.host === host() &&
      request.headers.origin === origin() &&
      request.url === RPC_PATH &&
      hasSession(request);
    if (!allowed) return socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (webSocket: WebSocket) =>
      serve(api, handlers, webSocketTransport(webSocket)),
    );
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });

  const urlOf = (token: string) => `${origin()}/?token=${token}`;
  const token = sessions.issueToken();
  return {
    url: urlOf(token),
    port: port(),
    token,
    issueUrl: () => urlOf(sessions.issueToken()),
    close: () =>
      new Promise((resolve) => {
        for (const webSocket of sockets.clients) webSocket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
