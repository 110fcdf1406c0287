/**
 * How a page in the Electron shell gets its line to the engine. Ports cannot pass through the bridge between the
 * preload's world and the page's, but a message between the two can carry one.
 */

/** What the page posts to its own window to ask for a port, and what it is answered with. */
export const PORT_REQUEST = 'artificer:request-port';
export const PORT_ANSWER = 'artificer:port';

/** The part of a window that this needs, so that it can be tried without one. */
export interface MessageTarget {
  postMessage(message: unknown, targetOrigin: string): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  readonly location: { readonly origin: string };
}

/** A new port to the engine. Rejects when none has come within `patience` milliseconds. */
export function openShellPort(target: MessageTarget = window, patience = 10_000): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const onMessage = (event: MessageEvent) => {
      // Only the preload of this very window can post with this window as its source.
      if (event.source !== (target as unknown) || event.data !== PORT_ANSWER || !event.ports[0]) return;
      stop();
      resolve(event.ports[0]);
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error('The engine does not answer.'));
    }, patience);
    const stop = () => {
      clearTimeout(timer);
      target.removeEventListener('message', onMessage);
    };
    target.addEventListener('message', onMessage);
    target.postMessage(PORT_REQUEST, target.location.origin);
  });
}
