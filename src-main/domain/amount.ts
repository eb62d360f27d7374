import { toLatinDigits } from './digits.ts';

export type AmountProblem = 'empty' | 'not-a-number' | 'too-large';
export type AmountResult =
  | { readonly ok: true; readonly minorUnits: number }
  | { readonly ok: false; readonly problem: AmountProblem };

/** As in the contract: a billion whole units. */
const mostMinorUnits = 1_000_000_000_00;
const refused = { ok: false, problem: 'not-a-number' } as const;

/** Spaces, apostrophes, currency words and the Danish ",-" carry no value. */
function strip(text: string): string {
  return toLatinDigits(text)
    .replaceAll('\u066b', ',')
    .replaceAll('\u066c', '.')
    .toLowerCase()
    .replace(/^(kr\.?|dkk|eur|sek|nok|usd|gbp|[€$£])\s*/, '')
    .replace(/\s*(kr\.?|dkk|eur|sek|nok|usd|gbp|[€$£])$/, '')
    .replace(/[.,]-+$/, '')
    .replaceAll(/[\s'’\u00a0\u202f]/g, '');
}

/** Splits into whole and fraction. The last sign is the decimal one, unless three digits follow it and it stands alone. */
function split(text: string): { whole: string; fraction: string } | null {
  const at = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  if (at === -1) return { whole: text, fraction: '' };
  const sign = text.charAt(at);
  const other = sign === '.' ? ',' : '.';
  const after = text.slice(at + 1);
  const before = text.slice(0, at);
  if (before.includes(sign) || (!before.includes(other) && after.length === 3)) {
    return text.includes(other) ? null : { whole: text, fraction: '' };
  }
  return { whole: before, fraction: after };
}

/**
 * A sum of money out of what people write: "1000", "1.000,50", "1,000.50", "1 000 kr.", "١٠٠٠".
 * Minor units (øre, cent), so that no sum is a fraction.
 */
export function parseAmount(text: string): AmountResult {
  const stripped = strip(text);
  if (stripped === '') return { ok: false, problem: 'empty' };
  const parts = split(stripped);
  if (parts === null || !/^\d{0,2}$/.test(parts.fraction)) return refused;
  const isPlain = /^\d+$/.test(parts.whole);
  const isGrouped = /^[1-9]\d{0,2}([.,]\d{3})+$/.test(parts.whole);
  if (!isPlain && !isGrouped) return refused;
  const digits = parts.whole.replaceAll(/\D/g, '') + parts.fraction.padEnd(2, '0');
  const minorUnits = Number(digits);
  return minorUnits > mostMinorUnits ? { ok: false, problem: 'too-large' } : { ok: true, minorUnits };
}
