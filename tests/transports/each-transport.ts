/** Every way to reach an engine, for tests that must pass over each: `describe.each(transports)`. */
import { MessageChannel } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { RPC_PATH, type ServedEngine, serveEngine } from '../../main/host/index.ts';
import {
  type Api,
  api,
  type Client,
  connect,
  type Handlers,
  inProcessPair,
  portTransport,
  serve,
  type Transport,
  webSocketTransport,
} from '../../preload/contract/index.ts';
import { signIn } from './sign-in.ts';

export interface Connection {
  client: Client<Api>;
  /** The client's end, for tests of disconnection. */
  transport: Transport;
  close(): Promise<void>;
}
export interface NamedTransport {
  name: string;
  connect(handlers: Handlers<Api>): Promise<Connection>;
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

const onlyHandlers = (handlers: Handlers<Api>): ServedEngine => ({
  handlers,
  blob: async () => null,
  acceptUpload: async () => ({ uploadId: 'none' }),
});

export const transports: NamedTransport[] = [
  {
    name: 'in-process pair',
    async connect(handlers) {
      const [mine, theirs] = inProcessPair();
      serve(api, handlers, theirs);
      return {
        client: connect(api, mine),
        transport: mine,
        close: async () => {
          mine.close();
          await settle();
        },
      };
    },
  },
  {
    name: 'worker_threads MessageChannel',
    async connect(handlers) {
      const { port1, port2 } = new MessageChannel();
      serve(api, handlers, portTransport(port1));
      const transport = portTransport(port2);
      return {
        client: connect(api, transport),
        transport,
        close: async () => {
          transport.close();
          await settle();
        },
      };
    },
  },
  {
    name: 'loopback WebSocket',
    async connect(handlers) {
      const host = await serveEngine(onlyHandlers(handlers), { root: import.meta.dirname, front: 'Test' });
      const { origin, cookie } = await signIn(host.url);
      const socket = new WebSocket(`${origin.replace('http', 'ws')}${RPC_PATH}`, { origin, headers: { cookie } });
      // Not awaited: the transport promises to keep what is sent before the socket is open.
      const transport = webSocketTransport(socket);
      return {
        client: connect(api, transport),
        transport,
        close: async () => {
          transport.close();
          await host.close();
          await settle();
        },
      };
    },
  },
];
