import type { Staff } from '../contract/staff.ts';

/** One visitor's page on its port. */
export interface VisitorConnection {
  readonly role: 'visitor';
  readonly close: () => void;
  /** Ends the streams of this connection. */
  readonly signal: AbortSignal;
}

/** One desk's page on its port; whoever is signed in is signed in here and nowhere else. */
export interface DeskConnection {
  readonly role: 'desk';
  readonly close: () => void;
  readonly signal: AbortSignal;
  staff(): Staff | null;
  signIn(staff: Staff): void;
  signOut(): void;
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

/** `onSession` hears of every sign-in and sign-out, so that the stream shows or hides details at once. */
export function openDeskConnection(onSession: () => void, onSignOut: (staff: Staff) => void): DeskConnection {
  const ending = new AbortController();
  let signedIn: Staff | null = null;
  const signOut = (): void => {
    if (signedIn !== null) onSignOut(signedIn);
    signedIn = null;
    onSession();
  };
  return {
    role: 'desk',
    signal: ending.signal,
    close: () => {
      ending.abort();
      if (signedIn !== null) signOut();
    },
    staff: () => signedIn,
    signIn: (staff) => {
      signedIn = staff;
      onSession();
    },
    signOut,
  };
}

/** A stream ends with its connection, or earlier when the page stops following it. */
export function eitherSignal(connection: AbortSignal, call: AbortSignal | undefined): AbortSignal {
  return call === undefined ? connection : AbortSignal.any([connection, call]);
}
