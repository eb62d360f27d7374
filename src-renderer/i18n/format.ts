import type { Language } from './languages.ts';

export type DateTimeStyle = 'time' | 'date' | 'shortDate' | 'weekday' | 'dateTime';

/* Arabic with Latin digits: the same digits stand on the slip, the desk and the phone. */
export const formatLocales: Readonly<Record<Language, string>> = {
  da: 'da-DK',
  en: 'en-GB',
  ar: 'ar-u-nu-latn',
  uk: 'uk-UA',
  pl: 'pl-PL',
  tr: 'tr-TR',
  ro: 'ro-RO',
  de: 'de-DE',
};

const options: Record<Exclude<DateTimeStyle, 'dateTime' | 'time'>, Intl.DateTimeFormatOptions> = {
  date: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  shortDate: { day: '2-digit', month: '2-digit', year: 'numeric' },
  weekday: { weekday: 'long' },
};

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(language: Language, key: string, chosen: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${language} ${key}`;
  const known = formatters.get(id);
  if (known) return known;
  const made = new Intl.DateTimeFormat(formatLocales[language], { timeZone: 'Europe/Copenhagen', ...chosen });
  formatters.set(id, made);
  return made;
}

/** `14.32` in Danish, `14:32` elsewhere: always the 24-hour clock of the station. */
function formatTime(language: Language, at: Date): string {
  const parts = formatter(language, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const read = (type: string): string =>
    parts.formatToParts(at).find((part) => part.type === type)?.value ?? '';
  return `${read('hour')}${language === 'da' ? '.' : ':'}${read('minute')}`;
}

/**
 * A moment in station time (Europe/Copenhagen).
 * @param value ISO text, milliseconds or Date; a value that is no date gives an empty text.
 */
export function formatDateTime(
  language: Language,
  value: Date | number | string,
  style: DateTimeStyle = 'dateTime',
): string {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return '';
  if (style === 'time') return formatTime(language, at);
  if (style === 'dateTime') {
    const separator = language === 'da' ? ' kl. ' : language === 'ar' ? '، ' : ', ';
    return `${formatDateTime(language, at, 'date')}${separator}${formatTime(language, at)}`;
  }
  return formatter(language, style, options[style]).format(at);
}

/** A number in the language's own grouping, always in Latin digits. */
export function formatNumber(language: Language, value: number): string {
  return new Intl.NumberFormat(formatLocales[language]).format(value);
}

/** Text from elsewhere inside a sentence keeps its own direction and turns nothing around it (isolates of Unicode). */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
