/** The loopback host with a real browser: what a browser really sends, keeps and refuses. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type EngineHost, RPC_PATH, serveEngine } from '../../main/host/index.ts';
import { APP_INFO, doubleEngine } from './double-engine.ts';

const HASH = 'ef'.repeat(32);
let folder: string;
let host: EngineHost;
let stranger: Server;
let uploads: { name: string; bytes: number }[];

test.beforeEach(async () => {
  uploads = [];
  folder = mkdtempSync(join(tmpdir(), 'artificer-browser-'));
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><title>Artificer</title><p id="own"></p><p id="inline"></p><p id="eval"></p>' +
      '<script>document.getElementById("inline").textContent = "ran"</script><script src="./page.js"></script>',
  );
  // Tried by the page itself: what a test evaluates in it may do more.
  writeFileSync(
    join(folder, 'page.js'),
    'let evaluated = "refused"; try { eval("1"); evaluated = "ran" } catch {}' +
      'document.getElementById("eval").textContent = evaluated;' +
      'document.getElementById("own").textContent = "ran"',
  );
  host = await serveEngine(
    {
      handlers: doubleEngine({ 'app.info': () => APP_INFO }),
      blob: async (hash) => (hash === HASH ? new Uint8Array([1, 2, 3]) : null),
      acceptUpload: async (source, name) => {
        let bytes = 0;
        for await (const chunk of source) bytes += chunk.byteLength;
        uploads.push({ name, bytes });
        return { uploadId: 'upload-1' };
      },
    },
    { root: folder, front: 'Test' },
  );
  stranger = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Stranger</title>');
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
});
test.afterEach(async () => {
  await host.close();
  stranger.close();
  rmSync(folder, { recursive: true });
});

/** Runs in a page: what an opened socket says, or how it failed. */
const openSocket = (address: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = new WebSocket(address);
    socket.onopen = () => socket.send(JSON.stringify({ type: 'call', id: 1, method: 'app.info', arguments: {} }));
    socket.onmessage = ({ data }) => resolve(data);
    socket.onclose = () => resolve('closed');
  });

test('the link opens the page once, the page can be reloaded, and all of it works', async ({ page, browser }) => {
  await page.goto(host.url);
  await expect(page).toHaveURL(`http://127.0.0.1:${host.port}/`);
  await page.reload();
  await expect(page.locator('#own')).toHaveText('ran');
  expect(await page.evaluate(() => document.cookie)).toBe('');

  const blob = await page.evaluate(async (hash) => {
    const answer = await fetch(`/blob/${hash}`);
    return [...new Uint8Array(await answer.arrayBuffer())];
  }, HASH);
  expect(blob).toEqual([1, 2, 3]);
  const uploaded = await page.evaluate(async () => {
    const answer = await fetch('/upload?name=a.stp', { method: 'POST', body: new Blob([new Uint8Array(300_000)]) });
    return answer.json();
  });
  expect([uploaded, uploads]).toEqual([{ uploadId: 'upload-1' }, [{ name: 'a.stp', bytes: 300_000 }]]);
  expect(await page.evaluate(openSocket, `ws://127.0.0.1:${host.port}${RPC_PATH}`)).toContain('"engine":"double"');

  const other = await browser.newPage();
  expect((await other.goto(host.url))?.status()).toBe(403);
  await other.close();
});

test('the policy lets nothing run or load but the page’s own', async ({ page }) => {
  await page.goto(host.url);
  await expect(page.locator('#own')).toHaveText('ran');
  await expect(page.locator('#inline')).toHaveText('');
  await expect(page.locator('#eval')).toHaveText('refused');
  const attempts = await page.evaluate(
    async (elsewhere) => {
      const isRefused = (work: () => unknown) => {
        try {
          work();
          return false;
        } catch {
          return true;
        }
      };
      return {
        markup: isRefused(() => {
          document.body.innerHTML = '<img src=x onerror=alert(1)>';
        }),
        fetch: await fetch(elsewhere).then(
          () => false,
          () => true,
        ),
      };
    },
    `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`,
  );
  expect(attempts).toEqual({ markup: true, fetch: true });
});

test('a page of another port of this machine gets nothing, though the browser sends it the cookie', async ({
  page,
}) => {
  await page.goto(host.url);
  const own = `http://127.0.0.1:${host.port}`;
  await page.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`);
  const got = await page.evaluate(
    async ({ own, hash }) => {
      const tries = [
        fetch(`${own}/blob/${hash}`, { credentials: 'include' }),
        fetch(`${own}/blob/${hash}`, { credentials: 'include', mode: 'no-cors' }).then((answer) =>
          answer.type === 'opaque' ? Promise.reject(new Error('opaque')) : answer,
        ),
        fetch(`${own}/upload?name=a.stp`, { method: 'POST', body: 'x', credentials: 'include', mode: 'no-cors' }),
      ];
      return (await Promise.allSettled(tries)).map(({ status }) => status);
    },
    { own, hash: HASH },
  );
  expect(got.slice(0, 2)).toEqual(['rejected', 'rejected']);
  expect(uploads).toEqual([]);
  expect(await page.evaluate(openSocket, `ws://127.0.0.1:${host.port}${RPC_PATH}`)).toBe('closed');
});
