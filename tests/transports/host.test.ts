/** The loopback host, attacked: whoever is not the page that the person opened gets nothing. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CONTENT_SECURITY_POLICY, type EngineHost, RPC_PATH, serveEngine } from '../../main/host/index.ts';
import { api, connect, webSocketTransport } from '../../preload/contract/index.ts';
import { APP_INFO, doubleEngine } from './double-engine.ts';
import { signIn } from './sign-in.ts';

const HASH = 'ab'.repeat(32);
const MAX_UPLOAD = 100_000;
let folder: string;
let host: EngineHost;
let origin: string;
let cookie: string;
let uploads: { name: string; bytes: number }[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'artificer-host-'));
  mkdirSync(join(folder, 'page/assets'), { recursive: true });
  mkdirSync(join(folder, 'page-twin'));
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html><title>Artificer</title>');
  writeFileSync(join(folder, 'page/assets/app-1234.js'), 'export {}');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'page-twin/secret.txt'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'page/link.txt'));
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  uploads = [];
  host = await serveEngine(
    {
      handlers: doubleEngine({ 'app.info': () => APP_INFO }),
      blob: async (hash) => (hash === HASH ? new Uint8Array([1, 2, 3, 4, 5]) : null),
      acceptUpload: async (source, name) => {
        let bytes = 0;
        for await (const chunk of source) bytes += chunk.byteLength;
        uploads.push({ name, bytes });
        return { uploadId: `upload-${uploads.length}` };
      },
    },
    { root: join(folder, 'page'), front: 'Test window', maxUploadBytes: MAX_UPLOAD },
  );
});
afterEach(() => host.close());

const enter = async () => {
  ({ origin, cookie } = await signIn(host.url));
};

/** As fetch, but nothing is normalised or forbidden: path and Host go out as they are. */
const raw = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number; body: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: host.port, path, method, headers }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => (body += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode!, body, headers: answer.headers }));
    });
    asked.on('error', reject);
    asked.end();
  });

