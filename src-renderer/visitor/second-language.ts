import type { Language } from '../i18n/languages.ts';

/** What stands beside the visitor's words for whoever reads them: Danish, or English for those who began in Danish. */
export function secondLanguageOf(language: Language): Language {
  return language === 'da' ? 'en' : 'da';
}
