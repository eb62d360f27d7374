import { plainSigns } from './digits.ts';

/** How an abbreviation is said, where the voice would spell it. */
const saidAs: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  da: [[/\bkl\.\s?(?=\d)/giu, 'klokken ']],
};

/** Marks that nobody hears: soft hyphens, joiners that break no word, signs that steer the voice instead of being said. */
const unheard = /[\u00ad\u200b\u2060]/g;
// The voice would take these for its own markup and phonemes.
const markup = /[<>[\]{}\\|^_~`\p{Cc}\p{Co}\p{Cn}]/gu;

/** A sum keeps its number: who hears "twenty-five thousand" knows more than who hears five digits. */
const currencyAhead = '(?!\\d|[\\s\\u00a0]?(?:kr|kroner|dkk|eur|usd|€|\\$|£|zł|грн|₺))';
const longNumber = new RegExp(`\\+?\\d+(?:[ \\u00a0-]\\d+)*${currencyAhead}`, 'giu');
/** From here on a number is copied, not understood: references, phones, IMEI. */
const leastCopied = 5;
const emergency = /^11[24]$/;

/** "0712 3456 7890" digit by digit, with a rest between its groups. */
function sayDigits(number: string): string {
  const digits = number.replaceAll(/\D/g, '').length;
  if (digits < leastCopied && !emergency.test(number)) return number;
  const groups = number.replaceAll('+', '').split(/[ \u00a0-]/);
  return `${number.startsWith('+') ? '+ ' : ''}${groups.map((group) => Array.from(group).join(' ')).join(', ')}`;
}

/** "14.32" and "14:32" as two numbers; a full hour as one. Not part of a longer number or a date. */
function sayTimes(text: string): string {
  return text.replaceAll(
    /(?<![\d.:,])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d:]|[.,]\d)/g,
    (_, hour: string, minutes: string) =>
      minutes === '00' ? String(Number(hour)) : `${Number(hour)} ${minutes}`,
  );
}

/**
 * Words as a voice has to be given them: numbers to copy digit by digit, times as two numbers, nothing that steers the
 * voice itself. What is on the screen stays as it is.
 */
export function spokenText(text: string, language: string): string {
  const plain = plainSigns(text.toWellFormed().normalize('NFC')).replaceAll(unheard, '');
  const words = plain.replaceAll(markup, ' ').replaceAll('&', ' & ').replaceAll('·', ', ');
  const said = (saidAs[language] ?? []).reduce((left, [pattern, by]) => left.replaceAll(pattern, by), words);
  return sayTimes(said)
    .replaceAll(/(?<=\d)\s?[–—]\s?(?=\d)/g, ', ')
    .replaceAll(longNumber, sayDigits)
    .replaceAll(/\s+/g, ' ')
    .trim();
}

const sentenceEnd = /(?<=[.?!:;…؟؛।])\s+|\n+/u;

/** Sentences, and where one is longer than a voice is asked for at once, pieces of it that end between words. */
export function sayings(text: string, longest: number): string[] {
  return text
    .split(sentenceEnd)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim())
    .flatMap((sentence) => cutBetweenWords(sentence, longest))
    .filter((piece) => piece !== '');
}

function cutBetweenWords(sentence: string, longest: number): string[] {
  const pieces: string[] = [];
  let rest = sentence;
  while (rest.length > longest) {
    const space = rest.lastIndexOf(' ', longest);
    // A "word" without end is cut where it is, never inside a character.
    const at =
      space > 0
        ? space
        : rest
            .slice(0, longest)
            .toWellFormed()
            .search(/\ufffd?$/);
    pieces.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return [...pieces, rest];
}
