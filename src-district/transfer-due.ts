import { entryContentSchema, type EntryContent } from '../src-main/contract/entry.ts';
import type { FeedEvent } from '../src-main/contract/reader-api.ts';
import { reportSummarySchema } from '../src-main/contract/report.ts';
import type { Transfer, TransferRefusal } from '../src-main/contract/transfer-api.ts';
import type { IntakeDistrict } from './districts.ts';
import { acknowledgeEvents, readEvents } from './feed.ts';
import type { IntakeDatabase } from './intake-database.ts';
import { makeTransfer } from './make-transfer.ts';
import { addReader } from './readers.ts';
import { readEventsOfReport, type EventOfReport } from './report-events.ts';
import { openDocument, type Opener } from './sealed-document.ts';
import { handOver } from './transfers.ts';
import { keysOfPlace, readTurns, sealedParts, type Turn } from './turns.ts';

/** A district at its own intake, with its private keys: what a case system is, without one. */
export interface Giver {
  readonly database: IntakeDatabase;
  readonly districts: readonly IntakeDistrict[];
  readonly own: IntakeDistrict & { readonly district: string };
  readonly openers: readonly Opener[];
}

export type Handed =
  | { readonly ok: true; readonly transfer: Transfer; readonly isNew: boolean; readonly unreadable: number }
  | { readonly ok: false; readonly reportId: string; readonly to: string; readonly problem: TransferRefusal };

/** Everything of a report that can be opened here goes to the other district. @param to the id of a district. */
export async function handReport(
  { database, districts, own, openers }: Giver,
  reportId: string,
  to: string,
  reason: string | null,
): Promise<Handed> {
  const receiver = districts.find(({ districtId }) => districtId === to);
  const refused = (problem: TransferRefusal): Handed => ({ ok: false, reportId, to, problem });
  if (receiver?.district === undefined || receiver.district === null) return refused('unknown-district');
  const { events, turns } = await readReport(database, reportId);
  const { request, unreadable } = await makeTransfer({
    ...{ reportId, events, turns, openers },
    to: { district: receiver.district, key: receiver.keys[0] },
    reason: reason === null ? null : { text: reason, alsoFor: own.keys[0] },
  });
  const outcome = await handOver(database, districts, own.district, request);
  return outcome.ok ? { ...outcome, unreadable } : refused(outcome.problem);
}

function readReport(
  database: IntakeDatabase,
  reportId: string,
): Promise<{ readonly events: readonly EventOfReport[]; readonly turns: readonly Turn[] }> {
  return database.transaction(async (transaction) => ({
    events: await readEventsOfReport(transaction, reportId),
    turns: await readTurns(transaction, [reportId]),
  }));
}

const eventsAStep = 100;

/**
 * Hands over what is due: reports that a desk noted a transfer for, that belong to another district by their place, and
 * what was added to those that were handed over before. It goes on where it stopped, and may be repeated.
 */
export async function handOverDue(giver: Giver): Promise<readonly Handed[]> {
  const { database, own } = giver;
  const reader = { name: `transfers due of ${own.district}`, district: own.district };
  await addReader(database, reader);
  const handed: Handed[] = [];
  for (;;) {
    const { events, spans } = await database.transaction((transaction) =>
      readEvents(transaction, reader, eventsAStep),
    );
    if (events.length === 0) return handed;
    const wanted = new Map<string, Set<string>>();
    for (const event of events.filter(({ parked }) => parked === null))
      for (const to of await findWanted(giver, event))
        wanted.set(event.reportId, (wanted.get(event.reportId) ?? new Set()).add(to));
    for (const [reportId, districts] of wanted)
      for (const to of districts) handed.push(await handReport(giver, reportId, to, null));
    await database.transaction((transaction) => acknowledgeEvents(transaction, reader, spans));
  }
}

/** Ids of the districts that an event makes due for its report. */
async function findWanted(giver: Giver, event: FeedEvent): Promise<readonly string[]> {
  if (event.kind === 'report-received') {
    const summary = reportSummarySchema.safeParse(await openPart(giver, event, 'sealedSummary'));
    const isElsewhere =
      summary.success && !summary.data.isFallbackRouting && summary.data.districtId !== giver.own.districtId;
    return isElsewhere ? [summary.data.districtId] : [];
  }
  if (event.kind !== 'entry-added') return [];
  const { events, turns } = await readReport(giver.database, event.reportId);
  const before = turns.filter(({ transfer }) => transfer.from === giver.own.district);
  const receivers = giver.districts.filter(({ district }) =>
    before.some(({ transfer }) => transfer.to === district),
  );
  const noted = await openEntry(giver, event, turns);
  const isNoted = noted?.kind === 'transfer' && !(await isUndone(giver, events, turns, noted.entryId));
  return [...receivers.map(({ districtId }) => districtId), ...(isNoted ? [noted.districtId] : [])];
}

async function openPart(
  { openers }: Giver,
  { kioskId, sequence, reportId, body }: EventOfReport,
  part: 'sealedSummary' | 'sealedEntry',
  turns: readonly Turn[] = [],
): Promise<unknown> {
  const handed = keysOfPlace(turns, { kioskId, sequence, part });
  return (await openDocument(sealedParts(body).get(part) ?? '', reportId, openers, handed))?.content;
}

async function openEntry(
  giver: Giver,
  event: EventOfReport,
  turns: readonly Turn[],
): Promise<EntryContent | null> {
  const content = entryContentSchema.safeParse(await openPart(giver, event, 'sealedEntry', turns));
  return content.success && content.data.reportId === event.reportId ? content.data : null;
}

async function isUndone(
  giver: Giver,
  events: readonly EventOfReport[],
  turns: readonly Turn[],
  entryId: string,
): Promise<boolean> {
  for (const event of events.filter(({ kind }) => kind === 'entry-added')) {
    const entry = await openEntry(giver, event, turns);
    if (entry?.kind === 'undone' && entry.undoes === entryId) return true;
  }
  return false;
}
