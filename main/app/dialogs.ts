/** The native dialogs, in our words. */
import type Electron from 'electron';
import type { PathKind } from '../../preload/shell.ts';
import type { ElectronModules } from './electron-modules.ts';
import { GEOMETRY_ENDINGS, PROJECT_ENDING } from './opened-paths.ts';

type Dialog = Pick<ElectronModules['dialog'], 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox'>;

const FILTERS: Record<PathKind, Electron.FileFilter[]> = {
  project: [{ name: 'Artificer project', extensions: [PROJECT_ENDING] }],
  geometry: [
    // Both cases: some file systems, and files from before 1995, tell them apart.
    { name: 'Geometry', extensions: [...GEOMETRY_ENDINGS, ...GEOMETRY_ENDINGS.map((ending) => ending.toUpperCase())] },
    { name: 'All files', extensions: ['*'] },
  ],
  result: [{ name: 'Results', extensions: ['frd', 'vtu', 'FRD', 'VTU'] }],
  // In one file, or the card in its folder, beside which the others lie.
  surrogate: [{ name: 'Models of surrogates', extensions: ['zip', 'json', 'ZIP'] }],
};
const TITLES: Record<PathKind, string> = {
  project: 'Open a project',
  geometry: 'Import geometry',
  result: 'Open a result of another program',
  surrogate: 'Bring in the model of a surrogate',
};

export async function chooseOpenPath(
  dialog: Dialog,
  parent: Electron.BrowserWindow,
  kind: PathKind,
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(parent, {
    title: TITLES[kind],
    filters: FILTERS[kind],
    properties: ['openFile'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** The suggested name's ending decides which kind of file it is to be. */
export async function chooseSavePath(
  dialog: Dialog,
  parent: Electron.BrowserWindow,
  suggestedName: string,
): Promise<string | null> {
  const ending = /\.([A-Za-z0-9]{1,10})$/.exec(suggestedName)?.[1];
  const { canceled, filePath } = await dialog.showSaveDialog(parent, {
    defaultPath: suggestedName,
    ...(ending ? { filters: [{ name: ending.toUpperCase(), extensions: [ending] }] } : {}),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || !filePath ? null : filePath;
}

/** Asks a question with named answers; the first is the harmless one, which Return and Escape mean. */
export async function ask<Answer extends string>(
  dialog: Dialog,
  parent: Electron.BrowserWindow | null,
  question: { message: string; detail: string; answers: readonly [Answer, ...Answer[]] },
): Promise<Answer> {
  const options: Electron.MessageBoxOptions = {
    type: 'warning',
    title: 'Artificer',
    message: question.message,
    detail: question.detail,
    buttons: [...question.answers],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const { response } = await (parent ? dialog.showMessageBox(parent, options) : dialog.showMessageBox(options));
  return question.answers[response] ?? question.answers[0];
}
