/** The conversation beside the model: plain words in, operations as cards as they run, and what a person makes of them. */
import { useEffect, useRef } from 'react';
import { acceptWork, beginAnew, dropWork, setMode, stopAgent } from '../../actions/agent.ts';
import { useAgent } from '../../state/agent.ts';
import { useDocument } from '../../state/document.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Segments } from '../../ui/fields.tsx';
import { BudgetFields } from './budget.tsx';
import { Composer } from './composer.tsx';
import { Entry } from './entries.tsx';
import { Suggestions } from './suggestions.tsx';

export function AgentPanel() {
  const status = useAgent((state) => state.status);
  const entries = useAgent((state) => state.entries);
  const project = useDocument((state) => state.project);
  const list = useRef<HTMLOListElement>(null);
  const last = entries.at(-1);
  // What is new comes into view; whoever has scrolled up to read is left there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: again whenever the last entry is another one or changes
  useEffect(() => {
    const scroll = list.current;
    if (scroll && scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 400)
      scroll.scrollTop = scroll.scrollHeight;
  }, [last]);
  if (!project || !status)
    return (
      <section className="panel" aria-label="Agent">
        <p className="panel-empty">Open or create a project, then say here what you want of it.</p>
      </section>
    );
  const busy = status.state !== 'idle';
  return (
    <section className="panel agent" aria-label="Agent">
      <div className="panel-bar">
        <Segments
          label="How the agent works"
          value={status.mode}
          onChange={(mode) => void setMode(mode)}
          options={[
            { value: 'approve', label: 'Approve each' },
            { value: 'run', label: 'Let it run' },
          ]}
        />
        <span className="spacer" />
        <IconButton
          icon="messages"
          label="Begin a new conversation"
          disabled={busy || entries.length === 0}
          onClick={() => void beginAnew()}
        />
        <Button icon="stop" kind="quiet" disabled={!busy} onClick={() => void stopAgent()} data-testid="agent-stop">
          Stop
        </Button>
      </div>
      <BudgetFields status={status} />
      {entries.length === 0 ? (
        <Suggestions />
      ) : (
        <ol className="panel-scroll agent-entries" ref={list} aria-live="polite" data-testid="agent-entries">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} idle={!busy} latest={entry === last} work={status.work} />
          ))}
        </ol>
      )}
      {status.work && (
        <div className="agent-work" data-testid="agent-work">
          <details>
            <summary>
              {status.work.changes.length === 0
                ? 'Work of before waits for you'
                : `${status.work.changes.length} ${status.work.changes.length === 1 ? 'change waits' : 'changes wait'} for you`}
            </summary>
            <ol>
              {status.work.changes.map((change, k) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: labels repeat, and lines are only ever added
                <li key={k}>{change}</li>
              ))}
            </ol>
            <p className="muted small">
              On the branch {status.work.branch}. Change it by hand or say what to do differently; accepting makes one
              change of it all.
            </p>
          </details>
          <div className="agent-decide">
            <Button
              icon="check"
              kind="primary"
              disabled={busy}
              onClick={() => void acceptWork()}
              data-testid="agent-accept"
            >
              Accept
            </Button>
            <Button icon="trash" disabled={busy} onClick={() => void dropWork()} data-testid="agent-drop">
              Drop
            </Button>
          </div>
        </div>
      )}
      <Composer busy={busy} readOnly={project.readOnly} />
    </section>
  );
}
