import { experimental_RPCHandler as RpcHandler } from '@orpc/server/crossws';
import type { MessagePortMain } from 'electron';
import { keepPin, openKiosk, type Kiosk, type NewPin } from '../../app/kiosk.ts';
import type { Station } from '../../app/station.ts';
import { openDeskNetwork, type DeskNetwork } from '../network/desk-network.ts';
import { connectPort } from './connect-port.ts';
import { originOf } from './roles.ts';
import type { OpenedServices, OpenServices } from './serve-services.ts';

/** A PIN goes to a terminal once, or into a file that only this user can read; never into a pipe. */
async function tellPin(dataDir: string, newPin: NewPin): Promise<void> {
  const line = process.stdout.isTTY
    ? `staff: ${newPin.userName}, PIN ${newPin.pin} (shown once)`
    : `staff: the PIN of ${newPin.userName} is in ${await keepPin(dataDir, newPin)}; read it, then delete it.`;
  process.stdout.write(`${line}\n`);
}

/** Gives ports the procedures of their role; a lobby has one visitor's page, so a later one replaces the earlier. */
function makeConnect(station: Station): OpenedServices['connect'] {
  const visitors = new RpcHandler(station.visitorRouter, station.visitorRpcOptions);
  const desks = new RpcHandler(station.deskRouter, station.deskRpcOptions);
  let visitorPort: MessagePortMain | null = null;
  return (role, port) => {
    const onBadFrame = (): void => {
      station.countRefusal(role, 'bad-frame');
    };
    if (role === 'kiosk') {
      visitorPort?.close();
      visitorPort = port;
      const connection = station.connectVisitor();
      connectPort(port, {
        take: (peer, frame) => visitors.message(peer, frame, { context: connection }),
        close: (peer) => {
          connection.close();
          visitors.close(peer);
        },
        onBadFrame,
      });
      return;
    }
    const origin = originOf('desk');
    const connection = station.connectDesk({ origin, page: origin, address: null });
    connection.signal.addEventListener('abort', () => {
      port.close();
    });
    connectPort(port, {
      take: (peer, frame) => desks.message(peer, frame, { context: connection }),
      close: (peer) => {
        connection.close();
        desks.close(peer);
      },
      onBadFrame,
    });
  };
}

async function closeBoth(network: DeskNetwork, kiosk: Kiosk): Promise<void> {
  await network.close();
  await kiosk.close();
}

/** Opens the same kiosk as the Node host does. */
export const openServices: OpenServices = async (options) => {
  const kiosk = await openKiosk(options);
  const { config, station, newPin, hasDesk } = kiosk;
  const network = await openDeskNetwork(kiosk);
  station.start();
  if (newPin !== null) await tellPin(config.dataDir, newPin);
  const isDemonstration = station.identity.mode === 'demonstration';
  return { isDemonstration, hasDesk, connect: makeConnect(station), close: () => closeBoth(network, kiosk) };
};
