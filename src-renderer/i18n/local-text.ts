import { formatLocales } from './format.ts';
import type { Language } from './languages.ts';

const styles = {
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  dayShort: { weekday: 'short', day: 'numeric', month: 'long' },
  weekday: { weekday: 'long' },
  narrow: { weekday: 'short' },
  short: { day: 'numeric', month: 'short' },
  month: { month: 'long', year: 'numeric' },
  monthName: { month: 'long' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A number in groups keeps its order in any direction of writing (isolates of Unicode). */
export function inOrder(number: string): string {
  return `\u2066${number}\u2069`;
}

/** Words of another language in the middle of a sentence, whatever their direction (isolate of Unicode). */
export function isolated(words: string): string {
  return `\u2068${words}\u2069`;
}

/** A number that breaks over two lines is copied wrongly. */
export function unbroken(number: string): string {
  return number.replaceAll(' ', '\u00A0');
}

/** A local date `2026-11-20` in words. It is a day on the calendar, not an instant: no zone may move it. */
export function dateText(language: Language, date: string, style: keyof typeof styles): string {
  const at = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return '';
  const form = style === 'narrow' && language === 'ar' ? { weekday: 'narrow' as const } : styles[style];
  const words = new Intl.DateTimeFormat(formatLocales[language], { timeZone: 'UTC', ...form }).format(at);
  // "fredag 20. november", as it is said and as the slip has it.
  return language === 'da' ? words.replace(' den ', ' ') : words;
}

/** `14.32` in Danish, `14:32` elsewhere, of `14:32` or a local time that ends with it. */
export function timeText(language: Language, local: string): string {
  const time = local.slice(-5);
  return language === 'da' ? time.replace(':', '.') : time;
}

/** A full hour in Danish loses its minutes: "kl. 18". */
export function hourText(language: Language, local: string): string {
  return language === 'da'
    ? timeText('da', local).replace(/\.00$/, '').replace(/^0/, '')
    : timeText(language, local);
}

/** Between things of a list. */
export function comma({ language }: { readonly language: Language }): string {
  return language === 'ar' ? '، ' : ', ';
}
