import type { Thing } from '../contract/answer.ts';
import { checkAccount } from './account.ts';
import { parseAmount } from './amount.ts';
import { checkCpr } from './cpr.ts';
import { plainSigns, toLatinDigits } from './digits.ts';
import type { FieldKind } from './field-check.ts';
import { checkImei, groupImei } from './imei.ts';
import { groupE164 } from './phone-number.ts';
import { checkPlate } from './plate.ts';
import type { Words } from './render-answer-lines.ts';
import { checkTypedReference } from './typed-reference.ts';
import { checkVin } from './vin.ts';

type Currency = NonNullable<Thing['currencies']>[string];
/** What does not fit, in words around the value. */
type Odd = (why: string, value: string) => string;

const money = new Intl.NumberFormat('da-DK', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `1.000,50 kr.` */
export function danishMoney(minorUnits: number, currency: Currency): string {
  return `${money.format(minorUnits / 100)} ${currency === 'DKK' ? 'kr.' : currency}`;
}

function amountField(typed: string, currency: Currency): string {
  const parsed = parseAmount(typed);
  return parsed.ok ? danishMoney(parsed.minorUnits, currency) : toLatinDigits(typed);
}

interface Beside {
  readonly currency?: Currency;
  readonly e164?: string | null;
}

/** Signs of a vehicle or an account: the groups of their kind, and what does not fit beside them. */
function danishSigns(kind: 'plate' | 'vin' | 'account', typed: string, odd: Odd): string {
  if (kind === 'plate') {
    const { state, grouped } = checkPlate(typed);
    return state === 'danish' ? grouped : plainSigns(typed).toUpperCase();
  }
  if (kind === 'vin') {
    const { state, grouped } = checkVin(typed);
    return state === 'too-short' || state === 'too-long' ? odd('vin', grouped) : grouped;
  }
  const { state, grouped } = checkAccount(typed);
  if (state === 'other') return plainSigns(typed);
  return state === 'iban-odd' ? odd('iban', grouped) : grouped;
}

/** Numbers with a check digit or a date in them. */
function danishNumber(kind: 'imei' | 'cpr' | 'reference', typed: string, words: Words, odd: Odd): string {
  if (kind === 'imei')
    return checkImei(typed).state === 'check-digit-differs'
      ? words('answer.imeiDiffers', { imei: groupImei(typed) })
      : groupImei(typed);
  if (kind === 'cpr') {
    const { state, grouped } = checkCpr(typed);
    if (state === 'complete') return grouped;
    return odd(state === 'modulus' ? 'cprModulus' : 'cpr', grouped);
  }
  const { state, grouped } = checkTypedReference(typed, null);
  return state === 'complete' ? grouped : odd('reference', grouped);
}

/**
 * A field as a Danish officer copies it: Latin digits, the groups of its kind, and what does not fit beside it.
 * Null where the visitor's own words are all there is.
 */
export function danishField(
  kind: FieldKind,
  typed: string,
  words: Words,
  beside: Beside = {},
): string | null {
  const odd: Odd = (why, value) => words(`answer.fieldOdd.${why}`, { value });
  switch (kind) {
    case 'plate':
    case 'vin':
    case 'account':
      return danishSigns(kind, typed, odd);
    case 'imei':
    case 'cpr':
    case 'reference':
      return danishNumber(kind, typed, words, odd);
    case 'phone':
      return beside.e164 == null ? plainSigns(typed) : groupE164(beside.e164);
    case 'amount':
      return amountField(typed, beside.currency ?? 'DKK');
    case 'frame-number':
    case 'digits':
      return toLatinDigits(typed);
    case 'text':
      return null;
  }
}
