import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openIntervals, stationHoursAt } from '../../src-main/content/opening-hours.ts';
import type { HoursFact } from '../../src-main/content/schemas.ts';
import { addDays, danishHolidays, easterSunday, holidayOn } from '../../src-main/domain/holidays.ts';
import { hoursAt, hoursDays } from '../../src-main/domain/hours.ts';

const fact: HoursFact = {
  rule: 'Mo-Fr 08:00-18:00; Sa 10:00-14:00; Su,PH off; Dec 24 off; Jun 05 off',
  isExample: true,
  source: 'the station, supervisor',
  date: '2026-11-12',
  reviewBy: '2027-11-12',
};

function known(instant: string, rule = fact.rule) {
  const hours = stationHoursAt({ hours: { ...fact, rule }, exceptions: [] }, new Date(instant));
  if (hours.kind !== 'known') throw new Error('hours are known here');
  return hours;
}

const state = (instant: string, rule?: string) => {
  const { isOpen, changesAt, opensAt } = known(instant, rule);
  return { isOpen, changesAt, opensAt };
};

describe.each(['UTC', 'Europe/Copenhagen', 'Asia/Tokyo', 'America/Los_Angeles'])(
  'opening hours on a machine whose time zone is %s',
  (zone) => {
    const before = process.env['TZ'];
    beforeAll(() => {
      process.env['TZ'] = zone;
    });
    afterAll(() => {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    });

    test('winter and summer: the wall clock of Copenhagen decides', () => {
      expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(
        { UTC: 0, 'Europe/Copenhagen': -60, 'Asia/Tokyo': -540 }[zone] ?? 480,
      );
      // 08:30 in winter; the trap: read as UTC it would be 07:30, closed.
      expect(state('2026-11-20T07:30:00Z')).toEqual({ isOpen: true, changesAt: '18:00', opensAt: null });
      expect(state('2026-07-17T06:30:00Z')).toEqual({ isOpen: true, changesAt: '18:00', opensAt: null });
      expect(state('2026-11-20T06:59:00Z')).toEqual({
        isOpen: false,
        changesAt: '08:00',
        opensAt: '2026-11-20T08:00',
      });
    });

    test('closed at the minute it closes; the next opening may be days away', () => {
      expect(state('2026-11-21T12:59:59Z').isOpen).toBe(true);
      expect(state('2026-11-21T13:00:00Z')).toEqual({
        isOpen: false,
        changesAt: null,
        opensAt: '2026-11-23T08:00',
      });
      expect(state('2026-12-24T10:00:00Z')).toEqual({
        isOpen: false,
        changesAt: null,
        opensAt: '2026-12-28T08:00',
      });
      expect(state('2026-12-31T20:00:00Z').opensAt).toBe('2027-01-02T10:00');
    });

    test('the days on which the clocks change', () => {
      expect(state('2026-10-24T07:30:00Z').changesAt).toBe('10:00');
      expect(state('2026-10-26T07:30:00Z').isOpen).toBe(true);
      expect(known('2026-10-25T00:30:00Z').days.map((day) => day.spans.length)).toEqual([
        0, 1, 1, 1, 1, 1, 1,
      ]);
    });

    test('a week over Christmas, with the names of its holidays', () => {
      const { days } = known('2026-12-23T23:30:00Z');
      expect(days.map((day) => [day.date.slice(5), day.spans.length, day.holiday])).toEqual([
        ['12-24', 0, null],
        ['12-25', 0, 'christmas-day'],
        ['12-26', 0, 'second-christmas-day'],
        ['12-27', 0, null],
        ['12-28', 1, null],
        ['12-29', 1, null],
        ['12-30', 1, null],
      ]);
    });

    test('a night that began yesterday is still open', () => {
      const night = 'Fr 22:00-26:00; 24/7 off; Fr 22:00-26:00';
      expect(state('2026-11-21T00:30:00Z', night)).toEqual({
        isOpen: true,
        changesAt: '02:00',
        opensAt: null,
      });
      expect(state('2026-11-20T22:30:00Z', night)).toEqual({ isOpen: true, changesAt: null, opensAt: null });
    });
  },
);

test('Store bededag is an ordinary working day since 2024', () => {
  expect(holidayOn('2027-04-23')).toBeNull();
  expect(state('2027-04-23T07:00:00Z')).toEqual({ isOpen: true, changesAt: '18:00', opensAt: null });
});

