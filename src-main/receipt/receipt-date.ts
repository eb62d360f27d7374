import type { ReceiptLanguage } from '../contract/receipt.ts';
import { cleanLine } from './clean-line.ts';
import { fillText } from './receipt-texts.ts';

const localPattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/;

/**
 * A wall clock time in words, with European digits in every language.
 * `receivedAt` is local already; nothing here knows a time zone. Unreadable input is printed as it came.
 */
export function formatReceivedAt(receivedAt: string, language: ReceiptLanguage, template: string): string {
  const match = localPattern.exec(receivedAt);
  if (match === null) return cleanLine(receivedAt);
  const [, year = '', month = '', day = '', hour = '', minute = ''] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return fillText(template, {
    weekday: nameIn(language, date, { weekday: 'long' }),
    day: String(Number(day)),
    month: nameIn(language, date, { month: 'long' }),
    year,
    hour,
    minute,
  });
}

function nameIn(language: ReceiptLanguage, date: Date, part: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language, { ...part, timeZone: 'UTC', numberingSystem: 'latn' }).format(
    date,
  );
}
