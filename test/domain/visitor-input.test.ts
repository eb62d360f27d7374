import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAmount } from '../../src-main/domain/amount.ts';
import { normalizePostcode, onlyDigits, toLatinDigits } from '../../src-main/domain/digits.ts';
import { checkImei, groupImei } from '../../src-main/domain/imei.ts';
import { makeReportId } from '../../src-main/domain/visit-ids.ts';
import {
  addDays,
  addMonths,
  isCalendarDate,
  monthGrid,
  timeOfDigits,
} from '../../src-main/domain/visit-when.ts';

describe('digits of any keyboard', () => {
  test('Arabic-Indic, Persian and full-width digits become Latin ones, letters stay', () => {
    expect(toLatinDigits('هاتف ٠١٢٣٤٥٦٧٨٩')).toBe('هاتف 0123456789');
    expect(toLatinDigits('۴۵۶ ７８')).toBe('456 78');
    expect(onlyDigits('+45 ٢٠-30')).toBe('452030');
  });

  test.each([
    ['9000', '9000'],
    ['DK-9000', '9000'],
    ['dk 9000', '9000'],
    ['9000 Aalborg', '9000'],
    ['٩٠٠٠', '9000'],
    ['\u200f٩٠٠٠\u200f', '9000'],
    ['0900', '0900'],
    ['90000', null],
    ['900', null],
    ['9000 9100', null],
    ['Aalborg', null],
    ['', null],
  ])('postcode %j reads as %j', (typed, expected) => {
    expect(normalizePostcode(typed)).toBe(expected);
  });
});

describe('a sum of money', () => {
  test.each([
    ['1000', 100_000],
    ['1.000', 100_000],
    ['1,000', 100_000],
    ['1.000,50', 100_050],
    ['1,000.50', 100_050],
    ['1.234.567,8', 123_456_780],
    ['1,5', 150],
    ['1.50', 150],
    ['1 000 kr.', 100_000],
    ['500,-', 50_000],
    ['€ 20', 2_000],
    ['١٠٠٠', 100_000],
    ['١٬٠٠٠٫٥٠', 100_050],
    ['0', 0],
  ])('%j is %d minor units', (typed, minorUnits) => {
    expect(parseAmount(typed)).toEqual({ ok: true, minorUnits });
  });

  test.each(['1.00.0', '1,2,3', '1.000,5,0', 'abc', '-5', '1.2345', '1,000.500'])(
    '%j is asked for again',
    (typed) => {
      expect(parseAmount(typed)).toEqual({ ok: false, problem: 'not-a-number' });
    },
  );

  test('an empty field and a sum beyond a billion say so', () => {
    expect(parseAmount(' ')).toEqual({ ok: false, problem: 'empty' });
    expect(parseAmount('1000000001')).toEqual({ ok: false, problem: 'too-large' });
  });

  test('every sum comes back from the Danish and the English way to write it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (minorUnits) => {
        const [whole, fraction] = [Math.trunc(minorUnits / 100), String(minorUnits % 100).padStart(2, '0')];
        const grouped = String(whole).replaceAll(/\B(?=(\d{3})+$)/g, '.');
        const danish = `${grouped},${fraction}`;
        const english = `${grouped.replaceAll('.', ',')}.${fraction}`;
        expect([parseAmount(danish), parseAmount(english)]).toEqual([
          { ok: true, minorUnits },
          { ok: true, minorUnits },
        ]);
      }),
    );
  });
});

describe('an IMEI', () => {
  test.each([
    ['', 'empty'],
    ['3569380', 'too-short'],
    ['35693803564380', 'soft-14'],
    ['356938035643809', 'complete'],
    ['٣٥٦٩٣٨٠٣٥٦٤٣٨٠٩', 'complete'],
    ['35 693803 564380 9', 'complete'],
    ['356938035643808', 'check-digit-differs'],
    ['3569380356438091', 'soft-16'],
    ['35693803564380912', 'too-long'],
  ])('%j is %s', (typed, state) => {
    expect(checkImei(typed).state).toBe(state);
  });

  test('is shown in the groups of the box', () => {
    expect(groupImei('356938035643809')).toBe('35 693803 564380 9');
    expect(groupImei('3569')).toBe('35 69');
  });
});

describe('days and hours', () => {
  test('29 February exists in leap years only', () => {
    expect([
      isCalendarDate('2028-02-29'),
      isCalendarDate('2026-02-29'),
      isCalendarDate('2026-13-01'),
    ]).toEqual([true, false, false]);
  });

  test('a month is a grid of whole weeks that starts on Monday', () => {
    const grid = monthGrid('2026-11-20');
    expect(grid[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(grid.flat().filter((day) => day !== null)).toHaveLength(30);
    expect(grid.every((week) => week.length === 7)).toBe(true);
  });

  test('days and months go over the year', () => {
    expect([
      addDays('2026-12-31', 1),
      addDays('2026-03-01', -1),
      addMonths('2026-12-15', 1),
      addMonths('2026-01-31', -1),
    ]).toEqual(['2027-01-01', '2026-02-28', '2027-01-01', '2025-12-01']);
  });

  test.each([
    ['0930', '09:30'],
    ['930', '09:30'],
    ['2359', '23:59'],
    ['2400', null],
    ['1260', null],
    ['9', null],
  ])('%j on the pad is %j', (digits, time) => {
    expect(timeOfDigits(digits)).toBe(time);
  });
});

describe('ids', () => {
  test('a report id is a UUID of version 7 that begins with the time', () => {
    const id = makeReportId(1_795_185_120_000, new Uint8Array(10).fill(255));
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(1_795_185_120_000);
    expect(() => makeReportId(0, new Uint8Array(3))).toThrow(RangeError);
  });
});
