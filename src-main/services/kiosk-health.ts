import { statfsSync } from 'node:fs';
import type { ContentStanding } from '../contract/content-package.ts';
import type { KioskHealth } from '../contract/desk-trust.ts';
import type { StationHours } from '../contract/station.ts';
import { localTime } from '../domain/local-time.ts';
import type { Clock } from '../domain/ports.ts';
import type { LobbyScreen } from './lobby-screen.ts';
import type { StationSettingsDesk } from './station-settings.ts';
import type { Store } from './store.ts';

export interface KioskHealthOptions {
  readonly dataDir: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly stationSettings: StationSettingsDesk;
  readonly hours: (now: Date) => StationHours;
  readonly canReport: () => boolean;
  readonly lobbyScreen: LobbyScreen;
  readonly content: () => ContentStanding;
}

/** Null when the disk does not even say how much room it has. */
function roomOn(folder: string): { freeBytes: number; totalBytes: number } | null {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return null;
  }
}

/** How the kiosk is, beside what the desk is told all the time (printer, delivery, calls). */
export function createKioskHealth(options: KioskHealthOptions): () => KioskHealth {
  const { dataDir, store, clock, stationSettings, hours, canReport, lobbyScreen, content } = options;
  return () => {
    const now = clock.now();
    const told = hours(now);
    return {
      localTime: localTime(now),
      isClockTrusted: clock.isTrusted(),
      disk: roomOn(dataDir),
      store: store.health(),
      hours: told.kind === 'known' ? 'known' : told.why,
      hoursReviewBy: told.kind === 'known' ? told.reviewBy : null,
      areSettingsSetAside: stationSettings.current().isSetAside,
      canReport: canReport(),
      lobbyScreen: lobbyScreen.standing().state,
      content: content(),
    };
  };
}
