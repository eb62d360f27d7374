import { implement } from '@orpc/server';
import { deskContract, type DeskWelcome } from '../contract/desk.ts';
import type { Library } from '../content/library.ts';
import { assertNever } from '../domain/assert-never.ts';
import type { SlipOutcome } from '../services/receipts.ts';
import type { ReviewOutcome } from '../services/review.ts';
import { eitherSignal, type DeskConnection } from './connections.ts';
import { checkAccess, seesDetails } from './desk-access.ts';
import { createDevicesRouter } from './desk-devices-router.ts';
import type { DeskDoors } from './desk-doors.ts';
import { entryProcedures, paperProcedures } from './desk-entries-router.ts';
import { searchProcedures } from './desk-search-router.ts';
import { createStaffRouter } from './desk-staff-router.ts';
import { auditProcedures, healthProcedures, stationProcedures } from './desk-trust-router.ts';
import type { Identity } from './identity.ts';
import { signedIn } from './signed-in.ts';
import type { ContentProblems } from './station-content.ts';
import type { StationKiosks } from './station-kiosks.ts';
import type { StationServices } from './station-services.ts';

export interface DeskRouterParts {
  readonly identity: Identity;
  readonly library: Library;
  readonly contentProblems: () => ContentProblems;
  readonly services: StationServices;
  readonly doors: DeskDoors;
  /** Of "desk.network.station"; null where desks show this kiosk alone. */
  readonly stationKiosks: StationKiosks | null;
}

const desk = implement(deskContract).$context<DeskConnection>().use(checkAccess);

/**
 * Only a page that came from here by its listed name is told of the others: they would let in no other, a page on the
 * kiosk itself (whose origin every machine has) least of all.
 */
function kiosksFor(page: string, kiosks: DeskRouterParts['stationKiosks']): DeskWelcome['kiosks'] {
  return kiosks === null || page !== kiosks.own.origin ? [] : [...kiosks.all];
}

function welcome(parts: DeskRouterParts, page: string): DeskWelcome {
  const { identity, library, contentProblems, services } = parts;
  const { problems, overdue } = contentProblems();
  return {
    mode: identity.mode,
    kioskId: identity.kioskId,
    kiosks: kiosksFor(page, parts.stationKiosks),
    station: identity.station,
    district: identity.district,
    stationKeyId: services.stationKey()?.kid ?? null,
    demonstrationStationKey: identity.demonstration?.stationPrivateText ?? null,
    kioskKeys: [...(identity.signing?.all() ?? [])],
    sealingKeys: {
      station: services.stationKey(),
      districts: [...identity.districtKeys].map(([districtId, key]) => ({ districtId, key })),
    },
    districts: [...library.districts()],
    deskContent: library.desk,
    promises: services.stationSettings.promises(),
    content: library.content,
    contentProblems: { problems: [...problems], overdue: [...overdue] },
  };
}

interface ReviewErrors {
  CHANGED: (options: { data: Extract<ReviewOutcome, { kind: 'changed' }>['review'] }) => Error;
  NOT_FOUND: () => Error;
  NOT_STORED: () => Error;
}

function reviewOrThrow(outcome: ReviewOutcome, errors: ReviewErrors) {
  switch (outcome.kind) {
    case 'done':
      return outcome.review;
    case 'changed':
      throw errors.CHANGED({ data: outcome.review });
    case 'not-found':
      throw errors.NOT_FOUND();
    case 'not-stored':
      throw errors.NOT_STORED();
    default:
      return assertNever(outcome);
  }
}