describe('the one-time token', () => {
  test('is exchanged for a cookie that no script and no other site can use, and leaves the address', async () => {
    const answer = await fetch(host.url, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/');
    expect(answer.headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  test('works once', async () => {
    await enter();
    const replayed = await fetch(host.url, { redirect: 'manual' });
    expect(replayed.status).toBe(403);
    expect(replayed.headers.get('set-cookie')).toBeNull();
    expect(await replayed.text()).toContain('artificer serve');
  });

  test('does not trouble who reloads the first address, or the page', async () => {
    await enter();
    expect((await fetch(host.url, { redirect: 'manual', headers: { cookie } })).headers.get('location')).toBe('/');
    for (let reload = 0; reload < 2; reload++)
      expect(await (await fetch(origin, { headers: { cookie } })).text()).toContain('Artificer');
  });

  test('can be issued again for a second window', async () => {
    await enter();
    const second = await signIn(host.issueUrl());
    expect(second.cookie).not.toBe(cookie);
    expect((await fetch(origin, { headers: { cookie: second.cookie } })).status).toBe(200);
  });

  test.each(['', 'x', 'x'.repeat(43)])('is not guessed: %j', async (guess) => {
    expect((await raw(`/?token=${guess}`, { host: `127.0.0.1:${host.port}` })).status).toBe(403);
    await enter(); // And a wrong guess does not spend the right one.
  });
});

describe('a request without a session', () => {
  test.each(['/', '/index.html', '/assets/app-1234.js', `/blob/${HASH}`, '/nothing'])(
    'gets nothing at %s',
    async (path) => {
      const own = `127.0.0.1:${host.port}`;
      expect((await raw(path, { host: own })).status).toBe(403);
      expect((await raw(path, { host: own, cookie: `artificer-${host.port}=wrong` })).status).toBe(403);
      expect((await raw(path, { host: own, cookie: `artificer-${host.port}=${host.token}` })).status).toBe(403);
    },
  );
});

describe('a request with a session', () => {
  beforeEach(enter);
  const own = () => ({ host: `127.0.0.1:${host.port}`, cookie });

  test.each(['localhost', 'evil.example', '127.0.0.1', '[::1]', '127.0.0.2'])(
    'is refused when it names the host %s',
    async (name) => {
      const named = name === '127.0.0.1' ? name : `${name}:${host.port}`;
      expect((await raw('/', { ...own(), host: named })).status).toBe(421);
    },
  );

  test('is refused when another origin asks, even one of this machine', async () => {
    for (const from of ['http://evil.example', `http://localhost:${host.port}`, 'http://127.0.0.1:1', 'null'])
      expect((await raw(`/blob/${HASH}`, { ...own(), origin: from })).status, from).toBe(403);
    for (const site of ['cross-site', 'same-site'])
      expect((await raw(`/blob/${HASH}`, { ...own(), 'sec-fetch-site': site })).status, site).toBe(403);
    expect((await raw(`/blob/${HASH}`, { ...own(), 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/..%5csecret.txt',
    '/../page-twin/secret.txt',
    '/%00',
    '/%',
    '/C:/secret.txt',
    '/link.txt',
    '//127.0.0.1/../secret.txt',
  ])('does not leave the page’s folder by %s', async (path) => {
    const { status, body } = await raw(path, own());
    expect([403, 404]).toContain(status);
    expect(body).not.toContain('secret');
  });

  test('is refused when its target is not a path, and the host lives on', async () => {
    expect((await raw('http://evil.example/', own())).status).toBe(400);
    await new Promise<void>((resolve) => {
      const socket = connectSocket(host.port, '127.0.0.1', () => socket.end('\x00\x01 nonsense\r\n\r\n'));
      socket.on('close', () => resolve());
      socket.on('error', () => resolve());
      socket.resume();
    });
    expect((await raw('/', own())).status).toBe(200);
  });

  test('gets the page uncached, its hashed parts cached, and every answer under the policy', async () => {
    const page = await raw('/', own());
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['content-type']).toContain('text/html');
    expect((await raw('/assets/app-1234.js', own())).headers['cache-control']).toContain('immutable');
    for (const [path, headers] of [
      ['/', own()],
      ['/missing', own()],
      ['/', { ...own(), host: 'x' }],
      ['/', { host: `127.0.0.1:${host.port}` }],
      [`/blob/${HASH}`, own()],
    ] as [string, Record<string, string>][]) {
      const answer = await raw(path, headers);
      expect(answer.headers['content-security-policy'], path).toBe(CONTENT_SECURITY_POLICY);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    }
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
    expect(CONTENT_SECURITY_POLICY).toContain("require-trusted-types-for 'script'");
    expect(CONTENT_SECURITY_POLICY).not.toContain("'unsafe-eval'");
  });

  test('gets a blob whole, by its hash alone', async () => {
    const answer = await fetch(`${origin}/blob/${HASH}`, { headers: { cookie } });
    expect(answer.headers.get('content-length')).toBe('5');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([1, 2, 3, 4, 5]);
    expect((await raw(`/blob/${'cd'.repeat(32)}`, own())).status).toBe(404);
    for (const path of ['/blob/', '/blob/..', `/blob/${HASH.toUpperCase()}`, `/blob/${HASH}0`])
      expect((await raw(path, own())).status, path).not.toBe(200);
  });

  test.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('is refused when it is a %s', async (method) => {
    expect((await raw('/', own(), method)).status).toBe(405);
  });

  describe('uploading', () => {
    const upload = (name: string, body: BodyInit, headers: Record<string, string> = {}) =>
      fetch(`${origin}/upload?name=${encodeURIComponent(name)}`, {
        method: 'POST',
        body,
        headers: { cookie, origin, ...headers },
        duplex: 'half',
      } as RequestInit);

    test('hands the bytes and the plain name over', async () => {
      expect(await (await upload('Bügel 1.stp', new Uint8Array(50_000))).json()).toEqual({ uploadId: 'upload-1' });
      await upload('../../etc/passwd', 'x');
      await upload('C:\\a\\b.step', 'x');
      expect(uploads).toEqual([
        { name: 'Bügel 1.stp', bytes: 50_000 },
        { name: 'passwd', bytes: 1 },
        { name: 'b.step', bytes: 1 },
      ]);
    });

    test('needs a name, and our own origin', async () => {
      for (const name of ['', '..', '/', 'x'.repeat(300)]) expect((await upload(name, 'x')).status, name).toBe(400);
      expect((await upload('a.stp', 'x', { origin: 'http://127.0.0.1:1' })).status).toBe(403);
      expect((await raw('/upload?name=a.stp', own(), 'POST')).status).toBe(403);
      expect(uploads).toEqual([]);
    });

    test('is refused when it is said to be too large, before it is read', async () => {
      const answer = await upload('a.stp', new Uint8Array(MAX_UPLOAD + 1));
      expect(answer.status).toBe(413);
      expect(await answer.json()).toMatchObject({ error: { code: 'upload.too-large', category: 'refused' } });
      expect(uploads).toEqual([]);
    });

    test('is refused when it turns out too large, and nothing of it is kept', async () => {
      const chunks = Readable.from(Array.from({ length: 40 }, () => new Uint8Array(10_000)));
      // No length is announced. The host answers in the middle, which some clients see as a cut connection.
      const status = await upload('a.stp', chunks as unknown as BodyInit).then(
        (answer) => answer.status,
        () => 413,
      );
      expect(status).toBe(413);
      expect(uploads).toEqual([]);
      expect((await upload('b.stp', 'fine')).status).toBe(200);
    });
  });
});

describe('the WebSocket', () => {
  const tryOpen = (path: string, options: { origin?: string; headers?: Record<string, string> }) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, options);
      socket.once('open', () => {
        socket.terminate();
        resolve('open');
      });
      socket.once('error', (error) => resolve(error.message));
    });
  beforeEach(enter);

  test('opens for our page with its session, and for nothing else', async () => {
    expect(await tryOpen(RPC_PATH, { origin, headers: { cookie } })).toBe('open');
    expect(await tryOpen(RPC_PATH, { origin })).toContain('403');
    expect(await tryOpen(RPC_PATH, { headers: { cookie } })).toContain('403');
    expect(await tryOpen(RPC_PATH, { origin: 'http://evil.example', headers: { cookie } })).toContain('403');
    expect(await tryOpen(RPC_PATH, { origin: 'http://127.0.0.1:1', headers: { cookie } })).toContain('403');
    expect(await tryOpen(RPC_PATH, { origin, headers: { cookie, host: 'evil.example' } })).toContain('403');
    expect(await tryOpen('/other', { origin, headers: { cookie } })).toContain('403');
    expect(await tryOpen(RPC_PATH, { origin, headers: { cookie: `artificer-${host.port}=x` } })).toContain('403');
  });

  test('says which front this is', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${RPC_PATH}`, { origin, headers: { cookie } });
    const client = connect(api, webSocketTransport(socket));
    expect(await client['app.info']({})).toMatchObject({ front: 'Test window', engine: 'double' });
    socket.terminate();
  });

  test.each(['no JSON', '{"type":"call"}', '[1]', ''])('is cut when it carries %j', async (text) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${RPC_PATH}`, { origin, headers: { cookie } });
    socket.once('open', () => socket.send(text));
    await new Promise((resolve) => socket.once('close', resolve));
  });
});

test('listens on 127.0.0.1 alone', async () => {
  const outcome = await new Promise<string>((resolve) => {
    const socket = connectSocket(host.port, '::1', () => resolve('connected'));
    socket.on('error', () => resolve('refused'));
  });
  expect(outcome).toBe('refused');
});
