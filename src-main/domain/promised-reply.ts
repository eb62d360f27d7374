import type { ReplyPromise } from '../contract/station-settings.ts';
import { localDate, localTime } from './local-time.ts';
import { addDays } from './visit-when.ts';

/** The last local day of the answer that was promised when this report came; null where nothing was. */
export function promisedDay(promises: readonly ReplyPromise[], receivedAt: string): string | null {
  const received = localTime(new Date(receivedAt));
  const day = localDate(new Date(receivedAt));
  // As on the slip: from the minute of the approval on, until something else was approved.
  const held = promises.findLast(({ from }) => localTime(new Date(from)) <= received);
  if (held === undefined || held.days === null) return null;
  return held.validFrom <= day && day <= held.reviewBy ? addDays(day, held.days) : null;
}
