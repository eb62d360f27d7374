import type { I18n } from '../i18n/i18n.svelte.ts';
import { languages, type Language } from '../i18n/languages.ts';

/** What the first screens show side by side, and what STOP and the calls must never wait for. */
export const startLanguages: readonly Language[] = ['da', 'en', 'ar'];

const askAgainMs = 1000;

/** Asks again until it works: the services may be starting anew. Ends early when nobody wants it any more. */
export async function untilItWorks(work: () => Promise<void>, isWanted = () => true): Promise<void> {
  while (isWanted()) {
    try {
      await work();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    }
  }
}

/** The words of the other languages, one language after the other, as soon as the start screen is painted. */
export async function loadLaterTexts(i18n: I18n): Promise<void> {
  const later = languages.filter((language) => !startLanguages.includes(language));
  for (const language of later) await untilItWorks(() => i18n.loadLanguage(language));
}
