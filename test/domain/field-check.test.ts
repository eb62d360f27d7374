import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkAccount } from '../../src-main/domain/account.ts';
import { checkCpr, hiddenCpr } from '../../src-main/domain/cpr.ts';
import { checkField, type FieldKind, type FieldKnowledge } from '../../src-main/domain/field-check.ts';
import { groupE164 } from '../../src-main/domain/phone-number.ts';
import { checkPlate } from '../../src-main/domain/plate.ts';
import { checkDigit } from '../../src-main/domain/reference-number.ts';
import { checkTypedReference, type KnownReferences } from '../../src-main/domain/typed-reference.ts';
import { checkVin } from '../../src-main/domain/vin.ts';

describe('a number plate', () => {
  test.each([
    ['ab12345', 'danish', 'AB 12 345'],
    ['AB 12 345', 'danish', 'AB 12 345'],
    ['ab-١٢٣٤٥', 'danish', 'AB 12 345'],
    ['\u200fAB12345\u200f', 'danish', 'AB 12 345'],
    ['AB1234', 'danish', 'AB 1234'],
    ['AB123456', 'too-long', 'AB123456'],
    ['B-XY 1234 ', 'other', 'B-XY 1234'],
    ['АВ 1234 СЕ', 'other', 'АВ 1234 СЕ'],
    ['MINBIL', 'other', 'MINBIL'],
    ['  ', 'empty', ''],
  ])('%j is %s and reads %j', (typed, state, grouped) => {
    expect(checkPlate(typed)).toEqual({ state, grouped });
  });
});

describe('a vehicle number', () => {
  test.each([
    ['wvwzzz1jz3w386752', 'complete', 'WVW ZZZ1JZ 3W386752'],
    ['WVW ZZZ 1JZ 3W٣٨٦٧٥٢', 'complete', 'WVW ZZZ1JZ 3W386752'],
    ['WVWZZZ1JZ3W38675', 'too-short', 'WVW ZZZ1JZ 3W38675'],
    ['WVWZZZ1JZ3W3867521', 'too-long', 'WVW ZZZ1JZ 3W3867521'],
    ['WVWZZZ1JZ3W38675O', 'letters', 'WVWZZZ1JZ3W38675O'],
    ['', 'empty', ''],
  ])('%j is %s and reads %j', (typed, state, grouped) => {
    expect(checkVin(typed)).toMatchObject({ state, grouped });
  });
});

describe('an account', () => {
  /* The examples of the registry of IBANs. */
  test.each([
    ['DK5000400440116243', 'iban', 'DK50 0040 0440 1162 43'],
    ['de89 3704 0044 0532 0130 00', 'iban', 'DE89 3704 0044 0532 0130 00'],
    ['GB29NWBK60161331926819', 'iban', 'GB29 NWBK 6016 1331 9268 19'],
    ['DK5000400440116244', 'iban-odd', 'DK50 0040 0440 1162 44'],
    ['DK50004004401162430', 'iban-odd', 'DK50 0040 0440 1162 430'],
    ['DK50', 'iban-odd', 'DK50'],
    ['1234 1234567', 'danish', '1234 1234567'],
    ['١٢٣٤-١٢٣٤٥٦٧٨٩٠', 'danish', '1234 1234567890'],
    ['12341234567890', 'danish', '1234 1234567890'],
    ['2030 4050', 'other', '2030 4050'],
    ['20304050', 'other', '20304050'],
    ['004520304050', 'other', '004520304050'],
    ['Kvark & Co', 'other', 'Kvark & Co'],
    ['', 'empty', ''],
  ])('%j is %s and reads %j', (typed, state, grouped) => {
    expect(checkAccount(typed)).toEqual({ state, grouped });
  });

  test('one wrong digit of an IBAN is always found', () => {
    const iban = 'DK5000400440116243';
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 17 }), fc.integer({ min: 1, max: 9 }), (at, more) => {
        const digit = String((Number(iban[at]) + more) % 10);
        expect(checkAccount(iban.slice(0, at) + digit + iban.slice(at + 1)).state).toBe('iban-odd');
      }),
    );
  });
});

