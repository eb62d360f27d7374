import { implement } from '@orpc/server';
import { deskTrustContract } from '../contract/desk-trust.ts';
import type { Staff } from '../contract/staff.ts';
import type { DeskConnection } from './connections.ts';
import { checkAccess } from './desk-access.ts';
import type { StationServices } from './station-services.ts';

const trust = implement(deskTrustContract).$context<DeskConnection>().use(checkAccess);
type Errors = { readonly SIGNED_OUT: () => Error };

function signedIn(context: DeskConnection, errors: Errors): Staff {
  const staff = context.staff();
  if (staff === null) throw errors.SIGNED_OUT();
  return staff;
}

/** Who did what. Who may ask stands in contract/desk-access.ts. */
export function auditProcedures({ auditTrail }: StationServices) {
  return {
    auditPage: trust.auditPage.handler(({ input }) => {
      const { rows, nextBeforeSequence } = auditTrail.page(input);
      return { rows: [...rows], nextBeforeSequence };
    }),
    auditPeople: trust.auditPeople.handler(() => ({ people: auditTrail.people() })),
    verifyAudit: trust.verifyAudit.handler(() => auditTrail.verify()),
    noteAuditExport: trust.noteAuditExport.handler(({ input, context, errors }) => {
      if (!auditTrail.note(signedIn(context, errors), 'audit-exported', input.format))
        throw errors.NOT_STORED();
      return {};
    }),
    noteReportOut: trust.noteReportOut.handler(({ input, context, errors }) => {
      const staff = signedIn(context, errors);
      if (!auditTrail.hasReport(input.reportId)) throw errors.NOT_FOUND();
      if (!auditTrail.note(staff, `report-${input.way}`, input.reportId)) throw errors.NOT_STORED();
      return {};
    }),
    noteQueueExport: trust.noteQueueExport.handler(({ context, errors }) => {
      if (!auditTrail.note(signedIn(context, errors), 'queue-exported', 'csv')) throw errors.NOT_STORED();
      return {};
    }),
  };
}
