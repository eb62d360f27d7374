import { toLatinDigits } from './digits.ts';

/*
 * One word written by two people: with and without marks, in another alphabet's shape of the same letter, with digits of
 * another row. Whoever searches writes what their keyboard has.
 */

/** Marks above and below letters: Latin, Greek, Cyrillic, the vowels of Arabic and Hebrew. Those of Thai, Hindi and kana are letters. */
const marks =
  /[[\p{Mn}&&[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Cyrillic}\p{Script=Syriac}]]--[\u3099\u309a]]/gv;
/** What is written and not read: signs of direction, joiners, tatweel, hamza alone, apostrophes of every kind. */
const unread = /[\p{Cf}\u0640\u0621\u2018\u2019\u02bc\u02b9\u00b4\u0060']/gu;

/** Letters that no decomposition leads to their plain sister. */
const plainLetters: Readonly<Record<string, string>> = {
  ...{ ı: 'i', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ħ: 'h', ŧ: 't' },
  ...{ ς: 'σ', ґ: 'г' },
  // Alef; yeh of Arabic, Persian and Urdu; kaf; the hehs, teh marbuta among them; waw.
  ...{ ٱ: 'ا', ى: 'ي', ی: 'ي', ې: 'ي', ے: 'ي', ک: 'ك', ڪ: 'ك' },
  ...{ ة: 'ه', ە: 'ه', ہ: 'ه', ھ: 'ه', ۃ: 'ه', ۋ: 'و' },
  ...{ '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '−': '-' },
};

const folded = new Map<string, string>();

function foldSign(sign: string): string {
  const known = folded.get(sign);
  if (known !== undefined) return known;
  const apart = sign.normalize('NFKD').toLowerCase().replaceAll(marks, '').replaceAll(unread, '');
  const plain = toLatinDigits(Array.from(apart, (letter) => plainLetters[letter] ?? letter).join(''));
  // As many entries as there are different signs in the reports.
  folded.set(sign, plain);
  return plain;
}

const notPlain = /[^ -&(-_a-~]/gu;

/** `Łódź` → `lodz`, `İSTANBUL` → `istanbul`, `الهَاتِف` → `الهاتف`, `Ærø` → `aero`: what is compared with what somebody searches. */
export function foldText(text: string): string {
  return text.toLowerCase().replaceAll(notPlain, foldSign);
}

/** Letters that are also written with two: `Århus` and `Aarhus`, `Müller` and `Mueller`. */
const inTwo: Readonly<Record<string, string>> = { å: 'aa', ø: 'oe', ä: 'ae', ö: 'oe', ü: 'ue' };
const writtenInTwo = /[åøäöü]/;
const eachInTwo = /[åøäöü]/g;

/** As `foldText`, with those letters written with two. */
export function foldLong(text: string): string {
  const composed = text.toLowerCase().normalize('NFC');
  return writtenInTwo.test(composed)
    ? foldText(composed.replaceAll(eachInTwo, (letter) => inTwo[letter] ?? letter))
    : foldText(composed);
}

/** Whether a text has letters that `foldLong` writes otherwise. */
export function hasLongForm(text: string): boolean {
  return writtenInTwo.test(text.toLowerCase().normalize('NFC'));
}

/** A folded text, and for each of its units where in the original it comes from. */
export interface FoldedPlaces {
  readonly text: string;
  readonly places: readonly number[];
}

/** As the two above, sign by sign, to mark in the original what was found. @param isSigns letters and digits alone count. */
export function foldPlaces(original: string, isLong: boolean, isSigns: boolean): FoldedPlaces {
  const fold = isLong ? foldLong : foldText;
  const places: number[] = [];
  let text = '';
  let at = 0;
  for (const sign of original) {
    const plain = isSigns ? fold(sign).replaceAll(/[^\p{L}\p{N}]/gu, '') : fold(sign);
    for (let unit = 0; unit < plain.length; unit += 1) places.push(at);
    text += plain;
    at += sign.length;
  }
  return { text, places };
}
