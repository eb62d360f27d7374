/** First code points of the digit rows a visitor's keyboard or phone may produce, besides the Latin one. */
const digitRows = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10];

/** Invisible marks that come along when text is copied from right-to-left pages. */
const directionMarks = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g;

function latinDigit(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const row = digitRows.find((first) => point >= first && point <= first + 9);
  return row === undefined ? character : String(point - row);
}

/** Arabic-Indic, Persian, Devanagari, Bengali and full-width digits become 0–9; all else stays. */
export function toLatinDigits(text: string): string {
  return Array.from(text, latinDigit).join('');
}

/** A number or plate as it was meant: Latin digits, and none of the marks that nobody sees. */
export function plainSigns(text: string): string {
  return toLatinDigits(text).replaceAll(directionMarks, '');
}

/** The digits of a text, as Latin ones, and nothing else. */
export function onlyDigits(text: string): string {
  return toLatinDigits(text).replaceAll(/\D/g, '');
}

/**
 * A Danish postcode out of what people write: "9000", "DK-9000", "9000 Aalborg", "٩٠٠٠".
 * Null when there is not exactly one group of digits, or it has not four.
 */
export function normalizePostcode(text: string): string | null {
  const groups = plainSigns(text).match(/\d+/g) ?? [];
  const [only] = groups;
  return groups.length === 1 && only?.length === 4 ? only : null;
}
