import { cutText, dropLastGrapheme } from './graphemes.ts';

/** Caret or selected range, in UTF-16 units as the DOM counts them. */
export interface TextSelection {
  readonly start: number;
  readonly end: number;
}

export interface TextEdit {
  readonly value: string;
  readonly selection: TextSelection;
}

function textOf(key: string): string {
  switch (key) {
    case 'space':
      return ' ';
    case 'enter':
      return '\n';
    default:
      return key;
  }
}

function erase(value: string, { start, end }: TextSelection): TextEdit {
  const before = start < end ? value.slice(0, start) : dropLastGrapheme(value.slice(0, start));
  return {
    value: before + value.slice(end),
    selection: { start: before.length, end: before.length },
  };
}

/**
 * What a field holds after one key: `backspace`, `clear`, `space`, `enter`, or the text on the key.
 * Works at the caret, replaces what is selected, and never cuts a character in half.
 * @param max most UTF-16 units the field takes.
 */
export function editText(value: string, selection: TextSelection, key: string, max = Infinity): TextEdit {
  const start = Math.min(Math.max(selection.start, 0), value.length);
  const end = Math.min(Math.max(selection.end, start), value.length);
  if (key === 'clear') return { value: '', selection: { start: 0, end: 0 } };
  if (key === 'backspace') return erase(value, { start, end });
  const before = value.slice(0, start);
  const after = value.slice(end);
  const room = max - before.length - after.length;
  const typed = cutText(textOf(key), Math.max(room, 0));
  const caret = before.length + typed.length;
  return { value: before + typed + after, selection: { start: caret, end: caret } };
}
