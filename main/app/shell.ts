/** The desktop shell: one program, a window a project, and the ways in which a file finds its window. */
import { join, resolve } from 'node:path';
import type Electron from 'electron';
import * as v from 'valibot';
import { CHANNELS } from '../../preload/channels.ts';
import type { WindowState } from '../../preload/shell.ts';
import { ask, chooseOpenPath, chooseSavePath } from './dialogs.ts';
import type { ElectronModules } from './electron-modules.ts';
import { menuTemplate } from './menu.ts';
import { isProjectPath, pathsAmong } from './opened-paths.ts';
import { pageProtocol } from './page-protocol.ts';
import { ProjectWindow } from './project-window.ts';
import { RecentFiles } from './recent-files.ts';
import { hardenApp, hardenContents, hardenSession, SCHEME, senderWindow } from './security.ts';
import { WindowPlaces } from './window-places.ts';

export interface ShellOptions {
  /** Folder of what was built: `main`, `preload` and `renderer` are in it. */
  out: string;
  platform: NodeJS.Platform;
  /** The words that this program was started with, without its own name. */
  words: readonly string[];
  /** Where they were said. */
  folder: string;
  /** Electron's version. */
  version: string;
}

const PathKindSchema = v.picklist(['project', 'geometry', 'result', 'surrogate']);
const SuggestedNameSchema = v.pipe(v.string(), v.maxLength(255), v.regex(/^[^/\\]*$/));
const WindowStateSchema = v.strictObject({
  projectPath: v.nullable(v.pipe(v.string(), v.maxLength(4096))),
  title: v.pipe(v.string(), v.maxLength(6000)),
  running: v.nullable(v.pipe(v.string(), v.maxLength(6000))),
}) satisfies v.GenericSchema<WindowState>;

export class Shell {
  readonly #modules: ElectronModules;
  readonly #options: ShellOptions;
  readonly #windows = new Map<string, ProjectWindow>();
  readonly #places: WindowPlaces;
  readonly #recent: RecentFiles;
  /** Named before there could be windows. */
  readonly #early: string[];
  #ready = false;

  constructor(modules: ElectronModules, options: ShellOptions) {
    this.#modules = modules;
    this.#options = options;
    const data = modules.app.getPath('userData');
    this.#places = new WindowPlaces(join(data, 'windows.json'));
    this.#recent = new RecentFiles(join(data, 'recent.json'), modules.app);
    this.#early = pathsAmong(options.words, options.folder);
  }

