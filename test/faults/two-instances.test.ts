import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listReports } from '../../src-district/reports.ts';
import { createHttpDistrict } from '../../src-main/adapters/http-district.ts';
import { createDelivery } from '../../src-main/sync/delivery.ts';
import { makeChainKiosk, type ChainKiosk } from '../helpers/event-chain.ts';
import { startIntakeChild, type IntakeChild } from '../helpers/intake-child.ts';
import { needs } from '../helpers/needs.ts';
import { openOrFail } from '../helpers/opening.ts';
import { startPostgres, type PostgresCluster } from '../helpers/postgres.ts';

const clock = { now: () => new Date(), monotonicMs: () => performance.now(), isTrusted: () => true };
const log = { note: () => undefined, warn: () => undefined };
const kioskCount = 8;
const reportsEach = 700;

/** Each batch goes to the next instance, as behind a balancer that knows nothing of kiosks. */
function openBalanced(urls: readonly string[]) {
  const lines = urls.map((url) => createHttpDistrict({ url, certificateAuthority: null }));
  let turn = 0;
  return {
    deliver: (...[batch, signal]: Parameters<(typeof lines)[number]['deliver']>) => {
      turn += 1;
      const line = lines[turn % lines.length];
      if (line === undefined) throw new Error('no instance');
      return line.deliver(batch, signal);
    },
    close: () => lines.forEach((line) => line.close()),
  };
}

describe.skipIf(!needs('postgres').run)('two instances over one PostgreSQL', () => {
  let cluster: PostgresCluster;
  let folder = '';
  const kiosks: ChainKiosk[] = [];
  beforeAll(async () => {
    cluster = await startPostgres();
    folder = mkdtempSync(path.join(os.tmpdir(), 'skranke-two-'));
    mkdirSync(path.join(folder, 'keys'));
    for (let n = 0; n < kioskCount; n += 1) {
      const kiosk = await makeChainKiosk(`07-${String(n).padStart(3, '0')}`);
      kiosk.addReports(reportsEach);
      writeFileSync(path.join(folder, 'keys', `${kiosk.kioskId}.json`), JSON.stringify(kiosk.publicKey));
      kiosks.push(kiosk);
    }
  }, 180_000);
  afterAll(async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('every batch to another process, several on their way, one process killed and started anew: everything once, in order', async () => {
    const databaseUrl = await cluster.createDatabase();
    const start = (port = 0): Promise<IntakeChild> =>
      startIntakeChild(databaseUrl, path.join(folder, 'keys'), port);
    const instances = [await start(), await start()];
    const running = kiosks.map(({ outbox, signer, kioskId }) => {
      const line = openBalanced(instances.map(({ url }) => url));
      const wait = async (_ms: number, signal: AbortSignal): Promise<void> => {
        if (!signal.aborted) await sleep(20);
      };
      const delivery = createDelivery({ outbox, signer, line, clock, log, kioskId, wait });
      delivery.start();
      return { delivery, line };
    });
    const delivered = (): number => kiosks.reduce((sum, { outbox }) => sum + outbox.through(), 0);
    await vi.waitFor(() => expect(delivered()).toBeGreaterThan(0), { timeout: 60_000, interval: 2 });
    const victim = instances[0];
    await victim?.end('SIGKILL');
    await sleep(200);
    instances[0] = await start(Number(new URL(victim?.url ?? '').port));
    await vi.waitFor(() => expect(delivered()).toBe(kioskCount * reportsEach), {
      timeout: 120_000,
      interval: 10,
    });
    for (const { delivery, line } of running) {
      await delivery.stop();
      line.close();
    }
    for (const instance of instances) await instance.end('SIGTERM');
    const database = await openOrFail(databaseUrl);
    for (const { kioskId, events } of kiosks) {
      const kept = await listReports(database, kioskId);
      expect(kept.map(({ sealed }) => sealed.reportId)).toEqual(events.map(({ reportId }) => reportId));
    }
    await database.close();
  }, 300_000);
});
