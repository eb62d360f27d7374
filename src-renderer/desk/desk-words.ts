import type { PrinterProblem, QueueRow } from '../../src-main/contract/status.ts';
import type { VisitorContent } from '../../src-main/contract/content.ts';
import type { DeskAlert } from '../../src-main/contract/status.ts';
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

/** The same as part of a sentence: `har ventet 12 min`; `er lige kommet` in its first minute. */
export function waitedFor(t: Translate, instant: string, now: number): string {
  const isJustNow = now - Date.parse(instant) < minuteMs;
  return isJustNow ? t('desk:report.justCame') : t('desk:report.waiting', { time: since(t, instant, now) });
}

/** A language somebody wants an interpreter for, in Danish; one that content no longer knows keeps its code. */
export function interpreterName(content: VisitorContent | undefined, tag: string): string {
  return content?.interpreterLanguages.languages.find((language) => language.tag === tag)?.danish ?? tag;
}

/** What a call is about, in a few words. */
export function callTitle(t: Translate, content: VisitorContent | undefined, alert: DeskAlert): string {
  const { kind, wantedLanguage } = alert;
  const language = wantedLanguage === null ? '' : interpreterName(content, wantedLanguage);
  return t(`desk:alerts.kind.${kind}`, { language });
}

/** A word as the first of a line. */
export function asFirst(word: string): string {
  return word.charAt(0).toLocaleUpperCase('da') + word.slice(1);
}

/** A slip that did not come out, or of which nobody knows. */
export function needsStaff(slip: Pick<QueueRow, 'printState'> | null): boolean {
  return slip?.printState === 'failed' || slip?.printState === 'unknown';
}

/** What is wrong with the printer or a slip, in words. */
export function printerProblem(t: Translate, problem: PrinterProblem | null): string {
  return t(`desk:printer.problem.${problem ?? 'unknown'}`);
}
