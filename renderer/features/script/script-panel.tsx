/** The script of the active part: read, written and run. */
import { useEffect, useRef } from 'react';
import { download } from '../../actions/files.ts';
import { openHelp } from '../../help/help-state.ts';
import { useDocument } from '../../state/document.ts';
import { useActivePart } from '../../state/parts.ts';
import { toast } from '../../state/ui.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { textKeys } from '../../ui/text-keys.ts';
import { lineOf, readAsScript, runScript, useScript } from './script-state.ts';
import { STARTER } from './starter.ts';

export function ScriptPanel() {
  const part = useActivePart();
  const state = useScript();
  const readOnly = useDocument((document) => document.project?.readOnly !== false);
  const kept = part?.script?.source;
  const mine = state.partId === (part?.id ?? null);
  const reading = state.reading;
  const source = reading ?? (mine ? state.draft : null) ?? kept ?? STARTER;
  const error = mine || !part ? state.error : null;
  const changed = reading === null && source !== kept;

  // Another part, another script: what was typed for this one stays with it no longer than the panel shows it.
  useEffect(() => {
    if (!mine) useScript.setState({ partId: part?.id ?? null, draft: null, error: null });
  }, [mine, part?.id]);

  const run = () => {
    if (reading === null && !readOnly)
      void runScript(part && (part.script || isEmpty(part)) ? part.id : undefined, source);
  };
  const name = `${(part?.name ?? 'part').replace(/[^\p{L}\p{N}_-]+/gu, '-')}.ts`;
  return (
    <section className="panel script-panel" aria-label="Script" data-testid="script">
      <div className="panel-bar">
        <span className="strong truncate">
          {reading !== null ? `“${part?.name}” as a script` : (part?.script?.fileName ?? 'New script')}
        </span>
        {changed && kept !== undefined && <span className="badge">not run yet</span>}
        <span className="spacer" />
        {reading !== null ? (
          <>
            <Button
              icon="copy"
              onClick={() => void navigator.clipboard.writeText(reading).then(() => toast('Copied the script'))}
            >
              Copy
            </Button>
            <Button icon="save" onClick={() => download(reading, name, 'text/plain')}>
              Save…
            </Button>
            <Button onClick={() => useScript.setState({ reading: null })}>Back</Button>
          </>
        ) : (
          <>
            {part && (
              <Button
                icon="script"
                onClick={() => void readAsScript(part.id)}
                title="Write the part's steps as a script"
              >
                Read as script
              </Button>
            )}
            <Button icon="play" kind="primary" disabled={state.busy || readOnly} onClick={run} title="Run (Ctrl+Enter)">
              {state.busy ? 'Running…' : part?.script || !part || isEmpty(part) ? 'Run' : 'Run as a new part'}
            </Button>
          </>
        )}
        <IconButton icon="help" label="Help on scripts" onClick={() => openHelp('scripts')} />
      </div>
      <Editor
        source={source}
        readOnly={readOnly || reading !== null}
        line={lineOf(error)}
        onChange={(draft) => useScript.setState({ draft, partId: part?.id ?? null })}
        onRun={run}
      />
      {error && (
        <div className="notice error" role="alert" data-testid="script-error">
          <Icon name="error" />
          <div className="notice-body">
            <p>
              {lineOf(error) !== null && <span className="strong">Line {lineOf(error)}: </span>}
              {error.message}
            </p>
            {error.cause && <p className="muted small selectable">{error.cause}</p>}
            {error.hint && <p className="muted">{error.hint}</p>}
          </div>
        </div>
      )}
    </section>
  );
}

const isEmpty = (part: { features?: string[] | undefined; sourceId?: string | undefined }): boolean =>
  part.sourceId === undefined && (part.features?.length ?? 0) === 0;

interface EditorProps {
  source: string;
  readOnly: boolean;
  line: number | null;
  onChange: (source: string) => void;
  onRun: () => void;
}

/** Plain text with numbered lines. Tab indents, Shift+Tab and Escape leave. */
function Editor({ source, readOnly, line, onChange, onRun }: EditorProps) {
  const numbers = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const count = source.split('\n').length;
  useEffect(() => {
    if (line === null || !area.current) return;
    const height = area.current.scrollHeight / area.current.value.split('\n').length;
    area.current.scrollTop = Math.max(0, (line - 4) * height);
  }, [line]);
  const onKeyDown = textKeys({ readOnly, onChange, onRun });
  return (
    <div className="script-editor">
      <div ref={numbers} className="script-numbers" aria-hidden="true">
        {Array.from({ length: count }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are their numbers
          <div key={index} className={line === index + 1 ? 'wrong' : ''}>
            {index + 1}
          </div>
        ))}
      </div>
      <textarea
        ref={area}
        aria-label="Script"
        data-own-keys="Escape"
        spellCheck={false}
        wrap="off"
        readOnly={readOnly}
        value={source}
        onChange={(event) => onChange(event.currentTarget.value)}
        onScroll={(event) => {
          if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop;
        }}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
