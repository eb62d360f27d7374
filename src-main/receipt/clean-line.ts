const longestLine = 120;

/**
 * One printable line of a name that comes from content or configuration: no control or direction
 * characters (a name must not be able to turn the number beside it around), no lone surrogates, bounded.
 */
export function cleanLine(text: string): string {
  const visible = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replace(/\p{M}{4,}/gu, (marks) => Array.from(marks).slice(0, 3).join(''))
    .trim();
  return Array.from(visible).slice(0, longestLine).join('');
}
