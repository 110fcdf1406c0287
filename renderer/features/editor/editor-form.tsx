/** The form of the feature that is made or edited. Enter takes it, Escape drops it. */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Feature } from '../../../preload/contract/index.ts';
import { locateIn } from '../../geometry/locate.ts';
import { FEATURE_HELP, fieldHelp } from '../../help/features.ts';
import { openHelp } from '../../help/help-state.ts';
import { point, setTool, useView } from '../../state/view.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Group } from '../../ui/group.tsx';
import { Icon } from '../../ui/icons.tsx';
import { type FieldSpec, FORMS } from '../forms.ts';
import { KINDS } from '../kinds.ts';
import { usePreview } from '../preview.ts';
import { referencesIn } from '../references.ts';
import { type Suggestion, suggestionsFor } from '../suggestions.ts';
import {
  acceptFeature,
  cancelFeature,
  changeDraft,
  draftOutcome,
  lackOf,
  setField,
  useEditor,
} from './editor-state.ts';
import { FieldEditor } from './field-editor.tsx';
import { useBase } from './reference-field.tsx';

interface Field {
  name: string;
  spec: FieldSpec;
}

/** Those that stand in the form, and those that are folded away until they have a value. */
function fieldsOf(feature: Feature): { shown: Field[]; folded: Field[] } {
  const fields = Object.entries(FORMS[feature.kind] as Record<string, FieldSpec>)
    .map(([name, spec]) => ({ name, spec }))
    .filter(({ spec }) => spec.control !== 'none' && (spec.when?.(feature) ?? true));
  const has = ({ name, spec }: Field) =>
    !spec.optional || spec.when !== undefined || (feature as unknown as Record<string, unknown>)[name] !== undefined;
  return { shown: fields.filter(has), folded: fields.filter((field) => !has(field)) };
}

export function EditorForm() {
  const editing = useEditor((state) => state.editing);
  const form = useRef<HTMLDivElement>(null);
  const id = editing?.record.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a form begins in its first field, once
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('.feature-fields .field');
    requestAnimationFrame(() => first?.focus());
    return () => point(null);
  }, [id]);
  if (!editing) return null;
  const { feature, name } = editing.record;
  const { shown, folded } = fieldsOf(feature);
  const editor = ({ name: field, spec }: Field) => (
    <FieldEditor
      key={`${id}/${field}`}
      path={field}
      spec={spec}
      help={fieldHelp(feature.kind, field)!}
      value={(feature as unknown as Record<string, unknown>)[field]}
      onChange={(value) => setField(field, value)}
    />
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.key === 'Enter' && !event.ctrlKey && target.tagName !== 'BUTTON' && target.tagName !== 'SUMMARY') {
      void acceptFeature();
    } else if (event.key === 'Escape') {
      if (useView.getState().tool.kind === 'pick') setTool({ kind: 'select' });
      else cancelFeature();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields within come up to here
    <div
      ref={form}
      className="feature-editor"
      data-testid="feature-editor"
      data-own-keys="Escape"
      onKeyDown={onKeyDown}
    >
      <div className="feature-editor-head">
        <Icon name={KINDS[feature.kind].icon} />
        <span className="strong truncate">
          {editing.isNew ? `New ${FEATURE_HELP[feature.kind].title.toLowerCase()}` : name}
        </span>
        <span className="spacer" />
        <IconButton
          small
          icon="help"
          label={`Help on ${FEATURE_HELP[feature.kind].title}`}
          keys="F1"
          onClick={() => openHelp(`feature:${feature.kind}`)}
        />
      </div>
      <div className="feature-fields">
        {shown.map(editor)}
        {folded.length > 0 && (
          <Group title="More" closed>
            {folded.map(editor)}
          </Group>
        )}
      </div>
      <EditorState />
      <div className="feature-editor-foot">
        <Button onClick={cancelFeature} title="Drop what was changed (Esc)">
          Cancel
        </Button>
        <Button
          kind="primary"
          icon="check"
          disabled={lackOf(feature) !== null}
          onClick={() => void acceptFeature()}
          title="Take it (Enter)"
          data-testid="accept-feature"
        >
          OK
        </Button>
      </div>
    </div>
  );
}

/** What the preview says: working, fine, or why not and what to try. */
function EditorState() {
  const editing = useEditor((state) => state.editing);
  const preview = usePreview((state) => state.preview);
  const base = useBase();
  if (!editing) return null;
  const { feature } = editing.record;
  const lacking = lackOf(feature);
  if (lacking !== null) {
    const label = fieldHelp(feature.kind, lacking)?.label;
    return (
      <p className="feature-status muted">{label ? `“${label}” is still needed.` : 'Something is still needed.'}</p>
    );
  }
  const outcome = draftOutcome();
  const error = preview?.error ?? outcome?.error;
  if (!error) {
    return (
      <output className="feature-status muted" data-testid="preview-state">
        {preview?.busy ? 'Previewing…' : outcome?.state === 'ok' ? 'Previewed' : ''}
        {outcome?.warnings.map(({ code, message }) => (
          <span key={code} className="field-warning">
            {message}
          </span>
        ))}
      </output>
    );
  }
  const lost = base ? referencesIn(feature).filter((reference) => locateIn(reference, base)?.error) : [];
  const apply = (suggestion: Suggestion) => changeDraft(() => suggestion.feature);
  return (
    <div className="feature-status" role="alert" data-testid="preview-state">
      <p className="field-error">{error.message}</p>
      {error.cause && <p className="muted small">{error.cause}</p>}
      {error.hint && <p className="small">{error.hint}</p>}
      {suggestionsFor(feature, error, lost).map((suggestion) => (
        <Button key={suggestion.label} onClick={() => apply(suggestion)}>
          {suggestion.label}
        </Button>
      ))}
    </div>
  );
}
