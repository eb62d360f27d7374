import type { ReferenceNumber } from '../../src-main/contract/ids.ts';
import type { KioskPublicKey } from '../../src-main/contract/keys.ts';
import { toLatinDigits } from '../../src-main/domain/digits.ts';
import { kioskOf, readProof } from '../../src-main/domain/receipt-proof.ts';
import { isSignedBy } from '../../src-main/domain/receipt-signature.ts';
import { checkReference } from '../../src-main/domain/reference-number.ts';
import { checkTypedReference } from '../../src-main/domain/typed-reference.ts';

/** Which four digits to look at again; `any` where the check digit alone cannot say. */
export type WrongGroup = 'group-1' | 'group-2' | 'group-2-or-3' | 'any';

/** What a scanned code or a typed number is worth; the kinds are also the i18n keys of their words. */
export type SlipVerdict =
  | {
      readonly kind: 'genuine';
      readonly reference: ReferenceNumber;
      /** Of the station's calendar: "2026-11-20". */
      readonly day: string;
      readonly stationId: string;
    }
  /** Not signed by the kiosk whose number it carries, or not as it stands. */
  | { readonly kind: 'forged' }
  /** Begins like the code of a slip and is none: something was lost, left out or added. */
  | { readonly kind: 'incomplete' }
  /** Its number is another kiosk's, whose key is not here. */
  | { readonly kind: 'other-kiosk'; readonly kioskId: string }
  /** This kiosk has no key to check with. */
  | { readonly kind: 'no-key' }
  /** Only a number: right in itself, and no proof of anything. */
  | { readonly kind: 'number'; readonly reference: ReferenceNumber }
  | { readonly kind: 'wrong-digit'; readonly group: WrongGroup }
  | { readonly kind: 'digit-count'; readonly count: number }
  | { readonly kind: 'not-a-slip' };

/** Whose slips can be checked here. */
export interface SlipIssuer {
  readonly kioskId: string;
  /** Today's and those before it. */
  readonly keys: readonly KioskPublicKey[];
}

/** The longest code has 170 signs. */
const mostSigns = 200;

/** Readers send control codes along, and people spaces; neither says anything. */
function readSigns(text: string): string {
  return text.slice(0, mostSigns * 2).replaceAll(/[\p{C}\p{Z}]/gu, '');
}

/** Asks nobody: what is needed is the code and the kiosk's public key. */
export async function judgeSlip(text: string, issuer: SlipIssuer): Promise<SlipVerdict> {
  const signs = readSigns(text);
  if (signs.length > mostSigns) return { kind: 'not-a-slip' };
  if (/^SK1\./i.test(signs)) return judgeCode(signs, issuer);
  const digits = toLatinDigits(signs).replaceAll('-', '');
  return /^\d+$/.test(digits) ? judgeNumber(digits, issuer) : { kind: 'not-a-slip' };
}

async function judgeCode(code: string, { kioskId, keys }: SlipIssuer): Promise<SlipVerdict> {
  const proof = readProof(code);
  if (proof === null) return { kind: 'incomplete' };
  const { day, stationId } = proof.claims;
  const checked = checkReference(proof.claims.reference);
  // No kiosk ever gave out such a number.
  if (!checked.ok) return { kind: 'forged' };
  const { reference } = checked;
  if (kioskOf(reference) !== kioskId) return { kind: 'other-kiosk', kioskId: kioskOf(reference) };
  if (keys.length === 0) return { kind: 'no-key' };
  const isGenuine = (await Promise.all(keys.map((key) => isSignedBy(proof, key)))).includes(true);
  return isGenuine ? { kind: 'genuine', reference, day, stationId } : { kind: 'forged' };
}

function judgeNumber(digits: string, { kioskId }: SlipIssuer): SlipVerdict {
  const checked = checkReference(digits);
  if (!checked.ok)
    return checked.reason === 'length'
      ? { kind: 'digit-count', count: digits.length }
      : { kind: 'wrong-digit', group: wrongGroup(digits, kioskId) };
  const { reference } = checked;
  return kioskOf(reference) === kioskId
    ? { kind: 'number', reference }
    : { kind: 'other-kiosk', kioskId: kioskOf(reference) };
}

function wrongGroup(digits: string, kioskId: string): WrongGroup {
  // The desk does not know the numbers of all districts: the one that was typed counts as right.
  const known = { ownPrefix: kioskId.replace('-', ''), districtNumbers: [digits.slice(0, 2)] };
  const { state } = checkTypedReference(digits, known);
  if (state === 'group-1' || state === 'group-2') return state;
  return kioskOf(digits) === kioskId ? 'group-2-or-3' : 'any';
}
