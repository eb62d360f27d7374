import { implement } from '@orpc/server';
import { deskTrustContract } from '../contract/desk-trust.ts';
import type { Staff } from '../contract/staff.ts';
import type { Library } from '../content/library.ts';
import type { StationSettings } from '../contract/station-settings.ts';
import { firstInstantOf, localDate, localTime } from '../domain/local-time.ts';
import { checkStationSettings } from '../domain/station-settings.ts';
import type { ApproveOutcome } from '../services/station-settings.ts';
import type { DeskConnection } from './connections.ts';
import { checkAccess } from './desk-access.ts';
import type { Identity } from './identity.ts';
import { saidBy, stationStanding } from './station-said.ts';
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

/** How the kiosk is, and how the work goes. */
export function healthProcedures({ kioskHealth, numbers }: StationServices) {
  return {
    kioskHealth: trust.kioskHealth.handler(() => kioskHealth()),
    numbers: trust.numbers.handler(() => numbers.numbers()),
  };
}

interface StationParts {
  readonly identity: Pick<Identity, 'station'>;
  readonly library: Library;
  readonly services: StationServices;
}

interface ApproveErrors {
  readonly CHANGED: () => Error;
  readonly NOT_STORED: () => Error;
}

/** When it would be read for the first time: now, or at noon of its first day. */
function firstMoment(settings: StationSettings, now: Date): Date {
  return settings.validFrom > localDate(now) ? firstInstantOf(`${settings.validFrom}T12:00`) : now;
}

/** What a supervisor says of this station. */
export function stationProcedures({ identity, library, services }: StationParts) {
  const { station } = identity;
  const { stationSettings, clock } = services;
  const standing = () => stationStanding(library, station.id, stationSettings, clock.now());
  const settled = (outcome: ApproveOutcome, errors: ApproveErrors) => {
    if (outcome.kind === 'changed') throw errors.CHANGED();
    if (outcome.kind === 'not-stored') throw errors.NOT_STORED();
    return standing();
  };
  return {
    stationSettings: trust.stationSettings.handler(standing),
    previewStation: trust.previewStation.handler(({ input: { settings } }) => {
      const problems = checkStationSettings(settings, stationSettings.frame());
      const moment = firstMoment(settings, clock.now());
      const said = saidBy(library, station.name, { settings, approvedAt: clock.now().toISOString() });
      const shown = { now: moment, isClockTrusted: true };
      const preview = problems.length > 0 ? null : library.tryOut(station.id, said, shown);
      return { problems, at: localTime(moment), preview };
    }),
    approveStation: trust.approveStation.handler(({ input, context, errors }) => {
      const outcome = stationSettings.approve(input.version, input.settings, signedIn(context, errors));
      if (outcome.kind === 'refused') throw errors.REFUSED({ data: { problems: [...outcome.problems] } });
      return settled(outcome, errors);
    }),
    restoreStation: trust.restoreStation.handler(({ input, context, errors }) =>
      settled(stationSettings.restore(input.version, signedIn(context, errors)), errors),
    ),
  };
}
