import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { countUnprinted, findSlip, hasInterrupted } from '../../db/stores/print-job.ts';
import { tcpChannel } from '../../src-main/adapters/escpos-channel.ts';
import { createEscPosPrinter } from '../../src-main/adapters/escpos-printer.ts';
import { reportIdSchema } from '../../src-main/contract/ids.ts';
import { createPrintLane } from '../../src-main/services/print-lane.ts';
import { createReceipts } from '../../src-main/services/receipts.ts';
import { systemTimers } from '../../src-main/services/timers.ts';
import { testProfile } from '../helpers/escpos-parts.ts';
import { startFakeEscPosPrinter, type FakeEscPosPrinter } from '../helpers/fake-escpos-printer.ts';
import {
  createFakeClock,
  createFakeLibrary,
  createFakeLog,
  fakeLayout,
  makeStaff,
  testPlace,
} from '../helpers/fakes.ts';
import { drawReference, readWhole } from '../helpers/numbered-strip.ts';
import { makeFolder, openTestStore } from '../helpers/test-store.ts';

/*
 * A kiosk is killed without warning at every step of a slip's life. After the next start the slip stands as what is true of
 * the paper, nothing of it comes out by itself, and staff can print a copy or say that none is missing.
 */

const child = join(import.meta.dirname, '../helpers/print-child.ts');
let fake: FakeEscPosPrinter;
beforeEach(async () => {
  fake = await startFakeEscPosPrinter();
});
afterEach(() => fake.close());

function dieAt(
  folder: string,
  moment: string,
  which: string,
): Promise<{ reportId: string; reference: string }> {
  return new Promise((resolve, reject) => {
    const args = [child, folder, String(fake.port), moment, which];
    const kiosk = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, errors] = ['', ''];
    kiosk.stdout.on('data', (chunk) => (output += String(chunk)));
    kiosk.stderr.on('data', (chunk) => (errors += String(chunk)));
    kiosk.once('close', (_, signal) => {
      const [reportId = '', reference = ''] = output.trim().split(' ');
      if (signal === 'SIGKILL') resolve({ reportId, reference });
      else reject(new Error(`it never came to ${moment}: ${errors.slice(-2000)}`));
    });
  });
}

const afterFirst = {
  stored: 'failed',
  queued: 'failed',
  'laid-out': 'failed',
  sent: 'unknown',
  'first-band': 'unknown',
  middle: 'unknown',
  confirmed: 'unknown',
  noted: 'printed',
} as const;
const moments = Object.entries(afterFirst).flatMap(([moment, state]) => [
  [moment, 'first', state] as const,
  ...(moment === 'stored' ? [] : [[moment, 'copy', state] as const]),
]);

it.each(moments)(
  'killed at "%s" of the %s slip: it stands as %s, truly, and staff can finish it',
  async (moment, which, state) => {
    const folder = makeFolder();
    const { reportId: id, reference } = await dieAt(folder, moment, which);
    const reportId = reportIdSchema.parse(id);
    const whole = (): number => fake.slips.filter((slip) => readWhole(slip) === reference).length;

    const clock = createFakeClock();
    const store = openTestStore(clock, folder);
    const log = createFakeLog();
    const printer = createEscPosPrinter({
      open: tcpChannel('127.0.0.1', fake.port),
      profile: testProfile,
      paper: '80mm',
    });
    const lane = createPrintLane({ printer, timers: systemTimers, log });
    lane.takeBackOld(store.read(hasInterrupted));
    await lane.idle();
    const layout = {
      ...fakeLayout,
      rasterize: async (_content: unknown, _paper: unknown, widthDots: number) =>
        drawReference(reference, widthDots),
    };
    const receipts = createReceipts({
      ...{ store, library: createFakeLibrary(), layout, lane, paper: '80mm', signer: null },
      ...{ place: testPlace, clock, timers: systemTimers, log },
    });
    expect(store.read((db) => findSlip(db, reportId))?.state).toBe(state);
    // "Failed" swears that no whole slip is out, "printed" that one is; of the rest nothing was sworn.
    if (state === 'failed') expect(whole()).toBe(0);
    if (state === 'printed') expect(whole()).toBe(1);

    const staff = makeStaff('Anna');
    const before = whole();
    const request = { reportId, variant: 'discreet', reportType: null, language: 'ar' } as const;
    expect(await receipts.reprint(request, staff)).toMatchObject({ kind: 'done', state: 'printed' });
    expect([whole() - before, store.read(countUnprinted)]).toEqual([1, 0]);
  },
);

it('a slip left by a killed kiosk can also be settled without paper', async () => {
  const folder = makeFolder();
  const { reportId } = await dieAt(folder, 'middle', 'first');
  const clock = createFakeClock();
  const store = openTestStore(clock, folder);
  const log = createFakeLog();
  const printer = createEscPosPrinter({
    open: tcpChannel('127.0.0.1', fake.port),
    profile: testProfile,
    paper: '80mm',
  });
  const receipts = createReceipts({
    ...{ store, library: createFakeLibrary(), layout: fakeLayout, paper: '80mm', signer: null },
    ...{ lane: createPrintLane({ printer, timers: systemTimers, log }), place: testPlace },
    ...{ clock, timers: systemTimers, log },
  });
  expect(store.read(countUnprinted)).toBe(1);
  const before = fake.slips.length;
  const settled = await receipts.settle(reportIdSchema.parse(reportId), makeStaff('Bo'));
  expect(settled).toEqual({ kind: 'done', state: 'settled', problem: null });
  expect([store.read(countUnprinted), fake.slips.length]).toEqual([0, before]);
});
