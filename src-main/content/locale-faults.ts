import { longestSentence } from './locale-strings.ts';

/** From here on a sentence is refused; from twelve words on it is named. */
export const mostWords = 20;

/** Signs that look like another one and are not it, or that no translator meant; with the languages they belong to, if only some. */
const never: readonly {
  readonly fault: string;
  readonly sign: RegExp;
  readonly only?: readonly string[];
  readonly notIn?: readonly string[];
}[] = [
  { fault: 'an exclamation mark', sign: /[!！¡]/u },
  { fault: 'a tag', sign: /[<>]|&\w+;/u },
  { fault: 'a sign that was lost', sign: /\ufffd/u },
  { fault: 'a sign that steers and is no isolate', sign: /(?![\u2066\u2068\u2069\n])[\p{Cc}\p{Cf}]/u },
  { fault: 'a direction of its own', sign: /[\u2066-\u2069]/u, notIn: ['ar'] },
  {
    fault: 'a word in two alphabets',
    sign: /\p{Script=Latin}\p{Script=Cyrillic}|\p{Script=Cyrillic}\p{Script=Latin}/u,
  },
  { fault: 's or t with a cedilla', sign: /[şţŞŢ]/u, only: ['ro'] },
  { fault: 's or t with a comma', sign: /[șțȘȚ]/u, only: ['tr'] },
  { fault: 'a digit that is not Latin', sign: /(?![0-9])\p{Nd}/u },
  { fault: 'letters and marks apart', sign: /[a-zа-яі]\u0301|[a-zа-яі]\p{M}/iu },
];

/** What no words of a language may hold, each named. */
export function wordFaults(words: string, language: string): string[] {
  const faults = never.flatMap(({ fault, sign, only, notIn }) => {
    const applies = (only?.includes(language) ?? true) && !(notIn?.includes(language) ?? false);
    return applies && sign.test(words) ? [fault] : [];
  });
  if (longestSentence(words) > mostWords) faults.push(`a sentence of more than ${mostWords} words`);
  return faults;
}
