/** Which characters the bundled fonts can draw. */
export interface FontCoverage {
  /** Characters of this text that no font has, each once. */
  missing(text: string): readonly string[];
}

/** Reads the character maps of TrueType files. @throws Error for a file without a Unicode map. */
export function createFontCoverage(fonts: readonly Uint8Array[]): FontCoverage {
  const known = new Set<number>();
  for (const font of fonts) addCharacters(known, new DataView(font.buffer, font.byteOffset, font.byteLength));
  return {
    missing: (text) =>
      [...new Set(text)].filter((character) => {
        // White space and what steers its neighbours is never drawn.
        return !/[\s\p{Cc}\p{Cf}]/u.test(character) && !known.has(character.codePointAt(0) ?? 0);
      }),
  };
}

const nameOf = (font: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((index) => font.getUint8(at + index)));

function addCharacters(known: Set<number>, font: DataView): void {
  const at = findMap(font);
  const format = font.getUint16(at);
  if (format === 12) addGroups(known, font, at);
  else if (format === 4) addSegments(known, font, at);
  else throw new Error(`A font has a character map of format ${format}`);
}

/** The fullest Unicode subtable: all planes (format 12) before the first (format 4). */
function findMap(font: DataView): number {
  const tables = Array.from({ length: font.getUint16(4) }, (_, index) => 12 + index * 16);
  const entry = tables.find((at) => nameOf(font, at) === 'cmap');
  if (entry === undefined) throw new Error('A font has no character map');
  const cmap = font.getUint32(entry + 8);
  const records = Array.from({ length: font.getUint16(cmap + 2) }, (_, index) => cmap + 4 + index * 8);
  const offsetOf = (platform: number, encoding: number): number | null => {
    const record = records.find(
      (at) => font.getUint16(at) === platform && font.getUint16(at + 2) === encoding,
    );
    return record === undefined ? null : cmap + font.getUint32(record + 4);
  };
  const found = offsetOf(3, 10) ?? offsetOf(0, 4) ?? offsetOf(3, 1) ?? offsetOf(0, 3);
  if (found === null) throw new Error('A font has no Unicode character map');
  return found;
}

function addGroups(known: Set<number>, font: DataView, at: number): void {
  const count = font.getUint32(at + 12);
  for (let group = 0; group < count; group += 1) {
    const entry = at + 16 + group * 12;
    const last = font.getUint32(entry + 4);
    for (let code = font.getUint32(entry); code <= last; code += 1) known.add(code);
  }
}

function addSegments(known: Set<number>, font: DataView, at: number): void {
  const count = font.getUint16(at + 6) / 2;
  const [ends, starts, deltas, offsets] = [14, 16 + count * 2, 16 + count * 4, 16 + count * 6];
  for (let segment = 0; segment < count; segment += 1) {
    const read = (table: number): number => font.getUint16(at + table + segment * 2);
    for (let code = read(starts); code <= read(ends) && code < 0xffff; code += 1) {
      const offset = read(offsets);
      const glyphAt = at + offsets + segment * 2 + offset + (code - read(starts)) * 2;
      const glyph = offset === 0 ? code + read(deltas) : font.getUint16(glyphAt);
      if ((glyph & 0xffff) !== 0) known.add(code);
    }
  }
}

/** Scripts of the languages that visitors speak; the names are Unicode's. */
const scripts = [
  ...['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Ethiopic', 'Armenian', 'Georgian', 'Devanagari'],
  ...['Bengali', 'Gurmukhi', 'Gujarati', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Thai', 'Lao'],
  ...['Khmer', 'Myanmar', 'Tibetan', 'Mongolian', 'Hangul', 'Hiragana', 'Katakana', 'Han', 'Thaana'],
  ...['Syriac', 'Tifinagh', 'Nko', 'Adlam'],
].map((name) => ({ name, pattern: new RegExp(`\\p{Script=${name}}`, 'u') }));

/** What to call characters that cannot be drawn: "Ethiopic", "Han"; "other" for signs of no script. */
export function scriptsOf(characters: readonly string[]): readonly string[] {
  const names = characters.map(
    (character) => scripts.find(({ pattern }) => pattern.test(character))?.name ?? 'other',
  );
  return [...new Set(names)];
}
