/** One operation: what, on what, how far it is, and what came of it. */
import type { AgentOperation } from '../../../preload/contract/index.ts';
import { answer, fetchFile, lookAt } from '../../actions/agent.ts';
import { activeBrief, openBrief } from '../../actions/design.ts';
import { recordsOf } from '../../state/document.ts';
import { revealPanel } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { nameIn } from '../design/brief-name.ts';
import { Pointers } from './entries.tsx';

const STATES: Record<AgentOperation['state'], { icon: IconName; words: string }> = {
  waiting: { icon: 'help', words: 'waits for you' },
  running: { icon: 'animate', words: 'at work' },
  done: { icon: 'check', words: 'done' },
  failed: { icon: 'error', words: 'not done' },
  refused: { icon: 'close', words: 'refused' },
  stopped: { icon: 'stop', words: 'stopped' },
};
const ASKED = { icon: 'help', words: 'asks' } as const;
const SHOWN_CHANGES = 6;
const DESIGNING = new Set(['write_brief', 'search_designs', 'read_designs']);

/** The text of the brief that is written. */
const briefIn = (input: unknown): string | null => {
  const { text } = (input ?? {}) as { text?: unknown };
  return typeof text === 'string' ? text : null;
};

/** The brief that the operation is about, in hand and in view. */
function showDesigns({ input }: AgentOperation): void {
  const { brief: said } = (input ?? {}) as { brief?: unknown };
  const name = typeof said === 'string' ? said : nameIn(briefIn(input) ?? '');
  const brief = recordsOf('brief').find((each) => each.name === name) ?? activeBrief();
  if (brief) openBrief(brief.id);
  revealPanel('design');
}

export function OperationCard({ operation }: { operation: AgentOperation }) {
  const { tool, state, title, plan, text, error, assumptions, faces, picture, files, stage, fraction, seconds } =
    operation;
  // What has several meanings is asked about below: nothing went wrong.
  const asked = error?.code === 'agent.which';
  const { icon, words } = asked ? ASKED : STATES[state];
  const brief = tool === 'write_brief' ? briefIn(operation.input) : null;
  const planned = state === 'waiting' || (state === 'running' && plan);
  return (
    <article
      className={`agent-card ${state}`}
      aria-label={`${title}, ${words}`}
      data-testid="agent-operation"
      data-tool={operation.tool}
    >
      <header>
        <span className={`line-icon ${asked ? '' : state}`}>
          <Icon name={icon} size={14} />
        </span>
        <strong className="truncate">{title}</strong>
        <span className="spacer" />
        <span className="muted small number">
          {seconds === undefined ? words : seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`}
        </span>
      </header>
      {planned && plan && (
        <>
          <p>{plan.text}</p>
          {plan.changes.length > 0 && (
            <dl className="agent-changes">
              {plan.changes.slice(0, SHOWN_CHANGES).map(({ what, before, after }) => (
                <div key={what}>
                  <dt className="truncate" title={what}>
                    {what}
                  </dt>
                  <dd>
                    {before !== undefined && <span className="muted">{before} → </span>}
                    {after}
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </>
      )}
      {brief !== null && (
        <details className="agent-brief" data-testid="agent-brief">
          <summary>The brief</summary>
          <pre>{brief}</pre>
        </details>
      )}
      {state === 'running' && (
        <div className="agent-progress">
          <div
            className={`progress ${typeof fraction === 'number' ? '' : 'unknown'}`}
            role="progressbar"
            aria-label={stage ?? title}
            {...(typeof fraction === 'number' ? { 'aria-valuenow': Math.round(100 * fraction) } : {})}
          >
            <span style={typeof fraction === 'number' ? { width: `${100 * fraction}%` } : {}} />
          </div>
          <span className="muted small truncate">{stage ?? 'Beginning'}</span>
        </div>
      )}
      {text && <p className="agent-text">{text}</p>}
      {error && !asked && state !== 'refused' && (
        <p className="agent-error">
          {error.message}
          {error.hint && <span className="muted"> {error.hint}</span>}
        </p>
      )}
      {assumptions && assumptions.length > 0 && (
        <ul className="agent-assumptions small" aria-label="Taken for granted, and to be minded">
          {assumptions.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      {faces && faces.length > 0 && <Pointers faces={faces} />}
      {(tool === 'search_designs' || (DESIGNING.has(tool) && state === 'done')) && (
        <div className="agent-choices">
          <Button icon="target" onClick={() => showDesigns(operation)}>
            Show it in the Design panel
          </Button>
        </div>
      )}
      {(picture || files) && (
        <div className="agent-choices">
          {picture && (
            <Button icon="result" onClick={() => lookAt(picture)}>
              Show the result
            </Button>
          )}
          {files?.map((file) => (
            <Button
              key={file.fileName}
              icon="save"
              disabled={file.blobHash === undefined}
              onClick={() => void fetchFile(file)}
            >
              <span className="truncate">{file.path ?? file.fileName}</span>
            </Button>
          ))}
        </div>
      )}
      {state === 'waiting' && (
        <div className="agent-choices">
          <Button
            icon="check"
            kind="primary"
            onClick={() => void answer(operation.id, true)}
            data-testid="agent-approve"
          >
            Do it
          </Button>
          <Button onClick={() => void answer(operation.id, true, true)}>Do it and the rest</Button>
          <Button kind="quiet" onClick={() => void answer(operation.id, false)} data-testid="agent-refuse">
            No
          </Button>
        </div>
      )}
    </article>
  );
}
