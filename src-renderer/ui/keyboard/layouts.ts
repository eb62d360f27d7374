import type { Language } from '../../i18n/languages.ts';

/** Keys that do something instead of typing their own text. */
export const functionKeys = ['shift', 'backspace', 'clear', 'space', 'enter', 'symbols', 'layout'] as const;

export type FunctionKey = (typeof functionKeys)[number];

/** One key: what it types or does, and how many of the columns it takes. */
export interface KeyboardKey {
  readonly key: string;
  readonly span?: number;
  /** Of `layout`: the letters it leads to. */
  readonly to?: LetterLayout;
}

/** Every language of the kiosk has letters of its own. */
export type LetterLayout = Language;
export type PadLayout = 'number' | 'phone' | 'amount';
export type KeyboardLayout = LetterLayout | PadLayout;

export type KeyboardRow = readonly KeyboardKey[];

function letters(text: string): KeyboardKey[] {
  return text.split(' ').map((key) => ({ key }));
}

const digits = letters('1 2 3 4 5 6 7 8 9 0');
const shift: KeyboardKey = { key: 'shift', span: 2 };
const backspace: KeyboardKey = { key: 'backspace', span: 2 };

const latin = (second: string, third: string): readonly KeyboardRow[] => [
  [...digits, { key: '-' }],
  letters(second),
  letters(third),
  [shift, ...letters('z x c v b n m'), backspace],
];

/* The letters stand where the Arabic PC keyboard has them. All forms of alef and hamza are on the layer, in place of shift:
   who is in distress does not look behind keys. The vowel marks, which hardly anyone writes, are among the signs. */
const arabic: readonly KeyboardRow[] = [
  [...digits, { key: 'ذ' }],
  letters('ض ص ث ق ف غ ع ه خ ح ج'),
  letters('ش س ي ب ل ا ت ن م ك ط'),
  letters('أ ئ ء ؤ ر ى ة و ز ظ د'),
];

/* Standard ЙЦУКЕН; ї found room one row down, ґ beside the space bar. */
const ukrainian: readonly KeyboardRow[] = [
  [...digits, { key: "'" }],
  letters('й ц у к е н г ш щ з х'),
  letters('ф і в а п р о л д ж є'),
  [{ key: 'shift', span: 1 }, ...letters('я ч с м и т ь б ю ї')],
];

/* QWERTZ as in DIN 2137: ß beside the nought, ü after p, ö ä after l. */
const german: readonly KeyboardRow[] = [
  [...digits, { key: 'ß' }],
  letters('q w e r t z u i o p ü'),
  letters('a s d f g h j k l ö ä'),
  [shift, ...letters('y x c v b n m'), backspace],
];

/* The programmer's keyboard that Poland uses; ż after p and ł ą after l as on the typewriter's (PN-87), for there is no AltGr
   under a finger. ę ó found room beside the space bar. */
const polish: readonly KeyboardRow[] = [
  [...digits, { key: 'ś' }],
  letters('q w e r t y u i o p ż'),
  letters('a s d f g h j k l ł ą'),
  [{ key: 'shift', span: 1 }, ...letters('z x c v b n m ć ń ź')],
];

/* SR 13392, with comma below: ă after p, ș ț after l; î â found room one row down. */
const romanian: readonly KeyboardRow[] = [
  [...digits, { key: '-' }],
  letters('q w e r t y u i o p ă'),
  letters('a s d f g h j k l ș ț'),
  [{ key: 'shift', span: 1 }, ...letters('z x c v b n m î â'), { key: 'backspace', span: 1 }],
];

/* Turkish Q as in TS 2117: ı where others have i, i after ş; ü found room beside the nought. */
const turkish: readonly KeyboardRow[] = [
  [...digits, { key: 'ü' }],
  letters('q w e r t y u ı o p ğ'),
  letters('a s d f g h j k l ş i'),
  [{ key: 'shift', span: 1 }, ...letters('z x c v b n m ö ç'), { key: 'backspace', span: 1 }],
];

const letterRows: Record<LetterLayout, readonly KeyboardRow[]> = {
  da: latin('q w e r t y u i o p å', 'a s d f g h j k l æ ø'),
  en: latin("q w e r t y u i o p '", 'a s d f g h j k l : ?'),
  ar: arabic,
  uk: ukrainian,
  pl: polish,
  tr: turkish,
  ro: romanian,
  de: german,
};

const latinExtras = letters('é ü ö ä ß ñ č š ž');
const symbolRowsWith = (extras: readonly KeyboardKey[]): readonly KeyboardRow[] => [
  [...digits, { key: '-' }],
  letters('@ # & % / \\ ( ) [ ] _'),
  letters('+ = * " \' : ; ! ? € $'),
  [...extras, backspace],
];
const symbolRows: Record<LetterLayout, readonly KeyboardRow[]> = {
  da: symbolRowsWith(latinExtras),
  en: symbolRowsWith(latinExtras),
  ar: symbolRowsWith(letters('ّ َ ً ُ ٌ ِ ٍ ْ ؟')),
  uk: symbolRowsWith(letters('ы э ё ъ « » № – …')),
  pl: symbolRowsWith(letters('é ü ö ä ß å æ ø –')),
  tr: symbolRowsWith(letters('â î û é ä ß å æ ø')),
  ro: symbolRowsWith(letters('é ü ö ä ß å æ ø –')),
  de: symbolRowsWith(letters('é è ç ñ š ž å æ ø')),
};

