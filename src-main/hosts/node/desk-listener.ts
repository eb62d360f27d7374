import { experimental_RPCHandler as RpcHandler } from '@orpc/server/crossws';
import type { Station } from '../../app/station.ts';
import type { BuiltFiles } from '../pages/built-files.ts';
import { connectSocket } from './connect-socket.ts';
import { openListener, type Listener, type ListenerOptions } from './listener.ts';

/** Desks that may stand open at once: on this machine, and over the network, where pages that nobody knows yet count too. */
const mostHere = 8;
const mostOverNetwork = 64;

/** Serves the desk's page and its procedures, and nothing of the visitor's. */
export function openDeskListener(
  station: Station,
  files: BuiltFiles,
  { port, tls }: Pick<ListenerOptions, 'port' | 'tls'>,
): Promise<Listener> {
  const procedures = new RpcHandler(station.deskRouter, station.deskRpcOptions);
  const where = tls === null ? 'desk' : 'desk-network';
  const refused = (word: string): void => {
    station.countRefusal(where, word);
  };
  return openListener({
    role: 'desk',
    port,
    tls,
    page: '/desk.html',
    files,
    mostConnections: tls === null ? mostHere : mostOverNetwork,
    onRefuse: refused,
    onConnect: (socket, from) => {
      const connection = station.connectDesk(from);
      socket.once('close', connection.close);
      // A desk that was removed: at once, whether or not it answers a friendly close.
      connection.signal.addEventListener('abort', () => {
        socket.terminate();
      });
      connectSocket(socket, {
        take: (peer, frame) => procedures.message(peer, frame, { context: connection }),
        close: procedures.close.bind(procedures),
        onBadFrame: () => {
          refused('bad-frame');
        },
      });
    },
  });
}
