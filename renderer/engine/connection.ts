/** The line to the engine: opens it, notices its end, opens it again, and says so. */
import { create } from 'zustand';
import {
  type Api,
  ArtificerError,
  api,
  type Client,
  type ErrorData,
  toErrorData,
} from '../../preload/contract/index.ts';
import { connect, type Transport } from '../../preload/contract/rpc.ts';

export type EngineClient = Client<Api>;
/** Opens one transport, or rejects. */
export type Connector = () => Promise<Transport>;

export interface ConnectionState {
  status: 'connecting' | 'open' | 'lost';
  /** How often opening has failed since the line was last open. */
  attempts: number;
  /** Why the last attempt failed, in words. */
  reason: string | null;
}
export const useConnection = create<ConnectionState>(() => ({ status: 'connecting', attempts: 0, reason: null }));

let current: EngineClient | null = null;
let retryNow: (() => void) | null = null;

/** The client of the open line. Throws the contract's own error while there is none. */
export function engine(): EngineClient {
  if (current) return current;
  const data: ErrorData = {
    code: 'connection.closed',
    category: 'fault',
    message: 'The engine is not connected.',
    hint: 'Wait for the window to reconnect, or start Artificer again.',
  };
  throw new ArtificerError(data);
}

/** Ends the waiting before the next attempt. */
export const reconnectNow = (): void => retryNow?.();

const FIRST_DELAY = 400;
const LONGEST_DELAY = 8000;

/**
 * Keeps a line open for the life of the window. `hydrate` subscribes and loads the state; it runs anew for each line, so
 * whatever was missed in between is made up for.
 */
export async function keepConnected(
  connector: Connector,
  hydrate: (client: EngineClient) => Promise<void>,
): Promise<never> {
  let delay = FIRST_DELAY;
  for (;;) {
    try {
      const transport = await connector();
      const ended = new Promise<void>((resolve) => transport.onClose(resolve));
      const client = connect(api, transport);
      current = client;
      await hydrate(client);
      useConnection.setState({ status: 'open', attempts: 0, reason: null });
      delay = FIRST_DELAY;
      await ended;
      useConnection.setState({ status: 'lost', reason: 'The engine closed the connection.' });
    } catch (error) {
      const { message, cause } = toErrorData(error);
      useConnection.setState((state) => ({
        status: state.status === 'connecting' && state.attempts < 2 ? 'connecting' : 'lost',
        attempts: state.attempts + 1,
        reason: cause ?? message,
      }));
    }
    current = null;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delay);
      retryNow = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    delay = Math.min(delay * 2, LONGEST_DELAY);
  }
}
