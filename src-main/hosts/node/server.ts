import { experimental_RPCHandler as RpcHandler } from '@orpc/server/crossws';
import type { Station } from '../../app/station.ts';
import { connectSocket } from './connect-socket.ts';
import { openListener, type Listener } from './listener.ts';
import { readStaticFiles } from './static-files.ts';

export interface NodeHost {
  readonly kiosk: Listener;
  readonly desk: Listener;
  close(): Promise<void>;
}

/** Desks that may stand open at once on this machine. */
const mostDesks = 8;

/**
 * Serves both screens on loopback, each on an origin of its own, each with a WebSocket that holds
 * only the procedures of its role. `port` is the kiosk's; the desk takes the next one, or any when it is 0.
 */
export async function startNodeHost(station: Station, rendererDir: string, port: number): Promise<NodeHost> {
  const files = await readStaticFiles(rendererDir);
  const visitors = new RpcHandler(station.visitorRouter, station.visitorRpcOptions);
  const desks = new RpcHandler(station.deskRouter, station.deskRpcOptions);
  const onRefuse = (role: string) => (refusal: string) => {
    station.countRefusal(role, refusal);
  };
  const kiosk = await openListener({
    role: 'kiosk',
    port,
    page: '/visitor.html',
    files,
    mostConnections: 1,
    onRefuse: onRefuse('kiosk'),
    onConnect: (socket) => {
      const connection = station.connectVisitor();
      socket.once('close', connection.close);
      connectSocket(socket, {
        take: (peer, frame) => visitors.message(peer, frame, { context: connection }),
        close: (peer) => {
          visitors.close(peer);
        },
        onBadFrame: () => {
          station.countRefusal('kiosk', 'bad-frame');
        },
      });
    },
  });
  try {
    const desk = await openListener({
      role: 'desk',
      port: port === 0 ? 0 : port + 1,
      page: '/desk.html',
      files,
      mostConnections: mostDesks,
      onRefuse: onRefuse('desk'),
      onConnect: (socket) => {
        const connection = station.connectDesk();
        socket.once('close', connection.close);
        connectSocket(socket, {
          take: (peer, frame) => desks.message(peer, frame, { context: connection }),
          close: (peer) => {
            desks.close(peer);
          },
          onBadFrame: () => {
            station.countRefusal('desk', 'bad-frame');
          },
        });
      },
    });
    return {
      kiosk,
      desk,
      close: async () => {
        await Promise.all([kiosk.close(), desk.close()]);
      },
    };
  } catch (error) {
    await kiosk.close();
    throw error;
  }
}
