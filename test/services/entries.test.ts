import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findFirstBadAudit, listAudit } from '../../db/stores/audit.ts';
import { findFirstBadEvent, findHead, listEventsAfter } from '../../db/stores/event.ts';
import { insertStaff } from '../../db/stores/staff.ts';
import type { WritableDb } from '../../db/transaction.ts';
import type { EntryKind } from '../../src-main/contract/entry.ts';
import { entryAddedSchema, reviewChangeSchema } from '../../src-main/contract/envelope.ts';
import { entryIdSchema, type EntryId } from '../../src-main/contract/ids.ts';
import type { Staff } from '../../src-main/contract/staff.ts';
import { createEntries, type Addition } from '../../src-main/services/entries.ts';
import { createQueue } from '../../src-main/services/queue.ts';
import { createReview } from '../../src-main/services/review.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { StoreUnusable, type Store } from '../../src-main/services/store.ts';
import { expectKind } from '../helpers/expect-kind.ts';
import {
  createFakeClock,
  createFakeLog,
  fakeSeal,
  makeSealedReport,
  makeStaff,
  newReportId,
} from '../helpers/fakes.ts';
import { openTestStore } from '../helpers/test-store.ts';

const newEntryId = (): EntryId => entryIdSchema.parse(randomUUID());

function setUp(wrap: (store: Store) => Store = (store) => store) {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  let changes = 0;
  const onChanged = (): void => void (changes += 1);
  const hire = (name: string): Staff => {
    const staff = makeStaff(name);
    store.write((db) => insertStaff(db, { staff, pinHash: '$argon2id$test' }, clock.now().toISOString()));
    return staff;
  };
  const sealed = makeSealedReport();
  storeReport(store, sealed, '80mm');
  const { reportId } = sealed;
  const addition = (version: number, change: Partial<Addition> = {}): Addition => ({
    reportId,
    version,
    entryId: newEntryId(),
    kind: 'note',
    sealedEntry: fakeSeal(change.reportId ?? reportId, 'sealed'),
    ...change,
  });
  return {
    clock,
    store,
    entries: createEntries({ store: wrap(store), clock, recipients: () => ['district-key'], onChanged }),
    review: createReview({ store, clock, log: createFakeLog(), onChanged }),
    changes: () => changes,
    reportId,
    addition,
    anna: hire('Anna'),
    bo: hire('Bo'),
  };
}

const events = (store: Store) => store.read((db) => listEventsAfter(db, 1))?.events ?? [];

it('a note is one event for the district, one audit line and one version more', () => {
  const { store, entries, reportId, addition, anna, changes } = setUp();
  const added = addition(1, { sealedEntry: fakeSeal(reportId, 'the-seal') });
  const { standing } = expectKind(entries.add(added, anna), 'done');
  expect(standing.review).toMatchObject({ state: 'new', version: 2, claimedBy: null });
  expect(standing.entries).toEqual([
    {
      entryId: added.entryId,
      reportId,
      kind: 'note',
      addedAt: '2026-11-20T13:32:00.000Z',
      addedBy: 'Anna',
      isDelivered: false,
      sealedEntry: added.sealedEntry,
    },
  ]);
  const [event] = events(store);
  expect(event).toMatchObject({ kind: 'entry-added', reportId, sequence: 2 });
  expect(entryAddedSchema.parse(JSON.parse(event?.body ?? ''))).toMatchObject({
    entryId: added.entryId,
    version: 2,
    staffName: 'Anna',
  });
  expect(store.read((db) => listAudit(db, 1))).toMatchObject([
    { action: 'entry-note', actor: anna.staffId, subject: reportId },
  ]);
  expect(changes()).toBe(1);
});

it('two colleagues on one version: the second is told which entries came, by whom, and loses nothing by trying again', () => {
  const { entries, review, addition, reportId, anna, bo } = setUp();
  entries.add(addition(1), anna);
  const late = addition(1, { kind: 'question' });
  const { standing } = expectKind(entries.add(late, bo), 'changed');
  expect(standing.entries.map(({ kind, addedBy }) => [kind, addedBy])).toEqual([['note', 'Anna']]);
  expectKind(entries.add({ ...late, version: standing.review.version }, bo), 'done');
  const now = review.standing(reportId, anna);
  expect(now?.entries.map(({ kind, addedBy }) => [kind, addedBy])).toEqual([
    ['note', 'Anna'],
    ['question', 'Bo'],
  ]);
});