test('PH means the ten holidays: 5 June and 24 December are open unless the station says otherwise', () => {
  const rule = 'Mo-Sa 10:00-14:00; PH off';
  expect(openIntervals(rule, '2026-06-05', '2026-06-06')).toEqual([
    { from: '2026-06-05T10:00', to: '2026-06-05T14:00' },
  ]);
  expect(openIntervals(rule, '2026-12-24', '2026-12-27')).toHaveLength(1);
  expect(openIntervals('Mo-Fr 08:00-16:00; Sa,PH 10:00-12:00', '2026-12-25', '2026-12-27')).toEqual([
    { from: '2026-12-25T10:00', to: '2026-12-25T12:00' },
    { from: '2026-12-26T10:00', to: '2026-12-26T12:00' },
  ]);
  expect(() => openIntervals('PH,2026 Dec 24 off', '2026-12-24', '2026-12-25')).toThrow(/PH is understood/);
});

test('hours nobody checked in time are unknown, not open and not closed', () => {
  const told = { hours: fact, exceptions: [] };
  expect(stationHoursAt(told, new Date('2027-11-12T10:00:00Z')).kind).toBe('known');
  expect(stationHoursAt(told, new Date('2027-11-13T10:00:00Z'))).toEqual({ kind: 'unknown', why: 'overdue' });
  expect(stationHoursAt(null, new Date('2026-11-20T10:00:00Z'))).toEqual({
    kind: 'unknown',
    why: 'never-told',
  });
});

test('hours "by appointment" are not open hours', () => {
  expect(state('2026-11-20T09:00:00Z', 'Mo-Fr 08:00-16:00 "by appointment"').isOpen).toBe(false);
});

test('spans that touch at midnight are one opening', () => {
  const night = [
    { from: '2026-11-20T18:00', to: '2026-11-21T00:00' },
    { from: '2026-11-21T00:00', to: '2026-11-21T06:00' },
  ];
  expect(hoursAt(night, '2026-11-20T20:00').changesAt).toBeNull();
  expect(hoursAt(night.slice(0, 1), '2026-11-20T20:00').changesAt).toBe('24:00');
  expect(hoursDays(night, '2026-11-20', 2).map((day) => day.spans)).toEqual([
    [{ from: '18:00', to: '24:00' }],
    [{ from: '00:00', to: '06:00' }],
  ]);
});

describe('holidays', () => {
  test.each([
    [2026, '04-02', '04-03', '04-05', '04-06', '05-14', '05-24', '05-25'],
    [2027, '03-25', '03-26', '03-28', '03-29', '05-06', '05-16', '05-17'],
    [2028, '04-13', '04-14', '04-16', '04-17', '05-25', '06-04', '06-05'],
    [2029, '03-29', '03-30', '04-01', '04-02', '05-10', '05-20', '05-21'],
    [2030, '04-18', '04-19', '04-21', '04-22', '05-30', '06-09', '06-10'],
    [2031, '04-10', '04-11', '04-13', '04-14', '05-22', '06-01', '06-02'],
  ])('of %i', (year, ...moving) => {
    const dates = danishHolidays(year).map((holiday) => holiday.date.slice(5));
    expect(dates).toEqual(['01-01', ...moving, '12-25', '12-26']);
  });

  test('Easter at its earliest and its latest', () => {
    expect(easterSunday(1818)).toBe('1818-03-22');
    expect(easterSunday(2038)).toBe('2038-04-25');
  });
});

describe('every holiday of 2026 to 2031', () => {
  const years = [2026, 2027, 2028, 2029, 2030, 2031];
  const told = {
    hours: { ...fact, rule: 'Mo-Su 08:00-16:00; PH off', reviewBy: '2031-12-31' },
    exceptions: [],
  };
  const isOpenOn = (date: string): boolean => {
    const hours = stationHoursAt(told, new Date(`${date}T11:00:00Z`));
    return hours.kind === 'known' && hours.isOpen;
  };

  test.each(years)('closes a counter that is open every other day of %i', (year) => {
    const holidays = danishHolidays(year).map(({ date }) => date);
    const open = openIntervals(told.hours.rule, `${year}-01-01`, `${year + 1}-01-01`);
    const days = new Set(open.map(({ from }) => from.slice(0, 10)));
    const closed: string[] = [];
    for (let date = `${year}-01-01`; date.startsWith(String(year)); date = addDays(date, 1))
      if (!days.has(date)) closed.push(date);
    expect(closed).toEqual(holidays.toSorted());
    expect(holidays).toHaveLength(10);
    for (const date of holidays) expect(isOpenOn(date), date).toBe(false);
  });

  test.each(years)('is none of these days of %i: Store bededag, 5 June, 24 and 31 December', (year) => {
    const prayerDay = addDays(easterSunday(year), 26);
    for (const date of [prayerDay, `${year}-06-05`, `${year}-12-24`, `${year}-12-31`])
      expect(isOpenOn(date), date).toBe(!danishHolidays(year).some((holiday) => holiday.date === date));
  });
});

