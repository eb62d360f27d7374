import type { Language } from '../i18n/languages.ts';
import type { KeyboardLayout, LetterLayout } from '../ui/keyboard/layouts.ts';

/** Which keys stand under the answers. */
export interface KeyboardChoice {
  readonly layout: KeyboardLayout;
  readonly hasEnter?: boolean;
}

export function lettersOf(language: Language): LetterLayout {
  return language;
}

/** Danish names and addresses are written in every language. */
export function otherLettersOf(language: Language): readonly LetterLayout[] {
  return language === 'da' ? [] : ['da'];
}
