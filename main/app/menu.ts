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
  /**
   * The keys are shown, but not taken: they are the page's, which knows whether the caret is in a text field, and would
   * otherwise answer them a second time.
   */
  const command = (label: string, id: MenuCommand, accelerator?: string): Item => ({
    id,
    label,
    click: () => actions.command(id),
    ...(accelerator ? { accelerator, registerAccelerator: false } : {}),
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
      command('New Project…', 'file.new'),
      { label: 'New Window', accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.newWindow() },
      // The shell's, not the page's: a project that is open somewhere is brought to the front instead.
      {
        id: 'shell.open',
        label: 'Open Project…',
        accelerator: 'CmdOrCtrl+Shift+O',
        click: () => actions.openProject(),
      },
      { label: 'Open Recent', submenu: recent },
      separator,
      command('Import CAD Files…', 'file.import', 'CmdOrCtrl+O'),
      command('Export Geometry…', 'file.export', 'CmdOrCtrl+E'),
      command('Save Picture of the View', 'file.picture'),
      separator,
      command('Save As…', 'file.saveAs', 'CmdOrCtrl+S'),
      command('Project Information…', 'file.info'),
      command('Close Project', 'file.close'),
      separator,
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  };
  const edit: Item = {
    label: '&Edit',
    submenu: [
      command('Undo', 'edit.undo', 'CmdOrCtrl+Z'),
      command('Redo', 'edit.redo', 'CmdOrCtrl+Shift+Z'),
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      separator,
      command('Select All Parts', 'select.all', 'CmdOrCtrl+A'),
      command('Rename', 'edit.rename', 'F2'),
      command('Remove', 'edit.remove', 'Delete'),
      separator,
      command('Preferences…', 'edit.preferences', 'CmdOrCtrl+,'),
    ],
  };
  const view: Item = {
    label: '&View',
    submenu: [
      command('Fit Everything', 'view.fit', 'F'),
      command('Fit the Selection', 'view.fitSelection', 'Shift+F'),
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
      {
        label: 'Style',
        submenu: [
          command('Shaded with Edges', 'view.style.shaded-edges'),
          command('Shaded', 'view.style.shaded'),
          command('Wireframe', 'view.style.wireframe'),
          command('Transparent', 'view.style.transparent'),
        ],
      },
      command('Orthographic', 'view.orthographic', 'P'),
      separator,
      command('Section Plane', 'view.section', 'X'),
      command('Exploded View', 'view.explode', 'E'),
      command('Isolate', 'view.isolate', 'I'),
      command('Show Everything', 'view.showAll', 'Shift+H'),
      separator,
      command('Light or Dark', 'view.theme'),
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...(options.developerTools ? [separator, { role: 'reload' } as Item, { role: 'toggleDevTools' } as Item] : []),
    ],
  };
  const study: Item = {
    label: '&Study',
    submenu: [
      command('New Static Study', 'study.new'),
      command('Solve', 'study.solve', 'CmdOrCtrl+Enter'),
      separator,
      command('Measure', 'tools.measure', 'M'),
    ],
  };
  const help: Item = {
    role: 'help',
    label: '&Help',
    submenu: [
      command('Search Commands…', 'window.palette', 'CmdOrCtrl+K'),
      command('Keyboard Shortcuts', 'help.shortcuts'),
      command('Reset the Layout', 'window.resetLayout'),
      separator,
      command('About This Artificer', 'help.about'),
    ],
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