describe('a station with days of its own', () => {
  const day = (id: string, on: string, ...spans: string[]) => ({
    ...{ id, on, until: null },
    spans: spans.map((span) => ({ from: span.slice(0, 5), to: span.slice(6) })),
  });
  const exceptions = [
    day('christmas-eve', '12-24'),
    day('new-years-eve', '12-31', '08:00-12:00'),
    day('training', '2026-12-03'),
  ];
  const told = { hours: { ...fact, rule: 'Mo-Fr 08:00-18:00; Sa 10:00-14:00; Su,PH off' }, exceptions };
  const at = (instant: string) => {
    const hours = stationHoursAt(told, new Date(instant));
    if (hours.kind !== 'known') throw new Error('hours are known here');
    return hours;
  };

  test('is closed then, says why, and says when it opens next', () => {
    const training = at('2026-12-03T09:00:00Z');
    expect(training).toMatchObject({ isOpen: false, opensAt: '2026-12-04T08:00' });
    expect(training.days[0]).toEqual({
      ...{ date: '2026-12-03', spans: [], holiday: null, exception: 'training' },
    });
    // Thursday, then Friday and Saturday are holidays, Sunday is Sunday.
    expect(at('2026-12-24T09:00:00Z')).toMatchObject({ isOpen: false, opensAt: '2026-12-28T08:00' });
    expect(at('2026-12-31T09:00:00Z')).toMatchObject({ isOpen: true, changesAt: '12:00' });
    expect(at('2026-12-31T11:00:00Z')).toMatchObject({ isOpen: false, opensAt: '2027-01-02T10:00' });
  });

  test('names the days ahead that are unlike their weekday, and no others', () => {
    expect(
      at('2026-11-20T09:00:00Z').otherDays.map(({ date, exception, holiday, spans }) => [
        date,
        exception ?? holiday,
        spans.map(({ from, to }) => `${from}-${to}`).join(),
      ]),
    ).toEqual([
      ['2026-12-03', 'training', ''],
      ['2026-12-24', 'christmas-eve', ''],
      ['2026-12-25', 'christmas-day', ''],
      ['2026-12-26', 'second-christmas-day', ''],
      ['2026-12-31', 'new-years-eve', '08:00-12:00'],
      ['2027-01-01', 'new-years-day', ''],
    ]);
    // Whit Sunday is closed, as every Sunday is: nothing to say.
    expect(at('2027-05-01T09:00:00Z').otherDays.map(({ date }) => date)).not.toContain('2027-05-16');
  });

  test('tells a usual week without its holidays, for a kiosk whose clock is wrong', () => {
    const usual = at('2026-12-24T09:00:00Z').usualWeek;
    expect(usual.map((spans) => spans.map(({ from, to }) => `${from}-${to}`).join())).toEqual([
      ...['08:00-18:00', '08:00-18:00', '08:00-18:00', '08:00-18:00', '08:00-18:00'],
      ...['10:00-14:00', ''],
    ]);
  });

  test('open all night: the hour that comes twice and the one that never comes leave it open', () => {
    for (const instant of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2027-03-28T01:30:00Z'])
      expect(known(instant, '24/7'), instant).toMatchObject({ isOpen: true, changesAt: null });
  });

  test('24/7 but closed on one day closes at its midnight and opens at the next', () => {
    const always = { hours: { ...fact, rule: '24/7' }, exceptions: [day('training', '2026-12-03')] };
    const before = stationHoursAt(always, new Date('2026-12-02T22:30:00Z'));
    expect(before).toMatchObject({ isOpen: true, changesAt: '24:00' });
    const during = stationHoursAt(always, new Date('2026-12-02T23:30:00Z'));
    expect(during).toMatchObject({ isOpen: false, opensAt: '2026-12-04T00:00' });
  });
});
