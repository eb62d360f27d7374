import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editText } from '../../src-renderer/ui/keyboard/edit-text.ts';
import { fitText } from '../../src-renderer/ui/keyboard/fit-text.ts';
import { countGraphemes, cutText } from '../../src-renderer/ui/keyboard/graphemes.ts';
import { languages } from '../../src-renderer/i18n/languages.ts';
import {
  keyboardRows,
  othersOf,
  shiftedText,
  type KeyboardLayout,
} from '../../src-renderer/ui/keyboard/layouts.ts';
import { otherLettersOf } from '../../src-renderer/visitor/keyboard-choice.ts';

const at = (caret: number): { start: number; end: number } => ({ start: caret, end: caret });

describe('typing', () => {
  test('inserts at the caret and replaces what is selected', () => {
    expect(editText('abd', at(2), 'c')).toEqual({ value: 'abcd', selection: at(3) });
    expect(editText('abcd', { start: 1, end: 3 }, 'å')).toEqual({ value: 'aåd', selection: at(2) });
    expect(editText('a', at(1), 'enter').value).toBe('a\n');
    expect(editText('tekst', at(2), 'clear')).toEqual({ value: '', selection: at(0) });
  });

  test('backspace takes a whole character: emoji family, letter with marks, lam with its hamza', () => {
    for (const character of ['👩‍👩‍👧‍👦', 'e\u0301', 'بّ', '🇩🇰']) {
      const value = `x${character}y`;
      expect(editText(value, at(1 + character.length), 'backspace')).toEqual({
        value: 'xy',
        selection: at(1),
      });
    }
    expect(editText('abc', at(0), 'backspace')).toEqual({ value: 'abc', selection: at(0) });
    expect(editText('abcd', { start: 1, end: 3 }, 'backspace')).toEqual({ value: 'ad', selection: at(1) });
  });

  test('whatever is typed: the caret stays inside, the limit holds, nothing after the caret is lost', () => {
    const key = fc.oneof(
      fc.constantFrom('backspace', 'space', 'enter'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 20 }),
        fc.nat(40),
        fc.nat(40),
        fc.array(key),
        (value, a, b, keys) => {
          const max = 24;
          let edit = { value, selection: { start: Math.min(a, b), end: Math.max(a, b) } };
          for (const next of keys) {
            const after = edit.value.slice(Math.min(edit.selection.end, edit.value.length));
            edit = { ...editText(edit.value, edit.selection, next, max) };
            expect(edit.value.endsWith(after)).toBe(true);
            expect(edit.selection.start).toBe(edit.selection.end);
            expect(edit.selection.end).toBe(edit.value.length - after.length);
          }
          expect(edit.value.length).toBeLessThanOrEqual(Math.max(max, value.length));
        },
      ),
    );
  });
});

describe('a field with a limit', () => {
  const family = '👩‍👩‍👧‍👦';

  test('never cuts a character in half, and counts as the store counts', () => {
    expect(cutText(`ab${family}`, 12)).toBe('ab');
    expect(cutText(`ab${family}`, 13)).toBe(`ab${family}`);
    expect(countGraphemes(cutText(family.repeat(800), 8000))).toBe(Math.floor(8000 / family.length));
  });

  test('that is full keeps its end when something is typed into its middle', () => {
    expect(fitText('abcdef', 'abXcdef', 6)).toBe('abcdef');
    expect(fitText('abcde', 'abXYcde', 6)).toBe('abXcde');
    expect(fitText('a😀', 'a😁😀', 3)).toBe('a😀');
  });

  test('whatever is put in wherever: what stood there stays, and all fits', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    fc.assert(
      fc.property(text, text, text, fc.nat(60), (start, end, added, room) => {
        const before = start + end;
        const max = before.length + room;
        const after = fitText(before, start + added + end, max);
        expect(after.length).toBeLessThanOrEqual(max);
        const cuts = Array.from({ length: before.length + 1 }, (_, at) => at);
        const holds = (at: number) =>
          after.startsWith(before.slice(0, at)) && after.endsWith(before.slice(at));
        expect(cuts.some(holds)).toBe(true);
        expect(after.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('layouts', () => {
  test('every row of a letter layout fills eleven columns, whatever keys are wanted', () => {
    for (const layout of languages) {
      for (const hasEnter of [true, false]) {
        for (const offered of [[], ['da'], ['ar', 'uk'], otherLettersOf(layout)] as const) {
          const others = othersOf(layout, offered);
          for (const isSymbols of [true, false]) {
            const rows = keyboardRows(layout, { hasEnter, others, isSymbols });
            const widths = rows.map((row) => row.reduce((sum, { span = 1 }) => sum + span, 0));
            expect(widths).toEqual([11, 11, 11, 11, 11]);
            const space = rows.flat().find(({ key }) => key === 'space');
            expect(space?.span).toBeGreaterThanOrEqual(2);
          }
        }
      }
    }
  });

  test('every letter of the alphabet is there, and every keyboard can delete', () => {
    const options = { hasEnter: false, others: [], isSymbols: false };
    const on = (layout: KeyboardLayout): string =>
      keyboardRows(layout, options)
        .flat()
        .map(({ key }) => key)
        .join(' ');
    for (const letter of 'abcdefghijklmnopqrstuvwxyzæøå') expect(on('da')).toContain(letter);
    // Without shift, and without a long press: all forms of alef and hamza stand on the first layer.
    for (const letter of 'ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى') expect(on('ar')).toContain(letter);
    for (const letter of "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'") expect(on('uk')).toContain(letter);
    for (const letter of 'aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż') expect(on('pl')).toContain(letter);
    for (const letter of 'abcçdefgğhıijklmnoöpqrsştuüvwxyz') expect(on('tr')).toContain(letter);
    // Comma below, U+0219 and U+021B: the letters with a cedilla are Turkish.
    for (const letter of 'aăâbcdefghiîjklmnopqrs\u0219t\u021buvwxyz') expect(on('ro')).toContain(letter);
    for (const letter of 'aäbcdefghijklmnoöpqrsßtuüvwxyz') expect(on('de')).toContain(letter);
    for (const layout of [...languages, 'number', 'phone', 'amount'] as const) {
      expect(on(layout)).toContain('backspace');
    }
    expect(
      keyboardRows('da', { ...options, isSymbols: true })
        .flat()
        .map(({ key }) => key),
    ).toContain('backspace');
  });

  test('a capital is that of the language: İ over i in Turkish, I elsewhere, and ß has its own', () => {
    expect(['i', 'ı'].map((key) => shiftedText({ key }, 'tr'))).toEqual(['İ', 'I']);
    expect(['i', 'ß'].map((key) => shiftedText({ key }, 'de'))).toEqual(['I', 'ẞ']);
    expect(['ș', 'ă'].map((key) => shiftedText({ key }, 'ro'))).toEqual(['Ș', 'Ă']);
  });
});
