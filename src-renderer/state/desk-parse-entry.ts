import type { EntryContent, EntryKind } from '../../src-main/contract/entry.ts';
import type { EntryId } from '../../src-main/contract/ids.ts';
import { emptyDraft, type DraftKind, type EntryDraft } from '../../src-main/domain/entry-draft.ts';
import { isEntryId } from '../../src-main/domain/visit-ids.ts';
import { isLanguage } from './desk-parse.ts';

/* As in desk-parse.ts: whoever has the public key can seal anything, and zod stays out of the page. */

type Members = Readonly<Record<string, unknown>>;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
const isOneOf =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    isText(value) && words.includes(value);
const isLane = isOneOf('self', 'assisted');

const fits: Readonly<Record<EntryKind, (content: Members) => boolean>> = {
  note: ({ text }) => isText(text),
  question: ({ text, way }) => isText(text) && isOneOf('lobby', 'later')(way),
  translation: ({ questionId, text, madeBy, maker }) =>
    [questionId, text, madeBy].every(isText) && isOneOf('colleague', 'interpreter', 'translator')(maker),
  'rights-given': ({ items, way, language }) =>
    isTexts(items) && isOneOf('spoken', 'paper', 'both')(way) && isLanguage(language),
  transfer: ({ districtId, reason, isReadable }) =>
    isText(districtId) && isText(reason) && typeof isReadable === 'boolean',
  'journal-number': ({ number }) => isText(number),
  rejection: ({ reasonId, danish, own, language }) =>
    (reasonId === null || isText(reasonId)) &&
    isText(danish) &&
    (own === null || isText(own)) &&
    isLanguage(language),
  lane: ({ lane, reason }) => isLane(lane) && isText(reason),
  undone: ({ undoes }) => isText(undoes),
};

function isContent(value: unknown): value is EntryContent {
  if (!isMembers(value) || !isText(value['entryId']) || !isText(value['reportId'])) return false;
  const { kind } = value;
  return isText(kind) && isKind(kind) && fits[kind](value);
}

function isKind(kind: string): kind is EntryKind {
  return Object.hasOwn(fits, kind);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What an entry is known to be, before it is opened. */
export interface EntryName {
  readonly entryId: string;
  readonly reportId: string;
  readonly kind: EntryKind;
}

/** The opened content of this very entry, or null when it is something else. */
export function parseEntry(text: string, { entryId, reportId, kind }: EntryName): EntryContent | null {
  const value = parse(text);
  const isIt =
    isContent(value) && value.entryId === entryId && value.reportId === reportId && value.kind === kind;
  return isIt ? value : null;
}

/** A form as it lay on this desk. */
export interface ParsedDraft {
  readonly reportId: string;
  readonly reference: string;
  readonly entryId: EntryId;
  readonly draft: EntryDraft;
}

function isDraftKind(kind: unknown): kind is DraftKind {
  return isText(kind) && isKind(kind) && kind !== 'undone';
}

function isDraft(value: unknown): value is EntryDraft {
  if (!isMembers(value) || !isDraftKind(value['kind'])) return false;
  const { items, ...texts } = emptyDraft(value['kind']);
  return (
    isTexts(value['items']) && items.length === 0 && Object.keys(texts).every((name) => isText(value[name]))
  );
}

/** A form that was written on this desk by an earlier version, or spoilt, is not restored. */
export function parseDraft(text: string, reportId: string): ParsedDraft | null {
  const value = parse(text);
  if (!isMembers(value) || value['reportId'] !== reportId) return null;
  const { reference, entryId, draft } = value;
  return isText(reference) && isText(entryId) && isEntryId(entryId) && isDraft(draft)
    ? { reportId, reference, entryId, draft }
    : null;
}