describe('a CPR number', () => {
  const weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
  const sum = (digits: string): number =>
    weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  /** Put together here, so that nobody's number stands in this file. */
  const numbers = fc
    .tuple(
      fc.date({ min: new Date('1900-01-01'), max: new Date('1999-12-31'), noInvalidDate: true }),
      fc.integer({ min: 0, max: 3999 }),
    )
    .map(([birth, serial]) => {
      const [year = '', month = '', day = ''] = birth.toISOString().slice(2, 10).split('-');
      return day + month + year.slice(-2) + String(serial).padStart(4, '0');
    })
    .filter((digits) => digits.length === 10);

  test('with a date of its century is accepted, whether the old check sum fits or not', () => {
    fc.assert(
      fc.property(numbers, (digits) => {
        const { state, grouped } = checkCpr(digits);
        expect(state).toBe(sum(digits) % 11 === 0 ? 'complete' : 'modulus');
        expect(grouped).toBe(`${digits.slice(0, 6)}-${digits.slice(6)}`);
      }),
    );
  });

  test('the seventh digit names the century: 29 February of 1900 never was, of 2000 it was', () => {
    const leapDay = (seventh: number) => checkCpr(`290200${String(seventh)}000`).state;
    expect([0, 3].map(leapDay)).toEqual(['no-such-date', 'no-such-date']);
    expect([4, 5, 8, 9].map((seventh) => leapDay(seventh) === 'no-such-date')).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(checkCpr('3102900000').state).toBe('no-such-date');
    // A number lent by a hospital: sixty days are added to the day.
    expect(checkCpr('6101900000').state).not.toBe('no-such-date');
  });

  test('too few, too many and none are states, never faults; hidden it does not even show its length', () => {
    expect(['', '0101', '01019000000'].map((typed) => checkCpr(typed).state)).toEqual([
      'empty',
      'too-short',
      'too-long',
    ]);
    expect(hiddenCpr).not.toMatch(/\d/);
    expect(checkField('cpr', '0101900000', knowledge)?.grouped).toBeNull();
  });
});

const known: KnownReferences = { ownPrefix: '07120', districtNumbers: ['01', '07', '11'] };
const knowledge: FieldKnowledge = {
  references: known,
  readPhone: () => ({ state: 'unread', e164: null, grouped: null }),
};

describe('a reference from a slip', () => {
  const whole = (body: string): string => body + checkDigit(body);
  const own = whole('07120448120');
  const spoilt = (digits: string, at: number): string =>
    digits.slice(0, at) + String((Number(digits[at]) + 3) % 10) + digits.slice(at + 1);

  test('in any digits, in any groups, fits', () => {
    const arabic = Array.from(own, (digit) => String.fromCodePoint(0x660 + Number(digit))).join('');
    for (const typed of [own, arabic, `${own.slice(0, 4)} ${own.slice(4, 8)}-${own.slice(8)}`])
      expect(checkTypedReference(typed, known).state).toBe('complete');
    expect(checkTypedReference(own, known).grouped).toBe(
      `${own.slice(0, 4)} ${own.slice(4, 8)} ${own.slice(8)}`,
    );
  });

  test.each([
    [0, 'group-1'],
    [1, 'group-1'],
    [2, 'group-1'],
    [3, 'group-1'],
    [4, 'group-2'],
    [5, 'group-2-or-3'],
    [7, 'group-2-or-3'],
    [8, 'group-2-or-3'],
    [11, 'group-2-or-3'],
  ])('with its digit %i wrong says %s', (at, state) => {
    expect(checkTypedReference(spoilt(own, at), known).state).toBe(state);
  });

  test('of another kiosk fits as well; of no district the first group is looked at again', () => {
    expect(checkTypedReference(whole('11001123456'), known).state).toBe('complete');
    expect(checkTypedReference(whole('99001123456'), known).state).toBe('group-1');
  });

  test('half a number and one too long say how many digits there are', () => {
    expect(checkTypedReference('0712', known)).toMatchObject({ state: 'too-short', count: 4 });
    expect(checkTypedReference(`${own}1`, known)).toMatchObject({ state: 'too-long', count: 13 });
  });
});

describe('soft words', () => {
  test('a telephone number is grouped in pairs where it is Danish', () => {
    expect(groupE164('+4520304050')).toBe('+45 20 30 40 50');
    expect(groupE164('+4915112345678')).toBe('+4915112345678');
  });

  test('no field is ever refused: whatever is typed, there is at most one word about it', () => {
    const kinds: FieldKind[] = [
      ...(['text', 'imei', 'frame-number', 'amount', 'digits', 'plate'] as const),
      ...(['phone', 'account', 'vin', 'cpr', 'reference'] as const),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.string({ unit: 'binary', maxLength: 40 }), (kind, typed) => {
        const remark = checkField(kind, typed, knowledge);
        if (remark !== null) expect(['good', 'so-far', 'odd']).toContain(remark.tone);
      }),
    );
    for (const kind of kinds) expect(checkField(kind, '', knowledge)).toBeNull();
  });
});
