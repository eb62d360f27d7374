import { foldPlaces } from './search-fold.ts';
import type { SearchQuery, SearchTerm } from './search-query.ts';

/** A part of a text, as it was typed. */
export interface ExcerptPart {
  readonly text: string;
  readonly isFound: boolean;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const around = 34;

function spanOf(original: string, wanted: string, isLong: boolean, isSigns: boolean): Span | null {
  const { text, places } = foldPlaces(original, isLong, isSigns);
  const at = text.indexOf(wanted);
  if (at === -1) return null;
  const from = places[at] ?? 0;
  const last = places[at + wanted.length - 1] ?? from;
  // The marks over the last letter belong to it.
  const rest = /^.[\p{M}\p{Cf}]*/su.exec(original.slice(last));
  const to = last + (rest?.[0].length ?? 1);
  return { from, to };
}

function findTerm(original: string, { forms, groups }: SearchTerm): Span | null {
  for (const form of [...forms, ...(groups.length > 1 ? groups : [])]) {
    const span =
      spanOf(original, form, false, false) ??
      spanOf(original, form, true, false) ??
      (/\d/.test(form) ? spanOf(original, form, false, true) : null);
    if (span !== null) return span;
  }
  return null;
}

/** Neighbours that overlap are marked as one. */
function merged(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const before = found.at(-1);
    if (before !== undefined && span.from <= before.to)
      found[found.length - 1] = { from: before.from, to: Math.max(before.to, span.to) };
    else found.push(span);
  }
  return found;
}

/** Cut between words where there are any near. */
function startOf(text: string, from: number): number {
  if (from <= around) return 0;
  const space = text.slice(from - around, from).search(/\s/);
  return space === -1 ? from - around : from - around + space + 1;
}

/** What of a text was found, with a few words around it; empty when nothing was. */
export function excerptOf(text: string, query: SearchQuery): readonly ExcerptPart[] {
  const spans = merged(query.terms.flatMap((term) => findTerm(text, term) ?? []));
  const [first] = spans;
  if (first === undefined) return [];
  const start = startOf(text, first.from);
  const end = Math.min(text.length, Math.max(start + 3 * around, first.to + around));
  const parts: ExcerptPart[] = [];
  const add = (from: number, to: number, isFound: boolean): void => {
    if (to > from) parts.push({ text: text.slice(from, to), isFound });
  };
  if (start > 0) parts.push({ text: '… ', isFound: false });
  let at = start;
  for (const { from, to } of spans) {
    if (from >= end) break;
    add(at, from, false);
    add(from, Math.min(to, end), true);
    at = Math.min(to, end);
  }
  add(at, end, false);
  if (end < text.length) parts.push({ text: ' …', isFound: false });
  return parts;
}
