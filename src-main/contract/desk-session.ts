import { oc } from '@orpc/contract';

/** A procedure that needs a session. `FORBIDDEN`: signed in, but in no role that may do this (desk-access.ts). */
export const inSession = oc.errors({ SIGNED_OUT: { status: 401 }, FORBIDDEN: { status: 403 } });
