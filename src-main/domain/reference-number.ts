import type { ReferenceNumber } from '../contract/ids.ts';

/**
 * The check digit of ISO 7064 MOD 11,10 (hybrid system) for a string of decimal digits.
 * It finds every single wrong digit and nearly every exchange of two neighbours.
 */
export function checkDigit(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return String((11 - product) % 10);
}

// The brand's one constructor: every other reference comes from here or from parsing at an edge.
function brand(digits: string): ReferenceNumber {
  // eslint-disable-next-line no-restricted-syntax -- brand constructor
  return digits as ReferenceNumber;
}

/**
 * Twelve digits: district (2), kiosk (3), random (6), check digit.
 * @throws RangeError when a part has another length or holds something other than digits.
 */
export function makeReference(
  districtNumber: string,
  kioskNumber: string,
  sixDigits: string,
): ReferenceNumber {
  const isWhole = /^\d{2}$/.test(districtNumber) && /^\d{3}$/.test(kioskNumber) && /^\d{6}$/.test(sixDigits);
  if (!isWhole) throw new RangeError('a reference is made of two, three and six digits');
  const body = districtNumber + kioskNumber + sixDigits;
  return brand(body + checkDigit(body));
}

export type ReferenceCheck =
  | { readonly ok: true; readonly reference: ReferenceNumber }
  | { readonly ok: false; readonly reason: 'length' | 'check-digit' };

/** Checks typed Latin digits; spaces are allowed between them. */
export function checkReference(typed: string): ReferenceCheck {
  const digits = typed.replaceAll(/\s/g, '');
  if (!/^\d{12}$/.test(digits)) return { ok: false, reason: 'length' };
  if (checkDigit(digits.slice(0, 11)) === digits[11]) return { ok: true, reference: brand(digits) };
  return { ok: false, reason: 'check-digit' };
}

/** `7395 4482 1203`: three groups of four, as it is read aloud. */
export function groupReference(reference: string): string {
  return reference.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1 $2 $3');
}

/** The four digits staff call out in an assisted visit. */
export function callNumber(reference: ReferenceNumber): string {
  return reference.slice(-4);
}
