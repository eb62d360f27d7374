import { afterEach, expect, test, vi } from 'vitest';
import type { QueueStanding } from '../../src-main/contract/desk-search.ts';
import { referenceNumberSchema, reportIdSchema } from '../../src-main/contract/ids.ts';
import { makeReference } from '../../src-main/domain/reference-number.ts';
import type { DeskClient } from '../../src-renderer/api/connect-desk.ts';
import { Desk } from '../../src-renderer/state/desk.svelte.ts';
import { createKeyring } from '../../src-renderer/desk/keys/keyring.ts';
import type { Keyring, OpenedKey } from '../../src-renderer/state/desk-ports.ts';
import { deskPin, FakeDeskServices } from '../helpers/fake-desk-api.ts';
import { memoryDraftStore } from '../helpers/memory-draft-store.ts';
import { memoryKeyStore } from '../helpers/memory-key-store.ts';
import { deskNow, fakeReports, makeReport } from '../helpers/fake-desk-reports.ts';

const until = { timeout: 60_000, interval: 20 };
const many = 10_000;
let stop: (() => void) | null = null;
afterEach(() => {
  stop?.();
  stop = null;
});

/** Seals of glass: opening ten thousand real ones would be a test of the browser. */
function glassKeyring(keyId: string): Keyring {
  const key: OpenedKey = { keyId, openSealed: async (text) => ({ ok: true, text }) };
  return { ...createKeyring(memoryKeyStore()), unlock: async () => key, unlockText: async () => key };
}

interface Stored {
  readonly row: QueueStanding;
  readonly sealedReport: string;
  readonly sealedSummary: string;
}

/** One report in ten thousand shapes: each with its own number, every hundredth in a town of its own. */
function storedReports(): readonly Stored[] {
  const [, bicycle] = fakeReports();
  if (bicycle === undefined) throw new Error('there are always two');
  const report = makeReport(bicycle, 1);
  const pattern = JSON.stringify(report);
  const summaryPattern = JSON.stringify(report.summary);
  return Array.from({ length: many }, (_, at): Stored => {
    const sequence = many - at;
    const reportId = reportIdSchema.parse(`01990000-0000-7000-8000-${String(sequence).padStart(12, '0')}`);
    const reference = referenceNumberSchema.parse(makeReference('00', '120', String(100_000 + sequence)));
    const town = sequence % 100 === 0 ? `Opfundetby${String(sequence)}` : 'havn';
    return {
      row: {
        ...{
          reportId,
          reference,
          sequence,
          receivedAt: report.receivedAt,
          lane: 'self',
          state: 'new',
          version: 1,
        },
        ...{
          claimedBy: null,
          isMine: false,
          isRejected: false,
          printState: 'printed',
          printProblem: null,
          isDelivered: true,
        },
      },
      sealedReport: pattern
        .replaceAll(report.reportId, reportId)
        .replaceAll(report.reference, reference)
        .replace('havn', town),
      sealedSummary: summaryPattern.replaceAll(report.reportId, reportId),
    };
  });
}

/** The kiosk's side of the four calls, bounded as the real one is. */
function manyCalls(stored: readonly Stored[], calls: string[], changed: Set<string>) {
  const page = (before: number | null, most: number): readonly Stored[] => {
    const from = before === null ? 0 : many + 1 - before;
    return stored.slice(from, from + most);
  };
  const next = (found: readonly Stored[]): number | null => {
    const last = found.at(-1)?.row.sequence;
    return last === undefined || last === 1 ? null : last;
  };
  const client: Pick<DeskClient, 'queue' | 'beginSearch' | 'openForSearch' | 'queueChanges'> = {
    queue: async ({ beforeSequence }) => {
      calls.push('queue');
      const found = page(beforeSequence, 50);
      const rows = found.map(({ row, sealedSummary }) => ({ ...row, sealedSummary }));
      return {
        rows,
        nextBeforeSequence: next(found),
        counts: { all: many, new: many, mine: 0, unprinted: 0 },
      };
    },
    beginSearch: async () => ({ reports: many, throughSequence: many, throughEvent: many, promises: [] }),
    openForSearch: async ({ beforeSequence }) => {
      calls.push('openForSearch');
      const found = page(beforeSequence, 25);
      return {
        reports: found.map(({ row, sealedReport }) => ({ row, sealedReport, entries: [] })),
        nextBeforeSequence: next(found),
      };
    },
    queueChanges: async ({ reportIds }) => {
      calls.push('queueChanges');
      expect(reportIds.length).toBeLessThanOrEqual(200);
      const rows = stored
        .filter(({ row }) => changed.has(row.reportId))
        .map(({ row }) => ({ ...row, version: 2, state: 'finished' as const }));
      return { rows, entries: [], gone: [], throughEvent: many + changed.size, hasMore: false };
    },
  };
  return client;
}

test('ten thousand reports: opened while the page goes on working, found at once, and a change costs two calls however deep the list', async () => {
  const stored = storedReports();
  const calls: string[] = [];
  const changed = new Set<string>();
  const kiosk = await FakeDeskServices.start({ reports: [] });
  const desk = new Desk({
    line: { ...kiosk.line, client: { ...kiosk.line.client, ...manyCalls(stored, calls, changed) } },
    keyring: glassKeyring(kiosk.welcome.stationKeyId ?? ''),
    drafts: memoryDraftStore(),
    sound: { canPlay: true, wake: () => undefined, playAlarm: () => undefined },
    clock: () => deskNow,
    hands: { saveFile: () => undefined, copyText: async () => true, printPage: () => undefined },
    words: (word) => word,
    origin: 'http://127.0.0.1',
  });
  stop = desk.start();
  await vi.waitUntil(() => desk.session.screen === 'sign-in', until);
  let turns = 0;
  const clockTurns = setInterval(() => (turns += 1), 0);
  await desk.session.signIn('skranke1', deskPin);
  await vi.waitUntil(() => desk.archive.reports.length > 0, until);
  desk.search.typed = String(stored[0]?.row.reference);
  expect(desk.search.found).toHaveLength(1);
  expect(desk.archive.state).toBe('opening');
  await vi.waitUntil(() => desk.archive.state === 'ready', until);
  clearInterval(clockTurns);
  expect(turns).toBeGreaterThan(20);

  desk.search.typed = 'opfundetby';
  expect(desk.search.found).toHaveLength(many / 100);
  expect(desk.list.lines).toHaveLength(50);
  await desk.list.showMore();
  expect(desk.list.lines).toHaveLength(many / 100);
  desk.search.typed = 'opfundetby100';
  expect(desk.search.found.map(({ row }) => row.sequence)).toEqual([10_000, 1000, 100]);

  desk.search.clear();
  for (let more = 0; more < 20; more += 1) await desk.list.showMore();
  expect(desk.list.lines).toHaveLength(21 * 50);
  const [deep] = stored.slice(900);
  if (deep === undefined) throw new Error('there are ten thousand');
  changed.add(deep.row.reportId);
  calls.length = 0;
  kiosk.changeNotice({ queueVersion: 77 });
  await vi.waitUntil(() => desk.queue.lineOf(deep.row.reportId)?.row.state === 'finished', until);
  expect(calls.toSorted()).toEqual(['queue', 'queueChanges']);
  expect(desk.list.lines).toHaveLength(21 * 50);
});
