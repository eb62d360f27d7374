import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { listAudit } from '../../db/stores/audit.ts';
import { insertSettings } from '../../db/stores/station-settings.ts';
import { insertStaff } from '../../db/stores/staff.ts';
import { entryIdSchema } from '../../src-main/contract/ids.ts';
import type { Staff } from '../../src-main/contract/staff.ts';
import type { SealedReport } from '../../src-main/contract/report.ts';
import { createDeskSearch, type PageOutcome, type Searcher } from '../../src-main/services/desk-search.ts';
import { createEntries } from '../../src-main/services/entries.ts';
import { createReview } from '../../src-main/services/review.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { expectKind } from '../helpers/expect-kind.ts';
import { createFakeClock, createFakeLog, fakeSeal, makeSealedReport, makeStaff } from '../helpers/fakes.ts';
import { openTestStore } from '../helpers/test-store.ts';

function setUp() {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  const search = createDeskSearch({ store, clock });
  const review = createReview({ store, clock, log: createFakeLog(), onChanged: () => undefined });
  const entries = createEntries({
    store,
    clock,
    recipients: () => ['district-key'],
    onChanged: () => undefined,
  });
  const hire = (name: string): Staff => {
    const staff = makeStaff(name);
    store.write((db) => insertStaff(db, { staff, pinHash: '$argon2id$test' }, clock.now().toISOString()));
    return staff;
  };
  const receive = (count: number, bytes?: number): SealedReport[] =>
    Array.from({ length: count }, () => {
      const sealed = makeSealedReport(bytes);
      storeReport(store, sealed, '80mm');
      return sealed;
    });
  const readAll = (searcher: Searcher): { readonly ids: string[]; readonly pages: number } => {
    const ids: string[] = [];
    let before: number | null = null;
    let pages = 0;
    do {
      const page: PageOutcome = search.page(searcher, before);
      const { reports, nextBeforeSequence } = expectKind(page, 'page');
      ids.push(...reports.map(({ row }) => row.reportId));
      before = nextBeforeSequence;
      pages += 1;
    } while (before !== null);
    return { ids, pages };
  };
  const searches = () =>
    store
      .read((db) => listAudit(db, 100))
      .filter(({ action }) => action === 'search-opened')
      .map(({ actor, subject }) => ({ actor, subject }));
  return {
    clock,
    store,
    search,
    entries,
    review,
    receive,
    readAll,
    searches,
    anna: hire('Anna'),
    bo: hire('Bo'),
  };
}

it('sixty reports are opened for search with one line in the log, newest first, each once', () => {
  const { search, receive, readAll, searches, anna } = setUp();
  const reports = receive(60);
  const searcher = { staff: anna, connection: {} };
  expect(expectKind(search.begin(searcher, 0), 'begun').reports).toBe(60);
  expect(readAll(searcher).ids).toEqual(reports.map(({ reportId }) => reportId).reverse());
  expect(searches()).toEqual([{ actor: anna.staffId, subject: '60' }]);
});

it('nothing is handed out that was not noted: not before, not to somebody else on the same line, not what came since', () => {
  const { search, receive, readAll, searches, anna, bo } = setUp();
  receive(2);
  const connection = {};
  expect(search.page({ staff: anna, connection }, null)).toEqual({ kind: 'not-begun' });
  const begun = expectKind(search.begin({ staff: anna, connection }, 0), 'begun');
  expect(search.page({ staff: bo, connection }, null)).toEqual({ kind: 'not-begun' });
  const [later] = receive(1);
  expect(readAll({ staff: anna, connection }).ids).toHaveLength(2);
  search.begin({ staff: anna, connection }, begun.throughSequence);
  expect(readAll({ staff: anna, connection }).ids).toEqual([later?.reportId]);
  expect(searches().map(({ subject }) => subject)).toEqual(['1', '2']);
});

it('large reports come in smaller pages, and all of them come', () => {
  const { search, receive, readAll, anna } = setUp();
  const reports = [...receive(3), ...receive(4, 700_000), ...receive(3)];
  const searcher = { staff: anna, connection: {} };
  search.begin(searcher, 0);
  const { ids, pages } = readAll(searcher);
  expect(ids).toEqual(reports.map(({ reportId }) => reportId).reverse());
  expect(pages).toBeGreaterThan(2);
});

