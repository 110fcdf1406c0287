/** What the page does for the desktop shell around it: menu commands, files to open, title and running work. */
import { importPath, openProject } from '../actions/files.ts';
import { runCommand } from '../commands/index.ts';
import { shell } from '../engine/shell.ts';
import { useDocument } from '../state/document.ts';
import { runningJobs, useJobs } from '../state/jobs.ts';

const isTyping = (): boolean => document.activeElement?.matches('input, textarea') ?? false;

export function joinDesktopShell(): void {
  const desktop = shell();
  const tell = () => {
    const { project } = useDocument.getState();
    document.title = project ? `${project.name} – Artificer` : 'Artificer';
    desktop?.setWindowState({
      projectPath: project?.path ?? null,
      title: document.title,
      running: runningJobs(useJobs.getState().entries)[0]?.job.label ?? null,
    });
  };
  tell();
  useDocument.subscribe((state, before) => state.project !== before.project && tell());
  if (!desktop) return;
  useJobs.subscribe(tell);
  desktop.onMenuCommand((command) => {
    // In a field, undo and redo are the field's own.
    if (isTyping() && (command === 'edit.undo' || command === 'edit.redo')) {
      document.execCommand(command === 'edit.undo' ? 'undo' : 'redo');
      return;
    }
    void runCommand(command);
  });
  desktop.onOpenPaths((paths) => {
    for (const path of paths) void (/\.artificer$/i.test(path) ? openProject(path) : importPath(path));
  });
}
