import { implement } from '@orpc/server';
import { languages } from '../contract/ids.ts';
import type { Welcome } from '../contract/visitor.ts';
import { visitorContract } from '../contract/visitor.ts';
import { assertNever } from '../domain/assert-never.ts';
import type { ContentLibrary } from '../domain/ports.ts';
import { localTime } from '../domain/local-time.ts';
import type { Preview } from './config.ts';
import { eitherSignal, type VisitorConnection } from './connections.ts';
import type { Identity } from './identity.ts';
import type { StationServices } from './station-services.ts';

export interface VisitorRouterParts {
  readonly identity: Identity;
  readonly library: ContentLibrary;
  readonly services: StationServices;
  readonly screen: Welcome['screen'];
  readonly preview: Preview | null;
}

function welcome(parts: VisitorRouterParts): Welcome {
  const { identity, library, services } = parts;
  const now = services.clock.now();
  const isClockTrusted = services.clock.isTrusted();
  const isLobbyStaffed = services.isLobbyStaffed();
  const stationId = identity.station.id;
  return {
    mode: identity.mode,
    canReport: services.reports.canReport() && !services.door.isHeld(),
    station: identity.station,
    stationHours: library.stationHours(stationId, now),
    stationServices: library.stationServices(stationId, now),
    district: identity.district,
    isLobbyStaffed,
    languages: [...languages],
    localTime: localTime(now),
    isClockTrusted,
    references: {
      ownPrefix: identity.district.number + identity.kioskNumber,
      districtNumbers: [...library.districtNumbers()],
    },
    screen: parts.screen,
    replyWithinDays: library.replyWithinDays(stationId, localTime(now)),
    menu: library.menuAt({ stationId, now, isClockTrusted, isStaffed: isLobbyStaffed }),
    content: library.content,
    contentVersion: library.version,
    preview: parts.preview === null ? null : { typeId: parts.preview.typeId },
  };
}

const visitor = implement(visitorContract).$context<VisitorConnection>();

function informationProcedures(parts: VisitorRouterParts) {
  const { identity, library, services } = parts;
  return {
    welcome: visitor.welcome.handler(({ input }) => {
      if (input.screen !== undefined) services.lobbyScreen.greeted(input.screen);
      return welcome(parts);
    }),
    takeContent: visitor.takeContent.handler(async ({ context }) => {
      await services.contentKeeper.visitorIsFree(context.signal);
      return {};
    }),
    texts: visitor.texts.handler(({ input }) => library.texts(input.language)),
    routePlace: visitor.routePlace.handler(({ input }) =>
      library.routePlace(input.postcode, input.municipalityCode),
    ),
    stations: visitor.stations.handler(({ input }) => ({
      stations: library.stationsNear(input.postcode).map(({ station, kilometres }) => ({
        station,
        kilometres,
        district: library.district(station.districtId) ?? identity.district,
        hours: library.stationHours(station.id, services.clock.now()),
        services: library.stationServices(station.id, services.clock.now()),
      })),
    })),
  };
}

function reportProcedures({ services }: VisitorRouterParts) {
  return {
    submit: visitor.submit.handler(async ({ input, errors }) => {
      const outcome = await services.reports.submitReport(input);
      switch (outcome.kind) {
        case 'stored':
          return outcome.result;
        case 'not-stored':
          throw errors.NOT_STORED({ data: { reason: outcome.reason } });
        case 'uncertain':
          throw errors.UNCERTAIN();
        case 'cannot-report':
          throw errors.CANNOT_REPORT();
        case 'too-many':
          throw errors.TOO_MANY();
        case 'invalid-answer':
          throw errors.INVALID_ANSWER({ data: { questionId: outcome.questionId, reason: outcome.reason } });
        default:
          return assertNever(outcome);
      }
    }),
    leave: visitor.leave.handler(({ input }) => {
      if (input.reportId !== null) services.receipts.leave(input.reportId);
      services.leaflets.leave();
      services.speech.leave();
      if (input.droppedAt) services.numbers.dropped(input.droppedAt);
      return {};
    }),
    tellVisit: visitor.tellVisit.handler(({ input }) => {
      services.door.tell(input.isUnderWay);
      return {};
    }),
    tellSlip: visitor.tellSlip.handler(({ input }) => {
      services.receipts.hearVisitor(input.reportId, input.hasSlip);
      return {};
    }),
  };
}

function leafletProcedures({ services }: VisitorRouterParts) {
  return {
    printLeaflet: visitor.printLeaflet.handler(({ input, errors }) => {
      const outcome = services.leaflets.print(input);
      switch (outcome.kind) {
        case 'taken':
          return outcome.status;
        case 'not-found':
          throw errors.NO_SUCH_LEAFLET();
        case 'too-many':
          throw errors.TOO_MANY_LEAFLETS();
        default:
          return assertNever(outcome);
      }
    }),
  };
}

function alertProcedures({ services }: VisitorRouterParts) {
  return {
    raiseAlert: visitor.raiseAlert.handler(({ input }) => services.alerts.raise(input)),
    withdrawAlert: visitor.withdrawAlert.handler(({ input }) => {
      services.alerts.withdraw(input.alertId);
      return {};
    }),
  };
}

/** The procedures of the visitor's port. Nothing of the desk is reachable from here. */
export function createVisitorRouter(parts: VisitorRouterParts) {
  return visitor.router({
    ...informationProcedures(parts),
    ...reportProcedures(parts),
    ...leafletProcedures(parts),
    ...alertProcedures(parts),
    speak: visitor.speak.handler(async function* ({ input, context, signal }) {
      yield* parts.services.speech.say(input, eitherSignal(context.signal, signal));
    }),
    follow: visitor.follow.handler(async function* ({ context, signal }) {
      yield* parts.services.visitorFeed.follow(eitherSignal(context.signal, signal));
    }),
  });
}
export type VisitorRouter = ReturnType<typeof createVisitorRouter>;
