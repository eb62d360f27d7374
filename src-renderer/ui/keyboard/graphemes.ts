const segmenter = new Intl.Segmenter('da', { granularity: 'grapheme' });

/** How many characters a person sees: an emoji family or an Arabic letter with its marks counts as one. */
export function countGraphemes(text: string): number {
  return [...segmenter.segment(text)].length;
}

/** The first `max` characters, never half of one. */
export function cutGraphemes(text: string, max: number): string {
  let kept = 0;
  for (const { index } of segmenter.segment(text)) {
    if (kept === max) return text.slice(0, index);
    kept += 1;
  }
  return text;
}

/** The text without its last character. */
export function dropLastGrapheme(text: string): string {
  return text.slice(0, [...segmenter.segment(text)].at(-1)?.index ?? 0);
}
