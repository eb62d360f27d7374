import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerptOf } from '../../src-main/domain/search-excerpt.ts';
import { foldText } from '../../src-main/domain/search-fold.ts';
import { makeSearchText, matches, parseQuery } from '../../src-main/domain/search-query.ts';

function isFound(typed: string, ...texts: readonly string[]): boolean {
  return matches(parseQuery(typed), makeSearchText(texts, []));
}

describe('words are found as people write them', () => {
  test.each([
    [
      'Danish, with å ø æ or without',
      'Århus Ørsted Ærø',
      ['aarhus', 'århus', 'arhus', 'ØRSTED', 'oersted', 'aeroe', 'Ærø'],
    ],
    ['Danish written in two letters', 'Aarhus Oersted Aeroe', ['århus', 'Ørsted', 'ærø']],
    ['German', 'Müller, Straße, Jäger', ['mueller', 'muller', 'STRASSE', 'straße', 'jaeger', 'jager']],
    [
      'Turkish i with and without a dot',
      'İstanbul ışık KADIKÖY Ilgaz',
      ['istanbul', 'ISTANBUL', 'isik', 'IŞIK', 'kadıköy', 'kadikoy', 'ılgaz'],
    ],
    ['Polish', 'Łódź, żółty rower, Święty', ['lodz', 'ŁÓDŹ', 'zolty', 'swiety']],
    [
      'Romanian, with comma or cedilla',
      'Iași și Târgu Mureş, băiat',
      ['iasi', 'Iaşi', 'şi', 'mureș', 'targu', 'baiat'],
    ],
    ['Russian and Ukrainian', 'Ещё ёлка Київ ґанок п’ять', ['еще', 'елка', 'ЁЛКА', 'киів', 'ганок', "п'ять"]],
    [
      'Arabic vowels, tatweel, hamza, alef, yeh and teh marbuta',
      'سُرِقَ هاتِفي في المَحَطَّة، أحمد، عـــلى، مسؤول',
      ['سرق', 'هاتفى', 'المحطه', 'احمد', 'إحمد', 'علي', 'مسوول'],
    ],
    ['Arabic with vowels in the query', 'سرق هاتفي', ['سَرَقَ', 'هَاتِفِي']],
    ['Persian and Urdu letters', 'کیف می‌خواهم', ['كيف', 'میخواهم']],
    ['scripts without spaces', '私の自転車が盗まれた กระเป๋าถูกขโมย', ['自転', '自転車', 'กระเป๋า']],
    ['half and full width, ligatures', 'ＡＢＣ ﬁlm ｶﾞﾗｽ', ['abc', 'film', 'ガラス']],
    ['marks of direction between the letters', 'Opfundet\u202e Na\u200evn', ['opfundet', 'navn']],
  ])('%s', (_story, text, queries) => {
    expect(queries.filter((query) => !isFound(query, text))).toEqual([]);
  });

  test('all words have to be there, in any order and any answer', () => {
    expect(isFound('blå cykel havn', 'Cykel', 'farve: Blå', 'ved havnen')).toBe(true);
    expect(isFound('blå cykel skov', 'Cykel', 'farve: Blå', 'ved havnen')).toBe(false);
  });

  test('Thai and Hindi vowels are letters, not marks to drop', () => {
    expect(isFound('กา', 'กี')).toBe(false);
    expect(isFound('कि', 'का')).toBe(false);
  });

  test('nothing but spaces and marks finds nothing', () => {
    for (const typed of ['', '  ', '\u200e', '\u0651']) expect(isFound(typed, 'hvad som helst')).toBe(false);
  });
});

describe('numbers are found with and without their spaces', () => {
  test.each([
    ['a plate', 'AB 12 345', ['AB12345', 'ab 12 345', 'ab12 345', 'AB-12-345', '12345']],
    ['an IMEI', '356938035643809', ['35 693803 564380 9', '35693803 5643809', '٣٥٦٩٣٨٠٣٥٦٤٣٨٠٩']],
    ['an IMEI in Arabic digits', '٣٥ ٦٩٣٨٠٣ ٥٦٤٣٨٠ ٩', ['356938035643809', '35-693803-564380-9']],
    [
      'a telephone number in a sentence',
      'Ring til +45 20 30 40 50, tak',
      ['20304050', '+4520304050', '0045 20304050', '20 30 40 50', '2030 4050'],
    ],
    ['a frame number', 'WBK 123.456 K', ['wbk123456k', 'WBK 123456', '123 456']],
    ['a reference', '0712 0483 0618', ['071204830618', '07120483 0618', '0618']],
    ['numbers that do not stand together', 'Gade 12 st. tv., 2200 Byen', ['12 2200', 'gade 12 2200']],
  ])('%s', (_story, text, queries) => {
    expect(queries.filter((query) => !isFound(query, text))).toEqual([]);
  });

  test('groups of a number are one number, not many small ones', () => {
    expect(isFound('AB 12 345', 'abe 1200 kr. og 3450 kr.')).toBe(false);
    expect(isFound('20 30 40 50', 'i 2030 og 4051')).toBe(false);
  });
});