it('the same entry again is the first result; a stranger with its id, or another report, gets nothing of it', () => {
  const { store, entries, addition, anna, bo } = setUp();
  const added = addition(1);
  const first = expectKind(entries.add(added, anna), 'done');
  expect(entries.add(added, anna)).toEqual(first);
  expect(entries.add({ ...added, version: 2 }, bo)).toEqual({ kind: 'not-found' });
  const other = makeSealedReport();
  storeReport(store, other, '80mm');
  const moved = { ...added, reportId: other.reportId, sealedEntry: fakeSeal(other.reportId, 'sealed') };
  expect(entries.add(moved, anna)).toEqual({ kind: 'not-found' });
  expect(entries.add(addition(1, { reportId: newReportId() }), anna)).toEqual({ kind: 'not-found' });
  expect(events(store).filter(({ kind }) => kind === 'entry-added')).toHaveLength(1);
});

it('words that are not sealed, or not for the district, or for another report, are kept nowhere', () => {
  const { store, entries, addition, reportId, anna, changes } = setUp();
  const before = store.read(findHead).sequence;
  const seals = [
    'ejeren har ringet',
    '{}',
    fakeSeal(reportId, 'sealed', []),
    fakeSeal(reportId, 'sealed', ['a key of yesterday']),
    fakeSeal(newReportId(), 'sealed'),
    fakeSeal(reportId, ''),
  ];
  for (const sealedEntry of seals)
    expect(entries.add(addition(1, { sealedEntry }), anna)).toEqual({ kind: 'not-sealed' });
  expect([store.read(findHead).sequence, changes()]).toEqual([before, 0]);
  expectKind(
    entries.add(addition(1, { sealedEntry: fakeSeal(reportId, 'x', ['other', 'district-key']) }), anna),
    'done',
  );
});

it('a rejection finishes the report with it: by whoever has it, lists say so, and the district hears both', () => {
  const { store, entries, review, reportId, addition, anna, bo } = setUp();
  expectKind(entries.add(addition(1, { kind: 'rejection' }), anna), 'changed');
  review.claim({ reportId, version: 1 }, anna);
  expectKind(entries.add(addition(2, { kind: 'rejection' }), bo), 'changed');
  const { standing } = expectKind(entries.add(addition(2, { kind: 'rejection' }), anna), 'done');
  expect(standing.review).toMatchObject({
    state: 'finished',
    isRejected: true,
    version: 3,
    claimedBy: 'Anna',
  });
  const queue = createQueue({ store });
  const listed = (filter: 'all' | 'finished' | 'rejected') =>
    queue.page({ filter, beforeSequence: null }, bo).rows.map((row) => [row.state, row.isRejected]);
  expect(listed('all')).toEqual([['finished', true]]);
  expect(listed('rejected')).toEqual([['finished', true]]);
  expect(listed('finished')).toEqual([]);
  expect(standing.deeds.map(({ deed, by }) => [deed, by])).toEqual([
    ['review-claim', 'Anna'],
    ['review-finish', 'Anna'],
  ]);
  const told = events(store).map(({ kind, body }) => [kind, JSON.parse(body)]);
  expect(told.at(-2)).toMatchObject(['entry-added', { kind: 'rejection', version: 3 }]);
  expect(reviewChangeSchema.parse(told.at(-1)?.[1])).toMatchObject({ state: 'finished', version: 3 });
  // A finished report is read; whoever finished it may take that back, and only then something is added again.
  expectKind(entries.add(addition(3), anna), 'changed');
  expectKind(review.reopen({ reportId, version: 3 }, bo), 'changed');
  expect(expectKind(review.reopen({ reportId, version: 3 }, anna), 'done').review).toMatchObject({
    state: 'claimed',
    isRejected: false,
    version: 4,
  });
  expectKind(entries.add(addition(4), anna), 'done');
  // Finished without a word against it: the rejection of before is history.
  review.finish({ reportId, version: 5 }, anna);
  expect([listed('rejected'), listed('finished')]).toEqual([[], [['finished', false]]]);
});

