import { RPCHandler } from '@orpc/server/ws';
import type { Station } from '../../app/station.ts';
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
  const visitors = new RPCHandler(station.visitorRouter, station.rpcOptions);
  const desks = new RPCHandler(station.deskRouter, station.rpcOptions);
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
      visitors.upgrade(socket, { context: connection });
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
        desks.upgrade(socket, { context: connection });
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
