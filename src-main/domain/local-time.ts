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
