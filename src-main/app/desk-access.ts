import { ORPCError, os } from '@orpc/server';
import type { DeskContract } from '../contract/desk.ts';
import { deskAccess, mayCall } from '../contract/desk-access.ts';
import type { DeskConnection } from './connections.ts';

function isProcedure(name: string): name is keyof DeskContract {
  return Object.hasOwn(deskAccess, name);
}

/** Whether the page stands at a desk of this station at all. */
export function isAdmitted(connection: DeskConnection): boolean {
  return connection.isOpen || connection.device() !== null;
}

function checkSession(connection: DeskConnection, name: keyof DeskContract): void {
  const session = connection.session();
  if (session === null) {
    // Where the procedure knows the word, it is told: your own rights were changed a moment ago.
    if (connection.wasChanged() && name in changeable)
      throw new ORPCError('CHANGED', { status: 409, data: null });
    throw new ORPCError('SIGNED_OUT', { status: 401 });
  }
  const isShut = session.isPinOneTime && name !== 'changePin';
  if (isShut || !mayCall(session.staff.roles, name)) throw new ORPCError('FORBIDDEN', { status: 403 });
}

/** Names and words of a call are for those who can take it; everybody else sees what a locked desk sees. */
export function seesDetails(connection: DeskConnection): boolean {
  const session = connection.session();
  return session !== null && !session.isPinOneTime && mayCall(session.staff.roles, 'takeAlert');
}

/** Where two supervisors can be faster than each other. */
const changeable: Partial<Record<keyof DeskContract, true>> = {
  addStaff: true,
  setRoles: true,
  setDisabled: true,
  resetPin: true,
};

/**
 * Stands before every procedure of the desk, and before its input is read. The codes are in the error map of each
 * procedure that has a session, so the page receives them as typed errors. `NO_DESK` is none of them: a page asks for
 * nothing before it has proven itself.
 */
export const checkAccess = os.$context<DeskConnection>().middleware(({ context, path, next }) => {
  const name = path.join('.');
  if (!isProcedure(name)) throw new Error(`${name} has no line in the table of who may call what`);
  const access = deskAccess[name];
  if (access === 'any-page') return next();
  if (!isAdmitted(context)) throw new ORPCError('NO_DESK', { status: 403 });
  if (access !== 'anyone') checkSession(context, name);
  return next();
});
