import { describe, expect, test } from 'vitest';
import { ReaderKeys, type KeyAnswer, type KeyPlace } from '../../src-renderer/state/reader-keys.ts';

interface Typing {
  readonly place?: KeyPlace;
  readonly everyMs?: number;
  readonly isRepeat?: boolean;
  readonly isShortcut?: boolean;
}

/** Somebody or something types; what came of each key. */
function typist(reader = new ReaderKeys()) {
  let atMs = 10_000;
  return (keys: readonly string[], typing: Typing = {}): readonly KeyAnswer[] => {
    const { place = 'page', everyMs = 8, isRepeat = false, isShortcut = false } = typing;
    // A pause before each call.
    atMs += 500;
    return keys.map((key) => {
      const answer = reader.press({ key, atMs, isRepeat, isShortcut, place });
      atMs += everyMs;
      return answer;
    });
  };
}

const code = 'SK1.071204837395.20261120.FJORDBY.ABCDEFG';
const signs = (text: string): readonly string[] => Array.from(text);
const pass = { kind: 'pass' };
const swallow = { kind: 'swallow' };

describe('a code reader that plays a keyboard', () => {
  test.each([8, 30])('every %i ms: the code comes whole, and its Enter presses nothing', (everyMs) => {
    const answers = typist()([...signs(code), 'Enter'], { everyMs });
    expect(answers.at(-1)).toEqual({ kind: 'scanned', text: code });
  });

  test('whose radio stops for a moment in the middle', () => {
    const reader = new ReaderKeys();
    let atMs = 1000;
    const answers = [...signs(code), 'Enter'].map((key, at) => {
      atMs += at % 10 === 9 ? 150 : 8;
      return reader.press({ key, atMs, isRepeat: false, isShortcut: false, place: 'page' });
    });
    expect(answers.at(-1)).toEqual({ kind: 'scanned', text: code });
  });

  test('with capitals by Shift, and Tab at its end', () => {
    const keys = signs(code).flatMap((sign) => (/[A-Z]/.test(sign) ? ['Shift', sign] : [sign]));
    expect(typist()([...keys, 'Tab']).at(-1)).toEqual({ kind: 'scanned', text: code });
  });

  test('whose code holds Tab, Escape and Enter: they reach no button, and nothing after the end is kept', () => {
    const answers = typist()([
      ...signs('SK1.9'),
      'Tab',
      'Escape',
      ...signs('AB'),
      'Enter',
      'Tab',
      'Tab',
      ' ',
      'Enter',
      'X',
    ]);
    const passed = answers.filter(({ kind }) => kind === 'pass');
    // The first sign of all; a letter presses nothing.
    expect(passed).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === 'scanned')).toEqual([{ kind: 'scanned', text: 'SK1.9AB' }]);
  });

  test('in the field for slips its signs are seen, its Tab and what follows are not obeyed', () => {
    const answers = typist()([...signs(code), 'Tab', 'Tab', 'Enter'], { place: 'slip-field' });
    expect(answers.slice(0, code.length)).toEqual(signs(code).map(() => pass));
    expect(answers.slice(code.length)).toEqual([{ kind: 'scanned', text: code }, swallow, swallow]);
  });

  test('with a shortcut of the browser in its code: it is not obeyed and not part of the text', () => {
    const type = typist();
    const reader = new ReaderKeys();
    const stroke = { isRepeat: false, isShortcut: false, place: 'page' as const };
    reader.press({ ...stroke, key: 'S', atMs: 0 });
    expect(reader.press({ ...stroke, key: 'w', atMs: 5, isShortcut: true })).toEqual(swallow);
    // A person's is.
    expect(type(['w'], { isShortcut: true })).toEqual([pass]);
  });

  test('that sends without end is held to a length', () => {
    const scanned = typist()([...signs('7'.repeat(5000)), 'Enter']).at(-1);
    expect(scanned?.kind === 'scanned' && scanned.text.length).toBe(400);
  });
});

describe('a person at the keyboard', () => {
  test('types, tabs and presses Enter as ever, also twelve digits in a row', () => {
    const keys = [...signs('071204837395'), 'Tab', 'Enter', ' ', 'ArrowDown', 'Enter'];
    for (const place of ['page', 'slip-field', 'text-field'] as const)
      expect(typist()(keys, { place, everyMs: 70 })).toEqual(keys.map(() => pass));
  });

  test('holds a key down', () => {
    expect(typist()(['Tab', 'Tab', 'Tab'], { everyMs: 30, isRepeat: true })).toEqual([pass, pass, pass]);
  });

  test('hits the last digit and Enter at once, in the field for slips', () => {
    const type = typist();
    type([...signs('07120483739')], { place: 'slip-field', everyMs: 90 });
    expect(type(['5', 'Enter'], { place: 'slip-field', everyMs: 20 })).toEqual([pass, pass]);
  });

  test('writes in another field: a reader that types there is that field’s matter', () => {
    const answers = typist()([...signs(code), 'Enter'], { place: 'text-field' });
    expect(answers.every(({ kind }) => kind === 'pass')).toBe(true);
  });
});