it('what the station promised, and when, is told with the beginning', () => {
  const { store, search, anna } = setUp();
  const frame = {
    services: [],
    exceptions: [],
    notices: [],
    validFrom: '2026-01-01',
    reviewBy: '2027-01-01',
  };
  const said = [
    ['2026-11-01T08:00:00.000Z', JSON.stringify({ ...frame, replyWithinDays: 5 })],
    ['2026-11-10T08:00:00.000Z', null],
  ] as const;
  said.forEach(([approvedAt, body], at) =>
    store.write((db) => insertSettings(db, { version: at + 1, approvedAt, approvedBy: anna.staffId, body })),
  );
  expect(expectKind(search.begin({ staff: anna, connection: {} }, 0), 'begun').promises).toEqual([
    { from: '2026-11-01T09:00', until: '2026-11-10T09:00', days: 5 },
  ]);
});

it('what colleagues add is handed out sealed with its report, and told when it comes; never to who has not begun', () => {
  const { search, entries, receive, anna, bo } = setUp();
  const [reportId] = receive(1).map((sealed) => sealed.reportId);
  if (reportId === undefined) throw new Error('one was stored');
  const add = (version: number, words: string): string => {
    const entryId = entryIdSchema.parse(randomUUID());
    const sealedEntry = fakeSeal(reportId, words);
    expectKind(entries.add({ reportId, version, entryId, kind: 'note', sealedEntry }, bo), 'done');
    return sealedEntry;
  };
  const first = add(1, 'the first');
  const searcher = { staff: anna, connection: {} };
  const { throughEvent } = expectKind(search.begin(searcher, 0), 'begun');
  const [page] = expectKind(search.page(searcher, null), 'page').reports;
  expect(page?.entries).toMatchObject([{ reportId, kind: 'note', sealedEntry: first }]);
  const second = add(2, 'the second');
  const told = search.changes(searcher, throughEvent, []);
  expect(told.entries).toMatchObject([{ reportId, kind: 'note', sealedEntry: second }]);
  expect(told.rows).toMatchObject([{ reportId, version: 3 }]);
  expect(search.changes({ staff: bo, connection: {} }, throughEvent, []).entries).toEqual([]);
});

it('large additions are told a few at a time, and each of them is', () => {
  const { search, entries, receive, anna } = setUp();
  const [reportId] = receive(1).map((sealed) => sealed.reportId);
  if (reportId === undefined) throw new Error('one was stored');
  const searcher = { staff: anna, connection: {} };
  let { throughEvent } = expectKind(search.begin(searcher, 0), 'begun');
  for (let version = 1; version <= 20; version += 1) {
    const sealedEntry = fakeSeal(reportId, 'x'.repeat(140_000));
    const entryId = entryIdSchema.parse(randomUUID());
    expectKind(entries.add({ reportId, version, entryId, kind: 'note', sealedEntry }, anna), 'done');
  }
  const ids: string[] = [];
  let calls = 0;
  for (let hasMore = true; hasMore; calls += 1) {
    const told = search.changes(searcher, throughEvent, []);
    expect(JSON.stringify(told).length).toBeLessThan(2_100_000);
    ids.push(...told.entries.map(({ entryId }) => entryId));
    ({ throughEvent, hasMore } = told);
  }
  expect(new Set(ids).size).toBe(20);
  expect(ids).toHaveLength(20);
  expect(calls).toBeGreaterThan(1);
});

it('what happened since is told line by line, and so is a line that is asked for by name', () => {
  const { search, review, receive, anna } = setUp();
  const [first, second, third] = receive(3).map(({ reportId }) => reportId);
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('three were stored');
  const searcher = { staff: anna, connection: {} };
  const { throughEvent } = expectKind(search.begin(searcher, 0), 'begun');
  expect(search.changes(searcher, throughEvent, [])).toEqual({
    rows: [],
    entries: [],
    gone: [],
    throughEvent,
    hasMore: false,
  });
  review.claim({ reportId: second, version: 1 }, anna);
  const told = search.changes(searcher, throughEvent, [third]);
  expect(told.rows.map(({ reportId, state, isMine }) => ({ reportId, state, isMine }))).toEqual(
    expect.arrayContaining([
      { reportId: second, state: 'claimed', isMine: true },
      { reportId: third, state: 'new', isMine: false },
    ]),
  );
  expect(told.rows).toHaveLength(2);
  expect(search.changes(searcher, told.throughEvent, []).rows).toEqual([]);
});
