/** The history of the active part, and the form of the step that is being made or edited. */
import { hasHistory } from '../../main/document/index.ts';
import { useCommand } from '../commands/index.ts';
import { commandEntries } from '../shell/command-entries.ts';
import { selectParts, useDocument } from '../state/document.ts';
import { setActivePart, useActivePart, useHistory } from '../state/parts.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/fields.tsx';
import { Icon } from '../ui/icons.tsx';
import { MenuButton, type MenuEntry } from '../ui/menu.tsx';
import { formatSeconds } from '../units/format.ts';
import { EditorForm } from './editor/editor-form.tsx';
import { useEditor } from './editor/editor-state.ts';
import { CREATABLE, GROUPS, KINDS } from './kinds.ts';
import { DeleteDialog } from './tree/delete-dialog.tsx';
import { FailureCard } from './tree/failure-card.tsx';
import { FeatureTree } from './tree/feature-tree.tsx';
import { useFeatureTree } from './tree/tree-state.ts';

/** All kinds, under their headings. */
export const addEntries = (): MenuEntry[] =>
  GROUPS.flatMap((group): MenuEntry[] => [
    { kind: 'heading', label: group },
    ...commandEntries(CREATABLE.filter((kind) => KINDS[kind].group === group).map((kind) => `feature.${kind}`)),
  ]);

export function FeaturesPanel() {
  const part = useActivePart();
  const parts = useDocument(selectParts);
  const records = useDocument((state) => state.records);
  const editing = useEditor((state) => state.editing);
  const newPart = useCommand('part.new');
  const editable = useCommand('part.makeEditable');
  const history = useHistory(part?.id);
  const selected = useFeatureTree((state) => state.selected);

  if (!part)
    return (
      <section className="panel" aria-label="Features" data-testid="features">
        <div className="panel-empty">
          <p>
            {parts.length === 0
              ? 'A part is made step by step, and each step can be changed later.'
              : 'Select a part to see how it is made.'}
          </p>
          <Button icon="plus" kind="primary" disabled={!newPart.enabled} onClick={newPart.run}>
            New part
          </Button>
        </div>
      </section>
    );
  const failed = history?.outcomes.filter(({ state }) => state === 'failed') ?? [];
  const blocked = history?.outcomes.filter(({ id, state }) => state === 'blocked' && selected.has(id)) ?? [];
  const shown = failed.some(({ id }) => selected.has(id))
    ? failed.filter(({ id }) => selected.has(id))
    : failed.slice(0, 3);
  return (
    <section className="panel" aria-label="Features" data-testid="features">
      <div className="panel-bar">
        <Select
          label="Part"
          value={part.id}
          disabled={editing !== null}
          options={parts.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setActivePart}
        />
        <MenuButton
          label="Add a step"
          entries={addEntries}
          className="icon-button with-words"
          disabled={editing !== null || !editable.enabled}
          testId="add-feature"
        >
          <Icon name="plus" size={14} />
          Add
        </MenuButton>
      </div>
      {editing?.partId === part.id && <EditorForm />}
      {!hasHistory(part) ? (
        <div className="panel-empty">
          <p>
            “{part.name}” is as it was imported, without a history. It can be edited all the same: push and pull its
            faces, change its holes, take its fillets off.
          </p>
          <Button icon="recognise" kind="primary" onClick={() => void editable.run()} disabled={!editable.enabled}>
            Recognise its features
          </Button>
        </div>
      ) : (
        <div className={`panel-scroll feature-history ${editing ? 'behind' : ''}`}>
          {history?.error && (
            <div className="notice error panel-notice">
              <Icon name="error" />
              <div className="notice-body">
                <p>{history.error.message}</p>
                {history.error.hint && <p className="muted">{history.error.hint}</p>}
              </div>
            </div>
          )}
          {(part.features?.length ?? 0) === 0 && !part.script && !editing && (
            <div className="panel-empty">
              <p>Nothing here yet. Begin with a sketch on a plane, and make a body of it.</p>
              <StartButtons />
            </div>
          )}
          <FeatureTree part={part} />
          {!editing &&
            [...shown, ...blocked].map((outcome) => {
              const record = records.get(outcome.id);
              return (
                <FailureCard
                  key={outcome.id}
                  outcome={outcome}
                  record={record?.type === 'feature' ? record : undefined}
                />
              );
            })}
        </div>
      )}
      {history && (
        <div className="panel-foot">
          <span>
            {history.outcomes.length} {history.outcomes.length === 1 ? 'step' : 'steps'}
            {failed.length > 0 && `, ${failed.length} failed`}
          </span>
          <span>{history.status === 'pending' ? 'Rebuilding…' : `Rebuilt in ${formatSeconds(history.seconds)}`}</span>
        </div>
      )}
      <DeleteDialog part={part} />
    </section>
  );
}

function StartButtons() {
  const sketch = useCommand('feature.sketch');
  const extrude = useCommand('feature.extrude');
  return (
    <div className="start-buttons">
      <Button icon="sketch" kind="primary" onClick={sketch.run}>
        Sketch
      </Button>
      <Button icon="extrude" onClick={extrude.run}>
        Extrude
      </Button>
    </div>
  );
}
