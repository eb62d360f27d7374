import { ORPCError, os } from '@orpc/server';
import type { DeskContract } from '../contract/desk.ts';
import { deskAccess, mayCall } from '../contract/desk-access.ts';
import type { DeskConnection } from './connections.ts';

function isProcedure(name: string): name is keyof DeskContract {
  return Object.hasOwn(deskAccess, name);
}

/**
 * Stands before every procedure of the desk, and before its input is read. The codes are in the error map of each
 * procedure that has a session, so the page receives them as typed errors.
 */
export const checkAccess = os.$context<DeskConnection>().middleware(({ context, path, next }) => {
  const name = path.join('.');
  if (!isProcedure(name)) throw new Error(`${name} has no line in the table of who may call what`);
  if (deskAccess[name] === 'anyone') return next();
  const staff = context.staff();
  if (staff === null) throw new ORPCError('SIGNED_OUT', { status: 401 });
  if (!mayCall(staff.roles, name)) throw new ORPCError('FORBIDDEN', { status: 403 });
  return next();
});
