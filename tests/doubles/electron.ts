/**
 * A double of the parts of Electron that the shell uses, with the original's observable rules, its failures included:
 *
 *   - what crosses a process is cloned; what cannot be cloned throws at the sender
 *   - ports queue until they are started; a transferred port is dead at the sender
 *   - a MessagePortMain transfers ports only: an ArrayBuffer in its list throws
 *   - a page's port whose peer is a MessagePortMain silently loses a message that transfers an ArrayBuffer (electron#34905)
 *   - a destroyed window throws "Object has been destroyed" at every use
 *   - `invoke` rejects with "Error invoking remote method '…': …" and never with the error's own class
 *   - `utilityProcess.fork` throws before the app is ready; what is posted before the child is up waits for it
 *   - a `close` that nobody prevents destroys the window; `destroy` asks nobody
 */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import type { ElectronModules } from '../../main/app/electron-modules.ts';

type Listener = (...args: never[]) => void;

const later = (work: () => void): void => void setImmediate(work);

/** One end of a channel. `inPage` ends follow the DOM's rules, others MessagePortMain's. */
export class DoublePort extends EventEmitter {
  #peer: DoublePort | null = null;
  #queue: { data: unknown; ports: DoublePort[] }[] = [];
  #started = false;
  #closed = false;
  #transferred = false;
  inPage = false;

