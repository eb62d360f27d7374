import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseClock, writeClock } from '../../src-main/domain/typed-clock.ts';
import { lastDays, parseDay, parseYearDay, writeDay } from '../../src-main/domain/typed-day.ts';
import { addDays } from '../../src-main/domain/visit-when.ts';

const today = '2026-11-21';

test.each([
  ['24.12.2026', '2026-12-24'],
  ['1.2.26', '2026-02-01'],
  ['010226', '2026-02-01'],
  ['01022026', '2026-02-01'],
  ['2026-02-01', '2026-02-01'],
  [' 1 / 2 - 2027 ', '2027-02-01'],
  ['24. december', '2026-12-24'],
  ['1 Mar. 2027', '2027-03-01'],
  ['٢٤.١٢.٢٠٢٦', '2026-12-24'],
  ['29.2.2028', '2028-02-29'],
])('a day typed as "%s" is %s', (typed, date) => {
  expect(parseDay(typed, today)).toBe(date);
});

test('without a year it is the nearest one; of what has been, the last', () => {
  expect(parseDay('0102', today)).toBe('2027-02-01');
  expect(parseDay('1.11', today)).toBe('2026-11-01');
  expect(parseDay('0102', today, 'past')).toBe('2026-02-01');
  expect(parseDay('21.11', today, 'past')).toBe(today);
  expect(parseDay('22.11.', today, 'past')).toBe('2025-11-22');
  expect(parseDay('29.2', '2027-06-01')).toBe('2028-02-29');
});

test.each(['', '24', '31.2.2026', '29.2.2026', '0.1', '13.13', '1.2.3', '102', 'i morgen', '1.2.26 kl. 9'])(
  '"%s" is not taken for a day',
  (typed) => {
    expect(parseDay(typed, today)).toBeNull();
  },
);

test('a day of every year has no year, and may be the one that comes every fourth', () => {
  expect(parseYearDay('24.12')).toBe('12-24');
  expect(parseYearDay('24.12.2026')).toBe('12-24');
  expect(parseYearDay('29.2')).toBe('02-29');
  expect(parseYearDay('30.2')).toBeNull();
  expect(writeDay('12-24')).toBe('24.12.');
  expect(parseYearDay(writeDay('12-24'))).toBe('12-24');
});

test('what is written is read as the same day and time', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9000, max: 20_000 }), fc.nat(24 * 60), (days, minutes) => {
      const date = addDays(today, days);
      expect(parseDay(writeDay(date), today)).toBe(date);
      const time = [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0')).join(':');
      expect(parseClock(writeClock(time))).toBe(time);
    }),
  );
});

test('thirty days are today and those before it', () => {
  expect(lastDays(today, 1)).toEqual({ from: today, to: today });
  expect(lastDays(today, 30)).toEqual({ from: '2026-10-23', to: today });
});

test.each([
  ['9', '09:00'],
  ['9.30', '09:30'],
  ['09:30', '09:30'],
  ['0930', '09:30'],
  ['930', '09:30'],
  ['kl. 9', '09:00'],
  ['24', '24:00'],
  ['٩.٣٠', '09:30'],
])('a time typed as "%s" is %s', (typed, time) => {
  expect(parseClock(typed)).toBe(time);
});

test.each(['', '25', '9.3', '9.60', '24.01', '12345', 'ni'])('"%s" is not taken for a time', (typed) => {
  expect(parseClock(typed)).toBeNull();
});
