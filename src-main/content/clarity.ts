import type { LocaleString } from './locale-strings.ts';

/*
 * How hard a page is to read. LIX = words a sentence + percent of words longer than six letters (C. H. Björnsson, Læsbarhed,
 * København 1971): the measure that Danish is judged by, and the one that was held against eleven languages (Björnsson,
 * Reading Research Quarterly 18, 1983). It counts letters, so languages that put words together come out higher: a language is
 * to be compared with itself. Arabic and Turkish were not among the eleven.
 * The reading age is that of RIX, long words a sentence (J. Anderson, Journal of Reading 26, 1983), whose classes begin at six.
 */

const longLetters = 6;
/** From so many long words a sentence on, the next class of school. */
const rixOfClasses = [0.2, 0.5, 0.8, 1.3, 1.8, 2.4, 3, 3.7, 4.5, 5.3, 6.2, 7.2] as const;
const ageOfFirstClass = 7;

export interface Clarity {
  readonly words: number;
  readonly sentences: number;
  /** Under 25 is a book for children, 35 fiction, 45 a newspaper. */
  readonly lix: number;
  /** Years of age from which most read it with ease. */
  readonly readingAge: number;
}

const wordsIn = (sentence: string): string[] => sentence.match(/[\p{L}\p{M}\p{N}’'ʼ-]+/gu) ?? [];
const lettersIn = (word: string): number => (word.match(/\p{L}/gu) ?? []).length;

/** How hard these texts are to read together. A text without an end of sentence is one sentence. */
export function clarityOf(texts: readonly string[]): Clarity {
  const sentences = texts
    .flatMap((text) => text.replaceAll(/\{\{.*?\}\}/g, '0').split(/(?<=[.?:;؟])\s+|\n+/))
    .map(wordsIn)
    .filter((words) => words.length > 0);
  const words = sentences.flat();
  if (words.length === 0) return { words: 0, sentences: 0, lix: 0, readingAge: ageOfFirstClass };
  const long = words.filter((word) => lettersIn(word) > longLetters).length;
  const rix = long / sentences.length;
  return {
    words: words.length,
    sentences: sentences.length,
    lix: Math.round(words.length / sentences.length + (100 * long) / words.length),
    readingAge: ageOfFirstClass + rixOfClasses.filter((least) => rix >= least).length,
  };
}

/** The page that a string stands on: `content:question.when`, `safety:stop`. */
function screenOf({ namespace, key }: LocaleString): string {
  const depth = namespace === 'content' || namespace === 'rights' ? 2 : 1;
  return `${namespace}:${key.split('.').slice(0, depth).join('.')}`;
}

const easyEnding = '_easy';

/** Every page of a language, in normal and in easy reading where that has words of its own. */
export function clarityByScreen(strings: readonly LocaleString[]): Record<string, Clarity> {
  const pages = new Map<string, string[]>();
  const add = (page: string, words: string): void =>
    void pages.set(page, [...(pages.get(page) ?? []), words]);
  for (const string of strings) {
    if (string.words === null) continue;
    const isEasy = string.key.endsWith(easyEnding);
    add(isEasy ? `${screenOf(string).replace(easyEnding, '')} easy` : screenOf(string), string.words);
  }
  return Object.fromEntries([...pages].map(([page, texts]) => [page, clarityOf(texts)]));
}
