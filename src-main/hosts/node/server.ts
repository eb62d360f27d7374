import { experimental_RPCHandler as RpcHandler } from '@orpc/server/crossws';
import type { Station } from '../../app/station.ts';
import { readBuiltFiles, type BuiltFiles } from '../pages/built-files.ts';
import { connectSocket } from './connect-socket.ts';
import { openDeskListener } from './desk-listener.ts';
import { openListener, type Listener } from './listener.ts';

export interface NodeHost {
  readonly kiosk: Listener;
  readonly desk: Listener;
  close(): Promise<void>;
}

function openKioskListener(station: Station, files: BuiltFiles, port: number): Promise<Listener> {
  const procedures = new RpcHandler(station.visitorRouter, station.visitorRpcOptions);
  const refused = (word: string): void => {
    station.countRefusal('kiosk', word);
  };
  return openListener({
    role: 'kiosk',
    tls: null,
    port,
    page: '/visitor.html',
    files,
    mostConnections: 1,
    onRefuse: refused,
    onConnect: (socket) => {
      const connection = station.connectVisitor();
      socket.once('close', connection.close);
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

/**
 * Serves both screens on loopback, each on an origin of its own, each with a WebSocket that holds
 * only the procedures of its role. `port` is the kiosk's; the desk takes the next one, or any when it is 0.
 */
export async function startNodeHost(station: Station, rendererDir: string, port: number): Promise<NodeHost> {
  const files = await readBuiltFiles(rendererDir);
  const kiosk = await openKioskListener(station, files, port);
  try {
    const desk = await openDeskListener(station, files, { port: port === 0 ? 0 : port + 1, tls: null });
    const close = async (): Promise<void> => {
      await Promise.all([kiosk.close(), desk.close()]);
    };
    return { kiosk, desk, close };
  } catch (error) {
    await kiosk.close();
    throw error;
  }
}
