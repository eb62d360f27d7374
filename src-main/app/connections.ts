import { randomBytes } from 'node:crypto';
import type { DeviceId } from '../contract/desk-devices.ts';
import type { Staff } from '../contract/staff.ts';

/** One visitor's page on its port. */
export interface VisitorConnection {
  readonly role: 'visitor';
  readonly close: () => void;
  /** Ends the streams of this connection. */
  readonly signal: AbortSignal;
}

/** Where a desk's page connects from, as its host knows it. */
export interface DeskPlace {
  /** The address it has called; a desk proves itself for this one and no other. */
  readonly origin: string;
  /** The page's own origin: the same, or that of another kiosk of the station. */
  readonly page: string;
  /** Of the other machine; null on this one. */
  readonly address: string | null;
}

export interface Session {
  readonly staff: Staff;
  /** Somebody else has seen the PIN: nothing but another PIN can be asked for. */
  readonly isPinOneTime: boolean;
}

/** One desk's page on its port; whoever is signed in is signed in here and nowhere else. */
export interface DeskConnection extends DeskPlace {
  readonly role: 'desk';
  /** From either side: the page has gone, or is no longer let in. The host then ends what carries it. */
  readonly close: () => void;
  readonly signal: AbortSignal;
  /** What a desk signs; made for this connection. */
  readonly challenge: string;
  /** A desk that is let in without a proof: a demonstration on its own machine. */
  readonly isOpen: boolean;
  device(): DeviceId | null;
  admit(deviceId: DeviceId): void;
  session(): Session | null;
  staff(): Staff | null;
  /** The last session here ended because somebody else changed what this person may do. */
  wasChanged(): boolean;
  signIn(session: Session): void;
  signOut(why?: 'changed'): void;
}

export function openVisitorConnection(): VisitorConnection {
  const ending = new AbortController();
  return {
    role: 'visitor',
    signal: ending.signal,
    close: () => {
      ending.abort();
    },
  };
}

export interface DeskConnectionOptions extends DeskPlace {
  readonly isOpen: boolean;
  /** Hears of every sign-in and sign-out, so that the stream shows or hides details at once. */
  readonly onSession: () => void;
  readonly onSignOut: (staff: Staff) => void;
}

/** A plain object of functions: oRPC copies the context of a call, and methods of a class would be left behind. */
export function openDeskConnection(options: DeskConnectionOptions): DeskConnection {
  const ending = new AbortController();
  let deviceId: DeviceId | null = null;
  let current: Session | null = null;
  let isChanged = false;
  const signOut = (why?: 'changed'): void => {
    if (current !== null) options.onSignOut(current.staff);
    current = null;
    isChanged = why === 'changed';
    options.onSession();
  };
  return {
    role: 'desk',
    origin: options.origin,
    page: options.page,
    address: options.address,
    isOpen: options.isOpen,
    challenge: randomBytes(32).toString('base64url'),
    signal: ending.signal,
    close: () => {
      // A call that is still on its way finds nobody here any more.
      deviceId = null;
      if (current !== null) signOut();
      ending.abort();
    },
    device: () => deviceId,
    admit: (admitted) => {
      if (!ending.signal.aborted) deviceId = admitted;
    },
    session: () => current,
    staff: () => current?.staff ?? null,
    wasChanged: () => isChanged,
    // The check of a PIN takes a while: the desk may have been removed meanwhile.
    signIn: (session) => {
      if (ending.signal.aborted) return;
      current = session;
      isChanged = false;
      options.onSession();
    },
    signOut,
  };
}

/** A stream ends with its connection, or earlier when the page stops following it. */
export function eitherSignal(connection: AbortSignal, call: AbortSignal | undefined): AbortSignal {
  return call === undefined ? connection : AbortSignal.any([connection, call]);
}
