import type { Staff } from '../contract/staff.ts';
import type { DeskConnection } from './connections.ts';

/** Whoever is signed in on this connection. The border has asked already; this is where a procedure learns who it is. */
export function signedIn(context: DeskConnection, errors: { SIGNED_OUT: () => Error }): Staff {
  const staff = context.staff();
  if (staff === null) throw errors.SIGNED_OUT();
  return staff;
}
