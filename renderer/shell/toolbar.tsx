import { useCommand } from '../commands/index.ts';
import { resolvedTheme, useSettings } from '../state/settings.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CommandButton } from './command-button.tsx';

/** The few commands of every minute. */
export function Toolbar() {
  const solve = useCommand('study.solve');
  const theme = useCommand('view.theme');
  const dark = useSettings((state) => resolvedTheme(state.theme) === 'dark');
  return (
    <div className="toolbar" role="toolbar" aria-label="Main tools">
      <CommandButton id="file.import" words="Import" />
      <CommandButton id="file.open" />
      <CommandButton id="file.saveAs" />
      <span className="toolbar-rule" />
      <CommandButton id="edit.undo" />
      <CommandButton id="edit.redo" />
      <span className="toolbar-rule" />
      <CommandButton id="feature.sketch" words="Sketch" />
      <CommandButton id="feature.extrude" />
      <CommandButton id="feature.hole" />
      <CommandButton id="feature.fillet" />
      <CommandButton id="feature.offset-face" />
      <span className="toolbar-rule" />
      <CommandButton id="view.hide" />
      <CommandButton id="view.isolate" />
      <CommandButton id="view.showAll" />
      <span className="toolbar-rule" />
      <CommandButton id="tools.measure" words="Measure" />
      <CommandButton id="view.section" words="Section" />
      <CommandButton id="view.explode" words="Explode" />
      <span className="toolbar-rule" />
      <CommandButton id="study.new" words="New study" />
      <CommandButton id="result.toggle" words="Result" />
      <span className="spacer" />
      <IconButton icon={dark ? 'sun' : 'moon'} label={theme.title} onClick={theme.run} />
      <CommandButton id="edit.preferences" />
      <Button icon="play" kind="primary" disabled={!solve.enabled} onClick={solve.run} title={`Solve (${solve.keys})`}>
        Solve
      </Button>
    </div>
  );
}
