/** The desktop shell on a double of Electron. What only the real one can show is in electron.spec.ts. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startService } from '../../main/app/service.ts';
import { Shell } from '../../main/app/shell.ts';
import { CHANNELS } from '../../preload/channels.ts';
import { type Api, api, connect, type Handlers, type PortLike, portTransport } from '../../preload/contract/index.ts';
import { MENU_COMMANDS } from '../../preload/shell.ts';
import {
  DoubleBrowserWindow,
  DoubleFrame,
  type DoubleMenuItem,
  DoublePort,
  doubleElectron,
  settled,
} from '../doubles/electron.ts';
import { APP_INFO, doubleEngine } from '../transports/double-engine.ts';

const HASH = 'cd'.repeat(32);
const BIG = new Uint8Array(9_000_000).map((_byte, index) => index % 251);
let folder: string;
let electron: ReturnType<typeof doubleElectron>;
let shell: Shell;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'artificer-shell-'));
  mkdirSync(join(folder, 'out/renderer'), { recursive: true });
  writeFileSync(join(folder, 'out/renderer/index.html'), '<!doctype html><title>Artificer</title>');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  for (const name of ['a.artificer', 'b.artificer', 'plate.stp', 'notes.txt']) writeFileSync(join(folder, name), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string) => join(folder, name);

async function start(
  options: { words?: string[]; hasLock?: boolean; isPackaged?: boolean; platform?: NodeJS.Platform } = {},
) {
  electron = doubleElectron({ userData: inFolder('data'), ...options });
  shell = new Shell(electron.modules, {
    out: inFolder('out'),
    platform: options.platform ?? 'linux',
    words: options.words ?? [],
    folder,
    version: '45.4.1',
  });
  const started = shell.start();
  if (started) await electron.ready();
  return started;
}

const windows = () => DoubleBrowserWindow.all;
const contentsOf = (index: number) => windows()[index]!.webContents;
const sentTo = (index: number, channel: string) =>
  contentsOf(index)
    .sent.filter((message) => message.channel === channel)
    .map(({ data }) => data);

/** Plays the engine's process of a window. */
function playEngine(index: number, given: Partial<Handlers<Api>> = {}) {
  const uploads: { name: string; bytes: number }[] = [];
  const child = electron.children[index]!;
  startService(
    child.parentPort as never,
    {
      handlers: doubleEngine({ 'app.info': () => APP_INFO, ...given }),
      blob: async (hash) => (hash === HASH ? BIG : null),
      acceptUpload: async (source, name) => {
        let bytes = 0;
        for await (const chunk of source) bytes += chunk.byteLength;
        uploads.push({ name, bytes });
        return { uploadId: 'upload-1' };
      },
    },
    child.words[0]!,
  );
  return { child, uploads };
}

/** Plays the page: has said that it listens. */
const listen = (index: number) => electron.ipcMain.fromPage(contentsOf(index), CHANNELS.ready);
const say = (index: number, state: object) => electron.ipcMain.fromPage(contentsOf(index), CHANNELS.windowState, state);

