import { Temporal } from 'temporal-polyfill';

const written = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/;

/**
 * A wall-clock time in Copenhagen as an instant. One that a clock change left out is an hour later; of one that comes
 * twice it is the first.
 * @returns null for what is no time of the calendar.
 */
export function localInstant(at: string): Date | null {
  if (!written.test(at)) return null;
  try {
    const local = Temporal.PlainDateTime.from(at, { overflow: 'reject' });
    return new Date(local.toZonedDateTime('Europe/Copenhagen').epochMilliseconds);
  } catch {
    return null;
  }
}