  static pair(): [DoublePort, DoublePort] {
    const [one, two] = [new DoublePort(), new DoublePort()];
    one.#peer = two;
    two.#peer = one;
    return [one, two];
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (this.#transferred) throw new TypeError('Cannot send from a port that has been transferred');
    if (this.inPage && transfer.some((item) => item instanceof ArrayBuffer)) {
      structuredClone(message, { transfer: transfer as ArrayBuffer[] }); // Detached here, and never seen again.
      return;
    }
    for (const item of transfer) {
      if (!(item instanceof DoublePort)) throw new TypeError('Port at index 0 is not a valid port');
      if (item === this) throw new TypeError('Port at index 0 is the source port');
    }
    const data = structuredClone(message);
    const ports = transfer.map((port) => (port as DoublePort).handOver());
    if (this.#closed || !this.#peer) return;
    this.#peer.#queue.push({ data, ports });
    this.#peer.#deliver();
  }

  /** The same end, at another owner. */
  handOver(inPage = false): DoublePort {
    const next = new DoublePort();
    next.inPage = inPage;
    next.#peer = this.#peer;
    if (this.#peer) this.#peer.#peer = next;
    next.#queue = this.#queue;
    this.#transferred = true;
    this.#peer = null;
    return next;
  }

  start(): void {
    this.#started = true;
    this.#deliver();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const peer = this.#peer;
    later(() => this.emit('close'));
    if (peer && !peer.#closed) {
      peer.#closed = true;
      later(() => peer.emit('close'));
    }
  }

  #deliver(): void {
    if (!this.#started) return;
    later(() => {
      for (let next = this.#queue.shift(); next; next = this.#queue.shift()) this.emit('message', next);
    });
  }
}

class DoubleMessageChannel {
  readonly port1: DoublePort;
  readonly port2: DoublePort;
  constructor() {
    [this.port1, this.port2] = DoublePort.pair();
  }
}

/** A child that the test plays: `parentPort` is the child's, `end` is its death. */
export class DoubleUtilityProcess extends EventEmitter {
  readonly parentPort = new EventEmitter();
  readonly program: string;
  readonly words: readonly string[];
  readonly options: Electron.ForkOptions;
  killed = false;
  #running = true;
  #ports: DoublePort[] = [];

  constructor(program: string, words: readonly string[], options: Electron.ForkOptions) {
    super();
    this.program = program;
    this.words = words;
    this.options = options;
  }

  postMessage(message: unknown, transfer: DoublePort[] = []): void {
    const data = structuredClone(message);
    const ports = transfer.map((port) => port.handOver());
    this.#ports.push(...ports);
    // Also when the test starts the child only afterwards: the original queues until the process is up.
    const deliver = () => {
      if (!this.#running) return;
      if (this.parentPort.listenerCount('message') > 0) this.parentPort.emit('message', { data, ports });
      else setTimeout(deliver, 1);
    };
    later(deliver);
  }

  kill(): boolean {
    this.killed = true;
    this.end(0);
    return true;
  }

  end(code: number): void {
    if (!this.#running) return;
    this.#running = false;
    // A process that has gone takes its ends of all ports with it.
    for (const port of this.#ports) port.close();
    later(() => this.emit('exit', code));
  }
}

export class DoubleFrame {
  url: string;
  readonly parent: DoubleFrame | null;
  /** What the preload would hear. */
  readonly received: { channel: string; data: unknown; ports: DoublePort[] }[] = [];
  constructor(url: string, parent: DoubleFrame | null = null) {
    this.url = url;
    this.parent = parent;
  }
  postMessage(channel: string, data: unknown, transfer: DoublePort[] = []): void {
    const ports = transfer.map((port) => port.handOver(true));
    this.received.push({ channel, data: structuredClone(data), ports });
  }
}

export class DoubleWebContents extends EventEmitter {
  static #lastId = 0;
  readonly id = ++DoubleWebContents.#lastId;
  readonly mainFrame = new DoubleFrame('');
  readonly sent: { channel: string; data: unknown }[] = [];
  windowOpenHandler: ((details: { url: string }) => { action: string }) | undefined;
  crashed = false;

  getURL(): string {
    return this.mainFrame.url;
  }
  send(channel: string, data: unknown): void {
    this.sent.push({ channel, data: structuredClone(data) });
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
  forcefullyCrashRenderer(): void {
    this.crashed = true;
    later(() => this.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 }));
  }
}

export class DoubleBrowserWindow extends EventEmitter {
  static all: DoubleBrowserWindow[] = [];
  static focused: DoubleBrowserWindow | null = null;
  static onContents: (contents: DoubleWebContents) => void = () => {};
  static getAllWindows = (): DoubleBrowserWindow[] => DoubleBrowserWindow.all;
  static getFocusedWindow = (): DoubleBrowserWindow | null => DoubleBrowserWindow.focused;

  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly #contents = new DoubleWebContents();
  readonly loaded: string[] = [];
  visible = false;
  minimised = false;
  maximised = false;
  title = '';
  progress = -1;
  #destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    DoubleBrowserWindow.all.push(this);
    DoubleBrowserWindow.onContents(this.#contents);
  }

  #alive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
  }
  get webContents(): DoubleWebContents {
    this.#alive();
    return this.#contents;
  }
  isDestroyed = (): boolean => this.#destroyed;
  async loadURL(url: string): Promise<void> {
    this.#alive();
    this.loaded.push(url);
    this.#contents.mainFrame.url = url;
    await new Promise<void>((resolve) => later(resolve));
    if (this.#destroyed) throw new Error(`ERR_FAILED (-2) loading '${url}'`);
    this.emit('ready-to-show');
  }
  show(): void {
    this.#alive();
    this.visible = true;
  }
  focus(): void {
    this.#alive();
    DoubleBrowserWindow.focused = this;
  }
  isMinimized(): boolean {
    this.#alive();
    return this.minimised;
  }
  restore(): void {
    this.#alive();
    this.minimised = false;
  }
  maximize(): void {
    this.#alive();
    this.maximised = true;
  }
  isMaximized(): boolean {
    this.#alive();
    return this.maximised;
  }
  getNormalBounds(): Electron.Rectangle {
    this.#alive();
    const { x = 10, y = 10, width = 800, height = 600 } = this.options;
    return { x, y, width, height };
  }
  setTitle(title: string): void {
    this.#alive();
    this.title = title;
  }
  setRepresentedFilename(): void {
    this.#alive();
  }
  setProgressBar(progress: number): void {
    this.#alive();
    this.progress = progress;
  }
  close(): void {
    this.#alive();
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    if (!prevented) this.destroy();
  }
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    DoubleBrowserWindow.all = DoubleBrowserWindow.all.filter((other) => other !== this);
    if (DoubleBrowserWindow.focused === this) DoubleBrowserWindow.focused = null;
    this.emit('closed');
  }
}

class DoubleIpcMain extends EventEmitter {
  readonly #handlers = new Map<string, (event: object, ...args: unknown[]) => unknown>();

  handle(channel: string, handler: (event: object, ...args: unknown[]) => unknown): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  /** What `ipcRenderer.send` in that frame would do. */
  fromPage(contents: DoubleWebContents, channel: string, data?: unknown, frame = contents.mainFrame): void {
    this.emit(channel, { sender: contents, senderFrame: frame }, structuredClone(data));
  }

  /** What `ipcRenderer.invoke` in that frame would do. */
  async invokeFromPage(
    contents: DoubleWebContents,
    channel: string,
    data?: unknown,
    frame = contents.mainFrame,
  ): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    try {
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      return structuredClone(await handler({ sender: contents, senderFrame: frame }, structuredClone(data)));
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${error}`);
    }
  }
}

class DoubleDialog {
  /** Answers that the person gives, in this order; what was asked is kept. */
  readonly answers: unknown[] = [];
  readonly asked: { kind: string; options: Electron.MessageBoxOptions }[] = [];
  readonly #ask = async (kind: string, args: unknown[]): Promise<unknown> => {
    this.asked.push({ kind, options: args.at(-1) as Electron.MessageBoxOptions });
    if (this.answers.length === 0) return new Promise(() => {}); // Nobody answers.
    return this.answers.shift();
  };
  showOpenDialog = (...args: unknown[]): Promise<unknown> => this.#ask('open', args);
  showSaveDialog = (...args: unknown[]): Promise<unknown> => this.#ask('save', args);
  showMessageBox = (...args: unknown[]): Promise<unknown> => this.#ask('message', args);
}

class DoubleSession extends EventEmitter {
  protocolHandlers = new Map<string, (request: Request) => Promise<Response>>();
  beforeRequest: ((details: { url: string }, callback: (answer: { cancel: boolean }) => void) => void) | undefined;
  permissionRequest: Listener | undefined;
  permissionCheck: Listener | undefined;
  devicePermission: Listener | undefined;
  spellChecker = true;
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
      this.protocolHandlers.set(scheme, handler);
    },
  };
  readonly webRequest = {
    onBeforeRequest: (listener: DoubleSession['beforeRequest']) => {
      this.beforeRequest = listener;
    },
  };
  setPermissionRequestHandler(handler: Listener): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: Listener): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: Listener): void {
    this.devicePermission = handler;
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    this.spellChecker = enabled;
  }
}

export interface DoubleMenuItem extends Omit<Electron.MenuItemConstructorOptions, 'submenu'> {
  submenu?: DoubleMenuItem[];
}

/** A machine with Electron on it. `ready()` lets the app become ready. */
export function doubleElectron(options: { userData: string; hasLock?: boolean; isPackaged?: boolean }) {
  let becomeReady = () => {};
  let isReady = false;
  const whenReady = new Promise<void>((resolve) => {
    becomeReady = resolve;
  });
  const app = Object.assign(new EventEmitter(), {
    isPackaged: options.isPackaged ?? true,
    quits: 0,
    switches: {} as Record<string, string>,
    sandboxed: false,
    recent: [] as string[],
    requestSingleInstanceLock: () => options.hasLock ?? true,
    whenReady: () => whenReady,
    quit() {
      app.quits++;
    },
    enableSandbox() {
      if (isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
      app.sandboxed = true;
    },
    getPath: () => options.userData,
    addRecentDocument: (path: string) => void app.recent.push(path),
    clearRecentDocuments: () => {
      app.recent = [];
    },
    commandLine: {
      appendSwitch: (name: string, value = '') => {
        app.switches[name] = value;
      },
    },
  });
  const schemes: Electron.CustomScheme[] = [];
  const children: DoubleUtilityProcess[] = [];
  const session = new DoubleSession();
  const dialog = new DoubleDialog();
  const ipcMain = new DoubleIpcMain();
  const menu: { current: DoubleMenuItem[] } = { current: [] };
  DoubleBrowserWindow.all = [];
  DoubleBrowserWindow.focused = null;
  DoubleBrowserWindow.onContents = (contents) => app.emit('web-contents-created', {}, contents);

  const modules = {
    app,
    BrowserWindow: DoubleBrowserWindow,
    dialog,
    ipcMain,
    Menu: {
      buildFromTemplate: (template: DoubleMenuItem[]) => template,
      setApplicationMenu: (built: DoubleMenuItem[]) => {
        menu.current = built;
      },
    },
    MessageChannelMain: DoubleMessageChannel,
    protocol: {
      registerSchemesAsPrivileged: (registered: Electron.CustomScheme[]) => {
        if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
        schemes.push(...registered);
      },
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: { defaultSession: session },
    utilityProcess: {
      fork: (program: string, words: string[], forkOptions: Electron.ForkOptions) => {
        if (!isReady) throw new Error('utilityProcess.fork cannot be called before app is ready');
        const child = new DoubleUtilityProcess(program, words, forkOptions);
        children.push(child);
        return child;
      },
    },
  };
  return {
    modules: modules as unknown as ElectronModules,
    app,
    session,
    dialog,
    ipcMain,
    menu,
    schemes,
    children,
    ready: async () => {
      isReady = true;
      becomeReady();
      await settled();
    },
  };
}

/** Lets everything that is on its way arrive. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Does not compile when Electron's own types, or the double, stop having what the shell uses of them. */
type Members<Original, Names extends keyof Original> = Record<Names, unknown>;
export type StandsFor = [
  DoublePort extends Members<Electron.MessagePortMain, 'postMessage' | 'start' | 'close' | 'on'> ? true : never,
  DoubleUtilityProcess extends Members<Electron.UtilityProcess, 'postMessage' | 'kill' | 'on'> ? true : never,
  DoubleWebContents extends Members<
    Electron.WebContents,
    'send' | 'getURL' | 'setWindowOpenHandler' | 'forcefullyCrashRenderer' | 'on'
  >
    ? true
    : never,
];
export const standsFor: StandsFor = [true, true, true];