describe('hardening', () => {
  test('sandboxes every page, before the app is ready', async () => {
    await start();
    expect(electron.app.sandboxed).toBe(true);
    expect(electron.schemes).toMatchObject([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
    expect(electron.schemes[0]!.privileges).not.toHaveProperty('bypassCSP');
    expect(windows()[0]!.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    });
    expect(windows()[0]!.loaded).toEqual(['app://window-1/']);
  });

  test('lets no request out', async () => {
    await start();
    expect(electron.app.switches).toMatchObject({ 'host-resolver-rules': 'MAP * ~NOTFOUND', 'no-pings': '' });
    expect(electron.session.spellChecker).toBe(false);
    const isCancelled = (url: string) => {
      let answer: boolean | undefined;
      electron.session.beforeRequest!({ url }, ({ cancel }) => {
        answer = cancel;
      });
      return answer;
    };
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1:80/',
      'ws://127.0.0.1/',
      'ftp://x/',
      'file:///etc/passwd',
      'app://evil/x',
      'app://window-1.evil/x',
      'blob:https://example.com/1',
      'chrome://gpu',
      'devtools://devtools/x',
      'nonsense',
    ])
      expect(isCancelled(url), url).toBe(true);
    for (const url of ['app://window-1/index.html', 'blob:app://window-1/1', 'data:image/png;base64,AA'])
      expect(isCancelled(url), url).toBe(false);
  });

  test('grants nothing but copying', async () => {
    await start();
    const asks = (permission: string, url: string) => {
      let answer: unknown;
      const callback = (granted: boolean) => {
        answer = granted;
      };
      electron.session.permissionRequest!(...([{}, permission, callback, { requestingUrl: url }] as never[]));
      return answer;
    };
    const checks = (permission: string, origin: string) =>
      electron.session.permissionCheck!(...([{}, permission, origin] as never[]));
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'hid',
      'serial',
      'usb',
      'openExternal',
      'clipboard-read',
    ]) {
      expect(asks(permission, 'app://window-1/'), permission).toBe(false);
      expect(checks(permission, 'app://window-1'), permission).toBe(false);
    }
    expect(asks('clipboard-sanitized-write', 'app://window-1/')).toBe(true);
    expect(asks('clipboard-sanitized-write', 'https://example.com/')).toBe(false);
    expect(electron.session.devicePermission!()).toBe(false);
  });

  test('opens no other window, and goes nowhere else', async () => {
    await start();
    const contents = contentsOf(0);
    expect(contents.windowOpenHandler!({ url: 'app://window-1/' })).toEqual({ action: 'deny' });
    const isPrevented = (event: string, details: object) => {
      const preventDefault = vi.fn();
      contents.emit(event, { ...details, preventDefault });
      return preventDefault.mock.calls.length > 0;
    };
    for (const event of ['will-navigate', 'will-redirect'])
      for (const url of [
        'https://example.com/',
        'file:///etc/passwd',
        'data:text/html,x',
        'app://window-2/',
        'blob:app://window-1/1',
      ])
        expect(isPrevented(event, { url }), `${event} ${url}`).toBe(true);
    expect(isPrevented('will-navigate', { url: 'app://window-1/' })).toBe(false);
    expect(isPrevented('will-attach-webview', {})).toBe(true);
    expect(isPrevented('will-frame-navigate', { isMainFrame: false, url: 'app://window-1/' })).toBe(true);
  });

  test('fetches nothing to the disk but what the page made', async () => {
    await start();
    const isPrevented = (url: string) => {
      const preventDefault = vi.fn();
      electron.session.emit('will-download', { preventDefault }, { getURL: () => url });
      return preventDefault.mock.calls.length > 0;
    };
    expect(isPrevented('https://example.com/x.exe')).toBe(true);
    expect(isPrevented('blob:app://window-1/3f')).toBe(false);
  });
});

describe('app://', () => {
  const get = (url: string, init?: RequestInit & { duplex?: string }) =>
    electron.session.protocolHandlers.get('app')!(new Request(url, init as RequestInit));

  test('serves the page under the policy, and nothing beside it', async () => {
    await start();
    const page = await get('app://window-1/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    for (const url of [
      'app://window-1/..%2f..%2fsecret.txt',
      'app://window-1/%2e%2e/%2e%2e/secret.txt',
      'app://window-1/..%5c..%5csecret.txt',
      'app://evil/',
      'app://window-9/',
    ]) {
      const answer = await get(url);
      expect([403, 404], url).toContain(answer.status);
      expect(await answer.text()).toBe('');
    }
    expect((await get('app://window-1/', { method: 'PUT' })).status).toBe(405);
  });

  test('serves the blobs of the window’s own engine, in pieces', async () => {
    await start();
    playEngine(0);
    const blob = await get(`app://window-1/blob/${HASH}`);
    expect(blob.headers.get('content-length')).toBe(String(BIG.byteLength));
    expect(blob.headers.get('cache-control')).toContain('immutable');
    expect(Buffer.compare(new Uint8Array(await blob.arrayBuffer()), BIG)).toBe(0);
    expect((await get(`app://window-1/blob/${'00'.repeat(32)}`)).status).toBe(404);
    expect((await get(`app://window-1/blob/${HASH}`, { headers: { origin: 'app://window-2' } })).status).toBe(403);
  });

  test('takes uploads', async () => {
    await start();
    const { uploads } = playEngine(0);
    const answer = await get('app://window-1/upload?name=a.stp', { method: 'POST', body: BIG, duplex: 'half' });
    expect(await answer.json()).toEqual({ uploadId: 'upload-1' });
    expect(uploads).toEqual([{ name: 'a.stp', bytes: BIG.byteLength }]);
    expect((await get('app://window-1/upload?name=..', { method: 'POST', body: 'x' })).status).toBe(400);
  });

  test('answers with a failure when the engine has gone', async () => {
    await start();
    electron.children[0]!.end(1);
    await settled();
    expect((await get(`app://window-1/blob/${HASH}`)).status).toBe(500);
  });
});

