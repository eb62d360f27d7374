import { onlyDigits } from './digits.ts';
import { checkDigit } from './reference-number.ts';

/** `group-1`, `group-2`: where the wrong digit is. `group-2-or-3`: a check digit alone cannot say more than that. */
export type TypedReferenceState =
  'empty' | 'complete' | 'too-short' | 'too-long' | 'group-1' | 'group-2' | 'group-2-or-3';

export interface TypedReferenceCheck {
  readonly state: TypedReferenceState;
  readonly count: number;
  /** `7395 4482 1203`, as far as it goes. */
  readonly grouped: string;
}

/** What a kiosk knows of references: its own first five digits and the numbers of all districts. */
export interface KnownReferences {
  readonly ownPrefix: string;
  readonly districtNumbers: readonly string[];
}

function fits(digits: string): boolean {
  return checkDigit(digits.slice(0, 11)) === digits[11];
}

/**
 * Most slips come from the kiosk they are brought back to. One digit off its own beginning, and right once that digit
 * is mended: then that is the one.
 */
function wrongInPrefix(digits: string, ownPrefix: string): 'group-1' | 'group-2' | null {
  const differing = Array.from(ownPrefix).flatMap((digit, at) => (digit === digits[at] ? [] : [at]));
  const [only] = differing;
  if (only === undefined || differing.length > 1 || !fits(ownPrefix + digits.slice(ownPrefix.length)))
    return null;
  return only < 4 ? 'group-1' : 'group-2';
}

/** Says in which group to look again. A number that does not fit is kept as it was typed all the same. */
export function checkTypedReference(typed: string, known: KnownReferences | null): TypedReferenceCheck {
  const digits = onlyDigits(typed);
  const count = digits.length;
  const state = ((): TypedReferenceState => {
    if (count === 0) return 'empty';
    if (count !== 12) return count < 12 ? 'too-short' : 'too-long';
    const isDistrict = known === null || known.districtNumbers.includes(digits.slice(0, 2));
    if (fits(digits) && isDistrict) return 'complete';
    const inPrefix = known === null ? null : wrongInPrefix(digits, known.ownPrefix);
    if (inPrefix !== null) return inPrefix;
    return isDistrict ? 'group-2-or-3' : 'group-1';
  })();
  return { state, count, grouped: digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ') };
}
