import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editText } from '../../src-renderer/ui/keyboard/edit-text.ts';
import { countGraphemes } from '../../src-renderer/ui/keyboard/graphemes.ts';
import { keyboardRows, type KeyboardLayout } from '../../src-renderer/ui/keyboard/layouts.ts';

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
          expect(countGraphemes(edit.value)).toBeLessThanOrEqual(Math.max(max, countGraphemes(value)));
        },
      ),
    );
  });
});

describe('layouts', () => {
  const letterLayouts: KeyboardLayout[] = ['da', 'en', 'ar'];

  test('every row of a letter layout fills eleven columns, whatever keys are wanted', () => {
    for (const layout of letterLayouts) {
      for (const hasEnter of [true, false]) {
        for (const hasLayouts of [true, false]) {
          for (const isSymbols of [true, false]) {
            const rows = keyboardRows(layout, { hasEnter, hasLayouts, isSymbols });
            const widths = rows.map((row) => row.reduce((sum, { span = 1 }) => sum + span, 0));
            expect(widths).toEqual([11, 11, 11, 11, 11]);
          }
        }
      }
    }
  });

  test('every letter of the alphabet is there, and every keyboard can delete', () => {
    const options = { hasEnter: false, hasLayouts: false, isSymbols: false };
    const on = (layout: KeyboardLayout): string =>
      keyboardRows(layout, options)
        .flat()
        .map(({ key, shifted = '' }) => key + shifted)
        .join(' ');
    for (const letter of 'abcdefghijklmnopqrstuvwxyzæøå') expect(on('da')).toContain(letter);
    for (const letter of 'ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى') expect(on('ar')).toContain(letter);
    for (const layout of ['da', 'en', 'ar', 'number', 'phone', 'amount'] as const) {
      expect(on(layout)).toContain('backspace');
    }
    expect(
      keyboardRows('da', { ...options, isSymbols: true })
        .flat()
        .map(({ key }) => key),
    ).toContain('backspace');
  });
});
