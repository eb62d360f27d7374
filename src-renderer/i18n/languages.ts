/** The languages the kiosk's own texts exist in, in the order of the start screen. Danish is the source and the fallback. */
export const languages = ['da', 'en', 'ar', 'uk', 'pl', 'tr', 'ro', 'de'] as const;

export type Language = (typeof languages)[number];

/** Whether a code is one of the kiosk's own languages. */
export function isLanguage(code: string): code is Language {
  return languages.some((language) => language === code);
}

/** Right-to-left for any code, also of languages the kiosk does not speak. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return ['ar', 'fa', 'prs', 'ur', 'ckb', 'ps', 'sd', 'ug', 'he'].includes(language.split('-')[0] ?? '')
    ? 'rtl'
    : 'ltr';
}
