import { expect, it } from 'vitest';
import { findFirstBadEvent, findHead, listEventsAfter } from '../../db/stores/event.ts';
import { findFirstBadAudit, listAudit } from '../../db/stores/audit.ts';
import { findSlip } from '../../db/stores/print-job.ts';
import { countReports, findSealed } from '../../db/stores/report.ts';
import { batchSchema } from '../../src-main/contract/envelope.ts';
import { mostSealedCharacters, reportSchema } from '../../src-main/contract/report.ts';
import { checkReference, makeReference } from '../../src-main/domain/reference-number.ts';
import { createReports, type ReportsOptions } from '../../src-main/services/reports.ts';
import type { Store, WriteOutcome } from '../../src-main/services/store.ts';
import {
  createFakeClock,
  createFakeLibrary,
  createFakeLog,
  createFakeRandomness,
  createFakeSealer,
  makeSubmission,
} from '../helpers/fakes.ts';
import { expectKind } from '../helpers/expect-kind.ts';
import { openTestStore, testKiosk } from '../helpers/test-store.ts';

function setUp(change: Partial<ReportsOptions> = {}) {
  const clock = createFakeClock();
  const sealer = createFakeSealer();
  const randomness = createFakeRandomness();
  const log = createFakeLog();
  const store = openTestStore(clock);
  const enqueued: string[] = [];
  let woken = 0;
  const reports = createReports({
    store,
    sealer,
    library: createFakeLibrary(),
    receipts: { enqueue: (reportId) => void enqueued.push(reportId), status: () => null },
    clock,
    randomness,
    log,
    kiosk: { kioskId: testKiosk, districtNumber: '07', kioskNumber: '120', stationId: 'fjordby' },
    paper: '80mm',
    onStored: () => (woken += 1),
    ...change,
  });
  return { clock, sealer, randomness, log, store, reports, enqueued, woken: () => woken };
}

it('one submit makes report, event, print job and audit line true together, then wakes paper and delivery', async () => {
  const { reports, store, sealer, enqueued, woken } = setUp();
  const submission = makeSubmission('a grey bag');
  const { result } = expectKind(await reports.submitReport(submission), 'stored');
  expect(result).toMatchObject({
    reportId: submission.reportId,
    route: 'self',
    printState: 'queued',
    receivedLocal: '2026-11-20T14:32',
    isClockTrusted: true,
  });
  expect(checkReference(result.reference).ok).toBe(true);
  expect(result.reference.startsWith('07120')).toBe(true);
  expect(store.read(countReports)).toBe(1);
  expect(store.read(findHead).sequence).toBe(1);
  expect(store.read((db) => findSlip(db, submission.reportId)?.state)).toBe('queued');
  expect(store.read((db) => listAudit(db, 1))[0]).toMatchObject({
    action: 'report-received',
    subject: submission.reportId,
  });
  expect([enqueued, woken()]).toEqual([[submission.reportId], 1]);
  // What was sealed is the whole report and its summary; what is kept is neither.
  const whole = sealer.sealed
    .map((text) => reportSchema.safeParse(JSON.parse(text)))
    .find((one) => one.success);
  expect(whole?.data).toMatchObject({ reference: result.reference, submission, kioskId: testKiosk });
  expect(JSON.stringify(store.read((db) => findSealed(db, 1)))).not.toContain('grey bag');
});

it('what would be too large for everybody after it is refused before a number is promised', async () => {
  const sealer = { ...createFakeSealer(), seal: async () => 'x'.repeat(mostSealedCharacters + 1) };
  const { reports, store, enqueued } = setUp({ sealer });
  const outcome = await reports.submitReport(makeSubmission());
  expect(outcome).toMatchObject({ kind: 'invalid-answer', reason: 'too-long' });
  expect([store.read(countReports), store.read(findHead).sequence, enqueued.length]).toEqual([0, 0, 0]);
});

it('the largest report that is taken is also stored and delivered', async () => {
  const largest = 'x'.repeat(mostSealedCharacters);
  const seal = async (text: string): Promise<string> => (text.includes('"submission"') ? largest : 'y');
  const { reports, store } = setUp({ sealer: { ...createFakeSealer(), seal } });
  expect(await reports.submitReport(makeSubmission())).toMatchObject({ kind: 'stored' });
  const run = store.read((db) => listEventsAfter(db, 0));
  expect(run?.withheld).toEqual([]);
  expect(batchSchema.shape.events.safeParse(run?.events).success).toBe(true);
});

it('double tap: both get the first result, one report is kept', async () => {
  const { reports, store, sealer, enqueued } = setUp();
  const gate = sealer.hold();
  const submission = makeSubmission();
  const both = [reports.submitReport(submission), reports.submitReport(submission)];
  gate.release();
  const [one, two] = await Promise.all(both);
  expect(one).toEqual(two);
  expect(await reports.submitReport(submission)).toMatchObject({ kind: 'stored' });
  expect([store.read(countReports), enqueued.length]).toEqual([1, 1]);
});

it('the same id after a restart gets the first result, and no second slip', async () => {
  const first = setUp();
  const submission = makeSubmission();
  const { result } = expectKind(await first.reports.submitReport(submission), 'stored');
  const later = setUp({ store: first.store });
  const again = expectKind(await later.reports.submitReport(submission), 'stored');
  expect(again.result).toEqual(result);
  expect(later.enqueued).toEqual([]);
});

