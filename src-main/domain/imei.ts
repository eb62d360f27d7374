import { onlyDigits } from './digits.ts';

/** `soft-…` may be right and is never refused: a visitor copies what the box says. */
export type ImeiState =
  'empty' | 'complete' | 'check-digit-differs' | 'too-short' | 'soft-14' | 'soft-16' | 'too-long';

export interface ImeiCheck {
  readonly digits: string;
  readonly state: ImeiState;
}

/** The Luhn sum over fifteen digits is a multiple of ten when the last digit is the check digit. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (const [index, digit] of Array.from(digits).entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

/** What can be said about a typed IMEI. 14 digits: the check digit was left out; 16: the software version stands behind. */
export function checkImei(typed: string): ImeiCheck {
  const digits = onlyDigits(typed);
  const state = ((): ImeiState => {
    if (digits.length === 0) return 'empty';
    if (digits.length < 14) return 'too-short';
    if (digits.length === 14) return 'soft-14';
    if (digits.length === 15) return hasCheckDigit(digits) ? 'complete' : 'check-digit-differs';
    return digits.length === 16 ? 'soft-16' : 'too-long';
  })();
  return { digits, state };
}

/** `35 693803 564380 9`: as it is printed on a box and read aloud. */
export function groupImei(typed: string): string {
  const digits = onlyDigits(typed);
  return [digits.slice(0, 2), digits.slice(2, 8), digits.slice(8, 14), digits.slice(14)]
    .filter((part) => part !== '')
    .join(' ');
}
