/** Everything the engine or the window had to say, kept until the window closes. */
import { create } from 'zustand';
import { type ErrorData, type Message, toErrorData } from '../../preload/contract/index.ts';
import { setBottomOpen } from './ui.ts';

export interface MessagesState {
  /** Newest first. */
  messages: Message[];
  /** Errors and warnings since the panel was last looked at. */
  unread: number;
}
export const useMessages = create<MessagesState>(() => ({ messages: [], unread: 0 }));

const KEPT = 2000;
let localCount = 0;

export function putMessages(added: Message[], isNew = true): void {
  if (added.length === 0) return;
  useMessages.setState(({ messages, unread }) => {
    const known = new Set(messages.map(({ id }) => id));
    const fresh = added.filter(({ id }) => !known.has(id));
    const counted = isNew ? fresh.filter(({ severity }) => severity !== 'info').length : 0;
    const all = [...fresh, ...messages].sort((a, b) => b.at - a.at).slice(0, KEPT);
    return { messages: all, unread: unread + counted };
  });
  if (isNew && added.some(({ severity }) => severity === 'error')) setBottomOpen('messages');
}

/** Shows an error that a call of the window's own ran into. A cancellation is not an error. */
export function reportError(thrown: unknown): void {
  const error: ErrorData = toErrorData(thrown);
  if (error.category === 'cancelled') return;
  // The banner says that the line is down for as long as it is, and what was cut off is told by its job.
  if (error.code === 'connection.closed') return;
  // The engine tells of a failed job itself; its call rejects with the very same error a moment earlier or later.
  const twin = useMessages
    .getState()
    .messages.find((m) => m.error?.code === error.code && m.text === error.message && Date.now() - m.at < 2000);
  if (twin) return;
  putMessages([
    {
      id: `local-${++localCount}`,
      at: Date.now(),
      severity: 'error',
      text: error.message,
      ...(error.hint ? { hint: error.hint } : {}),
      ...(error.recordId ? { recordId: error.recordId } : {}),
      error,
    },
  ]);
}
