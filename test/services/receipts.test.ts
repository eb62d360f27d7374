import { expect, it, vi } from 'vitest';
import { findPrintState, countUnprinted } from '../../db/stores/print-job.ts';
import { listAudit } from '../../db/stores/audit.ts';
import type { ReceiptContent } from '../../src-main/contract/receipt.ts';
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
  const stateOf = (reportId: Parameters<typeof findPrintState>[1]) =>
    store.read((db) => findPrintState(db, reportId));
  return { clock, printer, store, receipts, visit, stateOf };
}

it('the slip of a visit is printed once, and says so on the screen and in the store', async () => {
  const { printer, receipts, visit, stateOf } = setUp();
  const states: string[] = [];
  receipts.onStatus((status) => states.push(status.state));
  const { reportId, reference } = visit();
  await vi.waitFor(() => expect(receipts.status(reportId)?.state).toBe('printed'));
  expect(states).toEqual(['waiting', 'printed']);
  expect(printer.printed.map((document) => document.title)).toEqual([reference]);
  expect(stateOf(reportId)).toBe('printed');
});

it('"sent" is not "printed"', async () => {
  const { printer, receipts, visit, stateOf } = setUp();
  printer.tellNothing();
  const { reportId } = visit();
  await vi.waitFor(() => expect(receipts.status(reportId)?.state).toBe('sent'));
  expect(stateOf(reportId)).toBe('sent');
});

it('out of paper: the slip is unprinted for good; paper that comes back prints nothing by itself', async () => {
  const { printer, receipts, visit, stateOf } = setUp();
  printer.paperOut();
  const { reportId } = visit();
  await vi.waitFor(() => expect(receipts.status(reportId)).toMatchObject({ problem: 'no-paper' }));
  printer.recover();
  const next = visit();
  await vi.waitFor(() => expect(receipts.status(next.reportId)?.state).toBe('printed'));
  expect(stateOf(reportId)).toBe('unprinted');
  expect(printer.printed.map((document) => document.title)).toEqual([next.reference]);
});

it('a printer that hangs is given up after 15 seconds, and the next visitor is not held up', async () => {
  const { clock, printer, receipts, visit } = setUp();
  printer.hang();
  const first = visit();
  await vi.waitFor(() => expect(printer.attempts).toBe(1));
  clock.advance(14_999);
  expect(receipts.status(first.reportId)?.state).toBe('waiting');
  printer.recover();
  clock.advance(1);
  const second = visit();
  await vi.waitFor(() => expect(receipts.status(second.reportId)?.state).toBe('printed'));
  expect(receipts.status(first.reportId)).toMatchObject({ state: 'unprinted', problem: 'timeout' });
});

it('the visitor leaves: a slip that waits behind another never comes out', async () => {
  const { clock, printer, receipts, visit, stateOf } = setUp();
  printer.hang();
  visit();
  await vi.waitFor(() => expect(printer.attempts).toBe(1));
  const waiting = visit();
  receipts.leave(waiting.reportId);
  printer.recover();
  clock.advance(15_000);
  await vi.waitFor(() => expect(receipts.status(waiting.reportId)?.state).toBe('unprinted'));
  expect(printer.printed).toEqual([]);
  expect(stateOf(waiting.reportId)).toBe('unprinted');
});

it('the visitor leaves while the paper is coming: it still may, for five seconds', async () => {
  const { clock, printer, receipts, visit } = setUp();
  printer.hang();
  const { reportId } = visit();
  await vi.waitFor(() => expect(printer.attempts).toBe(1));
  receipts.leave(reportId);
  clock.advance(4999);
  expect(receipts.status(reportId)?.state).toBe('waiting');
  clock.advance(1);
  await vi.waitFor(() => expect(receipts.status(reportId)?.state).toBe('unprinted'));
});

it('a layout that breaks costs the slip, not the report', async () => {
  const broken: ReceiptLayout = { ...fakeLayout, render: () => Promise.reject(new Error('no such font')) };
  const { receipts, visit } = setUp({ layout: broken });
  const { reportId } = visit();
  await vi.waitFor(() =>
    expect(receipts.status(reportId)).toMatchObject({ state: 'unprinted', problem: 'unknown' }),
  );
});

it('after a restart no slip is printed for a visitor who is gone; a desk prints it, and that is audited', async () => {
  const { clock, store, printer, receipts } = setUp();
  const sealed = makeSealedReport();
  storeReport(store, sealed, '80mm');
  claimFolder(store, clock, { kioskId: testKiosk, mode: 'enrolled' });
  expect(store.read(countUnprinted)).toBe(1);
  const staff = makeStaff('Anna');
  const request = {
    reportId: sealed.reportId,
    variant: 'full',
    reportType: 'self-type',
    language: 'ar',
  } as const;
  printer.openCover();
  expect(await receipts.reprint(request, staff)).toEqual({ kind: 'cannot-print', problem: 'cover-open' });
  printer.recover();
  expect(await receipts.reprint(request, staff)).toEqual({ kind: 'done', printState: 'printed' });
  expect(store.read(countUnprinted)).toBe(0);
  expect(store.read((db) => listAudit(db, 1))[0]).toMatchObject({
    actor: staff.staffId,
    action: 'receipt-reprinted',
    subject: sealed.reportId,
  });
});

it('a reprinted slip promises nothing that only the sealed report could tell', async () => {
  const made: ReceiptContent[] = [];
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
  expect(made.map((content) => [content.variant, content.callNumber])).toEqual([
    ['full', null],
    ['discreet', null],
  ]);
  expect(made[0]?.nextSteps).toEqual(['staff-reads', 'registration-takes-days', 'official-receipt']);
});
