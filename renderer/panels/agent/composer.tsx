/** Where a person says what they want; what they have selected in the model goes along. */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { say } from '../../actions/agent.ts';
import { useAgent } from '../../state/agent.ts';
import { clearSelection, useSelection } from '../../state/selection.ts';
import { Button, IconButton } from '../../ui/button.tsx';

const FOCUS_ms = 80;

export function Composer({ busy, readOnly }: { busy: boolean; readOnly: boolean }) {
  const draft = useAgent((state) => state.draft);
  const asked = useAgent((state) => state.focusAsked);
  const items = useSelection((state) => state.items);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (asked === 0) return;
    // The dock puts a panel into the page, and itself in focus, a moment after it has made it.
    const timer = setTimeout(() => field.current?.focus(), FOCUS_ms);
    return () => clearTimeout(timer);
  }, [asked]);
  const send = () => {
    if (!busy) void say(draft);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const kinds = new Map<string, number>();
  for (const { kind } of items) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const selected = [...kinds]
    .map(([kind, count]) => `${count} ${kind}${count === 1 ? '' : kind === 'body' ? '' : 's'}`)
    .join(', ');
  return (
    <div className="agent-composer">
      {items.length > 0 && (
        <div className="agent-selection small" data-testid="agent-selection">
          <span className="muted">With what is selected: {selected}</span>
          <IconButton small icon="close" label="Select nothing" onClick={clearSelection} />
        </div>
      )}
      <div className="agent-say">
        <textarea
          ref={field}
          className="field"
          rows={2}
          aria-label="Say what you want"
          placeholder={readOnly ? 'Ask about the design (it is read-only)' : 'Say what you want, or ask'}
          value={draft}
          data-testid="agent-say"
          onChange={(event) => useAgent.setState({ draft: event.currentTarget.value })}
          onKeyDown={onKeyDown}
        />
        <Button
          icon="right"
          kind="primary"
          disabled={busy || draft.trim() === ''}
          onClick={send}
          data-testid="agent-send"
        >
          Send
        </Button>
      </div>
    </div>
  );
}
