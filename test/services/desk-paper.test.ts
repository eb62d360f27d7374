import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { leafletIdSchema } from '../../src-main/contract/ids.ts';
import type { ReceiptStatus } from '../../src-main/contract/status.ts';
import { createDeskPaper } from '../../src-main/services/desk-paper.ts';
import { createLeaflets } from '../../src-main/services/leaflets.ts';
import { createListeners } from '../../src-main/services/listeners.ts';
import { createPrintLane } from '../../src-main/services/print-lane.ts';
import { createFakePrinter } from '../helpers/fake-printer.ts';
import { createFakeClock, createFakeLog, fakeLayout, testPlace } from '../helpers/fakes.ts';
import { library } from '../helpers/shipped-content.ts';

function setUp() {
  const clock = createFakeClock();
  const printer = createFakePrinter();
  const lane = createPrintLane({ printer, timers: clock, log: createFakeLog() });
  const leaflets = createLeaflets({
    ...{ library, layout: fakeLayout, lane, paper: '80mm', place: testPlace, clock, timers: clock },
    receipts: { onStatus: createListeners<ReceiptStatus>().add },
    mostPerVisit: 2,
  });
  const paper = createDeskPaper(leaflets);
  const print = (reasonId: string, leafletId = leafletIdSchema.parse(randomUUID())) =>
    paper.print({ leafletId, leaflet: { kind: 'rejection', reasonId }, language: 'ar' });
  return { clock, printer, print };
}

it('staff hear what became of the paper they asked for: out, not out, too much of it, no such words', async () => {
  const { printer, print } = setUp();
  const leafletId = leafletIdSchema.parse(randomUUID());
  expect(await print('abroad', leafletId)).toMatchObject({ kind: 'taken', status: { state: 'printed' } });
  // Asked again after a lost answer, it is the same sheet.
  expect(await print('abroad', leafletId)).toMatchObject({ kind: 'taken', status: { state: 'printed' } });
  expect(printer.printed).toHaveLength(1);
  printer.paperOut();
  expect(await print('insult')).toMatchObject({ status: { state: 'failed', problem: 'no-paper' } });
  expect(await print('because')).toEqual({ kind: 'not-found' });
  printer.recover();
  expect(await print('insult')).toMatchObject({ status: { state: 'printed' } });
  expect(await print('abroad')).toEqual({ kind: 'too-many' });
});

it('a printer that never answers is waited for no longer than the deadline', async () => {
  const { clock, printer, print } = setUp();
  printer.hang();
  const asked = print('abroad');
  // The sheet is laid out before the printer has it.
  for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
  clock.advance(31_000);
  expect(await asked).toMatchObject({ kind: 'taken', status: { state: 'failed', problem: 'timeout' } });
});
