import type { StationHours } from '../../src-main/contract/station.ts';
import type { Translate } from '../i18n/i18n.svelte.ts';
import type { Language } from '../i18n/languages.ts';
import { dateText, hourText } from '../i18n/local-text.ts';

export interface HoursSaid {
  readonly t: Translate;
  readonly language: Language;
  /** `2026-11-20T14:32`; null while nobody has told the time. */
  readonly now: string | null;
}

const dayMs = 86_400_000;

/** "i dag kl. 8", "lørdag kl. 10"; a day that is a week away or more is told with its date. */
function opening({ t, language, now }: HoursSaid, opensAt: string): { day: string; time: string } {
  const [today, date] = [now ?? '', opensAt].map((local) => local.slice(0, 10));
  const daysAway = (Date.parse(date ?? '') - Date.parse(today ?? '')) / dayMs;
  return {
    day:
      today === date
        ? t('visitor:hours.today')
        : dateText(language, opensAt, daysAway < 7 ? 'weekday' : 'day'),
    time: hourText(language, opensAt),
  };
}

/** One line: open until when, closed until when, or whom to ask. Hours nobody has told are neither open nor closed. */
export function openWords(said: HoursSaid, hours: StationHours): string {
  const { t, language } = said;
  if (hours.kind === 'unknown') return t('visitor:hours.unknown');
  if (hours.isOpen) {
    return hours.changesAt === null
      ? t('visitor:hours.openNow')
      : t('visitor:hours.openUntil', { time: hourText(language, hours.changesAt) });
  }
  if (hours.opensAt === null) return t('visitor:hours.closedNow');
  const { day, time } = opening(said, hours.opensAt);
  return t('visitor:hours.closedUntil', { day, time });
}

/** The same in two parts, the second one large: "Open now" and "until 18:00". */
export function openNowWords(said: HoursSaid, hours: StationHours): { now: string; until: string | null } {
  const { t, language } = said;
  if (hours.kind === 'unknown') return { now: t('visitor:hours.unknown'), until: null };
  if (hours.isOpen) {
    const until =
      hours.changesAt === null
        ? null
        : t('visitor:hours.untilTime', { time: hourText(language, hours.changesAt) });
    return { now: t('visitor:hours.openNow'), until };
  }
  const next = hours.opensAt === null ? null : opening(said, hours.opensAt);
  return {
    now: t('visitor:hours.closedNow'),
    until: next === null ? null : t('visitor:hours.opensAt', next),
  };
}

/** Without a clock to hold them against nobody can say what is open now: that reads as hours nobody has told. */
export function toldNow(hours: StationHours, isClockTrusted: boolean): StationHours {
  return isClockTrusted ? hours : { kind: 'unknown', why: 'never-told' };
}
