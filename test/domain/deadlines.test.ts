import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { lastDayForCourt } from '../../src-main/domain/court-limit.ts';
import { countedFrom, dayParts, hoursAfter, isWithinHours } from '../../src-main/domain/deadlines.ts';
import { firstInstantOf } from '../../src-main/domain/local-time.ts';

const zone = 'Europe/Copenhagen';

/** Any minute of 30 years on the station's clock, the nights of the change of hour more often than others. */
const localMinutes = fc.oneof(
  fc
    .integer({ min: Date.parse('2020-01-01T00:00Z'), max: Date.parse('2050-01-01T00:00Z') })
    .map((ms) => new Date(ms).toISOString().slice(0, 16)),
  fc
    .record({
      day: fc.constantFrom(
        '2026-03-28',
        '2026-03-29',
        '2026-10-24',
        '2026-10-25',
        '2027-03-28',
        '2027-10-31',
      ),
      minute: fc.integer({ min: 0, max: 1439 }),
    })
    .map(({ day, minute }) => {
      const two = (n: number): string => String(n).padStart(2, '0');
      return `${day}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
    }),
);

const temporal = (local: string): Temporal.ZonedDateTime =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'earlier' });

describe('72 hours', () => {
  test.each([
    ['a week like any other', '2026-11-20T14:32', '2026-11-23T14:32'],
    ['over the night in which an hour is missing', '2026-03-27T14:32', '2026-03-30T15:32'],
    ['over the night in which an hour comes twice', '2026-10-23T14:32', '2026-10-26T13:32'],
    ['from the hour that comes twice, its first', '2026-10-25T02:30', '2026-10-28T01:30'],
    ['over 29 February', '2028-02-27T23:59', '2028-03-01T23:59'],
    ['over the turn of the year', '2026-12-30T00:00', '2027-01-02T00:00'],
  ])('%s', (_name, start, end) => {
    expect(hoursAfter(start, 72)).toBe(end);
  });

  test('agree with Temporal for every start and length', () => {
    fc.assert(
      fc.property(localMinutes, fc.integer({ min: 1, max: 1000 }), (start, hours) => {
        const expected = temporal(start)
          .add({ hours })
          .toPlainDateTime()
          .toString({ smallestUnit: 'minute' });
        expect(hoursAfter(start, hours)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test('are within or over, and never both: what the limit says and what the screen says is the same', () => {
    fc.assert(
      fc.property(localMinutes, fc.integer({ min: 0, max: 100 * 60 }), (start, minutes) => {
        const now = temporal(start).add({ minutes });
        const shown = now.toPlainDateTime().toString({ smallestUnit: 'minute' });
        // In the hour that comes twice a clock face does not say which one it is.
        fc.pre(firstInstantOf(shown).getTime() === now.epochMilliseconds);
        expect(isWithinHours(start, 72, shown)).toBe(minutes < 72 * 60);
      }),
      { numRuns: 2000 },
    );
  });

  test('are counted from the first minute of what is known, so never shown too late', () => {
    expect(countedFrom('2026-11-20', null)).toBe('2026-11-20T00:00');
    expect(dayParts.map(({ part }) => countedFrom('2026-11-20', part).slice(11))).toEqual([
      ...['00:00', '06:00', '12:00', '18:00'],
    ]);
  });

  test.each(['', '2026-02-29T10:00', '2026-11-20', '2026-11-20T24:00', '2026-11-20T10:60', 'yesterday'])(
    'have no end without a start: "%s"',
    (start) => {
      expect(hoursAfter(start, 72)).toBeNull();
      expect(isWithinHours(start, 72, '2026-11-20T14:32')).toBe(false);
    },
  );
});

test('six months agree with Temporal for every day', () => {
  const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, (at) => {
      const day = at.toISOString().slice(0, 10);
      expect(lastDayForCourt(day)).toBe(Temporal.PlainDate.from(day).add({ months: 6 }).toString());
    }),
    { numRuns: 2000 },
  );
});
