import type { StationHours } from '../../src-main/contract/content.ts';
import type { Translate } from '../i18n/i18n.svelte.ts';
import type { Language } from '../i18n/languages.ts';
import { dateText, hourText } from './local-text.ts';

/** One line: open until when, closed until when, or whom to ask. Hours nobody has told are neither open nor closed. */
export function openWords(t: Translate, language: Language, hours: StationHours): string {
  if (hours.kind === 'unknown') return t('visitor:hours.unknown');
  if (hours.isOpen) {
    return hours.changesAt === null
      ? t('visitor:hours.openNow')
      : t('visitor:hours.openUntil', { time: hourText(language, hours.changesAt) });
  }
  if (hours.opensAt === null) return t('visitor:hours.closedNow');
  const time = hourText(language, hours.opensAt);
  return t('visitor:hours.closedUntil', { day: dateText(language, hours.opensAt, 'weekday'), time });
}
