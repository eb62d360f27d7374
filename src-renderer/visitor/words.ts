import type { I18n } from '../i18n/i18n.svelte.ts';
import type { AlertWords } from '../state/visit-alert.svelte.ts';
import { icons, type IconName } from '../ui/icons.ts';

function isIconName(name: string): name is IconName {
  return name in icons;
}

/** An icon that content names; one that was not drawn yet falls back. */
export function iconOf(name: string | null, fallback: IconName): IconName {
  return name !== null && isIconName(name) ? name : fallback;
}

/** As `iconOf`, where no icon is as good. */
export function iconOrNone(name: string | null): IconName | undefined {
  return name !== null && isIconName(name) ? name : undefined;
}

/** The Danish words to stand under drafted ones, with English when it was asked for; none on a Danish screen. */
export function underneath(i18n: I18n, key: string, showsEnglish = false): string | undefined {
  if (i18n.language === 'da' || !i18n.has(key, 'da')) return undefined;
  const danish = i18n.tDanish(key);
  return showsEnglish && i18n.language !== 'en' ? `${danish} · ${i18n.tIn('en')(key)}` : danish;
}

/** What became of a call. Nobody is sent to a counter that is closed. */
export function alertKey(words: AlertWords, isCounterClosed: boolean, cannotCall: boolean): string {
  if (words !== 'nobody') return `safety:alert.${words}`;
  return `safety:alert.${cannotCall ? 'nobodyNoCall' : isCounterClosed ? 'nobodyClosed' : 'nobody'}`;
}

/** The words of an optional key, or none. In easy reading only what has easy words is said besides the one idea. */
export function optionalText(i18n: I18n, key: string): string | undefined {
  if (i18n.isEasy && !i18n.hasEasy(key)) return undefined;
  return i18n.has(key) || i18n.has(key, 'da') ? i18n.t(key) : undefined;
}
