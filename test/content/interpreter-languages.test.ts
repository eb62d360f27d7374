import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { interpreterLanguagesSchema } from '../../src-main/contract/content.ts';
import { directionOf } from '../../src-renderer/i18n/languages.ts';
import { lettersOfStylesheet } from '../helpers/font-letters.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);
const file = path.join(root, 'resources/content/dk/interpreter-languages.json');
const { pages, languages } = interpreterLanguagesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

/** Where the names of Unicode CLDR, which Node carries, stand under another code. */
const cldrTag = (tag: string): string => (tag === 'prs' ? 'fa-AF' : tag);

test('sixty languages and more, each under the name its speakers use', () => {
  const differing = languages
    .filter(({ isSigned }) => !isSigned)
    .filter(({ tag, endonym }) => {
      const own = new Intl.DisplayNames([cldrTag(tag)], { type: 'language', fallback: 'none' });
      return own.of(cldrTag(tag)) !== endonym;
    });
  expect(differing).toEqual([]);
  expect(languages.length).toBeGreaterThanOrEqual(60);
});

test('staff read the Danish name, as Danish has it', () => {
  const danish = new Intl.DisplayNames(['da'], { type: 'language', fallback: 'none' });
  const differing = languages
    .filter(({ isSigned }) => !isSigned)
    .filter(({ tag, danish: name }) => !name.includes(danish.of(cldrTag(tag)) ?? '?'));
  expect(differing.map(({ tag }) => tag)).toEqual([]);
  expect(new Set(languages.map(({ danish: name }) => name)).size).toBe(languages.length);
});

test('a name runs in the direction of its script', () => {
  for (const { tag, endonym } of languages) {
    const isRightToLeft = /\p{Script=Arabic}|\p{Script=Hebrew}/u.test(endonym);
    expect.soft(directionOf(tag), tag).toBe(isRightToLeft ? 'rtl' : 'ltr');
  }
});

test('every letter of every name stands in a font that comes along: nobody meets an empty box', () => {
  const has = [
    require.resolve('@fontsource-variable/noto-sans/wght.css'),
    require.resolve('@fontsource-variable/noto-sans-arabic/wght.css'),
    path.join(root, 'src-renderer/ui/endonyms.css'),
  ].map(lettersOfStylesheet);
  const missing = [...languages.map(({ endonym }) => endonym), ...pages.map(({ letters }) => letters ?? '')]
    .flatMap((text) => Array.from(text))
    .filter((letter) => !has.some((font) => font(letter.codePointAt(0) ?? 0)));
  expect(missing).toEqual([]);
  // The check itself: a script that no face here has is found missing.
  expect(has.some((font) => font('ދ'.codePointAt(0) ?? 0))).toBe(false);
});