function reportProcedures({ services }: DeskRouterParts) {
  return {
    queue: desk.queue.handler(({ input, context, errors }) =>
      services.queue.page(input, signedIn(context, errors)),
    ),
    findReport: desk.findReport.handler(({ input, context, errors }) => ({
      row: services.queue.find(input.reference, signedIn(context, errors)),
    })),
    openReport: desk.openReport.handler(({ input, context, errors }) => {
      const outcome = services.review.openReport(input.reportId, signedIn(context, errors));
      if (outcome.kind === 'not-found') throw errors.NOT_FOUND();
      const { sealed, standing, printState, printProblem, printChangedAt, acknowledgedAt } = outcome;
      return { sealed, ...standing, printState, printProblem, printChangedAt, acknowledgedAt };
    }),
    showContact: desk.showContact.handler(({ input, context, errors }) => {
      const outcome = services.review.showContact(input.reportId, signedIn(context, errors));
      if (outcome.kind === 'not-found') throw errors.NOT_FOUND();
      return {};
    }),
    claim: desk.claim.handler(({ input, context, errors }) =>
      reviewOrThrow(services.review.claim(input, signedIn(context, errors)), errors),
    ),
    takeOver: desk.takeOver.handler(({ input, context, errors }) =>
      reviewOrThrow(services.review.takeOver(input, signedIn(context, errors)), errors),
    ),
    release: desk.release.handler(({ input, context, errors }) =>
      reviewOrThrow(services.review.release(input, signedIn(context, errors)), errors),
    ),
    finish: desk.finish.handler(({ input, context, errors }) =>
      reviewOrThrow(services.review.finish(input, signedIn(context, errors)), errors),
    ),
    reopen: desk.reopen.handler(({ input, context, errors }) =>
      reviewOrThrow(services.review.reopen(input, signedIn(context, errors)), errors),
    ),
  };
}

interface SlipErrors {
  NOT_FOUND: () => Error;
  UNDER_WAY: () => Error;
  NOT_STORED: () => Error;
}

function slipOrThrow(outcome: SlipOutcome, errors: SlipErrors) {
  switch (outcome.kind) {
    case 'done':
      return { printState: outcome.state, printProblem: outcome.problem };
    case 'not-found':
      throw errors.NOT_FOUND();
    case 'under-way':
      throw errors.UNDER_WAY();
    case 'not-stored':
      throw errors.NOT_STORED();
    default:
      return assertNever(outcome);
  }
}

function slipProcedures({ services }: DeskRouterParts) {
  return {
    reprint: desk.reprint.handler(async ({ input, context, errors }) =>
      slipOrThrow(await services.receipts.reprint(input, signedIn(context, errors)), errors),
    ),
    settleSlip: desk.settleSlip.handler(async ({ input, context, errors }) =>
      slipOrThrow(await services.receipts.settle(input.reportId, signedIn(context, errors)), errors),
    ),
  };
}

function alertProcedures({ services }: DeskRouterParts) {
  return {
    takeAlert: desk.takeAlert.handler(({ input, context, errors }) => {
      const outcome = services.alerts.take(input.alertId, signedIn(context, errors));
      switch (outcome.kind) {
        case 'taken':
          return {};
        case 'taken-before':
          throw errors.TAKEN({ data: { takenBy: outcome.takenBy } });
        case 'not-found':
          throw errors.NOT_FOUND();
        default:
          return assertNever(outcome);
      }
    }),
  };
}

/** The procedures of a desk's port; all but those that a locked desk needs ask for a session first. */
export function createDeskRouter(parts: DeskRouterParts) {
  const { library, services } = parts;
  return desk.router({
    welcome: desk.welcome.handler(({ context }) => welcome(parts, context.page)),
    texts: desk.texts.handler(({ input }) => library.texts(input.language)),
    // The port's end closes the stream, and so does a page that no longer follows.
    follow: desk.follow.handler(async function* ({ context, signal }) {
      yield* services.deskFeed.follow(
        { isSignedIn: () => context.session() !== null, isLocked: () => !seesDetails(context) },
        eitherSignal(context.signal, signal),
      );
    }),
    ...createDevicesRouter(parts),
    ...createStaffRouter(parts),
    ...reportProcedures(parts),
    ...entryProcedures(services),
    ...paperProcedures(services),
    ...slipProcedures(parts),
    ...alertProcedures(parts),
    ...searchProcedures(services),
    ...auditProcedures(services),
    ...stationProcedures(parts),
    ...healthProcedures(services),
  });
}
export type DeskRouter = ReturnType<typeof createDeskRouter>;
