import path from 'node:path';
import { expect, test } from 'vitest';
import { languages } from '../../src-main/contract/ids.ts';
import { clarityByScreen, clarityOf } from '../../src-main/content/clarity.ts';
import { stringsOf } from '../../src-main/content/locale-strings.ts';

const localesDir = path.resolve(import.meta.dirname, '..', '..', 'resources', 'locales');

test('LIX is words a sentence and percent of long words, whatever the alphabet', () => {
  // Eight words, two sentences, two words of more than six letters: 4 + 25.
  const clear = { words: 8, sentences: 2, lix: 29 };
  expect(clarityOf(['Hvor skete tyveriet. Skriv det, du husker nøjagtigt.'])).toMatchObject(clear);
  expect(clarityOf(['Де сталась крадіжка. Пишіть те, що ви пам’ятаєте.'])).toMatchObject({
    words: 8,
    sentences: 2,
  });
  expect(clarityOf(['أين حدثت السرقة؟ اكتب ما تتذكره.'])).toMatchObject({ words: 6, sentences: 2 });
  expect(clarityOf([])).toMatchObject({ words: 0, lix: 0 });
});

test('longer words and sentences ask for an older reader', () => {
  const easy = clarityOf(['Hvad er væk?', 'Hvor var det?']);
  const hard = clarityOf([
    'Registreringsbekendtgørelsens bestemmelser vedrørende opbevaringsperioder fastsættes administrativt.',
  ]);
  expect(hard.readingAge).toBeGreaterThan(easy.readingAge + 5);
  expect(hard.lix).toBeGreaterThan(easy.lix + 40);
});

test('in every language easy words are read no harder than the usual ones they stand for', () => {
  const harder: string[] = [];
  for (const language of languages) {
    const strings = stringsOf(localesDir, language);
    const easy = strings.filter(({ key }) => key.endsWith('_easy'));
    const usual = easy.map(({ namespace, key }) =>
      strings.find((other) => other.namespace === namespace && `${other.key}_easy` === key),
    );
    const of = (some: typeof usual): number =>
      clarityOf(some.map((string) => string?.words ?? '')).readingAge;
    if (of(easy) > of(usual)) harder.push(`${language}: ${of(easy)} instead of ${of(usual)}`);
    expect(Object.keys(clarityByScreen(strings))).toEqual(
      expect.arrayContaining(['content:question.when', 'safety:privacy', 'safety:privacy easy']),
    );
  }
  expect(harder).toEqual([]);
});