describe('the line to the engine', () => {
  test('goes from the page straight to its engine’s process', async () => {
    await start();
    playEngine(0);
    const contents = contentsOf(0);
    electron.ipcMain.fromPage(contents, CHANNELS.requestPort);
    const port = contents.mainFrame.received[0]!.ports[0]!;
    const client = connect(api, portTransport(port as unknown as PortLike));
    expect(await client['app.info']({})).toMatchObject({ engine: 'double', front: 'Electron 45' });
  });

  test('is given to our own top frames alone', async () => {
    await start();
    const contents = contentsOf(0);
    const strangers = [
      new DoubleFrame('https://evil.example/'),
      new DoubleFrame('app://evil/'),
      new DoubleFrame('app://window-7/'),
      new DoubleFrame('app://window-1/', contents.mainFrame),
    ];
    for (const frame of strangers) electron.ipcMain.fromPage(contents, CHANNELS.requestPort, undefined, frame);
    electron.ipcMain.emit(CHANNELS.requestPort, { sender: contents, senderFrame: null });
    expect(strangers.map((frame) => frame.received.length)).toEqual([0, 0, 0, 0]);
  });

  test('of one window is not given to the page of another', async () => {
    await start();
    shell.newWindow();
    const [one, two] = [contentsOf(0), contentsOf(1)];
    // The second window's page claims the first one's frame.
    electron.ipcMain.fromPage(two, CHANNELS.requestPort, undefined, one.mainFrame);
    expect(one.mainFrame.received).toEqual([]);
  });

  test('on the double loses a page’s transferred buffer, as the original does', async () => {
    const [main, page] = DoublePort.pair();
    const inPage = page.handOver(true);
    const heard: unknown[] = [];
    main.on('message', ({ data }) => heard.push(data));
    main.start();
    const buffer = new ArrayBuffer(8);
    inPage.postMessage({ buffer }, [buffer]);
    inPage.postMessage('after');
    await settled();
    expect([buffer.byteLength, heard]).toEqual([0, ['after']]);
    expect(() => main.postMessage({}, [new ArrayBuffer(8)])).toThrow('not a valid port');
  });

  test('an engine is started without what would change Node', async () => {
    vi.stubEnv('NODE_OPTIONS', '--inspect');
    await start();
    vi.unstubAllEnvs();
    expect(electron.children[0]!.options.env).not.toHaveProperty('NODE_OPTIONS');
    expect(electron.children[0]!.program).toBe(inFolder('out/main/service-process.js'));
  });
});

