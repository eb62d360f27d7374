import { toLatinDigits } from './digits.ts';

/** A time of day as somebody types it: `9`, `9.30`, `9:30`, `0930`, `930`, `kl. 9`, `24`. Null: not understood. */
export function parseClock(typed: string): string | null {
  const text = toLatinDigits(typed)
    .toLowerCase()
    .replace(/^\s*kl\.?/, '')
    .trim();
  const [, hours, minutes = '00'] =
    /^(\d{1,2})(?:\s*[.:]\s*(\d{2}))?\.?$/.exec(text) ?? /^(\d{1,2})(\d{2})$/.exec(text) ?? [];
  if (hours === undefined) return null;
  const time = `${hours.padStart(2, '0')}:${minutes}`;
  return /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time) ? time : null;
}

/** `09.30`. */
export function writeClock(time: string): string {
  return time.replace(':', '.');
}
