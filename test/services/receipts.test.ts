import { expect, it, vi } from 'vitest';
import { countUnprinted, findSlip, setPrintState } from '../../db/stores/print-job.ts';
import { listAudit } from '../../db/stores/audit.ts';
import type { ReportId } from '../../src-main/contract/ids.ts';
import type { PaperContent } from '../../src-main/contract/receipt.ts';
import type { ReceiptLayout } from '../../src-main/domain/printer.ts';
import { claimFolder } from '../../src-main/services/claim-folder.ts';
import { createPrintLane } from '../../src-main/services/print-lane.ts';
import { createReceipts, type ReceiptsOptions } from '../../src-main/services/receipts.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import {
  createFakeClock,
  createFakeLibrary,
  createFakeLog,
  fakeLayout,
  makeSealedReport,
  makeStaff,
  newReportId,
  testPlace,
} from '../helpers/fakes.ts';
import { createFakePrinter } from '../helpers/fake-printer.ts';
import { openTestStore, testKiosk } from '../helpers/test-store.ts';

function setUp(change: Partial<ReceiptsOptions> = {}) {
  const clock = createFakeClock();
  const printer = createFakePrinter();
  const store = openTestStore(clock);
  const receipts = createReceipts({
    store,
    library: createFakeLibrary(),
    layout: fakeLayout,
    lane: createPrintLane({ printer, timers: clock, log: createFakeLog() }),
    paper: '80mm',
    signer: {
      sign: ({ reference, stationId, day }) => Promise.resolve(`signed ${reference} ${stationId} ${day}`),
    },
    place: testPlace,
    clock,
    timers: clock,
    log: createFakeLog(),
    ...change,
  });
  const visit = () => {
    const sealed = makeSealedReport();
    storeReport(store, sealed, '80mm');
    receipts.enqueue(sealed.reportId, {
      reference: sealed.reference,
      summary: {
        reportId: sealed.reportId,
        reportType: 'self-type',
        language: 'ar',
        flags: [],
        districtId: 'fjord',
        isFallbackRouting: false,
        route: 'self',
        isAnonymous: true,
      },
      receivedLocal: '2026-11-20T14:32',
      isClockTrusted: true,
      variant: 'full',
    });
    return sealed;
  };
  const slipOf = (reportId: ReportId) => store.read((db) => findSlip(db, reportId));
  return { clock, printer, store, receipts, visit, slipOf };
}

it('the slip of a visit is printed once, and says so on the screen and in the store', async () => {
  const { printer, receipts, visit, slipOf } = setUp();
  const states: string[] = [];
  receipts.onStatus((status) => states.push(status.state));
  const { reportId, reference } = visit();
  await vi.waitFor(() => expect(receipts.status(reportId)?.state).toBe('printed'));
  expect(states).toEqual(['queued', 'sent', 'printed']);
  expect(printer.printed.map((document) => document.title)).toEqual([reference]);
  expect(slipOf(reportId)).toEqual({ state: 'printed', problem: null });
});

it('a slip whose bytes have left is noted as sent before the printer has a word to say', async () => {
  const { clock, printer, visit, slipOf } = setUp();
  printer.hang();
  const { reportId } = visit();
  await vi.waitFor(() => expect(slipOf(reportId)?.state).toBe('sent'));
  clock.advance(15_000);
});

it('"sent" is not "printed": of a printer that tells nothing nobody knows', async () => {
  const { printer, receipts, visit, slipOf } = setUp();
  printer.tellNothing();
  const { reportId } = visit();
  await vi.waitFor(() => expect(receipts.status(reportId)?.state).toBe('unknown'));
  expect(slipOf(reportId)).toEqual({ state: 'unknown', problem: 'cannot-tell' });
});

it('the visitor says who was right: a slip nobody knew of is settled, one said to be printed is looked for', async () => {
  const { printer, store, receipts, visit, slipOf } = setUp();
  printer.tellNothing();
  const first = visit();
  await vi.waitFor(() => expect(receipts.status(first.reportId)?.state).toBe('unknown'));
  receipts.hearVisitor(first.reportId, true);
  expect(slipOf(first.reportId)).toEqual({ state: 'settled', problem: null });
  printer.recover();
  const second = visit();
  await vi.waitFor(() => expect(receipts.status(second.reportId)?.state).toBe('printed'));
  receipts.hearVisitor(second.reportId, false);
  expect(slipOf(second.reportId)).toEqual({ state: 'unknown', problem: 'not-seen' });
  receipts.hearVisitor(newReportId(), false);
  expect(store.read((db) => listAudit(db, 4)).map((line) => [line.actor, line.action])).toEqual([
    ['visitor', 'receipt-not-seen'],
    ['visitor', 'report-received'],
    ['visitor', 'receipt-settled'],
    ['visitor', 'report-received'],
  ]);
});

