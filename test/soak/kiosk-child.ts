/*
 * A kiosk without screens, to be killed: `node kiosk-child.ts SETTINGS-FILE`. Takes one order a line on its input and writes
 * one line an answer, each before it does anything else, so that what was said is known however it ends.
 */
import { readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listStaff } from '../../db/stores/staff.ts';
import { createHttpDistrict } from '../../src-main/adapters/http-district.ts';
import { createSystemClock } from '../../src-main/adapters/clock.ts';
import { createRandomness } from '../../src-main/adapters/randomness.ts';
import type { ContentLibrary, DistrictLine } from '../../src-main/domain/ports.ts';
import { createBatchSigner } from '../../src-main/sealing/batch-signer.ts';
import { createSealer } from '../../src-main/sealing/sealer.ts';
import { claimFolder } from '../../src-main/services/claim-folder.ts';
import { createOutbox } from '../../src-main/services/outbox.ts';
import { createPrintLane } from '../../src-main/services/print-lane.ts';
import { createReceipts } from '../../src-main/services/receipts.ts';
import { createReports } from '../../src-main/services/reports.ts';
import { createReview } from '../../src-main/services/review.ts';
import { createStaffAdmin } from '../../src-main/services/staff-admin.ts';
import { openStore } from '../../src-main/services/store.ts';
import { systemTimers } from '../../src-main/services/timers.ts';
import { createDelivery } from '../../src-main/sync/delivery.ts';
import { createFakePrinter } from '../helpers/fake-printer.ts';
import { createFakeLibrary, createFakeLog, fakeLayout, testPlace } from '../helpers/fakes.ts';
import {
  kioskSettingsSchema,
  orderSchema,
  type KioskSettings,
  type Order,
  type Reply,
} from './kiosk-orders.ts';
import { plantNormalSync, takePartForWhole } from './plants.ts';

const longestWords = 8000;
/** Shorter than the kiosk's own, longer than an intake lets a batch wait for the one in front of it. */
const deadlines = { connectMs: 3000, idleMs: 3000, totalMs: 5000 };

/** The two types of the fake library, with room for long words. */
function createRoomyLibrary(): ContentLibrary {
  const library = createFakeLibrary();
  const reportTypes = library.content.reportTypes.map((type) => ({
    ...type,
    questions: type.questions.map((question) =>
      question.kind === 'text' ? { ...question, longest: longestWords } : question,
    ),
  }));
  return { ...library, content: { ...library.content, reportTypes } };
}

function openKiosk(settings: KioskSettings) {
  const { dataDir, kioskId, districtKey, stationKey } = settings;
  const clock = createSystemClock(new Date(0));
  const log = createFakeLog();
  const library = createRoomyLibrary();
  const randomness = createRandomness();
  const migrationsDir = path.join(import.meta.dirname, '../../db/migrations');
  const store = openStore({ dataDir, migrationsDir, clock, log });
  const claim = claimFolder(store, clock, { kioskId, mode: 'enrolled' });
  if (claim.kind !== 'ours') throw new Error(`the folder is not ours: ${claim.kind}`);
  const outbox = createOutbox({ store, clock, onAcknowledged: () => undefined });
  const line = createHttpDistrict({ url: settings.districtUrl, certificateAuthority: null, deadlines });
  const planted: DistrictLine = settings.plant === 'whole-batch' ? takePartForWhole(line) : line;
  const delivery = createDelivery({
    ...{ kioskId, clock, log, line: planted },
    signer: createBatchSigner(settings.signingKey),
    outbox: {
      ...outbox,
      nextBatch: (after, most = settings.mostEvents) =>
        outbox.nextBatch(after, Math.min(most, settings.mostEvents)),
    },
    // The waits are the kiosk's own, a hundred times as short.
    wait: (ms) => sleep(Math.min(30, ms / 100)),
  });
  const lane = createPrintLane({ printer: createFakePrinter(), timers: systemTimers, log });
  const printing = {
    layout: fakeLayout,
    lane,
    paper: '80mm',
    place: testPlace,
    timers: systemTimers,
  } as const;
  const reports = createReports({
    ...{ store, library, clock, randomness, log, paper: '80mm' },
    sealer: createSealer({
      districtKeys: new Map([[library.fallbackDistrict().id, districtKey]]),
      homeDistrictId: library.fallbackDistrict().id,
      stationKey: () => stationKey,
    }),
    receipts: createReceipts({ ...printing, store, library, clock, log, signer: null }),
    kiosk: {
      ...{ kioskId, stationId: 'fjordby' },
      districtNumber: kioskId.slice(0, 2),
      kioskNumber: kioskId.slice(3),
    },
    onStored: () => delivery.wake(),
  });
  const review = createReview({ store, clock, log, onChanged: () => delivery.wake() });
  return { store, reports, review, delivery, admin: createStaffAdmin({ store, clock, randomness }) };
}

const say = (reply: Reply): void => void writeSync(1, `${JSON.stringify(reply)}\n`);

/** By line feeds alone: what a visitor types may hold other ends of a line. */
function readOrders(obey: (order: Order) => void): void {
  let rest = '';
  process.stdin.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) obey(orderSchema.parse(JSON.parse(line)));
  });
}

async function main(): Promise<void> {
  const settings = kioskSettingsSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
  if (settings.plant === 'sync-normal') plantNormalSync();
  const { store, reports, review, delivery, admin } = openKiosk(settings);
  if (admin.list().length === 0)
    await admin.add({ userName: 'demo', displayName: 'Prøve', roles: ['officer'] }, 'it');
  const [officer] = store.read(listStaff);
  if (officer === undefined) throw new Error('somebody of staff was added');
  delivery.start();
  const answer = async (order: Order): Promise<Reply> => {
    switch (order.order) {
      case 'submit': {
        const { reportId } = order.submission;
        const outcome = await reports.submitReport(order.submission);
        const reference = outcome.kind === 'stored' ? outcome.result.reference : null;
        return { reply: 'told', reportId, kind: outcome.kind, reference };
      }
      case 'claim':
        review.claim({ reportId: order.reportId, version: 1 }, officer);
        return { reply: 'claimed' };
      case 'count': {
        const { undelivered, stopped } = delivery.status();
        return { reply: 'waiting', events: undelivered, stopped: stopped?.reason ?? null };
      }
    }
  };
  readOrders((order) => void answer(order).then(say));
  say({ reply: 'ready' });
}

await main();
