import type { ThingField } from '../contract/content.ts';
import { checkAccount } from './account.ts';
import { parseAmount } from './amount.ts';
import { checkCpr } from './cpr.ts';
import { checkImei, groupImei } from './imei.ts';
import type { PhoneReading } from './phone-number.ts';
import { checkPlate } from './plate.ts';
import { checkTypedReference, type KnownReferences } from './typed-reference.ts';
import { checkVin } from './vin.ts';

/** What a field of a thing, or a text of its own, is meant to hold. */
export type FieldKind = ThingField['kind'];

/**
 * One soft word about what stands in a field. `good`: it has the shape. `so-far`: not whole yet, said quietly.
 * `odd`: look again. Whatever it is, going on is always possible and keeps what was typed.
 */
export interface FieldRemark {
  readonly tone: 'good' | 'so-far' | 'odd';
  /** Of the sentence, under `visitor`. */
  readonly key: string;
  readonly count: number;
  /** In the groups in which it is read aloud, where there are any. */
  readonly grouped: string | null;
}

/** What is known beyond the field itself. */
export interface FieldKnowledge {
  readonly references: KnownReferences | null;
  readonly readPhone: (typed: string) => PhoneReading;
}

function remark(
  tone: FieldRemark['tone'],
  key: string,
  { count = 0, grouped = null }: { count?: number; grouped?: string | null } = {},
): FieldRemark {
  return { tone, key, count, grouped };
}

function aboutImei(typed: string): FieldRemark | null {
  const { state, digits } = checkImei(typed);
  const count = digits.length;
  if (state === 'empty') return null;
  if (state === 'complete') return remark('good', 'imei.complete', { grouped: groupImei(typed) });
  return remark(state === 'too-short' ? 'so-far' : 'odd', `imei.${state}`, { count });
}

function aboutPlate(typed: string): FieldRemark | null {
  const { state, grouped } = checkPlate(typed);
  if (state === 'danish') return remark('good', 'plate.danish', { grouped });
  return state === 'too-long' ? remark('odd', 'plate.too-long') : null;
}

function aboutVin(typed: string): FieldRemark | null {
  const { state, count, grouped } = checkVin(typed);
  if (state === 'empty') return null;
  if (state === 'complete') return remark('good', 'vin.complete', { grouped });
  return remark(state === 'too-short' ? 'so-far' : 'odd', `vin.${state}`, { count });
}

function aboutAccount(typed: string): FieldRemark | null {
  const { state, grouped } = checkAccount(typed);
  if (state === 'empty' || state === 'other') return null;
  return state === 'iban-odd'
    ? remark('so-far', 'account.iban-odd')
    : remark('good', `account.${state}`, { grouped });
}

function aboutCpr(typed: string): FieldRemark | null {
  const { state, count } = checkCpr(typed);
  if (state === 'empty') return null;
  // Never repeated in groups: the digits are hidden for a reason.
  if (state === 'complete') return remark('good', 'cpr.complete');
  return remark(state === 'too-short' ? 'so-far' : 'odd', `cpr.${state}`, { count });
}

function aboutReference(typed: string, known: KnownReferences | null): FieldRemark | null {
  const { state, count, grouped } = checkTypedReference(typed, known);
  if (state === 'empty') return null;
  if (state === 'complete') return remark('good', 'reference.complete', { grouped });
  return remark(state === 'too-short' ? 'so-far' : 'odd', `reference.${state}`, { count, grouped });
}

function aboutPhone({ state, grouped }: PhoneReading): FieldRemark | null {
  if (state === 'number') return remark('good', 'phone.number', { grouped });
  if (state === 'short') return remark('so-far', 'phone.short');
  return state === 'odd' ? remark('odd', 'phone.odd') : null;
}

function aboutAmount(typed: string): FieldRemark | null {
  const parsed = parseAmount(typed);
  return parsed.ok || parsed.problem === 'empty' ? null : remark('odd', `fault.${parsed.problem}`);
}

/** The one soft word about what stands in a field, or none. */
export function checkField(kind: FieldKind, typed: string, known: FieldKnowledge): FieldRemark | null {
  switch (kind) {
    case 'imei':
      return aboutImei(typed);
    case 'plate':
      return aboutPlate(typed);
    case 'vin':
      return aboutVin(typed);
    case 'account':
      return aboutAccount(typed);
    case 'cpr':
      return aboutCpr(typed);
    case 'reference':
      return aboutReference(typed, known.references);
    case 'phone':
      return aboutPhone(known.readPhone(typed));
    case 'amount':
      return aboutAmount(typed);
    case 'text':
    case 'digits':
    case 'frame-number':
      return null;
  }
}
