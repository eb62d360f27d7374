import type { FieldKind } from '../../src-main/domain/field-check.ts';
import type { Language } from '../i18n/languages.ts';
import type { KeyboardLayout, LetterLayout, PadLayout } from '../ui/keyboard/layouts.ts';

/** Which keys stand under the answers. */
export interface KeyboardChoice {
  readonly layout: KeyboardLayout;
  readonly hasEnter?: boolean;
  /** A plate, an account, a frame: Latin letters whatever else was written before. */
  readonly isLatin?: boolean;
}

const offered: readonly LetterLayout[] = ['da', 'ar', 'uk'];

export function lettersOf(language: Language): LetterLayout {
  return language;
}

/** One may write in another script than one reads, and Danish names and addresses are written in every language. */
export function otherLettersOf(language: Language): readonly LetterLayout[] {
  return offered.filter((letters) => letters !== lettersOf(language));
}

const latin: readonly FieldKind[] = ['plate', 'vin', 'account', 'frame-number'];
const pads: Partial<Record<FieldKind, PadLayout>> = {
  imei: 'number',
  digits: 'number',
  cpr: 'number',
  reference: 'number',
  phone: 'phone',
  amount: 'amount',
};

/** The keys for a field: a pad where only digits come, Latin letters where a sign has no others. */
export function keysOf(kind: FieldKind, language: Language, isLatin = false): KeyboardChoice {
  const pad = pads[kind];
  if (pad !== undefined) return { layout: pad };
  return isLatin || latin.includes(kind)
    ? // Not those of Turkish, where the capital of i is another letter.
      { layout: language === 'en' ? 'en' : 'da', isLatin: true }
    : { layout: lettersOf(language) };
}