it('ten minutes after it was finished nobody opens a report again', () => {
  const { clock, review, reportId, anna } = setUp();
  review.claim({ reportId, version: 1 }, anna);
  review.finish({ reportId, version: 2 }, anna);
  clock.advance(10 * 60_000 + 1);
  expectKind(review.reopen({ reportId, version: 3 }, anna), 'changed');
});

it('a change of lane moves the report, and the district reads where to', () => {
  const { store, entries, addition, anna } = setUp();
  expectKind(entries.add(addition(1, { kind: 'lane', lane: 'assisted' }), anna), 'done');
  expect(store.read((db) => db.get('SELECT lane FROM report'))).toEqual({ lane: 'assisted' });
  expect(JSON.parse(events(store)[0]?.body ?? '')).toMatchObject({ lane: 'assisted' });
});

it('reading what was added is noted, like opening', () => {
  const { store, review, reportId, bo } = setUp();
  expect(review.standing(newReportId(), bo)).toBeNull();
  review.standing(reportId, bo);
  expect(store.read((db) => listAudit(db, 1))).toMatchObject([
    { action: 'entries-read', actor: bo.staffId, subject: reportId },
  ]);
});

type Fault = 'none' | 'kept' | 'lost' | 'unreadable';

/** A disk that fails at the commit: the entry may be there afterwards or not, and nobody is told which. */
function breakCommits(store: Store, nextFault: () => Fault): Store {
  let isBlind = false;
  const refuse = (): never => {
    throw new StoreUnusable('the database cannot be read');
  };
  return {
    ...store,
    health: () => store.health(),
    read: (ask) => (isBlind ? refuse() : store.read(ask)),
    confirm: () => !isBlind && store.confirm(),
    write<T>(change: (db: WritableDb) => T) {
      const fault = nextFault();
      isBlind = fault === 'unreadable';
      if (fault === 'none') return store.write(change);
      if (fault !== 'lost') store.write(change);
      return { kind: 'unknown' };
    },
  };
}

it('whatever is added by whom on which version while commits fail: what was called done is there once, what was not stored is not', () => {
  const step = fc.record({
    isAnna: fc.boolean(),
    kind: fc.constantFrom<EntryKind>('note', 'question', 'translation', 'journal-number', 'lane', 'undone'),
    lag: fc.integer({ min: 0, max: 2 }),
    fault: fc.constantFrom<Fault>('none', 'none', 'kept', 'lost', 'unreadable'),
    tries: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
      let faults: Fault[] = [];
      const { store, entries, review, reportId, addition, anna, bo } = setUp((inner) =>
        breakCommits(inner, () => faults.shift() ?? 'none'),
      );
      const done: EntryId[] = [];
      const never: EntryId[] = [];
      for (const { isAnna, kind, lag, fault, tries } of steps) {
        const version = review.standing(reportId, anna)?.review.version ?? 0;
        const before = store.read(findHead).sequence;
        const added = addition(Math.max(1, version - lag), { kind });
        faults = [fault];
        let outcome = entries.add(added, isAnna ? anna : bo);
        // As the page does: whoever is told that nobody knows asks again with the same id.
        for (let again = 1; again < tries && outcome.kind === 'uncertain'; again += 1) {
          faults = [];
          outcome = entries.add(added, isAnna ? anna : bo);
        }
        if (outcome.kind === 'done') done.push(added.entryId);
        if (outcome.kind === 'changed' || outcome.kind === 'not-stored') never.push(added.entryId);
        expect(store.read(findHead).sequence - before).toBeLessThanOrEqual(1);
      }
      const there = (review.standing(reportId, bo)?.entries ?? []).map(({ entryId }) => entryId);
      expect(new Set(there).size).toBe(there.length);
      expect(done.filter((entryId) => !there.includes(entryId))).toEqual([]);
      expect(never.filter((entryId) => there.includes(entryId))).toEqual([]);
      expect(events(store).filter(({ kind }) => kind === 'entry-added')).toHaveLength(there.length);
      expect([store.read(findFirstBadEvent), store.read(findFirstBadAudit)]).toEqual([null, null]);
      store.close();
    }),
    { numRuns: 40 },
  );
});