it('"I have my slip" before the printer has had its say settles nothing, and the slip is still taken back when the visitor goes', async () => {
  const { clock, printer, receipts, visit, slipOf } = setUp();
  printer.hang();
  const { reportId } = visit();
  await vi.waitFor(() => expect(slipOf(reportId)?.state).toBe('sent'));
  receipts.hearVisitor(reportId, true);
  receipts.leave(reportId);
  clock.advance(5000);
  await vi.waitFor(() => expect(slipOf(reportId)).toEqual({ state: 'failed', problem: 'left' }));
});

it('out of paper: the slip has failed for good; paper that comes back prints nothing by itself', async () => {
  const { printer, receipts, visit, slipOf } = setUp();
  printer.paperOut();
  const { reportId } = visit();
  await vi.waitFor(() => expect(receipts.status(reportId)).toMatchObject({ problem: 'no-paper' }));
  printer.recover();
  const next = visit();
  await vi.waitFor(() => expect(receipts.status(next.reportId)?.state).toBe('printed'));
  expect(slipOf(reportId)).toEqual({ state: 'failed', problem: 'no-paper' });
  expect(printer.printed.map((document) => document.title)).toEqual([next.reference]);
});

it('a printer that hangs is given up after 15 seconds, and the next visitor is not held up', async () => {
  const { clock, printer, receipts, visit } = setUp();
  printer.hang();
  const first = visit();
  await vi.waitFor(() => expect(printer.attempts).toBe(1));
  clock.advance(14_999);
  expect(receipts.status(first.reportId)?.state).toBe('sent');
  printer.recover();
  clock.advance(1);
  const second = visit();
  await vi.waitFor(() => expect(receipts.status(second.reportId)?.state).toBe('printed'));
  expect(receipts.status(first.reportId)).toMatchObject({ state: 'failed', problem: 'timeout' });
});

it('the visitor leaves: a slip that waits behind another never comes out', async () => {
  const { clock, printer, receipts, visit, slipOf } = setUp();
  printer.hang();
  visit();
  await vi.waitFor(() => expect(printer.attempts).toBe(1));
  const waiting = visit();
  receipts.leave(waiting.reportId);
  printer.recover();
  clock.advance(15_000);
  await vi.waitFor(() => expect(receipts.status(waiting.reportId)?.state).toBe('failed'));
  expect(printer.printed).toEqual([]);
  expect(slipOf(waiting.reportId)).toEqual({ state: 'failed', problem: 'left' });
});

it('the visitor leaves while the paper is coming: it still may, for five seconds', async () => {
  const { clock, printer, receipts, visit } = setUp();
  printer.hang();
  const { reportId } = visit();
  await vi.waitFor(() => expect(printer.attempts).toBe(1));
  receipts.leave(reportId);
  clock.advance(4999);
  expect(receipts.status(reportId)?.state).toBe('sent');
  clock.advance(1);
  await vi.waitFor(() =>
    expect(receipts.status(reportId)).toMatchObject({ state: 'failed', problem: 'left' }),
  );
});

it('a layout that breaks costs the slip, not the report', async () => {
  const broken: ReceiptLayout = { ...fakeLayout, render: () => Promise.reject(new Error('no such font')) };
  const { receipts, visit } = setUp({ layout: broken });
  const { reportId } = visit();
  await vi.waitFor(() =>
    expect(receipts.status(reportId)).toMatchObject({ state: 'failed', problem: 'unknown' }),
  );
});

it('after a restart no slip is printed for a visitor who is gone: what had left may be out, what had not is not', () => {
  const { clock, store } = setUp();
  const [before, after, done] = [makeSealedReport(), makeSealedReport(), makeSealedReport()];
  for (const sealed of [before, after, done]) storeReport(store, sealed, '80mm');
  store.write((db) => {
    setPrintState(db, after.reportId, { state: 'sent', problem: null });
    setPrintState(db, done.reportId, { state: 'printed', problem: null });
  });
  claimFolder(store, clock, { kioskId: testKiosk, mode: 'enrolled' });
  const found = [before, after, done].map(({ reportId }) => store.read((db) => findSlip(db, reportId)));
  expect(found).toEqual([
    { state: 'failed', problem: 'interrupted' },
    { state: 'unknown', problem: 'interrupted' },
    { state: 'printed', problem: null },
  ]);
  expect(store.read(countUnprinted)).toBe(2);
});