describe('which window a file opens in', () => {
  test('named on the command line: once the page listens', async () => {
    await start({ words: ['--no-sandbox', '.', 'a.artificer', 'missing.artificer', 'notes.txt'] });
    expect(windows()).toHaveLength(1);
    expect(sentTo(0, CHANNELS.openPaths)).toEqual([]);
    listen(0);
    expect(sentTo(0, CHANNELS.openPaths)).toEqual([[inFolder('a.artificer')]]);
    listen(0); // A reload does not open it again: the engine has it open.
    expect(sentTo(0, CHANNELS.openPaths)).toHaveLength(1);
  });

  test('a project each in a window of its own, and the same one never twice', async () => {
    await start({ words: ['a.artificer', 'b.artificer'] });
    expect(windows().map(({ loaded }) => loaded[0])).toEqual(['app://window-1/', 'app://window-2/']);
    shell.open([inFolder('a.artificer')]);
    expect(windows()).toHaveLength(2);
    expect(DoubleBrowserWindow.focused).toBe(windows()[0]);
  });

  test('a project in the vacant window, geometry in the one in front', async () => {
    await start();
    listen(0);
    shell.open([inFolder('a.artificer')]);
    expect(windows()).toHaveLength(1);
    say(0, { projectPath: inFolder('a.artificer'), title: 'A', running: null });
    shell.open([inFolder('b.artificer')]);
    expect(windows()).toHaveLength(2);
    windows()[0]!.focus();
    shell.open([inFolder('plate.stp')]);
    expect(sentTo(0, CHANNELS.openPaths)).toEqual([[inFolder('a.artificer')], [inFolder('plate.stp')]]);
  });

  test('a second start hands its files over and ends', async () => {
    expect(await start({ hasLock: false })).toBe(false);
    expect([electron.app.quits, electron.app.sandboxed, electron.children.length]).toEqual([1, false, 0]);

    await start();
    windows()[0]!.minimised = true;
    electron.app.emit('second-instance', {}, ['/opt/Artificer/artificer'], folder);
    expect([windows().length, windows()[0]!.minimised]).toEqual([1, false]);
    electron.app.emit('second-instance', {}, ['/opt/Artificer/artificer', '--flag', 'a.artificer'], folder);
    listen(0);
    expect(sentTo(0, CHANNELS.openPaths)).toEqual([[inFolder('a.artificer')]]);
  });

  test('macOS hands files over before and after it is ready, and the last window does not end the app', async () => {
    electron = doubleElectron({ userData: inFolder('data') });
    shell = new Shell(electron.modules, {
      out: inFolder('out'),
      platform: 'darwin',
      words: [],
      folder,
      version: '45.0.0',
    });
    shell.start();
    const preventDefault = vi.fn();
    electron.app.emit('open-file', { preventDefault }, inFolder('a.artificer'));
    await electron.ready();
    listen(0);
    expect(sentTo(0, CHANNELS.openPaths)).toEqual([[inFolder('a.artificer')]]);
    expect(preventDefault).toHaveBeenCalled();
    windows()[0]!.close();
    electron.app.emit('window-all-closed');
    expect(electron.app.quits).toBe(0);
    electron.app.emit('activate');
    expect(windows()).toHaveLength(1);
  });

  test('closing the last window ends the app elsewhere, and the engine with its window', async () => {
    await start();
    windows()[0]!.close();
    electron.app.emit('window-all-closed');
    expect([electron.app.quits, electron.children[0]!.killed]).toEqual([1, true]);
  });
});

