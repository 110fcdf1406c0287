/**
 * What the Electron shell adds to the page, as `window.artificerShell`. A browser has none of it, and the page works
 * without. The line to the engine is not in here: see `contract/shell-port.ts`.
 */

/** Ids of what the window menu can ask of the page. Undo and redo are the page's, for it knows where the caret is. */
export const MENU_COMMANDS = [
  'project.new',
  'project.open',
  'project.save-as',
  'project.pack',
  'project.verify',
  'files.import',
  'files.export',
  'edit.undo',
  'edit.redo',
  'edit.delete',
  'edit.select-all',
  'view.fit',
  'view.front',
  'view.back',
  'view.left',
  'view.right',
  'view.top',
  'view.bottom',
  'view.isometric',
  'view.shaded-edges',
  'view.wireframe',
  'view.transparent',
  'view.projection',
  'view.theme',
  'study.solve',
  'app.palette',
  'app.shortcuts',
  'app.about',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** Which files a native dialog offers. */
export type PathKind = 'project' | 'geometry';

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