  /** False when another Artificer runs already: it has been handed the words, and this one has to end. */
  start(): boolean {
    const { app } = this.#modules;
    if (!app.requestSingleInstanceLock()) {
      app.quit();
      return false;
    }
    hardenApp(this.#modules);
    app.on('web-contents-created', (_event, contents) => hardenContents(contents));
    app.on('second-instance', (_event, words, folder) => this.#secondInstance(words, folder));
    // macOS hands files over by this event, also before the app is ready.
    app.on('open-file', (event, path) => {
      event.preventDefault();
      if (this.#ready) this.open([path]);
      else this.#early.push(path);
    });
    app.on('activate', () => {
      if (this.#ready && this.#windows.size === 0) this.newWindow();
    });
    app.on('window-all-closed', () => {
      if (this.#options.platform !== 'darwin') app.quit();
    });
    app.on('child-process-gone', (_event, details) => this.#childGone(details));
    this.#listenToPages();
    void app.whenReady().then(() => this.#onReady());
    return true;
  }

  get windows(): ProjectWindow[] {
    return [...this.#windows.values()];
  }

  /** Opens each project in a window of its own, and geometry in the one in front. */
  open(paths: readonly string[]): void {
    const geometry = paths.filter((path) => !isProjectPath(path));
    for (const path of paths.filter(isProjectPath)) this.#openProject(resolve(path));
    if (geometry.length === 0) return;
    const target = this.#front() ?? this.newWindow();
    target.open(geometry);
    target.focus();
  }

  newWindow(paths: readonly string[] = []): ProjectWindow {
    const name = this.#freeName();
    const { out, version } = this.#options;
    const window = new ProjectWindow({
      modules: this.#modules,
      name,
      paths,
      preload: join(out, 'preload/index.cjs'),
      serviceProgram: join(out, 'main/service-process.js'),
      front: `Electron ${version.split('.')[0]}`,
      developerTools: !this.#modules.app.isPackaged,
      places: this.#places,
      onClosed: () => this.#windows.delete(name),
    });
    this.#windows.set(name, window);
    return window;
  }

  #onReady(): void {
    this.#ready = true;
    const session = this.#modules.session.defaultSession;
    hardenSession(session, { developerTools: !this.#modules.app.isPackaged });
    session.protocol.handle(
      SCHEME,
      pageProtocol({
        root: join(this.#options.out, 'renderer'),
        engineOf: (name) => this.#windows.get(name)?.engine.link ?? null,
      }),
    );
    this.#recent.onChange = () => this.#setMenu();
    this.#setMenu();
    const early = this.#early.splice(0);
    if (early.length > 0) this.open(early);
    else this.newWindow();
  }

  #openProject(path: string): void {
    const open = this.windows.find((window) => window.projectPath === path);
    const target = open ?? this.windows.find((window) => window.isVacant);
    if (!target) {
      this.newWindow([path]);
      return;
    }
    // Also the one that was made for it: opening may have failed, and be wanted again.
    target.open([path]);
    target.focus();
  }

  /** The window that a person is looking at. */
  #front(): ProjectWindow | null {
    const focused = this.#modules.BrowserWindow.getFocusedWindow();
    return this.windows.find(({ window }) => window === focused) ?? this.windows.at(-1) ?? null;
  }

  /** The lowest that is free, so that what a page keeps for its origin is found again by the next window. */
  #freeName(): string {
    for (let number = 1; ; number++) if (!this.#windows.has(`window-${number}`)) return `window-${number}`;
  }

  #secondInstance(words: readonly string[], folder: string): void {
    // The first word is the program itself.
    const paths = pathsAmong(words.slice(1), folder);
    if (!this.#ready) this.#early.push(...paths);
    else if (paths.length > 0) this.open(paths);
    else (this.#front() ?? this.newWindow()).focus();
  }

  #setMenu(): void {
    const { Menu, app } = this.#modules;
    const template = menuTemplate(
      {
        command: (command) => {
          const front = this.#front();
          if (front) front.command(command);
          else this.newWindow(); // macOS keeps the menu when the last window has gone.
        },
        newWindow: () => void this.newWindow(),
        openProject: () => void this.#chooseAndOpen(),
        openRecent: (path) => this.open([path]),
        clearRecent: () => this.#recent.clear(),
      },
      { platform: this.#options.platform, recent: this.#recent.list(), developerTools: !app.isPackaged },
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async #chooseAndOpen(): Promise<void> {
    const parent = this.#front() ?? this.newWindow();
    const path = await chooseOpenPath(this.#modules.dialog, parent.window, 'project');
    if (path) this.open([path]);
  }

  /** A helper of Chromium has gone. It starts another by itself; without the graphics process, though, all is slow. */
  #childGone(details: Electron.Details): void {
    if (details.type !== 'GPU' || details.reason === 'clean-exit' || details.reason === 'killed') return;
    if (details.reason !== 'launch-failed') return;
    void ask(this.#modules.dialog, this.#front()?.window ?? null, {
      message: 'The graphics driver does not work with Artificer.',
      detail: 'Pictures are drawn without it, which is slow. A newer driver may help.',
      answers: ['OK'],
    });
  }

  #listenToPages(): void {
    const { ipcMain, dialog } = this.#modules;
    /** Who sent it, when it is the page of one of our windows; anybody else gets no answer. */
    const windowOf = (event: Electron.IpcMainEvent | Electron.IpcMainInvokeEvent) => {
      const name = senderWindow(event);
      const found = name === null ? undefined : this.#windows.get(name);
      return found && found.window.webContents === event.sender ? found : null;
    };
    ipcMain.on(CHANNELS.requestPort, (event) => {
      if (event.senderFrame) windowOf(event)?.connectPage(event.senderFrame);
    });
    ipcMain.on(CHANNELS.ready, (event) => windowOf(event)?.pageListens());
    ipcMain.on(CHANNELS.windowState, (event, raw) => {
      const window = windowOf(event);
      const state = v.safeParse(WindowStateSchema, raw);
      if (!window || !state.success) return;
      window.setState(state.output);
      if (state.output.projectPath !== null) this.#recent.add(state.output.projectPath);
    });
    ipcMain.handle(CHANNELS.chooseOpenPath, (event, raw) => {
      const window = windowOf(event);
      const kind = v.safeParse(PathKindSchema, raw);
      return window && kind.success ? chooseOpenPath(dialog, window.window, kind.output) : null;
    });
    ipcMain.handle(CHANNELS.chooseSavePath, (event, raw) => {
      const window = windowOf(event);
      const name = v.safeParse(SuggestedNameSchema, raw);
      return window && name.success ? chooseSavePath(dialog, window.window, name.output) : null;
    });
  }
}
