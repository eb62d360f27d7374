import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { createHttpDistrict } from '../../src-main/adapters/http-district.ts';
import { createDelivery } from '../../src-main/sync/delivery.ts';
import { listReports } from '../../src-district/reports.ts';
import { makeChainKiosk } from '../helpers/event-chain.ts';
import { startDistrictServe } from '../helpers/intake-child.ts';
import { needs } from '../helpers/needs.ts';
import { openOrFail } from '../helpers/opening.ts';
import { startPostgres, type PostgresCluster } from '../helpers/postgres.ts';
import { mountSmallDisk, noDisk } from '../helpers/small-disk.ts';

const clock = { now: () => new Date(), monotonicMs: () => performance.now(), isTrusted: () => true };
const log = { note: () => undefined, warn: () => undefined };
const soon = { timeout: 180_000, interval: 20 };

const disk = mountSmallDisk(200, 'test/faults/intake-full-disk.test.ts');
const small = disk ?? noDisk;
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});
afterAll(() => small.unmount());

const words = 'x'.repeat(20_000);

async function deliverToFullDisk(
  databaseUrl: string,
  folder: string,
  mend: () => Promise<void>,
): Promise<void> {
  const kiosk = await makeChainKiosk('07-120');
  mkdirSync(path.join(folder, 'kiosks'), { recursive: true });
  writeFileSync(path.join(folder, 'kiosks', `${kiosk.kioskId}.json`), JSON.stringify(kiosk.publicKey));
  const intake = await startDistrictServe(databaseUrl, folder);
  closers.push(() => intake.end('SIGKILL'));
  const line = createHttpDistrict({ url: intake.url, certificateAuthority: null });
  const { outbox, signer, kioskId } = kiosk;
  const delivery = createDelivery({ outbox, signer, line, clock, log, kioskId, wait: () => sleep(200) });
  closers.push(async () => {
    await delivery.stop();
    line.close();
  });
  const report = (count: number): void => {
    for (let n = 0; n < count; n += 1) kiosk.addReport(undefined, words);
  };
  report(20);
  delivery.start();
  await vi.waitFor(() => expect(outbox.undelivered()).toBe(0), soon);
  small.fill(0);
  report(600);
  delivery.wake();
  await vi.waitFor(() => expect(delivery.status().problem).toBe('server-error'), soon);
  const acknowledged = outbox.through();
  expect(acknowledged).toBeLessThan(620);
  small.makeRoom();
  await mend();
  await vi.waitFor(() => expect(outbox.undelivered()).toBe(0), soon);
  await delivery.stop();
  await intake.end('SIGTERM');
  const database = await openOrFail(databaseUrl);
  const kept = await listReports(database);
  await database.close();
  expect(kept.map(({ sealed }) => sealed.reportId)).toEqual(kiosk.events.map(({ reportId }) => reportId));
}

describe.skipIf(disk === null)('a full disk at the intake', () => {
  it('over a PGlite folder: 503 and no acknowledgement while it is full, everything once when there is room', async () => {
    const folder = path.join(small.folder, 'pglite');
    await deliverToFullDisk(`pglite:${folder}`, path.join(small.folder, 'keys'), async () => undefined);
  });

  describe.skipIf(!needs('postgres').run)('over PostgreSQL', () => {
    let cluster: PostgresCluster;
    it('503 and no acknowledgement while it is full, everything once when there is room', async () => {
      cluster = await startPostgres(small.folder);
      closers.push(() => cluster.stop());
      await deliverToFullDisk(
        await cluster.createDatabase(),
        path.join(small.folder, 'other-keys'),
        async () => {
          // A server that gave up on the full disk is started by whoever made room.
          if (!cluster.isUp()) await cluster.start();
        },
      );
    });
  });
});
