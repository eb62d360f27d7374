/** What one change did to a field. */
export type Typed =
  | { readonly kind: 'sign'; readonly sign: string }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'erased'; readonly sign: string }
  | { readonly kind: 'nothing' };

/** Compares a field before and after: a sign that came, the word that a space has ended, or what was taken away. */
export function whatWasTyped(before: string, after: string): Typed {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let end = 0;
  const longest = Math.min(before.length, after.length) - start;
  while (end < longest && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const came = after.slice(start, after.length - end);
  const went = before.slice(start, before.length - end);
  if (came === '') return went === '' ? { kind: 'nothing' } : { kind: 'erased', sign: went };
  if (came.trim() !== '') return { kind: 'sign', sign: came };
  const word = after.slice(0, start).trimEnd().split(/\s/).at(-1) ?? '';
  return word === '' ? { kind: 'nothing' } : { kind: 'word', word };
}

/** A Latin letter among Arabic or Cyrillic ones is a Danish name or address. */
export function languageOfSign(sign: string, language: string): string {
  const isForeign = ['ar', 'uk'].includes(language) && /\p{Script=Latin}/u.test(sign);
  return isForeign ? 'da' : language;
}
