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

export type LetterLayout = 'da' | 'en' | 'ar' | 'uk';
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

const letterRows: Record<LetterLayout, readonly KeyboardRow[]> = {
  da: latin('q w e r t y u i o p å', 'a s d f g h j k l æ ø'),
  en: latin("q w e r t y u i o p '", 'a s d f g h j k l : ?'),
  ar: arabic,
  uk: ukrainian,
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
};

/** What stands on the key that leads from the signs back to the letters. */
export const letterSigns: Record<LetterLayout, string> = {
  da: 'abc',
  en: 'abc',
  ar: 'أبج',
  uk: 'абв',
};

/** What stands on the key that changes letters: what is new there. From another script that is the Latin letters. */
export function layoutSign(from: LetterLayout, to: LetterLayout): string {
  if (to === 'ar') return letterSigns.ar;
  if (to === 'uk') return letterSigns.uk.toLocaleUpperCase('uk');
  return to === 'da' && from === 'en' ? 'ÆØÅ' : 'ABC';
}

const pads: Record<PadLayout, readonly KeyboardRow[]> = {
  number: [letters('1 2 3'), letters('4 5 6'), letters('7 8 9'), letters('clear 0 backspace')],
  phone: [letters('1 2 3'), letters('4 5 6'), letters('7 8 9'), letters('+ 0 backspace')],
  amount: [letters('1 2 3'), letters('4 5 6'), letters('7 8 9'), letters(', 0 backspace')],
};

export function isPad(layout: KeyboardLayout): layout is PadLayout {
  return layout in pads;
}

const latinLayouts: readonly LetterLayout[] = ['da', 'en'];

/** The letters that get a key while these are shown; from another script one way into Latin letters is enough. */
export function othersOf(shown: LetterLayout, offered: readonly LetterLayout[]): readonly LetterLayout[] {
  const others = offered.filter((letters) => letters !== shown);
  if (latinLayouts.includes(shown)) return others;
  const latin = others.find((letters) => latinLayouts.includes(letters));
  return others.filter((letters) => letters === latin || !latinLayouts.includes(letters));
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
  if (!hasEnter && layout !== 'ar') trailing.push({ key: '@' });
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

/** The text of a key while shift is on. */
export function shiftedText({ key }: KeyboardKey): string {
  return key.toLocaleUpperCase('da');
}
