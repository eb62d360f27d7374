import { describe, expect, test } from 'vitest';
import { exceptionOn, withExceptions, type HoursException } from '../../src-main/domain/hours-exceptions.ts';

const exception = (id: string, on: string, until: string | null = null, spans: string[] = []) => ({
  ...{ id, on, until },
  spans: spans.map((span) => ({ from: span.slice(0, 5), to: span.slice(6) })),
});
const eve = exception('christmas-eve', '12-24');
const id = (exceptions: readonly HoursException[], date: string) => exceptionOn(exceptions, date)?.id ?? null;

describe('which exception a day is', () => {
  test('a day of every year, also on 29 February', () => {
    expect(['2026-12-24', '2031-12-24', '2026-12-25'].map((date) => id([eve], date))).toEqual([
      ...['christmas-eve', 'christmas-eve'],
      null,
    ]);
    const leap = exception('leap', '02-29');
    expect(['2028-02-29', '2027-02-28', '2027-03-01'].map((date) => id([leap], date))).toEqual([
      ...['leap', null, null],
    ]);
  });

  test('some days in a row, past the turn of the year', () => {
    const closed = exception('holidays', '12-24', '01-01');
    const days = ['2026-12-23', '2026-12-24', '2026-12-31', '2027-01-01', '2027-01-02'];
    expect(days.map((date) => id([closed], date))).toEqual([
      ...[null, 'holidays', 'holidays', 'holidays', null],
    ]);
    const moving = exception('moving', '2026-12-30', '2027-01-02');
    expect(
      ['2026-12-29', '2026-12-30', '2027-01-02', '2027-12-30'].map((date) => id([moving], date)),
    ).toEqual([null, 'moving', 'moving', null]);
  });

  test('what is said of this very year wins, in whatever order it is told', () => {
    const open = exception('open-after-all', '2026-12-24', null, ['10:00-12:00']);
    for (const both of [
      [eve, open],
      [open, eve],
    ]) {
      expect(id(both, '2026-12-24')).toBe('open-after-all');
      expect(id(both, '2027-12-24')).toBe('christmas-eve');
    }
  });
});

describe('open times with exceptions', () => {
  const week = ['23', '24', '25'].map((day) => ({
    from: `2026-12-${day}T08:00`,
    to: `2026-12-${day}T18:00`,
  }));

  test('a closed day takes its times away, and nobody else’s', () => {
    expect(withExceptions(week, [eve], '2026-12-20', '2026-12-30')).toEqual([week[0], week[2]]);
  });

  test('other times stand instead; 24:00 is the midnight at the end', () => {
    const late = exception('late', '2026-12-24', null, ['08:00-10:00', '20:00-24:00']);
    expect(withExceptions(week, [late], '2026-12-24', '2026-12-25')).toEqual([
      ...[week[0], week[2]],
      { from: '2026-12-24T08:00', to: '2026-12-24T10:00' },
      { from: '2026-12-24T20:00', to: '2026-12-25T00:00' },
    ]);
  });

  test('a night that began the day before ends at midnight, one that lasts two days loses the day between', () => {
    const night = [{ from: '2026-12-23T20:00', to: '2026-12-24T06:00' }];
    expect(withExceptions(night, [eve], '2026-12-20', '2026-12-30')).toEqual([
      { from: '2026-12-23T20:00', to: '2026-12-24T00:00' },
    ]);
    const always = [{ from: '2026-12-20T00:00', to: '2026-12-30T00:00' }];
    expect(withExceptions(always, [eve], '2026-12-20', '2026-12-30')).toEqual([
      { from: '2026-12-20T00:00', to: '2026-12-24T00:00' },
      { from: '2026-12-25T00:00', to: '2026-12-30T00:00' },
    ]);
  });
});
