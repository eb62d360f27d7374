const segmenter = new Intl.Segmenter('da', { granularity: 'grapheme' });

/** How many characters a person sees: an emoji family or an Arabic letter with its marks counts as one. */
export function countGraphemes(text: string): number {
  return [...segmenter.segment(text)].length;
}

/**
 * As much of the beginning as takes no more than `max` UTF-16 units, never half a character. Counted as what is stored
 * counts, so that whatever stands in a field can be sent; the rest of a long text is not even looked at.
 */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  for (const { index, segment } of segmenter.segment(text))
    if (index + segment.length > max) return text.slice(0, index);
  return text;
}

/** The text without its last character. */
export function dropLastGrapheme(text: string): string {
  return text.slice(0, [...segmenter.segment(text)].at(-1)?.index ?? 0);
}
