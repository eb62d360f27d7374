import { appendAudit } from '../../db/stores/audit.ts';
import type { Clock, Log } from '../domain/ports.ts';
import { createClockWatch, type ClockWatch } from '../services/clock-watch.ts';
import { createContentKeeper, type ContentKeeper } from '../services/content-keeper.ts';
import type { StationSettingsDesk } from '../services/station-settings.ts';
import type { Store } from '../services/store.ts';
import { systemTimers } from '../services/timers.ts';
import type { Identity } from './identity.ts';
import type { StationContent } from './station-content.ts';

export interface ContentKeeperParts {
  readonly content: StationContent;
  readonly identity: Identity;
  readonly stationSettings: StationSettingsDesk;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/** The keeper of a station's content, and the clock it goes by. */
export function openContentKeeper(parts: ContentKeeperParts): {
  readonly contentKeeper: ContentKeeper;
  readonly clockWatch: ClockWatch;
} {
  const { content, identity, stationSettings, store, clock, log } = parts;
  const clockWatch = createClockWatch(clock);
  const contentKeeper = createContentKeeper({
    ...{ clock, log, timers: systemTimers, watch: clockWatch },
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
  return { contentKeeper, clockWatch };
}
