import { implement } from '@orpc/server';
import { deskEntriesContract, type Standing } from '../contract/desk-entries.ts';
import type { Staff } from '../contract/staff.ts';
import { deskPaperContract } from '../contract/desk-paper.ts';
import { assertNever } from '../domain/assert-never.ts';
import type { Addition, EntryOutcome } from '../services/entries.ts';
import type { DeskConnection } from './connections.ts';
import { checkAccess } from './desk-access.ts';
import type { StationServices } from './station-services.ts';

const desk = implement(deskEntriesContract).$context<DeskConnection>().use(checkAccess);

interface EntryErrors {
  SIGNED_OUT: () => Error;
  CHANGED: (options: { data: Standing }) => Error;
  NOT_FOUND: () => Error;
  NOT_STORED: () => Error;
  UNCERTAIN: () => Error;
}

function signedIn(context: DeskConnection, errors: Pick<EntryErrors, 'SIGNED_OUT'>): Staff {
  const staff = context.staff();
  if (staff === null) throw errors.SIGNED_OUT();
  return staff;
}

function standingOrThrow(outcome: EntryOutcome, errors: EntryErrors): Standing {
  switch (outcome.kind) {
    case 'done':
      return outcome.standing;
    case 'changed':
      throw errors.CHANGED({ data: outcome.standing });
    case 'not-found':
      throw errors.NOT_FOUND();
    case 'not-stored':
      throw errors.NOT_STORED();
    case 'uncertain':
      throw errors.UNCERTAIN();
    default:
      return assertNever(outcome);
  }
}

const paper = implement(deskPaperContract).$context<DeskConnection>().use(checkAccess);

/** Paper that staff hand to a visitor. */
export function paperProcedures({ deskPaper }: StationServices) {
  return {
    printLeaflet: paper.printLeaflet.handler(async ({ input, errors }) => {
      const outcome = await deskPaper.print(input);
      if (outcome.kind === 'not-found') throw errors.NOT_FOUND();
      if (outcome.kind === 'too-many') throw errors.TOO_MANY();
      return outcome.status;
    }),
  };
}

/** What staff add to a report. Who may add what stands in contract/desk-access.ts. */
export function entryProcedures({ entries, review, alerts }: StationServices) {
  const add = (addition: Addition, context: DeskConnection, errors: EntryErrors): Standing =>
    standingOrThrow(entries.add(addition, signedIn(context, errors)), errors);
  return {
    standing: desk.standing.handler(({ input, context, errors }) => {
      const standing = review.standing(input.reportId, signedIn(context, errors));
      if (standing === null) throw errors.NOT_FOUND();
      return standing;
    }),
    addEntry: desk.addEntry.handler(({ input, context, errors }) => add(input, context, errors)),
    changeLane: desk.changeLane.handler(({ input, context, errors }) =>
      add({ ...input, kind: 'lane' }, context, errors),
    ),
    transfer: desk.transfer.handler(({ input, context, errors }) =>
      add({ ...input, kind: 'transfer' }, context, errors),
    ),
    reject: desk.reject.handler(({ input, context, errors }) =>
      add({ ...input, kind: 'rejection' }, context, errors),
    ),
    escalate: desk.escalate.handler(({ input, context, errors }) => {
      const staff = signedIn(context, errors);
      const reference = review.noteEscalation(input.reportId, staff);
      if (reference === null) throw errors.NOT_FOUND();
      alerts.raiseFromDesk({ reportId: input.reportId, reference }, staff);
      return {};
    }),
  };
}