it('an answer that does not fit content is named, and nothing is kept', async () => {
  const { reports, store, sealer } = setUp();
  expect(await reports.submitReport(makeSubmission('x'.repeat(101)))).toEqual({
    kind: 'invalid-answer',
    questionId: 'what',
    reason: 'too-long',
  });
  expect([store.read(countReports), sealer.sealed.length]).toEqual([0, 0]);
});

it('without a key nothing is accepted', async () => {
  const { reports, store, sealer } = setUp();
  expect(reports.canReport()).toBe(true);
  sealer.loseKeys();
  expect(reports.canReport()).toBe(false);
  expect(await reports.submitReport(makeSubmission())).toEqual({ kind: 'cannot-report' });
  expect(store.read(countReports)).toBe(0);
});

it('a reference that is taken is drawn again, also when it is taken while sealing', async () => {
  const { reports, randomness, sealer, store } = setUp();
  randomness.nextDigits('111111', '111111', '222222');
  await reports.submitReport(makeSubmission());
  const second = expectKind(await reports.submitReport(makeSubmission()), 'stored');
  expect(second.result.reference).toBe(makeReference('07', '120', '222222'));
  randomness.nextDigits('333333', '333333', '444444');
  const gate = sealer.hold();
  const both = [reports.submitReport(makeSubmission()), reports.submitReport(makeSubmission())];
  gate.release();
  const references = (await Promise.all(both)).map(
    (outcome) => expectKind(outcome, 'stored').result.reference,
  );
  expect(new Set(references).size).toBe(2);
  expect(store.read(countReports)).toBe(4);
  expect(store.read(findFirstBadEvent)).toBeNull();
  expect(store.read(findFirstBadAudit)).toBeNull();
});

it('when all references are used up the kiosk says that it cannot report, after a bounded search', async () => {
  const { reports, randomness, log } = setUp();
  await reports.submitReport(makeSubmission());
  randomness.nextDigits(...Array.from({ length: 100 }, () => '000001'));
  expect(await reports.submitReport(makeSubmission())).toEqual({ kind: 'cannot-report' });
  expect(log.lines.at(-1)?.event).toBe('references-used-up');
});

function troubled(store: Store, trouble: { isCommitted: boolean; isConfirmed: boolean }): Store {
  return {
    ...store,
    read: (ask) => store.read(ask),
    health: () => store.health(),
    write<T>(change: Parameters<Store['write']>[0]): WriteOutcome<T> {
      if (trouble.isCommitted) store.write(change);
      return { kind: 'unknown' };
    },
    confirm: () => trouble.isConfirmed,
  };
}

it.each([
  [{ isCommitted: true, isConfirmed: true }, 'stored'],
  [{ isCommitted: false, isConfirmed: true }, 'not-stored'],
  [{ isCommitted: true, isConfirmed: false }, 'uncertain'],
  [{ isCommitted: false, isConfirmed: false }, 'uncertain'],
])('a commit that failed in the disk, %o: the visitor is told "%s"', async (trouble, kind) => {
  const { store } = setUp();
  const { reports, enqueued } = setUp({ store: troubled(store, trouble) });
  expect((await reports.submitReport(makeSubmission())).kind).toBe(kind);
  expect(enqueued.length).toBe(kind === 'stored' ? 1 : 0);
});

it('a sync that fails leaves "uncertain"; asked again with the same id the answer is the first', async () => {
  const trouble = { isCommitted: true, isConfirmed: false };
  const { store } = setUp();
  const { reports } = setUp({ store: troubled(store, trouble) });
  const submission = makeSubmission();
  expect((await reports.submitReport(submission)).kind).toBe('uncertain');
  expect((await reports.submitReport(submission)).kind).toBe('uncertain');
  trouble.isConfirmed = true;
  expect((await reports.submitReport(submission)).kind).toBe('stored');
  expect(store.read(countReports)).toBe(1);
});

function libraryWithMost(mostPerHour: number): ReturnType<typeof createFakeLibrary> {
  const library = createFakeLibrary();
  const reportTypes = library.content.reportTypes.map((type) => ({ ...type, mostPerHour }));
  return { ...library, content: { ...library.content, reportTypes } };
}

it('of a type with a number an hour no more are taken, sent at once or one by one; the next hour takes them', async () => {
  const { reports, clock, store, sealer } = setUp({ library: libraryWithMost(3) });
  const stored = makeSubmission();
  expectKind(await reports.submitReport(stored), 'stored');
  const many = [1, 2, 3, 4].map(() => reports.submitReport(makeSubmission()));
  const kinds = (await Promise.all(many)).map(({ kind }) => kind);
  expect(kinds.toSorted()).toEqual(['stored', 'stored', 'too-many', 'too-many']);
  expect(store.read(countReports)).toBe(3);
  // A full hour answers what it has stored before, and seals nothing new.
  const seals = sealer.sealed.length;
  expectKind(await reports.submitReport(stored), 'stored');
  expect(await reports.submitReport(makeSubmission())).toEqual({ kind: 'too-many' });
  expect(sealer.sealed.length).toBe(seals);
  clock.advance(3_600_000);
  expectKind(await reports.submitReport(makeSubmission()), 'stored');
});

it('what was not kept takes no place of the hour', async () => {
  const sealer = createFakeSealer();
  let keys: readonly string[] = [];
  const { reports } = setUp({ library: libraryWithMost(1), sealer: { ...sealer, recipients: () => keys } });
  expect(await reports.submitReport(makeSubmission())).toEqual({ kind: 'cannot-report' });
  keys = sealer.recipients();
  expectKind(await reports.submitReport(makeSubmission()), 'stored');
});
