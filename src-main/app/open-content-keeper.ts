import { appendAudit } from '../../db/stores/audit.ts';
import { createHttpContent } from '../adapters/http-content.ts';
import type { Clock, Log } from '../domain/ports.ts';
import { signContentReport } from '../sealing/content-report.ts';
import { createClockWatch, type ClockWatch } from '../services/clock-watch.ts';
import { createContentKeeper, type ContentKeeper } from '../services/content-keeper.ts';
import type { StationSettingsDesk } from '../services/station-settings.ts';
import type { Store } from '../services/store.ts';
import { systemTimers } from '../services/timers.ts';
import { createContentPump, type ContentPump } from '../sync/content-pump.ts';
import type { DistrictAddress } from './district-address.ts';
import type { Identity } from './identity.ts';
import type { StationContent } from './station-content.ts';

export interface ContentKeeperParts {
  readonly content: StationContent;
  readonly identity: Identity;
  readonly district: DistrictAddress | null;
  readonly stationSettings: StationSettingsDesk;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/** A station's keeper of content, with the line that packages come by. */
export interface StationContentKeeper extends ContentKeeper {
  /** Asks the district now; null where there is none to ask. */
  fetchNow(): Promise<boolean | null>;
}

/** The keeper of a station's content, and the line to the district that feeds it. */
export function openContentKeeper(parts: ContentKeeperParts): StationContentKeeper {
  const { content, identity, stationSettings, store, clock, log } = parts;
  const watch = createClockWatch(clock);
  const keeper = createContentKeeper({
    ...{ clock, log, watch, timers: systemTimers },
    shelf: content.shelf,
    open: content.open,
    readPackage: content.readPackage,
    fit: (opened) => content.fit(opened, stationSettings),
    who: { kioskId: identity.kioskId, districtId: identity.district.id },
    note: (action, subject) => {
      const occurredAt = clock.now().toISOString();
      const noted = store.write((db) => appendAudit(db, { occurredAt, actor: 'district', action, subject }));
      if (noted.kind !== 'written') log.warn('not-noted', { action });
    },
  });
  const pump = openPump(parts, keeper, watch);
  return {
    ...keeper,
    start: () => {
      keeper.start();
      pump?.start();
    },
    stop: async () => {
      await pump?.stop();
      await keeper.stop();
    },
    fetchNow: async () => pump?.fetchNow() ?? null,
  };
}

/** Null where nobody sends anything: in a demonstration, and before a kiosk is enrolled. */
function openPump(
  { identity, district, log }: ContentKeeperParts,
  desk: ContentKeeper,
  watch: ClockWatch,
): ContentPump | null {
  const { signing, kioskId, mode } = identity;
  if (district === null || signing === null || mode !== 'enrolled') return null;
  const line = createHttpContent(district);
  const pump = createContentPump({
    ...{ line, desk, log },
    sign: (standing) => signContentReport(signing.current(), { kioskId, standing }),
    hearTime: (time) => watch.hear(time),
  });
  return {
    ...pump,
    stop: async () => {
      await pump.stop();
      line.close();
    },
  };
}