it('a desk prints a copy: asked for on paper before it can come out, one at a time, and never a second by itself', async () => {
  const { store, printer, receipts, visit, slipOf } = setUp();
  printer.openCover();
  const { reportId } = visit();
  await vi.waitFor(() => expect(receipts.status(reportId)?.state).toBe('failed'));
  const staff = makeStaff('Anna');
  const request = { reportId, variant: 'full', reportType: 'self-type', language: 'ar' } as const;
  expect(await receipts.reprint(request, staff)).toEqual({
    kind: 'done',
    state: 'failed',
    problem: 'cover-open',
  });
  printer.recover();
  const copy = receipts.reprint(request, staff);
  expect(await receipts.reprint(request, staff)).toEqual({ kind: 'under-way' });
  expect(await copy).toEqual({ kind: 'done', state: 'printed', problem: null });
  expect([printer.printed.length, store.read(countUnprinted), slipOf(reportId)?.state]).toEqual([
    1,
    0,
    'printed',
  ]);
  expect(store.read((db) => listAudit(db, 3))).toMatchObject([
    { actor: staff.staffId, action: 'receipt-reprinted', subject: reportId },
    { actor: staff.staffId, action: 'receipt-reprint-asked', subject: reportId },
    { actor: staff.staffId, action: 'receipt-reprint-asked', subject: reportId },
  ]);
});

it('a desk says that no slip is missing: one in the printer is taken back, the list is empty, and it is audited', async () => {
  const { store, printer, receipts, visit, slipOf } = setUp();
  const staff = makeStaff('Bo');
  printer.jam();
  const failed = visit();
  await vi.waitFor(() => expect(receipts.status(failed.reportId)?.state).toBe('failed'));
  printer.hang();
  const stuck = visit();
  await vi.waitFor(() => expect(slipOf(stuck.reportId)?.state).toBe('sent'));
  for (const { reportId } of [failed, stuck])
    expect(await receipts.settle(reportId, staff)).toEqual({ kind: 'done', state: 'settled', problem: null });
  expect([store.read(countUnprinted), printer.printed]).toEqual([0, []]);
  expect(store.read((db) => listAudit(db, 1))[0]).toMatchObject({
    actor: staff.staffId,
    action: 'receipt-settled',
  });
  expect(await receipts.settle(newReportId(), staff)).toEqual({ kind: 'not-found' });
});

it('a reprinted slip promises nothing that only the sealed report could tell', async () => {
  const made: PaperContent[] = [];
  const layout: ReceiptLayout = {
    ...fakeLayout,
    render: (content, paper) => {
      made.push(content);
      return fakeLayout.render(content, paper);
    },
  };
  const { store, receipts } = setUp({ layout });
  const sealed = makeSealedReport(10, { lane: 'assisted' });
  storeReport(store, sealed, '80mm');
  const staff = makeStaff('Anna');
  const request = { reportId: sealed.reportId, language: 'en', variant: 'full' } as const;
  await receipts.reprint({ ...request, reportType: 'assisted-type' }, staff);
  await receipts.reprint({ ...request, reportType: null }, staff);
  const copy = { callNumber: null, isCopy: true, proof: `signed ${sealed.reference} fjordby 2026-11-20` };
  expect(made).toMatchObject([
    {
      ...copy,
      variant: 'full',
      nextSteps: ['staff-reads', 'registration-takes-days', 'official-receipt'],
    },
    { ...copy, variant: 'discreet' },
  ]);
});

it('the copy of a tip is a tip, whatever the desk asks for', async () => {
  const made: PaperContent[] = [];
  const layout: ReceiptLayout = {
    ...fakeLayout,
    render: (content, paper) => {
      made.push(content);
      return fakeLayout.render(content, paper);
    },
  };
  const { store, receipts } = setUp({ layout });
  const sealed = makeSealedReport(10);
  storeReport(store, sealed, '80mm', 'tip');
  const request = { reportId: sealed.reportId, language: 'en', variant: 'full' } as const;
  for (const reportType of ['self-type', null])
    await receipts.reprint({ ...request, reportType }, makeStaff('Anna'));
  expect(made.map(({ variant }) => variant)).toEqual(['tip', 'tip']);
  expect(made).toMatchObject(
    Array.from({ length: 2 }, () => ({ nextSteps: ['not-a-report', 'staff-reads'] })),
  );
});

it('a script that no font here has is named in the log before it is printed', async () => {
  const log = createFakeLog();
  const layout: ReceiptLayout = { ...fakeLayout, missingScripts: () => ['Ethiopic'] };
  const { receipts, visit } = setUp({ log, layout });
  const { reportId } = visit();
  await vi.waitFor(() => expect(receipts.status(reportId)?.state).toBe('printed'));
  expect(log.lines).toContainEqual({ event: 'slip-without-script', facts: { scripts: 'Ethiopic' } });
});
