import type { FunctionComponent } from 'react';
import { SamplesDialog } from '../features/samples.tsx';
import { type DialogName, useUi } from '../state/ui.ts';
import { ExportDialog } from './export-dialog.tsx';
import { AboutDialog, ShortcutsDialog } from './help-dialogs.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { NewStudyDialog } from './new-study-dialog.tsx';
import { PreferencesDialog } from './preferences.tsx';
import { NewProjectDialog, OpenProjectDialog, SaveAsDialog } from './project-dialogs.tsx';
import { ProjectInfoDialog } from './project-info.tsx';

const DIALOGS: Record<DialogName, FunctionComponent> = {
  'open-project': OpenProjectDialog,
  'new-project': NewProjectDialog,
  'save-as': SaveAsDialog,
  'project-info': ProjectInfoDialog,
  preferences: PreferencesDialog,
  'import-options': ImportDialog,
  export: ExportDialog,
  samples: SamplesDialog,
  'new-study': NewStudyDialog,
  shortcuts: ShortcutsDialog,
  about: AboutDialog,
};

/** The dialog that is open, if one is. */
export function Dialogs() {
  const name = useUi((state) => state.dialog);
  if (!name) return null;
  const Dialog = DIALOGS[name];
  return <Dialog />;
}
