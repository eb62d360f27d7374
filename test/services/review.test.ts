import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findFirstBadAudit, listAudit } from '../../db/stores/audit.ts';
import { findFirstBadEvent, findHead, listEventsAfter } from '../../db/stores/event.ts';
import { insertStaff } from '../../db/stores/staff.ts';
import type { Staff } from '../../src-main/contract/staff.ts';
import { reviewChangeSchema } from '../../src-main/contract/envelope.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { createOutbox } from '../../src-main/services/outbox.ts';
import { createQueue } from '../../src-main/services/queue.ts';
import { createReview } from '../../src-main/services/review.ts';
import {
  createFakeClock,
  createFakeLog,
  makeSealedReport,
  makeStaff,
  newReportId,
} from '../helpers/fakes.ts';
import { expectKind } from '../helpers/expect-kind.ts';
import { openTestStore } from '../helpers/test-store.ts';

function setUp() {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  const queue = createQueue({ store });
  const review = createReview({ store, clock, log: createFakeLog(), onChanged: queue.bump });
  const outbox = createOutbox({ store, clock, onAcknowledged: queue.bump });
  const hire = (name: string): Staff => {
    const staff = makeStaff(name);
    store.write((db) => insertStaff(db, { staff, pinHash: '$argon2id$test' }, clock.now().toISOString()));
    return staff;
  };
  const receive = (count = 1) =>
    Array.from({ length: count }, () => {
      const sealed = makeSealedReport();
      storeReport(store, sealed, '80mm');
      queue.bump();
      return sealed;
    });
  return { clock, store, queue, review, outbox, receive, anna: hire('Anna'), bo: hire('Bo') };
}

it('claim, take over, finish: each step is told to the district and audited', () => {
  const { store, review, receive, anna, bo } = setUp();
  const [report] = receive();
  const reportId = report?.reportId ?? newReportId();
  expect(review.claim({ reportId, version: 1 }, anna)).toEqual({
    kind: 'done',
    review: { reportId, state: 'claimed', version: 2, claimedBy: 'Anna', isMine: true, isRejected: false },
  });
  expect(review.finish({ reportId, version: 2 }, bo)).toMatchObject({ kind: 'changed' });
  expect(review.takeOver({ reportId, version: 2 }, bo)).toMatchObject({ kind: 'done' });
  expect(review.finish({ reportId, version: 3 }, bo)).toMatchObject({
    kind: 'done',
    review: { state: 'finished' },
  });
  expect(review.takeOver({ reportId, version: 4 }, anna)).toMatchObject({
    kind: 'changed',
    review: { state: 'finished', claimedBy: 'Bo', isMine: false },
  });
  const changes = store
    .read((db) => listEventsAfter(db, 1))
    ?.events.map((event) => reviewChangeSchema.parse(JSON.parse(event.body)));
  expect(changes?.map((change) => [change.version, change.state, change.staffName])).toEqual([
    [2, 'claimed', 'Anna'],
    [3, 'claimed', 'Bo'],
    [4, 'finished', 'Bo'],
  ]);
  expect(store.read((db) => listAudit(db, 3)).map((line) => line.action)).toEqual([
    'review-finish',
    'review-take-over',
    'review-claim',
  ]);
});

it('two desks on one version: the second learns what it is now', () => {
  const { review, receive, anna, bo } = setUp();
  const [report] = receive();
  const expected = { reportId: report?.reportId ?? newReportId(), version: 1 };
  expect(review.claim(expected, anna).kind).toBe('done');
  expect(review.claim(expected, bo)).toMatchObject({
    kind: 'changed',
    review: { version: 2, claimedBy: 'Anna', isMine: false },
  });
  expect(review.claim({ reportId: newReportId(), version: 1 }, bo)).toEqual({ kind: 'not-found' });
});

