import type { EntryContent, EntryKind } from '../contract/entry.ts';
import type { EntryId, Language, ReportId } from '../contract/ids.ts';
import type { Lane } from '../contract/report.ts';
import { assertNever } from './assert-never.ts';

/** As much as a visitor may write; as in the contract. */
export const longestEntryText = 8000;

/** What is written in a form; taking back has none. */
export type DraftKind = Exclude<EntryKind, 'undone'>;
type Of<Kind extends EntryKind> = Extract<EntryContent, { kind: Kind }>;

/** A half-written entry: every field of every form, empty where this kind has none. */
export interface EntryDraft {
  readonly kind: DraftKind;
  readonly text: string;
  /** Of a rejection: the same in the visitor's language. */
  readonly own: string;
  readonly questionId: string;
  readonly madeBy: string;
  readonly maker: Of<'translation'>['maker'];
  readonly way: Of<'question'>['way'];
  readonly told: Of<'rights-given'>['way'];
  readonly items: readonly string[];
  readonly districtId: string;
  /** Empty: in own words. */
  readonly reasonId: string;
  readonly lane: Lane;
}

export function emptyDraft(kind: DraftKind): EntryDraft {
  return {
    kind,
    text: '',
    own: '',
    questionId: '',
    madeBy: '',
    maker: 'colleague',
    way: 'lobby',
    told: 'spoken',
    items: [],
    districtId: '',
    reasonId: '',
    lane: 'self',
  };
}

/** @param ownName What stood there before anybody wrote. @returns whether anything would be lost with it. */
export function isWorthKeeping({ text, own, madeBy, items }: EntryDraft, ownName: string): boolean {
  const names = madeBy.trim() !== '' && madeBy !== ownName;
  return text.trim() !== '' || own.trim() !== '' || names || items.length > 0;
}

/** What the entry is about and what is known of it besides what was written. */
export interface DraftScene {
  readonly entryId: EntryId;
  readonly reportId: ReportId;
  /** Of the visitor. */
  readonly language: Language;
  /** Districts that can open what is sealed for them. */
  readonly readableDistrictIds: readonly string[];
}

export type DraftField = 'text' | 'own' | 'questionId' | 'madeBy' | 'items' | 'districtId';
export type DraftReading =
  | { readonly ok: true; readonly content: EntryContent }
  /** The first field that lacks something, or holds too much. */
  | { readonly ok: false; readonly field: DraftField };

const longest: Readonly<Record<DraftField, number>> = {
  text: longestEntryText,
  own: longestEntryText,
  questionId: 40,
  madeBy: 100,
  items: 40,
  districtId: 40,
};
const longestJournalNumber = 60;
const longestLaneReason = 1000;

function lacking(draft: EntryDraft, language: Language): DraftField | null {
  const needed: Readonly<Record<DraftKind, readonly DraftField[]>> = {
    note: ['text'],
    question: ['text'],
    translation: ['questionId', 'text', 'madeBy'],
    'rights-given': ['items'],
    transfer: ['districtId', 'text'],
    'journal-number': ['text'],
    rejection: language === 'da' ? ['text'] : ['text', 'own'],
    lane: [],
  };
  const size = (field: DraftField): number =>
    field === 'items' ? draft.items.length : draft[field].trim().length;
  const most = (field: DraftField): number =>
    draft.kind === 'journal-number' ? longestJournalNumber : longest[field];
  const found = needed[draft.kind].find((field) => size(field) === 0 || size(field) > most(field));
  return found ?? (draft.kind === 'lane' && draft.text.trim().length > longestLaneReason ? 'text' : null);
}

/** What was written, as it is sealed; or the field at which something is missing. */
export function readDraft(draft: EntryDraft, scene: DraftScene): DraftReading {
  const field = lacking(draft, scene.language);
  return field === null ? { ok: true, content: contentOf(draft, scene) } : { ok: false, field };
}

function contentOf(draft: EntryDraft, scene: DraftScene): EntryContent {
  const { entryId, reportId, language, readableDistrictIds } = scene;
  const { kind, items, districtId, questionId, maker, reasonId, lane } = draft;
  const bound = { entryId, reportId };
  const text = draft.text.trim();
  switch (kind) {
    case 'note':
      return { ...bound, kind, text };
    case 'question':
      return { ...bound, kind, text, way: draft.way };
    case 'translation':
      return { ...bound, kind, questionId, text, madeBy: draft.madeBy.trim(), maker };
    case 'rights-given':
      return { ...bound, kind, items: [...items], way: draft.told, language };
    case 'transfer':
      return {
        ...bound,
        kind,
        districtId,
        reason: text,
        isReadable: readableDistrictIds.includes(districtId),
      };
    case 'journal-number':
      return { ...bound, kind, number: text };
    case 'rejection': {
      const own = language === 'da' ? null : draft.own.trim();
      return { ...bound, kind, reasonId: reasonId === '' ? null : reasonId, danish: text, own, language };
    }
    case 'lane':
      return { ...bound, kind, lane, reason: text };
    default:
      return assertNever(kind);
  }
}
