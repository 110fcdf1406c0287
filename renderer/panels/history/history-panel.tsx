import { useMemo } from 'react';
import type { ChangeInfo } from '../../../preload/contract/index.ts';
import { useCommand } from '../../commands/index.ts';
import { useDocument } from '../../state/document.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { formatCount } from '../../units/format.ts';

/** Sequences of edits that are undone at the moment. */
export function undoneEdits(changes: ChangeInfo[]): Set<number> {
  const undone = new Set<number>();
  for (const { kind, of } of [...changes].sort((a, b) => a.sequence - b.sequence)) {
    if (kind === 'undo' && of !== undefined) undone.add(of);
    if (kind === 'redo' && of !== undefined) undone.delete(of);
  }
  return undone;
}

/** What was done to the project, by whom, and what is undone. */
export function HistoryPanel() {
  const changes = useDocument((state) => state.changes);
  const undo = useCommand('edit.undo');
  const redo = useCommand('edit.redo');
  const undone = useMemo(() => undoneEdits(changes), [changes]);
  return (
    <section className="panel" aria-label="History">
      <div className="panel-bar">
        <Button icon="undo" kind="quiet" disabled={!undo.enabled} onClick={undo.run}>
          <span className="truncate history-command">{undo.title}</span>
        </Button>
        <Button icon="redo" kind="quiet" disabled={!redo.enabled} onClick={redo.run}>
          <span className="truncate history-command">{redo.title}</span>
        </Button>
      </div>
      {changes.length === 0 ? (
        <p className="panel-empty">Every change to the project is kept here, and can be undone tomorrow as well.</p>
      ) : (
        <ol className="panel-scroll lines" data-testid="history">
          {changes.map((change) => (
            <li key={change.sequence} className={`line ${undone.has(change.sequence) ? 'undone' : ''}`}>
              <span className="line-icon">
                <Icon name={change.kind === 'edit' ? 'pencil' : change.kind} size={14} />
              </span>
              <span className="truncate" title={change.label}>
                {change.kind === 'undo' ? 'Undo: ' : change.kind === 'redo' ? 'Redo: ' : ''}
                {change.label}
              </span>
              {undone.has(change.sequence) && <span className="badge">undone</span>}
              <span className="spacer" />
              <span className="muted small">
                {formatCount(change.records)} {change.records === 1 ? 'record' : 'records'}
              </span>
              <span className="muted small history-author truncate">{change.author.name}</span>
              <time className="muted small number">{new Date(change.at).toLocaleTimeString()}</time>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
