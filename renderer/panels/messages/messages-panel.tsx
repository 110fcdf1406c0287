import { useEffect, useState } from 'react';
import type { Message } from '../../../preload/contract/index.ts';
import { revealRecord } from '../../actions/reveal.ts';
import { useMessages } from '../../state/messages.ts';
import { toast } from '../../state/ui.ts';
import { IconButton } from '../../ui/button.tsx';
import { Segments } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';

type Shown = 'all' | 'warning' | 'error';

/** Everything about a message, for a report or a colleague. */
const asText = ({ text, hint, error }: Message): string =>
  [text, error && `Code: ${error.code}`, error?.cause && `Cause: ${error.cause}`, hint && `What to do: ${hint}`]
    .filter(Boolean)
    .join('\n');

/** What was said, all of it, newest first. */
export function MessagesPanel() {
  const messages = useMessages((state) => state.messages);
  const [shown, setShown] = useState<Shown>('all');
  // Seen is seen: the counter in the status bar goes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: again whenever one is added while this is in view
  useEffect(() => useMessages.setState({ unread: 0 }), [messages]);
  const count = (severity: Message['severity']) => messages.filter((message) => message.severity === severity).length;
  const list = messages.filter(({ severity }) => shown === 'all' || severity === shown);
  return (
    <section className="panel" aria-label="Messages">
      <div className="panel-bar">
        <Segments
          label="Which messages"
          value={shown}
          onChange={setShown}
          options={[
            { value: 'all', label: `All ${messages.length}` },
            { value: 'error', label: `Errors ${count('error')}` },
            { value: 'warning', label: `Warnings ${count('warning')}` },
          ]}
        />
        <span className="spacer" />
        <IconButton
          icon="trash"
          label="Clear the list"
          disabled={messages.length === 0}
          onClick={() => useMessages.setState({ messages: [] })}
        />
      </div>
      {list.length === 0 ? (
        <p className="panel-empty">Nothing to report.</p>
      ) : (
        <ul className="panel-scroll lines" data-testid="messages">
          {list.map((message) => (
            <li key={message.id} className="line message">
              <span className={`line-icon ${message.severity}`}>
                <Icon name={message.severity} size={14} />
              </span>
              <div className="message-body">
                <div>{message.text}</div>
                {(message.hint ?? message.error?.hint) && (
                  <div className="muted">{message.hint ?? message.error?.hint}</div>
                )}
                {message.error?.cause && <div className="message-cause">{message.error.cause}</div>}
              </div>
              {message.error && <code className="message-code">{message.error.code}</code>}
              <time className="muted small number">{new Date(message.at).toLocaleTimeString()}</time>
              {(message.recordId ?? message.error?.recordId) && (
                <IconButton
                  small
                  icon="target"
                  label="Show what this is about"
                  onClick={() => revealRecord(message.recordId ?? message.error!.recordId!)}
                />
              )}
              <IconButton
                small
                icon="copy"
                label="Copy"
                onClick={() =>
                  void navigator.clipboard
                    .writeText(asText(message))
                    .then(() => toast('Copied'))
                    .catch(() => {})
                }
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
