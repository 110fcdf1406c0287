/** Carriers of frames: message ports, WebSockets, and a pair within one process. */
import type { Frame, Transport } from './frames.ts';

/** The listeners of a transport, with the promises of {@link Transport} about late and early ones kept. */
function listeners() {
  let onFrame: ((frame: unknown) => void) | undefined;
  const early: unknown[] = [];
  const onClose = new Set<() => void>();
  let closed = false;
  return {
    get closed() {
      return closed;
    },
    frame(frame: unknown) {
      if (closed) return;
      if (onFrame) onFrame(frame);
      else early.push(frame);
    },
    close() {
      if (closed) return;
      closed = true;
      for (const listener of onClose) listener();
      onClose.clear();
    },
    setOnFrame(listener: (frame: unknown) => void) {
      onFrame = listener;
      for (const frame of early.splice(0)) this.frame(frame);
    },
    addOnClose(listener: () => void) {
      if (closed) listener();
      else onClose.add(listener);
    },
  };
}

/** What DOM MessagePort, `node:worker_threads` MessagePort and Electron's MessagePortMain have in common. */
export interface PortLike {
  postMessage(message: unknown): void;
  close(): void;
  start?(): void;
  addEventListener?: unknown;
  on?: unknown;
}

/**
 * Messages are cloned, never transferred: a renderer that transfers an ArrayBuffer to a MessagePortMain silently loses
 * the whole message (electron#34905).
 */
export function portTransport(port: PortLike): Transport {
  const state = listeners();
  const listen = (event: string, listener: (event: { data?: unknown }) => void) => {
    const target = port as { addEventListener?: typeof listen; on?: typeof listen };
    // Node's ports have both ways; only this one hands over an event, as the DOM's does. MessagePortMain has only `on`.
    if (target.addEventListener) target.addEventListener(event, listener);
    else target.on?.(event, listener);
  };
  listen('message', (event) => state.frame(event.data));
  listen('messageerror', () => close());
  listen('close', () => state.close());
  port.start?.();
  const close = () => {
    port.close();
    // A DOM port tells only the far end of its closing.
    state.close();
  };
  return {
    send: (frame) => {
      if (!state.closed) port.postMessage(frame);
    },
    onFrame: (listener) => state.setOnFrame(listener),
    onClose: (listener) => state.addOnClose(listener),
    close,
  };
}

/** What the browser's WebSocket and the `ws` package's have in common. */
export interface WebSocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  addEventListener: unknown;
}
const CONNECTING = 0;
const OPEN = 1;

/** One frame per text message, as JSON. Frames sent before the socket is open wait for it. */
export function webSocketTransport(socket: WebSocketLike): Transport {
  const state = listeners();
  const waiting: string[] = [];
  type Listen = (event: string, listener: (event: { data?: unknown }) => void) => void;
  const { addEventListener } = socket as { addEventListener: Listen };
  const listen: Listen = addEventListener.bind(socket);
  const close = () => {
    socket.close();
    state.close();
  };
  listen('open', () => {
    for (const text of waiting.splice(0)) socket.send(text);
  });
  listen('message', ({ data }) => {
    let frame: unknown;
    try {
      if (typeof data !== 'string') throw new TypeError('a binary message');
      frame = JSON.parse(data);
    } catch {
      return close(); // Not a frame: whoever this is does not speak the protocol.
    }
    state.frame(frame);
  });
  listen('close', () => state.close());
  // A `ws` socket without this listener would throw; `close` follows it in any case.
  listen('error', () => {});
  return {
    send: (frame) => {
      if (state.closed) return;
      const text = JSON.stringify(frame);
      if (socket.readyState === OPEN) socket.send(text);
      else if (socket.readyState === CONNECTING) waiting.push(text);
    },
    onFrame: (listener) => state.setOnFrame(listener),
    onClose: (listener) => state.addOnClose(listener),
    close,
  };
}

/** Two ends within one process. Frames are cloned and delivered later, as over every other transport. */
export function inProcessPair(): [Transport, Transport] {
  const states = [listeners(), listeners()] as const;
  const close = () => {
    for (const state of states) queueMicrotask(() => state.close());
  };
  const end = (mine: 0 | 1, theirs: 0 | 1): Transport => ({
    send: (frame: Frame) => {
      if (states[mine].closed) return;
      const copy = structuredClone(frame);
      queueMicrotask(() => states[theirs].frame(copy));
    },
    onFrame: (listener) => states[mine].setOnFrame(listener),
    onClose: (listener) => states[mine].addOnClose(listener),
    close,
  });
  return [end(0, 1), end(1, 0)];
}