describe('menus and dialogs', () => {
  const items = (menu: DoubleMenuItem[] = electron.menu.current): DoubleMenuItem[] =>
    menu.flatMap((item) => [item, ...(item.submenu ? items(item.submenu) : [])]);
  const click = (label: string) => (items().find((item) => item.label === label)!.click as () => void)();

  test('send commands to the window in front', async () => {
    await start();
    shell.newWindow();
    windows()[1]!.focus();
    click('Solve');
    windows()[0]!.focus();
    click('Isometric');
    expect(sentTo(1, CHANNELS.menuCommand)).toEqual(['study.solve']);
    expect(sentTo(0, CHANNELS.menuCommand)).toEqual(['view.isometric']);
  });

  test('leave the keys of commands to the page', async () => {
    await start();
    const commands = items().filter(({ id }) => id && (MENU_COMMANDS as readonly string[]).includes(id));
    expect(commands.length).toBeGreaterThan(25);
    for (const { label, accelerator, registerAccelerator } of commands)
      if (accelerator) expect(registerAccelerator, label).toBe(false);
  });

  test('offer developer tools from a checkout only', async () => {
    const roles = () => items().map(({ role }) => role);
    await start();
    expect(roles()).not.toContain('toggleDevTools');
    await start({ isPackaged: false });
    expect(roles()).toContain('toggleDevTools');
  });

  test('list recent projects that are still there, and open them', async () => {
    await start();
    say(0, { projectPath: inFolder('a.artificer'), title: 'A', running: null });
    say(0, { projectPath: inFolder('gone.artificer'), title: 'Gone', running: null });
    expect(items().map(({ label }) => label)).toContain('a.artificer');
    expect(items().map(({ label }) => label)).not.toContain('gone.artificer');
    expect(electron.app.recent).toEqual([inFolder('a.artificer'), inFolder('gone.artificer')]);
    click('a.artificer');
    expect(windows()).toHaveLength(2);
    await start();
    expect(items().map(({ label }) => label)).toContain('a.artificer');
    click('Clear');
    expect(items().map(({ label }) => label)).toContain('No Recent Projects');
  });

  test('open a project that is chosen', async () => {
    await start();
    electron.dialog.answers.push({ canceled: false, filePaths: [inFolder('b.artificer')] });
    click('Open Project…');
    await settled();
    listen(0);
    expect(sentTo(0, CHANNELS.openPaths)).toEqual([[inFolder('b.artificer')]]);
  });

  test('answer the page with what was chosen, and nobody else', async () => {
    await start();
    const invoke = (channel: string, data: unknown, frame?: DoubleFrame) =>
      electron.ipcMain.invokeFromPage(contentsOf(0), channel, data, frame);
    electron.dialog.answers.push(
      { canceled: false, filePaths: ['/x/a.stp'] },
      { canceled: true, filePaths: [] },
      { canceled: false, filePath: '/x/out.vtu' },
    );
    expect(await invoke(CHANNELS.chooseOpenPath, 'geometry')).toBe('/x/a.stp');
    expect(await invoke(CHANNELS.chooseOpenPath, 'project')).toBeNull();
    expect(await invoke(CHANNELS.chooseSavePath, 'result.vtu')).toBe('/x/out.vtu');
    expect(electron.dialog.asked[2]!.options).toMatchObject({ filters: [{ extensions: ['vtu'] }] });
    for (const bad of ['anything', 7, null, { kind: 'project' }])
      expect(await invoke(CHANNELS.chooseOpenPath, bad)).toBeNull();
    for (const bad of ['../../x', '/etc/passwd', 'x'.repeat(300), 7])
      expect(await invoke(CHANNELS.chooseSavePath, bad)).toBeNull();
    expect(await invoke(CHANNELS.chooseOpenPath, 'project', new DoubleFrame('https://evil.example/'))).toBeNull();
    expect(electron.dialog.asked).toHaveLength(3);
  });
});

describe('what a window shows and keeps', () => {
  test('title and progress come from the page, when they are well formed', async () => {
    await start();
    say(0, { projectPath: inFolder('a.artificer'), title: 'Bracket', running: 'Solve' });
    expect([windows()[0]!.title, windows()[0]!.progress]).toEqual(['Bracket – Artificer', 2]);
    for (const bad of [
      {},
      { projectPath: 7, title: 'x', running: null },
      { projectPath: null, title: 'x', running: null, more: 1 },
    ])
      say(0, bad);
    expect(windows()[0]!.title).toBe('Bracket – Artificer');
    say(0, { projectPath: null, title: '', running: null });
    expect([windows()[0]!.title, windows()[0]!.progress]).toEqual(['Artificer', -1]);
  });

  test('a project opens where it was, unless that screen has gone', async () => {
    mkdirSync(inFolder('data'));
    const places = { x: 300, y: 200, width: 1000, height: 700, maximised: true };
    const file = inFolder('data/windows.json');
    writeFileSync(
      file,
      JSON.stringify({ [inFolder('a.artificer')]: places, [inFolder('b.artificer')]: { ...places, x: 5000 } }),
    );
    await start({ words: ['a.artificer', 'b.artificer'] });
    expect(windows()[0]!.options).toMatchObject({ x: 300, y: 200, width: 1000, height: 700 });
    expect(windows()[0]!.maximised).toBe(true);
    expect(windows()[1]!.options).toMatchObject({ width: 1440, height: 900 });
    windows()[1]!.close();
    expect(JSON.parse(readFileSync(file, 'utf8'))[inFolder('b.artificer')]).toMatchObject({ width: 1440 });
  });

  test('a damaged file of places or recent projects is no reason not to start', async () => {
    mkdirSync(inFolder('data'));
    for (const name of ['windows.json', 'recent.json']) writeFileSync(inFolder(`data/${name}`), '{"x":');
    await start();
    expect(windows()).toHaveLength(1);
  });

  test('closing asks when work is running, and stays unless told', async () => {
    await start();
    say(0, { projectPath: inFolder('a.artificer'), title: 'A', running: 'Solve bracket' });
    electron.dialog.answers.push({ response: 0 }, { response: 1 });
    windows()[0]!.close();
    await settled();
    expect(windows()).toHaveLength(1);
    expect(electron.dialog.asked[0]!.options).toMatchObject({
      message: '"Solve bracket" is still running.',
      cancelId: 0,
    });
    windows()[0]!.close();
    await settled();
    expect(windows()).toHaveLength(0);
    expect(electron.children[0]!.killed).toBe(true);
  });
});

