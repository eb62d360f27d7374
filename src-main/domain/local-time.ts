/** The wall clock of every Danish station; a station elsewhere would bring its own zone as content. */
const zone = 'Europe/Copenhagen';

const parts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** Local time at the station to the minute, `2026-11-20T14:32`. Depends on no setting of the process. */
export function localTime(instant: Date): string {
  return parts.format(instant).replace(' ', 'T');
}

/** Local date at the station, `2026-11-20`. */
export function localDate(instant: Date): string {
  return localTime(instant).slice(0, 10);
}

const dayMs = 86_400_000;

/** How far the station's clock is ahead of UTC at an instant, to the minute. */
function aheadMs(atMs: number): number {
  const minute = Math.floor(atMs / 60_000) * 60_000;
  return Date.parse(`${localTime(new Date(minute))}:00Z`) - minute;
}

/**
 * The first instant at which the station's clock showed this time. In autumn, when an hour comes twice, the first one;
 * in spring, for a time that the clock jumped over, the instant an hour before the same time in summer.
 * @param local a time of the calendar, `2026-11-20T14:32`.
 */
export function firstInstantOf(local: string): Date {
  const asUtc = Date.parse(`${local}:00Z`);
  // No zone changes twice within two days, so one of both offsets is right on either side of a change.
  const candidates = [asUtc - aheadMs(asUtc - dayMs), asUtc - aheadMs(asUtc + dayMs)];
  const shown = candidates.filter((atMs) => localTime(new Date(atMs)) === local);
  return new Date(Math.min(...(shown.length > 0 ? shown : candidates)));
}
