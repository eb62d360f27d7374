import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listAudit } from '../../db/stores/audit.ts';
import { findFirstBadEvent, listEventsAfter } from '../../db/stores/event.ts';
import { createIntake } from '../../src-district/intake.ts';
import { listParked, listReports } from '../../src-district/reports.ts';
import { kioskPublicKeySchema, kioskSigningKeySchema } from '../../src-main/contract/keys.ts';
import { createBatchSigner } from '../../src-main/sealing/batch-signer.ts';
import { makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import { createOutbox } from '../../src-main/services/outbox.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { openStore } from '../../src-main/services/store.ts';
import { judgeOutcome, makeBatch } from '../../src-main/sync/attempt.ts';
import { createFakeClock, makeSealedReport } from '../helpers/fakes.ts';
import { openOrFail } from '../helpers/opening.ts';
import { makeFolder, migrationsDir, testKiosk } from '../helpers/test-store.ts';

const log = { note: () => undefined, warn: () => undefined };

/** A kiosk with a few reports whose database somebody opens with a tool while it is off. */
async function setUp(count: number) {
  const dataDir = makeFolder();
  const clock = createFakeClock();
  const open = () => openStore({ dataDir, migrationsDir, clock, log });
  const store = open();
  for (let n = 0; n < count; n += 1) storeReport(store, makeSealedReport(), '80mm');
  store.close();
  const keys = await makeKioskKey();
  const database = await openOrFail('pglite:memory');
  const publicKey = kioskPublicKeySchema.parse(JSON.parse(keys.publicText));
  return {
    open,
    database,
    tamper(sql: string): void {
      const file = new Sqlite(join(dataDir, 'skranke.db'));
      file.pragma('foreign_keys = OFF');
      file.exec(sql);
      file.close();
    },
    intake: createIntake({ database, kioskKeys: new Map([[testKiosk, publicKey]]), patienceMs: 0 }),
    signer: createBatchSigner(kioskSigningKeySchema.parse(JSON.parse(keys.privateText))),
    clock,
  };
}

it('a report changed in the database is never taken for the report: both sides name it, the others go on', async () => {
  const kiosk = await setUp(4);
  kiosk.tamper(`UPDATE event SET body = replace(body, 'sealed', 'seaIed') WHERE sequence = 2`);
  const store = kiosk.open();
  expect(store.read(findFirstBadEvent)).toBe(2);
  const outbox = createOutbox({ store, clock: kiosk.clock, onAcknowledged: () => undefined });
  const pending = outbox.nextBatch();
  const batch = pending === null ? null : await makeBatch(testKiosk, pending, kiosk.signer);
  if (batch === null) throw new Error('four events make a batch');
  const outcome = await kiosk.intake.handleBatch(batch);
  const step = judgeOutcome(batch, outcome);
  if (step.step !== 'acknowledged') throw new Error(JSON.stringify(outcome));
  outbox.acknowledgeThrough(step.sequence, step.headHash, step.parked);
  expect(outbox.standing()).toMatchObject({ deliveredThrough: 4, newest: 4 });
  expect(outbox.listParked()).toMatchObject([{ sequence: 2, reason: 'withheld' }]);
  expect(store.read((db) => listAudit(db, 1))[0]).toMatchObject({ action: 'event-parked', subject: '2' });
  const kept = await listReports(kiosk.database);
  expect(kept.map(({ sequence }) => sequence)).toEqual([1, 3, 4]);
  expect(await listParked(kiosk.database)).toMatchObject([{ sequence: 2, reason: 'withheld', body: '' }]);
  expect(JSON.stringify(batch)).not.toContain('seaIed');
  store.close();
  await kiosk.database.close();
});

it('an event taken out of the database is a hole that is said, never a queue that is empty', async () => {
  const kiosk = await setUp(4);
  kiosk.tamper('DELETE FROM print_job; DELETE FROM report; DELETE FROM event WHERE sequence = 2');
  const store = kiosk.open();
  expect(store.read(findFirstBadEvent)).toBe(2);
  expect(store.read((db) => listEventsAfter(db, 0))?.events.map(({ sequence }) => sequence)).toEqual([1]);
  expect(store.read((db) => listEventsAfter(db, 1))).toBeNull();
  store.close();
  await kiosk.database.close();
});

it('an event that IT set aside goes without its words, which stay here', async () => {
  const kiosk = await setUp(2);
  const store = kiosk.open();
  const outbox = createOutbox({ store, clock: kiosk.clock, onAcknowledged: () => undefined });
  const words = outbox.nextBatch()?.events[0]?.body ?? '';
  expect([outbox.setAside(1), outbox.setAside(1)]).toEqual([true, true]);
  expect(outbox.nextBatch()).toMatchObject({
    events: [{ sequence: 1, body: '' }, { sequence: 2 }],
    withheld: [{ sequence: 1, reason: 'set-aside' }],
  });
  expect(store.read((db) => db.get('SELECT body FROM event WHERE sequence = 1'))).toEqual({ body: words });
  expect(
    store.read((db) => listAudit(db, 5)).filter(({ action }) => action === 'event-set-aside'),
  ).toHaveLength(1);
  store.close();
  await kiosk.database.close();
});
