import { attempt } from '../actions/edit.ts';
import { chooseAndImport, download } from '../actions/files.ts';
import { engine } from '../engine/connection.ts';
import { shell } from '../engine/shell.ts';
import { useDocument } from '../state/document.ts';
import { openDialog, toast } from '../state/ui.ts';
import { mainViewport } from '../state/viewports.ts';
import { register } from './registry.ts';

const hasProject = () => useDocument.getState().project !== null;
const isWritable = () => useDocument.getState().project?.readOnly === false;

register(
  {
    id: 'file.import',
    title: 'Import CAD files…',
    category: 'File',
    icon: 'import',
    keys: ['$mod+o'],
    whileTyping: true,
    enabled: () => !hasProject() || isWritable(),
    run: () => chooseAndImport(),
  },
  {
    id: 'file.importOptions',
    title: 'Import with options…',
    category: 'File',
    enabled: () => !hasProject() || isWritable(),
    run: () => openDialog('import-options'),
  },
  { id: 'file.new', title: 'New project…', category: 'File', icon: 'file', run: () => openDialog('new-project') },
  {
    id: 'file.open',
    title: 'Open project…',
    category: 'File',
    icon: 'open',
    keys: ['$mod+Shift+o'],
    whileTyping: true,
    run: async () => {
      const choose = shell()?.chooseOpenPath;
      if (!choose) return openDialog('open-project');
      const path = await choose('project');
      if (path) await engine()['project.open']({ path });
    },
  },
  {
    id: 'file.saveAs',
    title: 'Save as…',
    category: 'File',
    icon: 'save',
    keys: ['$mod+s'],
    whileTyping: true,
    enabled: hasProject,
    run: () => openDialog('save-as'),
  },
  {
    id: 'file.export',
    title: 'Export geometry…',
    category: 'File',
    icon: 'export',
    keys: ['$mod+e'],
    enabled: hasProject,
    run: () => openDialog('export'),
  },
  {
    id: 'file.picture',
    title: 'Save picture of the view',
    category: 'File',
    icon: 'camera',
    enabled: () => mainViewport() !== undefined,
    run: async () => {
      const bytes = await mainViewport()!.screenshot();
      download(bytes as Uint8Array<ArrayBuffer>, `${useDocument.getState().project?.name ?? 'view'}.png`, 'image/png');
      toast('Saved a picture of the view');
    },
  },
  {
    id: 'file.info',
    title: 'Project information…',
    category: 'File',
    icon: 'info',
    enabled: hasProject,
    run: () => openDialog('project-info'),
  },
  {
    id: 'file.close',
    title: 'Close project',
    category: 'File',
    enabled: hasProject,
    run: () => attempt(() => engine()['project.close']({})),
  },
);
