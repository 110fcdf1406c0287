/** How this page reaches its engine: through the desktop shell's port, or the loopback host's WebSocket. */

import { portTransport, webSocketTransport } from '../../preload/contract/rpc.ts';
import { openShellPort } from '../../preload/contract/shell-port.ts';
import type { Connector } from './connection.ts';
import { shell } from './shell.ts';

const webSocketConnector: Connector = () =>
  new Promise((resolve, reject) => {
    const address = new URL('/rpc', location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    socket.addEventListener('open', () => resolve(webSocketTransport(socket)), { once: true });
    socket.addEventListener('close', () => reject(new Error('The engine does not answer.')), { once: true });
  });

const shellConnector: Connector = async () => portTransport(await openShellPort());

export const defaultConnector = (): Connector => (shell() ? shellConnector : webSocketConnector);