describe('a number that is hidden on every screen', () => {
  const hidden = '3201900000';
  const text = makeSearchText(['Opfundet Navn'], [hidden]);

  test.each(['3201900000', '320190-0000', '320190 0000', '٣٢٠١٩٠ ٠٠٠٠'])(
    'is found by all of it: %s',
    (typed) => {
      expect(matches(parseQuery(typed), text)).toBe(true);
    },
  );

  test('is never found by a part of it, nor by more', () => {
    const part = fc
      .tuple(fc.nat(hidden.length), fc.nat(hidden.length))
      .map(([from, to]) => hidden.slice(from, to))
      .filter((digits) => digits !== hidden);
    fc.assert(fc.property(part, (digits) => !matches(parseQuery(digits), text)));
    expect(matches(parseQuery('32019000001'), text)).toBe(false);
    expect(matches(parseQuery('320190-0000 navn'), text)).toBe(false);
  });
});

describe('whatever is written', () => {
  const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });

  test('is found by each of its own words, in capitals too', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const words = text.split(/\s+/).filter((word) => foldText(word) !== '');
        for (const word of words) expect(isFound(word, text)).toBe(true);
        // Greek of old times grows a letter when it is written large.
        const ofToday = words.filter((word) => !/\p{Script=Greek}/u.test(word));
        for (const word of ofToday) expect(isFound(word.toUpperCase(), text)).toBe(true);
      }),
    );
  });

  test('folding twice changes nothing, and leaves no capital and no mark of direction', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = foldText(text);
        expect(foldText(once)).toBe(once);
        expect(once).not.toMatch(/[A-Z]|\p{Cf}|[\u064b-\u0652]/u);
      }),
    );
  });

  test('an excerpt is made of the text itself and marks what was searched', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.constantFrom('cykel', 'Århus', 'سَرَقَ', 'AB 12 345'),
        anyText,
        (before, word, after) => {
          const text = `${before} ${word} ${after}`.normalize('NFC');
          const parts = excerptOf(text, parseQuery(word));
          const shown = parts
            .map((part) => part.text)
            .join('')
            .replace(/^… /, '')
            .replace(/ …$/, '');
          expect(text).toContain(shown);
          expect(parts.some(({ isFound: found }) => found)).toBe(true);
        },
      ),
    );
  });
});

describe('the excerpt marks the original', () => {
  const marked = (text: string, typed: string): string =>
    excerptOf(text, parseQuery(typed))
      .map((part) => (part.isFound ? `[${part.text}]` : part.text))
      .join('');

  test.each([
    ['Taget i Århus midt', 'aarhus', 'Taget i [Århus] midt'],
    ['Bilen AB 12 345 er blå', 'ab12345 blå', 'Bilen [AB 12 345] er [blå]'],
    ['سُرِقَ هاتِفي', 'سرق', '[سُرِقَ] هاتِفي'],
    ['kom fra İstanbul', 'istanbul', 'kom fra [İstanbul]'],
    ['Straßenbahn', 'strasse', '[Straße]nbahn'],
  ])('%s, searched for %s', (text, typed, expected) => {
    expect(marked(text, typed)).toBe(expected);
  });

  test('a long text is cut to a few words around what was found', () => {
    const long = `${'ord '.repeat(200)}cyklen stod her ${'ord '.repeat(200)}`;
    const shown = marked(long, 'cykel');
    expect(shown).toBe('');
    expect(marked(long, 'cyklen').length).toBeLessThan(150);
    expect(marked(long, 'cyklen')).toMatch(/^… .*\[cyklen\] stod her .* …$/);
  });
});
