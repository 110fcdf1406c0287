/** One thing that was said or done. */
import { memo } from 'react';
import type { AgentEntry, AgentPointer, AgentStatus } from '../../../preload/contract/index.ts';
import { goBackTo, pointTo, say } from '../../actions/agent.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { OperationCard } from './operation-card.tsx';

interface Props {
  entry: AgentEntry;
  /** Nothing is worked on. */
  idle: boolean;
  latest: boolean;
  work: AgentStatus['work'];
}

export const Entry = memo(({ entry, idle, latest, work }: Props) => {
  switch (entry.kind) {
    case 'request':
      return (
        <li className="agent-request">
          <div className="agent-bubble">{entry.text}</div>
          {entry.selection && <Pointers faces={entry.selection} />}
        </li>
      );
    case 'reply':
      return (
        <li className="agent-reply">
          {entry.text}
          {entry.faces && <Pointers faces={entry.faces} />}
        </li>
      );
    case 'question': {
      // A choice that is a face can be looked at before it is taken.
      const faceOf = (label: string) => entry.faces?.find(({ words }) => words === label);
      const others = entry.faces?.filter(({ words }) => entry.choices.every(({ label }) => label !== words)) ?? [];
      return (
        <li className="agent-reply agent-question" data-testid="agent-question">
          <div className="agent-asked">
            <Icon name="help" size={14} />
            <span>{entry.text}</span>
          </div>
          {others.length > 0 && <Pointers faces={others} />}
          {entry.choices.length > 0 && (
            <div className="agent-choices">
              {entry.choices.map(({ label, reply }) => {
                const face = faceOf(label);
                return (
                  <span key={label} className="agent-choice">
                    <Button disabled={!idle || !latest} onClick={() => void say(reply)}>
                      <span className="truncate">{label}</span>
                    </Button>
                    {face && <IconButton icon="target" label={`Show ${label}`} onClick={() => pointTo([face])} />}
                  </span>
                );
              })}
            </div>
          )}
        </li>
      );
    }
    case 'operation':
      return (
        <li>
          <OperationCard operation={entry} />
        </li>
      );
    case 'checkpoint': {
      const open = work?.branch === entry.branch;
      return (
        <li className="agent-mark small muted">
          <Icon name="history" size={14} />
          <span className="truncate">Checkpoint before “{entry.text}”</span>
          <span className="spacer" />
          <Button kind="quiet" disabled={!idle || !open} onClick={() => void goBackTo(entry.id)}>
            Go back
          </Button>
        </li>
      );
    }
    case 'outcome':
      return (
        <li className={`agent-mark small ${entry.outcome}`} data-testid="agent-outcome">
          <Icon name={OUTCOME_ICONS[entry.outcome]} size={14} />
          <span>{entry.text}</span>
        </li>
      );
  }
});

const OUTCOME_ICONS = {
  accepted: 'check',
  dropped: 'trash',
  'went-back': 'history',
  stopped: 'stop',
  failed: 'warning',
} as const;

/** What is pointed at: a click lights it up in the model. */
export function Pointers({ faces }: { faces: readonly AgentPointer[] }) {
  return (
    <div className="agent-pointers">
      {faces.slice(0, 6).map((face) => (
        <button
          key={`${face.instanceId}/${face.kind}/${face.body}/${face.index}`}
          type="button"
          className="agent-pointer small"
          onClick={() => pointTo([face])}
          title="Show it in the model"
        >
          <Icon name={face.kind} size={14} />
          <span className="truncate">{face.words}</span>
        </button>
      ))}
    </div>
  );
}
