/**
 * The ten Danish public holidays (helligdage) since 2024. Store bededag is none of them any more; 5 June, 24 and 31
 * December never were: a station that closes then says so in its own hours.
 */
export type HolidayId =
  | 'new-years-day'
  | 'maundy-thursday'
  | 'good-friday'
  | 'easter-sunday'
  | 'easter-monday'
  | 'ascension-day'
  | 'whit-sunday'
  | 'whit-monday'
  | 'christmas-day'
  | 'second-christmas-day';

export interface Holiday {
  /** `2026-12-25` */
  readonly date: string;
  readonly id: HolidayId;
}

const fromEaster: readonly (readonly [HolidayId, number])[] = [
  ['maundy-thursday', -3],
  ['good-friday', -2],
  ['easter-sunday', 0],
  ['easter-monday', 1],
  ['ascension-day', 39],
  ['whit-sunday', 49],
  ['whit-monday', 50],
];

/** A calendar date some days later or earlier. Counted in UTC, so that no change of the clock moves it. */
export function addDays(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00.000Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** Easter Sunday by the Gregorian rule (Meeus, Jones, Butcher). */
export function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const k = c % 4;
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The holidays of a year, in the order of the calendar. */
export function danishHolidays(year: number): readonly Holiday[] {
  const easter = easterSunday(year);
  return [
    { date: `${year}-01-01`, id: 'new-years-day' },
    ...fromEaster.map(([id, days]) => ({ date: addDays(easter, days), id })),
    { date: `${year}-12-25`, id: 'christmas-day' },
    { date: `${year}-12-26`, id: 'second-christmas-day' },
  ];
}

/** The holiday a date is, or null. */
export function holidayOn(date: string): HolidayId | null {
  const year = Number(date.slice(0, 4));
  return danishHolidays(year).find((holiday) => holiday.date === date)?.id ?? null;
}
