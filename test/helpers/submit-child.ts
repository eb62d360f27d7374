/*
 * A kiosk without screens, to be killed: `node submit-child.ts FOLDER COUNT [loop|count]`. Submits until COUNT (0: without
 * end) and writes one line per answer after it is known: the outcome and the report id. `loop` prints slips as well, so that
 * their commits can be hit too; `count` does nothing but submit and never moves the log into the file.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { createSystemClock } from '../../src-main/adapters/clock.ts';
import { createRandomness } from '../../src-main/adapters/randomness.ts';
import { DatabaseRefusal } from '../../db/database-refusal.ts';
import { kioskIdSchema } from '../../src-main/contract/ids.ts';
import { claimFolder } from '../../src-main/services/claim-folder.ts';
import { createPrintLane } from '../../src-main/services/print-lane.ts';
import { createReceipts } from '../../src-main/services/receipts.ts';
import { createReports } from '../../src-main/services/reports.ts';
import { openStore } from '../../src-main/services/store.ts';
import { systemTimers } from '../../src-main/services/timers.ts';
import { createFakePrinter } from './fake-printer.ts';
import {
  createFakeLibrary,
  createFakeLog,
  createFakeSealer,
  fakeLayout,
  makeSubmission,
  testPlace,
} from './fakes.ts';
import { reportIdSchema } from '../../src-main/contract/ids.ts';

const [dataDir = '', count = '0', mode = 'loop'] = process.argv.slice(2);
const migrationsDir = join(import.meta.dirname, '../../db/migrations');
const clock = createSystemClock(new Date(0));
const log = createFakeLog();
const library = createFakeLibrary();
const randomness = createRandomness();
const kioskId = kioskIdSchema.parse('07-120');
const say = (line: string): void => void writeSync(1, `${line}\n`);

function open() {
  try {
    return openStore({
      dataDir,
      migrationsDir,
      clock,
      log,
      ...(mode === 'count' ? { autoCheckpointPages: 0 } : {}),
    });
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error;
    say(`refused ${error.problem}`);
    process.exit(3);
  }
}

const store = open();
say(`claimed ${claimFolder(store, clock, { kioskId, mode: 'enrolled' }).kind}`);
const printing = createReceipts({
  store,
  library,
  layout: fakeLayout,
  lane: createPrintLane({ printer: createFakePrinter(), timers: systemTimers, log }),
  paper: '80mm',
  signer: null,
  place: testPlace,
  clock,
  timers: systemTimers,
  log,
});
const reports = createReports({
  store,
  sealer: createFakeSealer(),
  library,
  receipts: mode === 'count' ? { enqueue: () => undefined, status: () => null } : printing,
  clock,
  randomness,
  log,
  kiosk: { kioskId, districtNumber: '07', kioskNumber: '120', stationId: 'fjordby' },
  paper: '80mm',
  onStored: () => undefined,
});

const most = mode === 'loop' && count === '0' ? Number.POSITIVE_INFINITY : Number(count);
for (let n = 0; n < most; n += 1) {
  const submission = makeSubmission('words', { reportId: reportIdSchema.parse(randomness.uuid()) });
  let outcome = await reports.submitReport(submission);
  // As the screen does: who is told "nobody knows yet" asks again with the same id.
  for (let again = 0; again < 3 && outcome.kind === 'uncertain'; again += 1) {
    outcome = await reports.submitReport(submission);
  }
  say(`${outcome.kind} ${submission.reportId}`);
}
process.exit(0);
