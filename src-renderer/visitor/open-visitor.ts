import { createI18n, type I18n } from '../i18n/i18n.svelte.ts';
import { Visit, type VisitOptions } from '../state/visit.svelte.ts';
import { startLanguages } from './later-texts.ts';

export interface OpenVisitor {
  readonly visit: Visit;
  readonly i18n: I18n;
}

/** What one visitor marked or copied is not for the next one to paste. */
function forgetMarks(): void {
  window.getSelection()?.removeAllRanges();
  // Refused where the page has no permission; the copy keys are locked there anyway.
  if ('clipboard' in navigator) void navigator.clipboard.writeText('').catch(() => undefined);
}

/** Makes everything the visitor's page stands on. Three languages are loaded first: STOP shows them and waits for nothing. */
export async function openVisitor(line: VisitOptions['line']): Promise<OpenVisitor> {
  const i18n = createI18n({ namespaces: ['visitor', 'safety'] });
  const visit = new Visit({
    line,
    onTexts: ({ language, texts }) => {
      i18n.addServedTexts(language, 'content', texts.content);
      i18n.addServedTexts(language, 'gates', texts.gates);
      i18n.addServedTexts(language, 'rights', texts.rights);
    },
    onWiped: forgetMarks,
    seen: () => ({ screen: { widthPx: window.innerWidth, heightPx: window.innerHeight } }),
  });
  await Promise.all(startLanguages.map((language) => i18n.loadLanguage(language)));
  await i18n.useLanguage('da');
  return { visit, i18n };
}
