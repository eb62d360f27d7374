import type { Translate } from '../i18n/i18n.svelte.ts';

const minuteMs = 60_000;

/** `12 min`, `1 t 02`, `3 døgn` since a moment; a clock that runs behind the kiosk's never shows less than nothing. */
export function since(t: Translate, instant: string, now: number): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(instant)) / minuteMs));
  if (minutes < 1) return t('desk:time.now');
  if (minutes < 60) return t('desk:time.minutes', { minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return t('desk:time.hours', { hours, minutes: String(minutes % 60).padStart(2, '0') });
  return t('desk:time.days', { count: Math.floor(hours / 24) });
}

/** A word as the first of a line. */
export function asFirst(word: string): string {
  return word.charAt(0).toLocaleUpperCase('da') + word.slice(1);
}

const printerProblems = [
  'no-paper',
  'jam',
  'cover-open',
  'offline',
  'wrong-printer',
  'timeout',
  'refused',
  'no-printer',
];

/** What is wrong with the printer, in words; a problem this page does not know is still told as one. */
export function printerProblem(t: Translate, problem: string | null): string {
  const known = problem !== null && printerProblems.includes(problem);
  return t(`desk:printer.problem.${known ? problem : 'unknown'}`);
}
