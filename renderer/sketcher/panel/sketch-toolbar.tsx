import { runCommand } from '../../commands/index.ts';
import { CommandButton } from '../../shell/command-button.tsx';
import { Button } from '../../ui/button.tsx';
import { GEOMETRIC } from '../constraints/possible.ts';
import { useSketcher } from '../session/state.ts';
import { TOOL_NAMES, TOOLS } from '../tools/names.ts';

const GROUPS = ['select', 'lines', 'round', 'dimension', 'change'] as const;

/** All tools of the sketch, its constraints, and the way out. */
export function SketchToolbar() {
  const isNew = useSketcher((state) => state.session?.isNew ?? false);
  const prompt = useSketcher((state) => state.prompt);
  const note = useSketcher((state) => state.note);
  const construction = useSketcher((state) => state.construction);
  return (
    <div className="sketch-top">
      <div className="sketch-bar" role="toolbar" aria-label="Sketch tools" data-testid="sketch-toolbar">
        {GROUPS.map((group) => (
          <div key={group} className="sketch-group">
            {TOOL_NAMES.filter((tool) => TOOLS[tool].group === group).map((tool) => (
              <CommandButton key={tool} id={`sketch.tool.${tool}`} />
            ))}
            {group === 'select' && <CommandButton id="sketch.construction" />}
          </div>
        ))}
      </div>
      <div className="sketch-bar">
        <div className="sketch-group" role="toolbar" aria-label="Constraints" data-testid="sketch-constraints">
          {GEOMETRIC.map((kind) => (
            <CommandButton key={kind} id={`sketch.constrain.${kind}`} />
          ))}
        </div>
        <div className="sketch-group">
          <CommandButton id="sketch.undo" />
          <CommandButton id="sketch.redo" />
          <CommandButton id="sketch.look" />
          <CommandButton id="sketch.marks" />
        </div>
        <div className="sketch-group sketch-leave">
          <Button
            kind="quiet"
            onClick={() => void runCommand('sketch.cancel')}
            title="Leave without keeping the changes"
          >
            {isNew ? 'Discard' : 'Cancel'}
          </Button>
          <Button
            kind="primary"
            icon="check"
            onClick={() => void runCommand('sketch.finish')}
            title="Keep the sketch (Ctrl+Enter)"
            data-testid="sketch-finish"
          >
            Finish
          </Button>
        </div>
      </div>
      {(note || prompt || construction) && (
        <output className={`sketch-prompt ${note ? 'refused' : ''}`} data-testid="sketch-prompt">
          {note ?? prompt}
          {!note && construction && <span className="muted"> Construction</span>}
        </output>
      )}
    </div>
  );
}
