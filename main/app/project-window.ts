/** One window on one project, with an engine of its own, and what happens when either of them fails. */
import type Electron from 'electron';
import { CHANNELS } from '../../preload/channels.ts';
import type { MenuCommand, WindowState } from '../../preload/shell.ts';
import { ask } from './dialogs.ts';
import type { ElectronModules } from './electron-modules.ts';
import { EngineProcess } from './engine-process.ts';
import { originOf, WEB_PREFERENCES } from './security.ts';
import type { WindowPlaces } from './window-places.ts';

export interface ProjectWindowOptions {
  modules: ElectronModules;
  /** `window-1`: its page's host, and so its origin. */
  name: string;
  /** What it is to open once its page listens. */
  paths: readonly string[];
  preload: string;
  serviceProgram: string;
  front: string;
  developerTools: boolean;
  places: WindowPlaces;
  onClosed(): void;
}

const PAGE_FAILURES: Partial<Record<Electron.RenderProcessGoneDetails['reason'], string>> = {
  oom: 'It ran out of memory.',
  killed: 'The system ended it.',
  'launch-failed': 'It could not be started.',
};

export class ProjectWindow {
  readonly name: string;
  readonly window: Electron.BrowserWindow;
  readonly #options: ProjectWindowOptions;
  #engine: EngineProcess;
  #state: WindowState = { projectPath: null, title: '', running: null };
  /** Not handed over yet: the page does not listen yet. */
  #paths: string[];
  #listens = false;
  #mayClose = false;
  #asking = false;
  #endingPage = false;

  constructor(options: ProjectWindowOptions) {
    this.#options = options;
    this.name = options.name;
    this.#paths = [...options.paths];
    this.#engine = this.#startEngine();
    const { BrowserWindow, screen } = options.modules;
    const place = options.paths[0] ?? null;
    this.window = new BrowserWindow({
      ...options.places.optionsFor(place, screen.getAllDisplays()),
      minWidth: 800,
      minHeight: 500,
      title: 'Artificer',
      // Shown when there is something to see, in the colour that the page begins with.
      show: false,
      backgroundColor: '#1b1d21',
      webPreferences: { ...WEB_PREFERENCES, preload: options.preload, devTools: options.developerTools },
    });
    if (options.places.wasMaximised(place)) this.window.maximize();
    this.#listen();
    this.#load();
  }

  /** The path of its project: the open one, or else the one that it was made for. */
  get projectPath(): string | null {
    return this.#state.projectPath ?? this.#options.paths[0] ?? null;
  }

  /** Nothing is open in it, and nothing is about to be. */
  get isVacant(): boolean {
    return this.#state.projectPath === null && this.#paths.length === 0 && this.#options.paths.length === 0;
  }

  get engine(): EngineProcess {
    return this.#engine;
  }