describe('failures', () => {
  test('a page that crashes is offered to be loaded again, with its engine going on', async () => {
    await start();
    electron.dialog.answers.push({ response: 0 });
    contentsOf(0).emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 });
    await settled();
    expect(electron.dialog.asked[0]!.options.detail).toContain('ran out of memory');
    expect(windows()[0]!.loaded).toHaveLength(2);
    expect(electron.children).toHaveLength(1);
    expect(electron.children[0]!.killed).toBe(false);
  });

  test('a page that hangs may be waited for, or ended and loaded again without another question', async () => {
    await start();
    electron.dialog.answers.push({ response: 0 }, { response: 1 });
    windows()[0]!.emit('unresponsive');
    await settled();
    expect([contentsOf(0).crashed, windows()[0]!.loaded.length]).toEqual([false, 1]);
    windows()[0]!.emit('unresponsive');
    await settled();
    expect([contentsOf(0).crashed, windows()[0]!.loaded.length]).toEqual([true, 2]);
    expect(electron.dialog.asked).toHaveLength(2);
  });

  test('an engine that dies is started again with the project it had, and the page is told', async () => {
    await start({ words: ['a.artificer'] });
    playEngine(0);
    listen(0);
    say(0, { projectPath: inFolder('a.artificer'), title: 'A', running: null });
    electron.ipcMain.fromPage(contentsOf(0), CHANNELS.requestPort);
    const port = contentsOf(0).mainFrame.received[0]!.ports[0]!;
    const client = connect(api, portTransport(port as unknown as PortLike));
    await client['app.info']({});

    electron.dialog.answers.push({ response: 0 });
    electron.children[0]!.end(134);
    await settled();
    await expect(client['app.info']({})).rejects.toMatchObject({ code: 'connection.closed' });
    expect(electron.dialog.asked[0]!.options.detail).toContain('134');
    expect(electron.children).toHaveLength(2);
    expect(windows()[0]!.loaded).toHaveLength(2);
    listen(0);
    expect(sentTo(0, CHANNELS.openPaths)).toEqual([[inFolder('a.artificer')], [inFolder('a.artificer')]]);
    playEngine(1);
    electron.ipcMain.fromPage(contentsOf(0), CHANNELS.requestPort);
    const second = contentsOf(0).mainFrame.received[1]!.ports[0]!;
    expect(await connect(api, portTransport(second as unknown as PortLike))['app.info']({})).toMatchObject({
      front: 'Electron 45',
    });
  });

  test('an engine that was told to end is not asked about', async () => {
    await start();
    windows()[0]!.close();
    await settled();
    expect(electron.dialog.asked).toEqual([]);
  });

  test('a graphics process that cannot start is said once, one that is started again is not', async () => {
    await start();
    electron.app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed' });
    electron.app.emit('child-process-gone', {}, { type: 'Utility', reason: 'crashed' });
    expect(electron.dialog.asked).toEqual([]);
    electron.app.emit('child-process-gone', {}, { type: 'GPU', reason: 'launch-failed' });
    expect(electron.dialog.asked[0]!.options.message).toContain('graphics driver');
  });
});

test('every command of the menu is one of the page’s', () => {
  const registry = ['file', 'edit', 'view', 'study', 'window']
    .map((name) => readFileSync(join(import.meta.dirname, `../../renderer/commands/${name}.ts`), 'utf8'))
    .join('\n');
  const views = /^view\.(front|back|left|right|top|bottom|isometric|style\..+)$/;
  const unknown = MENU_COMMANDS.filter((id) => !registry.includes(`'${id}'`) && !views.test(id));
  expect(unknown).toEqual([]);
});
