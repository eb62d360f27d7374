import type { DeviceId } from '../contract/desk-devices.ts';
import type { StaffId } from '../contract/ids.ts';
import type { Mode } from '../contract/status.ts';
import { openDeskConnection, type DeskConnection, type DeskPlace } from './connections.ts';
import type { StationServices } from './station-services.ts';

/** All desks that are connected now, so that a removed one is cut off and a changed person signed out at once. */
export interface DeskDoors {
  readonly connect: (place: DeskPlace) => DeskConnection;
  isConnected(deviceId: DeviceId): boolean;
  /** Whoever chose another PIN because of somebody who knows the old one: that somebody is signed out at once. */
  signOutElsewhere(staffId: StaffId, here: DeskConnection): void;
}

export function createDeskDoors(
  mode: Mode,
  { deskFeed, staffAccess, staffAdmin, devices }: StationServices,
): DeskDoors {
  const open = new Set<DeskConnection>();
  devices.onRevoked((deviceId) => {
    for (const connection of [...open]) if (connection.device() === deviceId) connection.close();
  });
  staffAdmin.onChanged((staffId) => {
    for (const connection of open) if (connection.staff()?.staffId === staffId) connection.signOut('changed');
  });
  return {
    connect(place) {
      const connection = openDeskConnection({
        ...place,
        // Its keys lie beside it anyway; over the network a demonstration asks for the proof like any other.
        isOpen: mode === 'demonstration' && place.address === null,
        onSession: () => {
          deskFeed.refresh();
        },
        onSignOut: (staff) => {
          staffAccess.signOut(staff);
        },
      });
      open.add(connection);
      connection.signal.addEventListener('abort', () => open.delete(connection), { once: true });
      return connection;
    },
    signOutElsewhere: (staffId, here) => {
      // A call has a copy of its connection; the challenge is the connection's own.
      for (const connection of open)
        if (connection.staff()?.staffId === staffId && connection.challenge !== here.challenge)
          connection.signOut('changed');
    },
    isConnected: (deviceId) => [...open].some((connection) => connection.device() === deviceId),
  };
}
