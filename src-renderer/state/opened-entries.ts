import type { DeskWelcome } from '../../src-main/contract/desk.ts';
import type { Entry, EntryContent } from '../../src-main/contract/entry.ts';
import type { PublicKey } from '../../src-main/contract/keys.ts';
import type { Report } from '../../src-main/contract/report.ts';
import type { Deed } from '../../src-main/contract/review.ts';
import type { Readable } from './desk-keys.svelte.ts';
import type { ReviewStep } from './desk-report.svelte.ts';

/** An entry with what it says, opened in memory. */
export interface OpenedEntry {
  readonly entry: Entry;
  readonly content: Readable<EntryContent>;
}

type Kind = EntryContent['kind'];
type ContentOf<One extends Kind> = Extract<EntryContent, { kind: One }>;
export interface OpenedOf<One extends Kind> {
  readonly entry: Entry;
  readonly content: ContentOf<One>;
}

function isOf<One extends Kind>(content: EntryContent, kind: One): content is ContentOf<One> {
  return content.kind === kind;
}

/** Who took this entry back; null while it stands. */
export function undoneBy(all: readonly OpenedEntry[], entryId: string): Entry | null {
  const undone = all.find(
    ({ content }) => content.ok && content.opened.kind === 'undone' && content.opened.undoes === entryId,
  );
  return undone?.entry ?? null;
}

/** Those of one kind that stand, oldest first. */
export function entriesOf<One extends Kind>(
  all: readonly OpenedEntry[],
  kind: One,
): readonly OpenedOf<One>[] {
  return all.flatMap(({ entry, content }) =>
    content.ok && isOf(content.opened, kind) && undoneBy(all, entry.entryId) === null
      ? [{ entry, content: content.opened }]
      : [],
  );
}

/** Whom an entry is sealed for: the station, the home district, and every district that has the report or gets it. */
export function recipientsOf(
  { sealingKeys, district }: Pick<DeskWelcome, 'sealingKeys' | 'district'>,
  report: Report,
  all: readonly OpenedEntry[],
  alsoDistrictId: string | null,
): readonly PublicKey[] {
  const handedTo = entriesOf(all, 'transfer').map(({ content }) => content.districtId);
  const wanted = [district.id, report.summary.districtId, ...handedTo, alsoDistrictId];
  const keys = sealingKeys.districts
    .filter(({ districtId }) => wanted.includes(districtId))
    .map(({ key }) => key);
  return sealingKeys.station === null ? keys : [sealingKeys.station, ...keys];
}

/** The kiosk notes each step under this word. */
const deedOf: Readonly<Record<ReviewStep, Deed['deed']>> = {
  claim: 'review-claim',
  takeOver: 'review-take-over',
  release: 'review-release',
  finish: 'review-finish',
  reopen: 'review-reopen',
};

/** What this desk did itself, as the kiosk will tell it. */
export function ownDeed(step: ReviewStep, atMs: number, by: string | null): Deed {
  return { deed: deedOf[step], at: new Date(atMs).toISOString(), by };
}
