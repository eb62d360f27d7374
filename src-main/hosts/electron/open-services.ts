import { join } from 'node:path';
import { experimental_RPCHandler as RpcHandler } from '@orpc/server/crossws';
import type { MessagePortMain } from 'electron';
import { serveAdmin } from '../../app/admin.ts';
import { readConfig, type Config } from '../../app/config.ts';
import { startDemonstrationDistrict } from '../../app/demonstration.ts';
import { districtAddress } from '../../app/district-address.ts';
import { writePrivate } from '../../app/key-store.ts';
import { openStation, type Station } from '../../app/station.ts';
import { connectPort } from './connect-port.ts';
import type { OpenedServices, OpenServices } from './serve-services.ts';

/** The fictional district of a demonstration. */
const demonstrationDistrictNumber = '00';
const demonstrationUser = 'demo';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** In a demonstration somebody must be able to sign in at once; the PIN goes to a terminal once, never into a pipe. */
async function addDemonstrationStaff(config: Config, station: Station): Promise<void> {
  if (station.identity.mode !== 'demonstration' || station.services.staffAccess.hasStaff()) return;
  const answer = await station.handleAdmin({
    ask: 'add-staff',
    userName: demonstrationUser,
    displayName: 'D. Demo',
    roles: ['front-desk', 'officer', 'supervisor'],
  });
  if (answer.answer !== 'staff-added') return;
  if (process.stdout.isTTY) {
    say(`staff: ${demonstrationUser}, PIN ${answer.pin} (shown once)`);
    return;
  }
  const file = join(config.dataDir, `pin-${demonstrationUser}.txt`);
  await writePrivate(file, `${answer.pin}\n`);
  say(`staff: the PIN of ${demonstrationUser} is in ${file}; read it, then delete it.`);
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
    const connection = station.connectDesk();
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

/** Opens the station as the Node host does; each thing is closed in the opposite order, also when a later one fails. */
export const openServices: OpenServices = async (options) => {
  const closers: (() => Promise<void>)[] = [];
  const opened = <T extends { close(): Promise<void> }>(thing: T): T => {
    closers.unshift(() => thing.close());
    return thing;
  };
  const close = async (): Promise<void> => {
    for (const one of closers.splice(0)) await one();
  };
  try {
    const config = await readConfig(options);
    const embedded =
      config.district === undefined
        ? opened(await startDemonstrationDistrict(config, demonstrationDistrictNumber))
        : null;
    const station = opened(await openStation(config, { district: await districtAddress(config, embedded) }));
    opened(await serveAdmin(config.dataDir, station.handleAdmin));
    station.start();
    await addDemonstrationStaff(config, station);
    const isDemonstration = station.identity.mode === 'demonstration';
    return {
      isDemonstration,
      hasDesk: isDemonstration || config.desk.onKiosk,
      connect: makeConnect(station),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