  focus(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  command(command: MenuCommand): void {
    this.#send(CHANNELS.menuCommand, command);
  }

  /** Has the page open these: at once, or as soon as it listens. What it has open, or is about to, is left out. */
  open(paths: readonly string[]): void {
    const wanted = paths.filter((path) => path !== this.#state.projectPath && !this.#paths.includes(path));
    this.#paths.push(...wanted);
    if (this.#listens) this.pageListens();
  }

  /** The page has said that it listens; after a reload it says so again. */
  pageListens(): void {
    this.#listens = true;
    const paths = this.#paths.splice(0);
    if (paths.length > 0) this.#send(CHANNELS.openPaths, paths);
  }

  setState(state: WindowState): void {
    this.#state = state;
    const name = state.title || 'Artificer';
    this.window.setTitle(state.projectPath ? `${name} – Artificer` : name);
    this.window.setRepresentedFilename(state.projectPath ?? '');
    this.window.setProgressBar(state.running === null ? -1 : 2);
  }

  /** Hands the page that asked a new line to the engine. */
  connectPage(frame: Electron.WebFrameMain): void {
    if (this.#engine.hasEnded) return; // The question about it is on the screen.
    frame.postMessage(CHANNELS.port, null, [this.#engine.openPort('window')]);
  }

  #send(channel: string, data: unknown): void {
    if (!this.window.isDestroyed()) this.window.webContents.send(channel, data);
  }

  #load(): void {
    this.#listens = false;
    // Rejects when the window is closed, or loads anew, in the middle of it; a page that fails says so by its own event.
    this.window.loadURL(`${originOf(this.name)}/`).catch(() => {});
  }

  #startEngine(): EngineProcess {
    return new EngineProcess({
      modules: this.#options.modules,
      program: this.#options.serviceProgram,
      front: this.#options.front,
      onCrash: (code) => void this.#engineFailed(code),
    });
  }

  #listen(): void {
    const { window } = this;
    window.once('ready-to-show', () => window.show());
    // The page's own title is not the window's.
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('close', (event) => {
      this.#options.places.remember(this.projectPath, { ...window.getNormalBounds(), maximised: window.isMaximized() });
      if (this.#state.running === null || this.#mayClose) return;
      event.preventDefault();
      void this.#askToClose(this.#state.running);
    });
    window.on('closed', () => {
      this.#engine.end();
      this.#options.onClosed();
    });
    window.on('unresponsive', () => void this.#pageHangs());
    window.webContents.on('render-process-gone', (_event, details) => {
      if (details.reason !== 'clean-exit' && !this.#endingPage) void this.#pageFailed(details.reason);
      this.#endingPage = false;
    });
  }

  /** One question at a time: a page that hangs may also crash. */
  async #ask<Answer extends string>(question: {
    message: string;
    detail: string;
    answers: readonly [Answer, ...Answer[]];
  }): Promise<Answer | null> {
    if (this.#asking || this.window.isDestroyed()) return null;
    this.#asking = true;
    try {
      const answer = await ask(this.#options.modules.dialog, this.window, question);
      return this.window.isDestroyed() ? null : answer;
    } finally {
      this.#asking = false;
    }
  }

  async #askToClose(running: string): Promise<void> {
    const answer = await this.#ask({
      message: `"${running}" is still running.`,
      detail: 'Closing the window stops it. Everything else is saved.',
      answers: ['Keep Running', 'Stop and Close'],
    });
    if (answer !== 'Stop and Close') return;
    this.#mayClose = true;
    this.window.close();
  }

  async #pageHangs(): Promise<void> {
    const answer = await this.#ask({
      message: 'The window does not respond.',
      detail: 'It may be busy drawing. The engine behind it goes on, and every finished change is saved.',
      answers: ['Wait', 'Reload Window'],
    });
    if (answer !== 'Reload Window') return;
    // A page that is stuck in a loop would not let itself be reloaded: its process has to go, and is not asked about.
    this.#endingPage = true;
    this.window.webContents.forcefullyCrashRenderer();
    this.#load();
  }

  async #pageFailed(reason: Electron.RenderProcessGoneDetails['reason']): Promise<void> {
    const answer = await this.#ask({
      message: 'The window has failed.',
      detail: `${PAGE_FAILURES[reason] ?? 'It crashed.'} The engine goes on, and every finished change is saved.`,
      answers: ['Reload Window', 'Close Window'],
    });
    if (answer === 'Reload Window') this.#load();
    else if (answer === 'Close Window') this.#closeAtOnce();
  }

  async #engineFailed(code: number): Promise<void> {
    const answer = await this.#ask({
      message: 'The engine has ended unexpectedly.',
      detail: `Every finished change is in the project file. What was running has to be started again. (Exit code ${code}.)`,
      answers: ['Start Again', 'Close Window'],
    });
    if (answer === 'Close Window') return this.#closeAtOnce();
    if (answer !== 'Start Again') return;
    this.#engine = this.#startEngine();
    // The new engine has nothing open: the page is to open again what it had.
    const path = this.projectPath;
    this.#paths = path === null ? [] : [path];
    this.#load();
  }

  #closeAtOnce(): void {
    this.#mayClose = true;
    this.window.close();
  }
}
