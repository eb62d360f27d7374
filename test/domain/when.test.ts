import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { answerSchema } from '../../src-main/contract/answer.ts';
import { clockChange } from '../../src-main/domain/clock-change.ts';
import type { WhenInput } from '../../src-main/domain/draft-input.ts';
import { readWhen } from '../../src-main/domain/draft-when.ts';
import { monthsOf, yearPage } from '../../src-main/domain/visit-when.ts';

const zone = 'Europe/Copenhagen';
const clock = { localTime: '2026-11-20T14:32', isTrusted: true };

function when(precision: WhenInput['precision'], start: string, end = ''): WhenInput {
  const [startDate = '', startTime = ''] = start.split(' ');
  const [endDate = '', endTime = ''] = end.split(' ');
  return { kind: 'when', precision, startDate, startTime, endDate, endTime };
}

function marksOf(input: WhenInput, at = clock): readonly string[] {
  const result = readWhen(input, at);
  if (!result.ok) throw new Error(result.problem);
  // What is odd is an answer like any other.
  expect(answerSchema.safeParse(result.answer).success).toBe(true);
  return result.answer.marks ?? [];
}

describe('the hour in which clocks are changed', () => {
  test.each([
    ['2027-03-28T02:30', 'skipped'],
    ['2027-03-28T01:59', null],
    ['2027-03-28T03:00', null],
    ['2027-10-31T02:00', 'repeated'],
    ['2027-10-31T02:59', 'repeated'],
    ['2027-10-31T03:00', null],
    ['2027-10-31', null],
    ['1893-06-01T12:00', null],
  ])('%s: %s', (local, change) => {
    expect(clockChange(local)).toBe(change);
  });

  test('is the one that Temporal knows, for any hour since summer time came', () => {
    const hours = fc.integer({ min: 0, max: 24 * 365 * 60 });
    const nights = fc
      .tuple(
        fc.integer({ min: 1996, max: 2040 }),
        fc.constantFrom(3, 10),
        fc.integer({ min: 0, max: 6 * 60 }),
      )
      .map(([year, month, minutes]) => {
        const last = Temporal.PlainDate.from({ year, month, day: 31 });
        return last
          .subtract({ days: last.dayOfWeek % 7 })
          .toPlainDateTime('00:00')
          .add({ minutes });
      });
    const any = hours.map((count) => Temporal.PlainDateTime.from('1980-04-07T00:00').add({ hours: count }));
    fc.assert(
      fc.property(fc.oneof(nights, any), (local) => {
        const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
        const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
        const isRepeated = earlier.epochMilliseconds !== later.epochMilliseconds;
        const isThere = earlier.toPlainDateTime().equals(local);
        const expected = isThere ? (isRepeated ? 'repeated' : null) : 'skipped';
        expect(clockChange(local.toString().slice(0, 16))).toBe(expected);
      }),
    );
  });
});

describe('a time as it is told', () => {
  test('about three in the afternoon is an answer of its own', () => {
    expect(readWhen(when('about', '2026-11-19 1500'), clock)).toEqual({
      ok: true,
      answer: { kind: 'when', precision: 'about', start: '2026-11-19T15:00', end: null },
      oddities: [],
    });
    // Without an hour it is a day, whatever was chosen first.
    expect(readWhen(when('about', '2026-11-19'), clock)).toMatchObject({ answer: { precision: 'day' } });
    expect(readWhen(when('exact', '2026-11-19 ١٥٣٠'), clock)).toMatchObject({
      answer: { start: '2026-11-19T15:30' },
    });
  });

  test.each<[string, WhenInput, readonly string[]]>([
    ['an hour that never was', when('exact', '2026-03-29 0230'), ['skipped-hour']],
    ['an hour that came twice', when('about', '2026-10-25 0230'), ['repeated-hour']],
    ['tomorrow', when('day', '2026-11-21'), ['future']],
    ['in a minute', when('exact', '2026-11-20 1433'), ['future']],
    ['this minute', when('exact', '2026-11-20 1432'), []],
    ['today', when('day', '2026-11-20'), []],
    ['an end before the start', when('between', '2026-11-20 1330', '2026-11-20 1215'), ['end-before-start']],
    [
      'an end on the same day, one of them without an hour',
      when('between', '2026-11-20 1330', '2026-11-20'),
      [],
    ],
    ['29 February', when('day', '2024-02-29'), []],
    ['1 January', when('exact', '2026-01-01 0000'), []],
    ['the turn of a year', when('between', '2025-12-31 2300', '2026-01-01 0100'), []],
    ['forty years ago', when('day', '1986-05-05'), ['long-ago']],
    [
      'two nights of changed clocks',
      when('between', '2026-03-29 0230', '2026-10-25 0230'),
      ['skipped-hour', 'repeated-hour'],
    ],
  ])('%s is kept as it was told, with what is odd beside it', (_story, input, marks) => {
    expect(marksOf(input)).toEqual(marks);
  });

  test('a clock nobody trusts is held against nobody', () => {
    const lost = { localTime: '2001-01-01T00:00', isTrusted: false };
    expect(marksOf(when('day', '2026-11-20'), lost)).toEqual([]);
    expect(marksOf(when('day', '1950-11-20'), lost)).toEqual([]);
    expect(marksOf(when('between', '2026-11-20', '2026-11-19'), lost)).toEqual(['end-before-start']);
  });

  test.each([
    [when(null, ''), 'empty', 'precision'],
    [when('exact', ''), 'date-missing', 'start-date'],
    [when('day', '2026-02-29'), 'no-such-date', 'start-date'],
    [when('exact', '2026-11-19 2561'), 'no-such-time', 'start-time'],
    [when('between', '2026-11-19 1200'), 'date-missing', 'end-date'],
  ])('what cannot be a time is said at its field: %o', (input, problem, field) => {
    expect(readWhen(input, clock)).toEqual({ ok: false, problem, field });
  });
});

describe('the calendar', () => {
  test('years stand twelve to a page, months twelve to a year', () => {
    expect(yearPage('2026-11-20').map((date) => date.slice(0, 4))).toEqual(
      Array.from({ length: 12 }, (_, at) => String(2020 + at)),
    );
    expect(yearPage('1900-01-01')[0]).toBe('1900-01-01');
    expect(monthsOf('2026-11-20').at(-1)).toBe('2026-12-01');
  });
});
