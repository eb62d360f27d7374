import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sayings, spokenText } from '../../src-main/domain/spoken-text.ts';

describe('words as a voice is given them', () => {
  test.each([
    ['Dit nummer er 0712 3456 7895.', 'da', 'Dit nummer er 0 7 1 2, 3 4 5 6, 7 8 9 5.'],
    ['رقمك \u20660712 3456 7895\u2069', 'ar', 'رقمك 0 7 1 2, 3 4 5 6, 7 8 9 5'],
    ['IMEI ٣٥٦٩٣٨٠٣٥٦٤٣٨٠٩', 'ar', 'IMEI 3 5 6 9 3 8 0 3 5 6 4 3 8 0 9'],
    ['Ring 112 eller 114.', 'da', 'Ring 1 1 2 eller 1 1 4.'],
    ['116 006', 'en', '1 1 6, 0 0 6'],
    ['+45 12 34 56 78', 'pl', '+ 4 5, 1 2, 3 4, 5 6, 7 8'],
    ['ЄС: 25 000 грн, 25\u00a0000 kr.', 'uk', 'ЄС: 25 000 грн, 25 000 kr.'],
    ['Postnummer 4682, 20. november 2026', 'da', 'Postnummer 4682, 20. november 2026'],
    ['Åbent til kl. 18.00 · kl. 14.32', 'da', 'Åbent til klokken 18 , klokken 14 32'],
    ['14:05–16:30', 'uk', '14 05, 16 30'],
  ])('%s (%s) is said as %s', (text, language, said) => {
    expect(spokenText(text, language)).toBe(said);
  });

  test('whatever is typed, nothing of it steers the voice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        expect(spokenText(`<audio src="x">[[h@l]] ${typed}`, 'en')).not.toMatch(/[<>[\]{}\p{Cc}]/u);
      }),
    );
  });
});

describe('a long text in pieces', () => {
  test('ends a piece after each sentence, in every script', () => {
    expect(sayings('Er det sket nu? Ja.\n\nهل حدث؟ نعم.', 400)).toEqual([
      'Er det sket nu?',
      'Ja.',
      'هل حدث؟',
      'نعم.',
    ]);
  });

  test('keeps every word, and no piece is longer than a voice is asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), (text) => {
        const pieces = sayings(text, 60);
        expect(pieces.filter((piece) => piece.length > 60 || piece === '')).toEqual([]);
        const letters = (words: string): string => words.replaceAll(/\s/g, '');
        expect(letters(pieces.join(''))).toBe(letters(text));
        expect(pieces.every((piece) => piece.isWellFormed()) || !text.isWellFormed()).toBe(true);
      }),
    );
  });
});
