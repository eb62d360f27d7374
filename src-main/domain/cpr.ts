import { onlyDigits } from './digits.ts';
import { isCalendarDate } from './visit-when.ts';

/** `modulus`: the old check sum does not fit, which is right for many numbers given since 2007. */
export type CprState = 'empty' | 'complete' | 'too-short' | 'too-long' | 'no-such-date' | 'modulus';

export interface CprCheck {
  readonly state: CprState;
  readonly count: number;
  /** `010190-1234`. */
  readonly grouped: string;
}

const weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1] as const;

/** The seventh digit and the two of the year name the century. */
function yearOf(digits: string): number {
  const seventh = Number(digits[6]);
  const year = Number(digits.slice(4, 6));
  if (seventh <= 3) return 1900 + year;
  if (seventh === 4 || seventh === 9) return year <= 36 ? 2000 + year : 1900 + year;
  return year <= 57 ? 2000 + year : 1800 + year;
}

/** Numbers that a hospital lends somebody without one have 60 added to the day. */
function isBirthday(digits: string): boolean {
  const day = Number(digits.slice(0, 2));
  const written = String(day > 60 ? day - 60 : day).padStart(2, '0');
  return isCalendarDate(`${String(yearOf(digits))}-${digits.slice(2, 4)}-${written}`);
}

function fitsModulus(digits: string): boolean {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11 === 0;
}

/** What can be said about a typed CPR number. Nothing is refused, and nobody has to give one. */
export function checkCpr(typed: string): CprCheck {
  const digits = onlyDigits(typed);
  const count = digits.length;
  const state = ((): CprState => {
    if (count === 0) return 'empty';
    if (count !== 10) return count < 10 ? 'too-short' : 'too-long';
    if (!isBirthday(digits)) return 'no-such-date';
    return fitsModulus(digits) ? 'complete' : 'modulus';
  })();
  return { state, count, grouped: count > 6 ? `${digits.slice(0, 6)}-${digits.slice(6)}` : digits };
}

/** Stands where the number would be until somebody asks for it; says nothing of it, not even its length. */
export const hiddenCpr = '••••••-••••';
