import type { SettingsNotice, StationSettings } from '../contract/station-settings.ts';
import { weekRule } from '../domain/station-settings.ts';
import type { ToldHours } from './opening-hours.ts';

/** Approved settings with whom and when they are from. */
export interface SaidInput {
  readonly settings: StationSettings;
  readonly source: string;
  /** Local time of the approval. */
  readonly at: string;
}

/** The same as content holds it. */
export interface SaidOfStation {
  readonly hours: ReadonlyMap<string, ToldHours>;
  readonly notices: readonly SettingsNotice[];
  /** For whoever reported at a local time; null: nothing was promised then. */
  readonly replyWithinDays: (receivedLocal: string) => number | null;
}

/** Turns what a supervisor wrote into what content tells: from its first day on, over what was told until then. */
export function sayOfStation(
  { settings, source, at }: SaidInput,
  shipped: ReadonlyMap<string, ToldHours | null>,
): SaidOfStation {
  const { validFrom, reviewBy, services, exceptions, notices } = settings;
  const date = at.slice(0, 10);
  const hours = services.map((service): [string, ToldHours] => {
    const own = exceptions.filter(({ services: of }) => of === null || of.includes(service.id));
    return [
      service.id,
      {
        hours: { rule: weekRule(service), isExample: false, source, date, reviewBy },
        exceptions: own.map(({ reason, on, until, spans }) => ({ id: reason, on, until, spans })),
        before: { told: shipped.get(service.id) ?? null, until: validFrom },
      },
    ];
  });
  return {
    hours: new Map(hours),
    notices,
    replyWithinDays: (receivedLocal) => {
      const day = receivedLocal.slice(0, 10);
      const holds = receivedLocal >= at && day >= validFrom && day <= reviewBy;
      return holds ? settings.replyWithinDays : null;
    },
  };
}
