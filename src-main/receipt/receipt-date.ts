import type { ReceiptLanguage } from '../contract/receipt.ts';
import { cleanLine } from './clean-line.ts';
import { fillText } from './receipt-texts.ts';

const localPattern = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?/;

/**
 * A local date or wall clock time in words, with European digits in every language. It is local already; nothing here
 * knows a time zone. Unreadable input is printed as it came.
 */
export function formatLocal(local: string, language: ReceiptLanguage, template: string): string {
  const match = localPattern.exec(local);
  if (match === null) return cleanLine(local);
  const [, year = '', month = '', day = '', hour = '', minute = ''] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const parts = new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
    numberingSystem: 'latn',
  }).formatToParts(date);
  // A month beside its day: in Ukrainian that is another form than the month alone.
  const named = (type: 'weekday' | 'month'): string => parts.find((part) => part.type === type)?.value ?? '';
  return fillText(template, {
    weekday: named('weekday'),
    day: String(Number(day)),
    month: named('month'),
    monthNumber: String(Number(month)),
    year,
    hour,
    minute,
  });
}
