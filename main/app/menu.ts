/** The menu: what the shell does itself it does here, everything else is a command to the window in front. */
import { basename } from 'node:path';
import type Electron from 'electron';
import type { MenuCommand } from '../../preload/shell.ts';

export interface MenuActions {
  /** To the page of the focused window. */
  command(command: MenuCommand): void;
  newWindow(): void;
  openProject(): void;
  openRecent(path: string): void;
  clearRecent(): void;
}

export interface MenuOptions {
  platform: NodeJS.Platform;
  recent: readonly string[];
  developerTools: boolean;
}

type Item = Electron.MenuItemConstructorOptions;
const separator: Item = { type: 'separator' };

export function menuTemplate(actions: MenuActions, options: MenuOptions): Item[] {
  const isMac = options.platform === 'darwin';
  const command = (label: string, id: MenuCommand, accelerator?: string): Item => ({
    id,
    label,
    click: () => actions.command(id),
    ...(accelerator ? { accelerator } : {}),
  });
  /**
   * Shown beside the item, but the keys go to the page: where the caret is in a text field they mean the text, and the
   * page's own shortcuts would fire twice.
   */
  const pageKey = (label: string, id: MenuCommand, accelerator: string): Item => ({
    ...command(label, id, accelerator),
    registerAccelerator: false,
  });

  const recent: Item[] =
    options.recent.length === 0
      ? [{ label: 'No Recent Projects', enabled: false }]
      : [
          ...options.recent.map((path) => ({
            label: basename(path),
            toolTip: path,
            click: () => actions.openRecent(path),
          })),
          separator,
          { label: 'Clear', click: () => actions.clearRecent() },
        ];

  const file: Item = {
    label: '&File',
    submenu: [
      command('New Project', 'project.new', 'CmdOrCtrl+N'),
      { label: 'New Window', accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.newWindow() },
      { id: 'shell.open', label: 'Open Project…', accelerator: 'CmdOrCtrl+O', click: () => actions.openProject() },
      { label: 'Open Recent', submenu: recent },
      separator,
      command('Import Geometry…', 'files.import', 'CmdOrCtrl+I'),
      command('Export…', 'files.export', 'CmdOrCtrl+E'),
      separator,
      command('Save As…', 'project.save-as', 'CmdOrCtrl+Shift+S'),
      command('Pack', 'project.pack'),
      command('Verify', 'project.verify'),
      separator,
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  };
  const edit: Item = {
    label: '&Edit',
    submenu: [
      pageKey('Undo', 'edit.undo', 'CmdOrCtrl+Z'),
      pageKey('Redo', 'edit.redo', isMac ? 'Cmd+Shift+Z' : 'Ctrl+Y'),
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      pageKey('Delete', 'edit.delete', 'Delete'),
      pageKey('Select All', 'edit.select-all', 'CmdOrCtrl+A'),
    ],
  };
  const view: Item = {
    label: '&View',
    submenu: [
      pageKey('Fit', 'view.fit', 'F'),
      {
        label: 'Standard Views',
        submenu: [
          command('Isometric', 'view.isometric'),
          command('Front', 'view.front'),
          command('Back', 'view.back'),
          command('Left', 'view.left'),
          command('Right', 'view.right'),
          command('Top', 'view.top'),
          command('Bottom', 'view.bottom'),
        ],
      },
      separator,
      command('Shaded with Edges', 'view.shaded-edges'),
      command('Wireframe', 'view.wireframe'),
      command('Transparent', 'view.transparent'),
      command('Perspective or Orthographic', 'view.projection'),
      separator,
      command('Light or Dark', 'view.theme'),
      pageKey('Command Palette…', 'app.palette', 'CmdOrCtrl+K'),
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...(options.developerTools ? [separator, { role: 'reload' } as Item, { role: 'toggleDevTools' } as Item] : []),
    ],
  };
  const study: Item = { label: '&Study', submenu: [command('Solve', 'study.solve', 'F5')] };
  const help: Item = {
    role: 'help',
    label: '&Help',
    submenu: [command('Shortcuts', 'app.shortcuts'), command('About Artificer', 'app.about')],
  };
  return [
    ...(isMac ? [{ role: 'appMenu' } as Item] : []),
    file,
    edit,
    view,
    study,
    ...(isMac ? [{ role: 'windowMenu' } as Item] : []),
    help,
  ];
}