/** What stands on the key that leads from the signs back to the letters. */
export const letterSigns: Record<LetterLayout, string> = {
  da: 'abc',
  en: 'abc',
  ar: 'أبج',
  uk: 'абв',
  pl: 'abc',
  tr: 'abc',
  ro: 'abc',
  de: 'abc',
};

/** What each of the Latin layouts has that the others lack. */
const latinSigns: Partial<Record<LetterLayout, string>> = {
  da: 'ÆØÅ',
  en: 'ABC',
  pl: 'ĄĘŁ',
  tr: 'ĞŞİ',
  ro: 'ĂȘȚ',
  de: 'ÄÖÜ',
};

const isLatin = (layout: LetterLayout): boolean => layout in latinSigns;

/** What stands on the key that changes letters: what is new there. From another script that is the Latin letters. */
export function layoutSign(from: LetterLayout, to: LetterLayout): string {
  if (to === 'ar') return letterSigns.ar;
  if (to === 'uk') return letterSigns.uk.toLocaleUpperCase('uk');
  return (isLatin(from) ? latinSigns[to] : undefined) ?? 'ABC';
}

const pads: Record<PadLayout, readonly KeyboardRow[]> = {
  number: [letters('1 2 3'), letters('4 5 6'), letters('7 8 9'), letters('clear 0 backspace')],
  phone: [letters('1 2 3'), letters('4 5 6'), letters('7 8 9'), letters('+ 0 backspace')],
  amount: [letters('1 2 3'), letters('4 5 6'), letters('7 8 9'), letters(', 0 backspace')],
};

export function isPad(layout: KeyboardLayout): layout is PadLayout {
  return layout in pads;
}

/** The letters that get a key while these are shown; from another script one way into Latin letters is enough. */
export function othersOf(shown: LetterLayout, offered: readonly LetterLayout[]): readonly LetterLayout[] {
  const others = offered.filter((letters) => letters !== shown);
  if (isLatin(shown)) return others;
  const latin = others.find(isLatin);
  return others.filter((letters) => letters === latin || !isLatin(letters));
}

export interface KeyboardOptions {
  /** Text of several lines: there is a key for a new line. */
  readonly hasEnter: boolean;
  /** Other letters, each with a key of its own: nobody turns through scripts to find the own one again. */
  readonly others: readonly LetterLayout[];
  readonly isSymbols: boolean;
}

/** Letters that found no room above. */
const bottomLetters: Partial<Record<LetterLayout, readonly KeyboardKey[]>> = {
  ar: letters('إ آ'),
  uk: letters('ґ'),
  pl: letters('ę ó'),
};

/** Always eleven columns: what is not needed becomes space bar. */
function bottomRow(layout: LetterLayout, { hasEnter, others, isSymbols }: KeyboardOptions): KeyboardRow {
  const own = isSymbols ? undefined : bottomLetters[layout];
  // Layouts with letters down here have their delete key here too; where many keys stand, each is narrow.
  const span = own === undefined && others.length < 2 ? 2 : 1;
  const leading: KeyboardKey[] = [{ key: 'symbols', span }];
  for (const to of others) leading.push({ key: 'layout', span, to });
  leading.push(...(own ?? [{ key: layout === 'ar' ? '،' : ',' }]));
  const trailing: KeyboardKey[] = [{ key: '.' }];
  // Two letters more leave no room for it; it is among the signs.
  if (!hasEnter && (bottomLetters[layout]?.length ?? 0) < 2) trailing.push({ key: '@' });
  if (hasEnter) trailing.push({ key: 'enter', span });
  if (own !== undefined) trailing.push({ key: 'backspace', span });
  const taken = [...leading, ...trailing].reduce((sum, { span: width = 1 }) => sum + width, 0);
  return [...leading, { key: 'space', span: 11 - taken }, ...trailing];
}

/** The rows of a keyboard; every row of a letter layout fills eleven columns, every row of a pad three. */
export function keyboardRows(layout: KeyboardLayout, options: KeyboardOptions): readonly KeyboardRow[] {
  if (isPad(layout)) return pads[layout];
  const rows = (options.isSymbols ? symbolRows : letterRows)[layout];
  return [...rows, bottomRow(layout, options)];
}

/** Whether a key does something instead of typing its own text. */
export function isFunctionKey(key: string): key is FunctionKey {
  return functionKeys.some((name) => name === key);
}

/** The text of a key while shift is on: the capital of i is İ in Turkish, and ß has one of its own. */
export function shiftedText({ key }: KeyboardKey, layout: LetterLayout): string {
  return key === 'ß' ? 'ẞ' : key.toLocaleUpperCase(layout);
}
