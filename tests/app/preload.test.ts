/** The preload on doubles of what a sandboxed preload is given: little, and it passes on less. */
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CHANNELS } from '../../preload/channels.ts';
import { openShellPort, PORT_REQUEST } from '../../preload/contract/shell-port.ts';
import type { ArtificerShell } from '../../preload/shell.ts';

const given = vi.hoisted(() => ({
  exposed: {} as Record<string, unknown>,
  sent: [] as unknown[][],
  ipcRenderer: null as unknown as EventEmitter,
}));
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, value: unknown) => {
      given.exposed[name] = value;
    },
  },
  get ipcRenderer() {
    return given.ipcRenderer;
  },
  webUtils: { getPathForFile: (file: { path?: string }) => file.path ?? '' },
}));

/** A page's window: what is posted to it arrives later, with itself as the source. */
class PageWindow extends EventTarget {
  readonly location = { origin: 'app://window-1' };
  readonly posted: { data: unknown; origin: string }[] = [];
  postMessage(data: unknown, origin: string, ports: unknown[] = []): void {
    this.posted.push({ data, origin });
    queueMicrotask(() => this.dispatchEvent(Object.assign(new Event('message'), { data, ports, source: this })));
  }
}

let page: PageWindow;
let shell: ArtificerShell;

beforeEach(async () => {
  given.sent = [];
  given.ipcRenderer = Object.assign(new EventEmitter(), {
    send: (...message: unknown[]) => given.sent.push(message),
    invoke: async (...message: unknown[]) => {
      given.sent.push(message);
      return '/chosen';
    },
  });
  page = new PageWindow();
  vi.stubGlobal('window', page);
  vi.stubGlobal('location', page.location);
  vi.resetModules();
  await import('../../preload/index.ts');
  shell = given.exposed['artificerShell'] as ArtificerShell;
});
afterEach(() => vi.unstubAllGlobals());

test('exposes one object of few functions, and nothing of Electron', () => {
  expect(Object.keys(given.exposed)).toEqual(['artificerShell']);
  expect(Object.keys(shell).sort()).toEqual([
    'chooseOpenPath',
    'chooseSavePath',
    'onMenuCommand',
    'onOpenPaths',
    'pathOfFile',
    'platform',
    'setWindowState',
  ]);
});

test('asks the shell for what the page asks, on fixed channels', async () => {
  expect(await shell.chooseOpenPath('project')).toBe('/chosen');
  await shell.chooseSavePath('a.step');
  shell.setWindowState({ projectPath: null, title: 'x', running: null });
  expect(given.sent).toEqual([
    [CHANNELS.chooseOpenPath, 'project'],
    [CHANNELS.chooseSavePath, 'a.step'],
    [CHANNELS.windowState, { projectPath: null, title: 'x', running: null }],
  ]);
});

test('hands on what the shell says, without the event that it came with, until told to stop', () => {
  const heard: unknown[][] = [];
  const stop = shell.onMenuCommand((...words) => heard.push(words));
  given.ipcRenderer.emit(CHANNELS.menuCommand, { sender: 'secret' }, 'view.fit');
  stop();
  given.ipcRenderer.emit(CHANNELS.menuCommand, {}, 'view.front');
  expect(heard).toEqual([['view.fit']]);
});

test('says that the page listens for files only once it does', () => {
  const heard: string[][] = [];
  expect(given.sent).toEqual([]);
  shell.onOpenPaths((paths) => heard.push(paths));
  expect(given.sent).toEqual([[CHANNELS.ready]]);
  given.ipcRenderer.emit(CHANNELS.openPaths, {}, ['/a.artificer']);
  expect(heard).toEqual([['/a.artificer']]);
});

test('knows the path of a file from the disk, and none of one that the page made', () => {
  expect(shell.pathOfFile({ path: '/a.stp' } as unknown as File)).toBe('/a.stp');
  expect(shell.pathOfFile({} as File)).toBeNull();
});

test('a page asks for a port and gets it', async () => {
  const { port1, port2 } = new MessageChannel();
  const opening = openShellPort(page as never);
  await vi.waitFor(() => expect(given.sent).toEqual([[CHANNELS.requestPort]]));
  given.ipcRenderer.emit(CHANNELS.port, { ports: [port1] });
  expect(await opening).toBe(port1);
  expect(page.posted.every(({ origin }) => origin === 'app://window-1')).toBe(true);
  port2.close();
});

test('what other windows post means nothing, to either side', async () => {
  page.dispatchEvent(Object.assign(new Event('message'), { data: PORT_REQUEST, source: {} }));
  expect(given.sent).toEqual([]);
  const opening = openShellPort(page as never, 50);
  page.dispatchEvent(Object.assign(new Event('message'), { data: 'artificer:port', ports: [{}], source: {} }));
  await expect(opening).rejects.toThrow('does not answer');
});
