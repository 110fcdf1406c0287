/**
 * What the Electron shell adds to the page, as `window.artificerShell`. A browser has none of it, and the page works
 * without. The line to the engine is not in here: see `contract/shell-port.ts`.
 */

/** Commands of the page's own registry that the menu shows. The page runs them; it knows what they mean just now. */
export const MENU_COMMANDS = [
  'file.new',
  'file.import',
  'file.saveAs',
  'file.export',
  'file.picture',
  'file.info',
  'file.close',
  'edit.undo',
  'edit.redo',
  'edit.rename',
  'edit.remove',
  'edit.preferences',
  'select.all',
  'view.fit',
  'view.fitSelection',
  'view.isometric',
  'view.front',
  'view.back',
  'view.left',
  'view.right',
  'view.top',
  'view.bottom',
  'view.style.shaded-edges',
  'view.style.shaded',
  'view.style.wireframe',
  'view.style.transparent',
  'view.orthographic',
  'view.section',
  'view.explode',
  'view.isolate',
  'view.showAll',
  'view.theme',
  'study.new',
  'study.solve',
  'tools.measure',
  'window.palette',
  'window.resetLayout',
  'help.shortcuts',
  'help.about',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** Which files a native dialog offers. */
export type PathKind = 'project' | 'geometry' | 'result' | 'surrogate';

/** What the shell shows of the page's state. */
export interface WindowState {
  /** The open project's path, or null when there is none. */
  projectPath: string | null;
  /** What a person calls it. */
  title: string;
  /** Work that closing the window would stop, in words (`Solve bracket`), or null. Everything else is saved already. */
  running: string | null;
}

export interface ArtificerShell {
  readonly platform: 'darwin' | 'linux' | 'win32';
  /** Native dialogs; null when the person cancelled. */
  chooseOpenPath(kind: PathKind): Promise<string | null>;
  chooseSavePath(suggestedName: string): Promise<string | null>;
  /** The path of a file dropped from the desktop; null for one that is not on the disk. */
  pathOfFile(file: File): string | null;
  /** Answers with how to stop listening. */
  onMenuCommand(listener: (command: MenuCommand) => void): () => void;
  /**
   * Files that this window is to open: named on the command line, double-clicked, or chosen in the menu. Paths that came
   * before anybody listened are handed over at once.
   */
  onOpenPaths(listener: (paths: string[]) => void): () => void;
  setWindowState(state: WindowState): void;
}

declare global {
  interface Window {
    readonly artificerShell?: ArtificerShell;
  }
}
