/** Keys that do something instead of typing their own text. */
export const functionKeys = ['shift', 'backspace', 'clear', 'space', 'enter', 'symbols', 'layout'] as const;

export type FunctionKey = (typeof functionKeys)[number];

/** One key: what it types or does, how many of the columns it takes, and what shift makes of it. */
export interface KeyboardKey {
  readonly key: string;
  readonly span?: number;
  readonly shifted?: string;
}

export type LetterLayout = 'da' | 'en' | 'ar';
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

/* The letters stand where the Arabic PC keyboard has them; the forms of alef and the marks are one shift away. */
const arabic: readonly KeyboardRow[] = [
  [...digits, { key: 'ذ', shifted: 'ّ' }],
  [
    { key: 'ض', shifted: 'َ' },
    { key: 'ص', shifted: 'ً' },
    { key: 'ث', shifted: 'ُ' },
    { key: 'ق', shifted: 'ٌ' },
    { key: 'ف', shifted: 'لإ' },
    { key: 'غ', shifted: 'إ' },
    ...letters('ع ه خ ح ج'),
  ],
  [
    { key: 'ش', shifted: 'ِ' },
    { key: 'س', shifted: 'ٍ' },
    ...letters('ي ب'),
    { key: 'ل', shifted: 'لأ' },
    { key: 'ا', shifted: 'أ' },
    ...letters('ت ن م ك ط'),
  ],
  [
    { key: 'shift', span: 1 },
    { key: 'ئ', shifted: 'ْ' },
    ...letters('ء ؤ ر'),
    { key: 'ى', shifted: 'آ' },
    ...letters('ة و ز ظ د'),
  ],
];

const letterRows: Record<LetterLayout, readonly KeyboardRow[]> = {
  da: latin('q w e r t y u i o p å', 'a s d f g h j k l æ ø'),
  en: latin("q w e r t y u i o p '", 'a s d f g h j k l : ?'),
  ar: arabic,
};

const symbolRows: readonly KeyboardRow[] = [
  [...digits, { key: '-' }],
  letters('@ # & % / \\ ( ) [ ] _'),
  letters('+ = * " \' : ; ! ? € $'),
  [...letters('é ü ö ä ß ñ č š ž'), backspace],
];

/** What stands on the key that leads from the signs back to the letters. */
export const letterSigns: Record<LetterLayout, string> = { da: 'abc', en: 'abc', ar: 'أبج' };

/** What stands on the key that changes letters: what is new there. From Arabic that is the Latin letters. */
export function layoutSign(from: LetterLayout, to: LetterLayout): string {
  if (to === 'ar') return letterSigns.ar;
  return to === 'da' && from !== 'ar' ? 'ÆØÅ' : 'ABC';
}

const pads: Record<PadLayout, readonly KeyboardRow[]> = {
  number: [letters('1 2 3'), letters('4 5 6'), letters('7 8 9'), letters('clear 0 backspace')],
  phone: [letters('1 2 3'), letters('4 5 6'), letters('7 8 9'), letters('+ 0 backspace')],
  amount: [letters('1 2 3'), letters('4 5 6'), letters('7 8 9'), letters(', 0 backspace')],
};

export function isPad(layout: KeyboardLayout): layout is PadLayout {
  return layout in pads;
}

export interface KeyboardOptions {
  /** Text of several lines: there is a key for a new line. */
  readonly hasEnter: boolean;
  /** There is a key to change letters. */
  readonly hasLayouts: boolean;
  readonly isSymbols: boolean;
}

/** Always eleven columns: what is not needed becomes space bar. */
function bottomRow(layout: LetterLayout, { hasEnter, hasLayouts, isSymbols }: KeyboardOptions): KeyboardRow {
  const hasBackspace = layout === 'ar' && !isSymbols;
  const leading: KeyboardKey[] = [{ key: 'symbols', span: hasBackspace ? 1 : 2 }];
  if (hasLayouts) leading.push({ key: 'layout', span: hasBackspace ? 1 : 2 });
  leading.push({ key: layout === 'ar' ? '،' : ',' });
  const trailing: KeyboardKey[] = [{ key: '.' }];
  if (!hasEnter && layout !== 'ar') trailing.push({ key: '@' });
  if (hasEnter) trailing.push({ key: 'enter', span: 2 });
  if (hasBackspace) trailing.push(backspace);
  const taken = [...leading, ...trailing].reduce((sum, { span = 1 }) => sum + span, 0);
  return [...leading, { key: 'space', span: 11 - taken }, ...trailing];
}

/** The rows of a keyboard; every row of a letter layout fills eleven columns, every row of a pad three. */
export function keyboardRows(layout: KeyboardLayout, options: KeyboardOptions): readonly KeyboardRow[] {
  if (isPad(layout)) return pads[layout];
  const rows = options.isSymbols ? symbolRows : letterRows[layout];
  return [...rows, bottomRow(layout, options)];
}

/** Whether a key does something instead of typing its own text. */
export function isFunctionKey(key: string): key is FunctionKey {
  return functionKeys.some((name) => name === key);
}

/** The text of a key while shift is on. */
export function shiftedText({ key, shifted }: KeyboardKey): string {
  return shifted ?? key.toLocaleUpperCase('da');
}
