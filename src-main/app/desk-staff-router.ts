import { implement } from '@orpc/server';
import { deskContract } from '../contract/desk.ts';
import type { StaffMember } from '../contract/desk-staff.ts';
import { assertNever } from '../domain/assert-never.ts';
import type { ChangeOutcome } from '../services/staff-admin.ts';
import type { DeskConnection } from './connections.ts';
import { checkAccess } from './desk-access.ts';
import type { DeskRouterParts } from './desk-router.ts';
import { signedIn } from './signed-in.ts';

const desk = implement(deskContract).$context<DeskConnection>().use(checkAccess);

interface ChangeErrors {
  CHANGED: (options: { data: StaffMember | null }) => Error;
  LAST_SUPERVISOR: () => Error;
  NOT_FOUND: () => Error;
  NOT_STORED: () => Error;
}

function refusalOf(outcome: Exclude<ChangeOutcome, { kind: 'done' }>, errors: ChangeErrors): Error {
  switch (outcome.kind) {
    case 'changed':
      return errors.CHANGED({ data: outcome.member });
    case 'last-supervisor':
      return errors.LAST_SUPERVISOR();
    case 'not-found':
      return errors.NOT_FOUND();
    case 'not-stored':
      return errors.NOT_STORED();
    default:
      return assertNever(outcome);
  }
}

function memberOrThrow(outcome: ChangeOutcome, errors: ChangeErrors): StaffMember {
  if (outcome.kind === 'done') return outcome.member;
  throw refusalOf(outcome, errors);
}

function signInProcedures({ services: { staffAccess } }: DeskRouterParts) {
  return {
    signIn: desk.signIn.handler(async ({ input, context, errors }) => {
      const from = [`desk ${context.device() ?? 'here'}`, `address ${context.address ?? 'here'}`];
      const outcome = await staffAccess.signIn({ ...input, from });
      switch (outcome.kind) {
        case 'signed-in':
          context.signIn(outcome);
          return { staff: outcome.staff, isPinOneTime: outcome.isPinOneTime };
        case 'wrong-pin':
          throw errors.WRONG_PIN();
        case 'throttled':
          throw errors.THROTTLED({ data: { retryAfterMs: outcome.retryAfterMs } });
        case 'not-stored':
          throw errors.NOT_STORED();
        default:
          return assertNever(outcome);
      }
    }),
    signOut: desk.signOut.handler(({ context }) => {
      context.signOut();
      return {};
    }),
  };
}

function pinProcedures({ doors, services: { staffAccess } }: DeskRouterParts) {
  return {
    changePin: desk.changePin.handler(async ({ input, context, errors }) => {
      const staff = signedIn(context, errors);
      const outcome = await staffAccess.changePin(staff, input.pin);
      switch (outcome.kind) {
        case 'changed':
          // Locked while it was stored: then it stays locked.
          if (context.staff() === staff) context.signIn({ staff, isPinOneTime: false });
          doors.signOutElsewhere(staff.staffId, context);
          return {};
        case 'poor-pin':
          throw errors.POOR_PIN({ data: { fault: outcome.fault } });
        case 'signed-out':
          throw errors.SIGNED_OUT();
        case 'not-stored':
          throw errors.NOT_STORED();
        default:
          return assertNever(outcome);
      }
    }),
  };
}

/** Signing in, and who may. */
export function createStaffRouter(parts: DeskRouterParts) {
  const { staffAdmin } = parts.services;
  return {
    ...signInProcedures(parts),
    ...pinProcedures(parts),
    staff: desk.staff.handler(() => ({ staff: staffAdmin.list() })),
    addStaff: desk.addStaff.handler(async ({ input, context, errors }) => {
      const outcome = await staffAdmin.add(input, signedIn(context, errors));
      switch (outcome.kind) {
        case 'made':
          return { member: outcome.member, pin: outcome.pin };
        case 'name-taken':
          throw errors.NAME_TAKEN();
        case 'changed':
          throw errors.CHANGED({ data: null });
        case 'not-stored':
          throw errors.NOT_STORED();
        default:
          return assertNever(outcome);
      }
    }),
    setRoles: desk.setRoles.handler(({ input, context, errors }) =>
      memberOrThrow(staffAdmin.setRoles(input, input.roles, signedIn(context, errors)), errors),
    ),
    setDisabled: desk.setDisabled.handler(({ input, context, errors }) =>
      memberOrThrow(staffAdmin.setDisabled(input, input.isDisabled, signedIn(context, errors)), errors),
    ),
    resetPin: desk.resetPin.handler(async ({ input, context, errors }) => {
      const outcome = await staffAdmin.resetPin(input, signedIn(context, errors));
      if (outcome.kind === 'made') return { member: outcome.member, pin: outcome.pin };
      throw refusalOf(outcome, errors);
    }),
  };
}
