const longestLine = 120;
const longestText = 6000;

/** What could turn a line around, break it or hide in it; joiners stay, for Persian and Kurdish are written with them. */
function cleaned(text: string, longest: number): string {
  const visible = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/(?!\u200c|\u200d)[\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replace(/\p{M}{4,}/gu, (marks) => Array.from(marks).slice(0, 3).join(''))
    .trim();
  const characters = Array.from(visible);
  return characters.length <= longest ? visible : `${characters.slice(0, longest - 1).join('')}…`;
}

/**
 * One printable line of a name that comes from content or configuration: no control or direction
 * characters (a name must not be able to turn the number beside it around), no lone surrogates, bounded.
 */
export function cleanLine(text: string): string {
  return cleaned(text, longestLine);
}

/** The same for a paragraph. */
export function cleanText(text: string): string {
  return cleaned(text, longestText);
}

/** "116 006" and "08:00–18:00" are not broken over two lines. */
export function keepNumbers(text: string): string {
  return text.replace(/(?<=\d)\s(?=\d)/g, '\u00a0').replace(/(?<=\d)–(?=\d)/g, '\u2060–\u2060');
}

/** Inside words that run to the left, numbers keep the order of their digits and groups. */
export function isolateNumbers(text: string): string {
  return text.replace(/\+?\d(?:[\d\s.,:/–\u2060-]*\d)?/g, (number) => `\u2066${number}\u2069`);
}

/** A name of either direction inside words of the other. */
export function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}