it('whatever two desks do in whatever order: versions never skip, finished is final, nothing is written for nothing', () => {
  const { store, review, receive, anna, bo } = setUp();
  const step = fc.record({
    action: fc.constantFrom('claim', 'takeOver', 'release', 'finish'),
    isAnna: fc.boolean(),
    lag: fc.integer({ min: 0, max: 2 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const [report] = receive();
      const reportId = report?.reportId ?? newReportId();
      let version = 1;
      let isFinished = false;
      for (const { action, isAnna, lag } of steps) {
        const before = store.read(findHead).sequence;
        const outcome = review[action]({ reportId, version: Math.max(1, version - lag) }, isAnna ? anna : bo);
        const isDone = outcome.kind === 'done';
        expect(store.read(findHead).sequence).toBe(before + (isDone ? 1 : 0));
        if (!isDone) continue;
        expect(isFinished || (lag > 0 && version > 1)).toBe(false);
        version += 1;
        expect(outcome.review.version).toBe(version);
        isFinished = outcome.review.state === 'finished';
      }
    }),
    { numRuns: 60 },
  );
  expect([store.read(findFirstBadEvent), store.read(findFirstBadAudit)]).toEqual([null, null]);
});

it('opening a report hands out the sealed documents and is audited', () => {
  const { store, review, outbox, receive, anna } = setUp();
  const [report] = receive();
  const reportId = report?.reportId ?? newReportId();
  expect(review.openReport(newReportId(), anna)).toEqual({ kind: 'not-found' });
  expect(expectKind(review.openReport(reportId, anna), 'opened')).toMatchObject({
    sealed: report,
    printState: 'queued',
    acknowledgedAt: null,
  });
  expect(store.read((db) => listAudit(db, 1))[0]).toMatchObject({
    action: 'report-opened',
    actor: anna.staffId,
  });
  outbox.acknowledgeThrough(1, outbox.nextBatch()?.events[0]?.hash ?? '');
  expect(review.openReport(reportId, anna)).toMatchObject({ acknowledgedAt: '2026-11-20T13:32:00.000Z' });
  expect(outbox.nextBatch()).toBeNull();
});

it('pages of 50, newest first, without a gap or a double while reports come in', () => {
  const { queue, receive, anna } = setUp();
  const reports = receive(120);
  const first = queue.page({ filter: 'all', beforeSequence: null }, anna);
  receive(3);
  const second = queue.page({ filter: 'all', beforeSequence: first.nextBeforeSequence }, anna);
  const third = queue.page({ filter: 'all', beforeSequence: second.nextBeforeSequence }, anna);
  const shown = [...first.rows, ...second.rows, ...third.rows].map((row) => row.reportId);
  expect(shown).toEqual(reports.map((report) => report.reportId).toReversed());
  expect([first.rows.length, second.rows.length, third.nextBeforeSequence]).toEqual([50, 50, null]);
  expect(third.counts).toEqual({ all: 123, new: 123, mine: 0, unprinted: 0 });
  expect(first.rows[0]?.sealedSummary).toBe(reports.at(-1)?.sealedSummary);
});

it('filters: new, mine, unprinted, finished', () => {
  const { store, queue, review, outbox, receive, anna, bo } = setUp();
  const [mine, his, done, fresh] = receive(4).map((report) => report.reportId);
  const id = (reportId: typeof mine) => reportId ?? newReportId();
  review.claim({ reportId: id(mine), version: 1 }, anna);
  review.claim({ reportId: id(his), version: 1 }, bo);
  review.claim({ reportId: id(done), version: 1 }, anna);
  review.finish({ reportId: id(done), version: 2 }, anna);
  outbox.acknowledgeThrough(2, store.read((db) => listEventsAfter(db, 1))?.events[0]?.hash ?? '');
  const list = (filter: 'new' | 'mine' | 'finished' | 'unprinted') =>
    queue.page({ filter, beforeSequence: null }, anna).rows.map((row) => row.reportId);
  expect([list('new'), list('mine'), list('finished'), list('unprinted')]).toEqual([
    [fresh],
    [mine],
    [done],
    [],
  ]);
  const { rows, counts } = queue.page({ filter: 'all', beforeSequence: null }, anna);
  expect(counts).toEqual({ all: 4, new: 1, mine: 1, unprinted: 0 });
  expect(rows.map((row) => [row.claimedBy, row.isMine, row.isDelivered])).toEqual([
    [null, false, false],
    ['Anna', true, false],
    ['Bo', false, true],
    ['Anna', true, true],
  ]);
});

it('showing contact that was kept out of sight is noted, by whom and of which report', () => {
  const { store, review, receive, bo } = setUp();
  const [report] = receive();
  const reportId = report?.reportId ?? newReportId();
  expect(review.showContact(reportId, bo)).toEqual({ kind: 'noted' });
  expect(store.read((db) => listAudit(db, 1))).toMatchObject([
    { action: 'contact-shown', actor: bo.staffId, subject: reportId },
  ]);
  expect(review.showContact(newReportId(), bo)).toEqual({ kind: 'not-found' });
});
