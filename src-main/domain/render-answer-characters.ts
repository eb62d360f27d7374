export type TextPiece =
  | { readonly kind: 'words'; readonly text: string }
  /** A character nobody can see, by its Unicode name, such as `U+202E`. */
  | { readonly kind: 'control'; readonly name: string };

/* Direction marks and overrides, zero-width signs, C0 and C1 controls but the line feed, line separators, soft hyphen, tags. */
const invisible =
  '[\\u0000-\\u0009\\u000B-\\u001F\\u007F-\\u009F\\u00AD\\u061C\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFB\\u{E0000}-\\u{E007F}]';
/* A joiner between letters or signs belongs to the word (Persian, emoji); anywhere else it hides something. */
const strayJoiner =
  '(?<![\\p{L}\\p{M}\\p{Extended_Pictographic}\\uFE0F])[\\u200C\\u200D]|[\\u200C\\u200D](?![\\p{L}\\p{Extended_Pictographic}])';
const hidden = new RegExp(`(${invisible}|${strayJoiner})`, 'u');

function pieceOf(part: string): TextPiece {
  if (!hidden.test(part)) return { kind: 'words', text: part };
  const point = part.codePointAt(0) ?? 0;
  return { kind: 'control', name: `U+${point.toString(16).toUpperCase().padStart(4, '0')}` };
}

/**
 * Cuts typed text at every character that cannot be seen, so that a screen can show it as a sign.
 * The words between are untouched.
 */
export function visiblePieces(typed: string): readonly TextPiece[] {
  return typed
    .replaceAll('\r\n', '\n')
    .split(hidden)
    .filter((part) => part !== '')
    .map((part) => (part.length <= 2 ? pieceOf(part) : { kind: 'words', text: part }));
}

const rightToLeft = /^[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]$/u;

/** Which way a text is written, by its first letter; null when it has none. A Danish address in an Arabic report stays one. */
export function directionOfText(typed: string): 'ltr' | 'rtl' | null {
  const letter = /\p{L}/u.exec(typed)?.[0];
  if (letter === undefined) return null;
  return rightToLeft.test(letter) ? 'rtl' : 'ltr';
}
