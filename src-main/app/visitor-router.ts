import { implement } from '@orpc/server';
import type { Welcome } from '../contract/visitor.ts';
import { visitorContract } from '../contract/visitor.ts';
import { assertNever } from '../domain/assert-never.ts';
import type { ContentLibrary } from '../domain/ports.ts';
import { localTime } from '../domain/local-time.ts';
import { eitherSignal, type VisitorConnection } from './connections.ts';
import type { Identity } from './identity.ts';
import type { StationServices } from './station-services.ts';

export interface VisitorRouterParts {
  readonly identity: Identity;
  readonly library: ContentLibrary;
  readonly services: StationServices;
  readonly screen: Welcome['screen'];
  readonly isLobbyStaffed: () => boolean;
}

function welcome(parts: VisitorRouterParts): Welcome {
  const { identity, library, services } = parts;
  const now = services.clock.now();
  return {
    mode: identity.mode,
    canReport: services.reports.canReport(),
    station: identity.station,
    stationHours: library.stationHours(identity.station.id, now),
    district: identity.district,
    isLobbyStaffed: parts.isLobbyStaffed(),
    languages: ['da', 'en', 'ar'],
    localTime: localTime(now),
    isClockTrusted: services.clock.isTrusted(),
    screen: parts.screen,
    content: library.content,
  };
}

/** The procedures of the visitor's port. Nothing of the desk is reachable from here. */
export function createVisitorRouter(parts: VisitorRouterParts) {
  const { identity, library, services } = parts;
  const procedures = implement(visitorContract).$context<VisitorConnection>();
  return procedures.router({
    welcome: procedures.welcome.handler(() => welcome(parts)),
    texts: procedures.texts.handler(({ input }) => library.texts(input.language)),
    routePlace: procedures.routePlace.handler(({ input }) =>
      library.routePlace(input.postcode, input.municipalityCode),
    ),
    stations: procedures.stations.handler(({ input }) => ({
      stations: library.stationsNear(input.postcode).map((station) => ({
        station,
        district: library.district(station.districtId) ?? identity.district,
        hours: library.stationHours(station.id, services.clock.now()),
      })),
    })),
    submit: procedures.submit.handler(async ({ input, errors }) => {
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
        case 'invalid-answer':
          throw errors.INVALID_ANSWER({ data: { questionId: outcome.questionId, reason: outcome.reason } });
        default:
          return assertNever(outcome);
      }
    }),
    leave: procedures.leave.handler(({ input }) => {
      if (input.reportId !== null) services.receipts.leave(input.reportId);
      return {};
    }),
    raiseAlert: procedures.raiseAlert.handler(({ input }) => services.alerts.raise(input)),
    withdrawAlert: procedures.withdrawAlert.handler(({ input }) => {
      services.alerts.withdraw(input.alertId);
      return {};
    }),
    follow: procedures.follow.handler(async function* ({ context, signal }) {
      yield* services.visitorFeed.follow(eitherSignal(context.signal, signal));
    }),
  });
}
export type VisitorRouter = ReturnType<typeof createVisitorRouter>;
