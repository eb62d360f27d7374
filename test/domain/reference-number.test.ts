import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  callNumber,
  checkDigit,
  checkReference,
  groupReference,
  makeReference,
} from '../../src-main/domain/reference-number.ts';

const digits = (count: number) =>
  fc.string({
    unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'),
    minLength: count,
    maxLength: count,
  });
const reference = fc.tuple(digits(2), digits(3), digits(6)).map((parts) => makeReference(...parts));

describe('the reference number', () => {
  it('carries the check digit of ISO 7064 MOD 11,10: the published example 0794 gives 5', () => {
    expect(checkDigit('0794')).toBe('5');
  });

  it('is accepted as made, with or without spaces', () => {
    fc.assert(
      fc.property(reference, (made) => {
        expect(checkReference(made)).toEqual({ ok: true, reference: made });
        expect(checkReference(groupReference(made))).toEqual({ ok: true, reference: made });
      }),
    );
  });

  it('is refused with any one digit wrong', () => {
    fc.assert(
      fc.property(reference, fc.nat(11), fc.integer({ min: 1, max: 9 }), (made, place, shift) => {
        const wrong = String((Number(made[place]) + shift) % 10);
        expect(checkReference(made.slice(0, place) + wrong + made.slice(place + 1)).ok).toBe(false);
      }),
    );
  });

  it('is refused when it is too short, too long or not of digits', () => {
    for (const typed of ['', '1234', '0712048306180', '07120483061x', '٠٧١٢٠٤٨٣٠٦١٨']) {
      expect(checkReference(typed)).toMatchObject({ ok: false, reason: 'length' });
    }
  });

  it('is called by its last four digits', () => {
    const made = makeReference('07', '120', '483061');
    expect(groupReference(made)).toBe(`0712 0483 061${made.slice(-1)}`);
    expect(callNumber(made)).toBe(made.slice(8));
  });

  it('is never made of parts of another length', () => {
    expect(() => makeReference('7', '120', '483061')).toThrow(RangeError);
    expect(() => makeReference('07', '120', '48306a')).toThrow(RangeError);
  });
});
