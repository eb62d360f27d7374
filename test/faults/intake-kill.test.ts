import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpDistrict } from '../../src-main/adapters/http-district.ts';
import { batchPath } from '../../src-main/contract/envelope.ts';
import { createDelivery } from '../../src-main/sync/delivery.ts';
import { listReports } from '../../src-district/reports.ts';
import { makeChainKiosk, type ChainKiosk } from '../helpers/event-chain.ts';
import { startIntakeChild } from '../helpers/intake-child.ts';
import { needs } from '../helpers/needs.ts';
import { openOrFail } from '../helpers/opening.ts';
import { startPostgres, type PostgresCluster } from '../helpers/postgres.ts';

const clock = { now: () => new Date(), monotonicMs: () => performance.now(), isTrusted: () => true };
const log = { note: () => undefined, warn: () => undefined };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'skranke-intake-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function enrol(name: string): Promise<{ kiosk: ChainKiosk; keys: string }> {
  const kiosk = await makeChainKiosk('07-120');
  const keys = path.join(folder, `${name}-keys`);
  mkdirSync(keys);
  writeFileSync(path.join(keys, `${kiosk.kioskId}.json`), JSON.stringify(kiosk.publicKey));
  return { kiosk, keys };
}

/** Delivers while the intake is killed `rounds` times, each time a little later after its first answers. */
async function deliverThroughKills(databaseUrl: string, rounds: number, name: string): Promise<ChainKiosk> {
  const { kiosk, keys } = await enrol(name);
  let intake = await startIntakeChild(databaseUrl, keys);
  const port = Number(new URL(intake.url).port);
  const line = createHttpDistrict({ url: intake.url, certificateAuthority: null });
  const { outbox, signer, kioskId } = kiosk;
  const delivery = createDelivery({ outbox, signer, line, clock, log, kioskId, wait: () => sleep(20) });
  delivery.start();
  for (let round = 0; round < rounds; round += 1) {
    const before = outbox.through();
    kiosk.addReports(400);
    delivery.wake();
    // Killed somewhere between the first request and the last answer of the round.
    await waitUntil(() => outbox.through() > before || round % 3 === 0);
    await sleep((round * 7) % 40);
    await intake.end('SIGKILL');
    intake = await startIntakeChild(databaseUrl, keys, port);
  }
  await waitUntil(() => outbox.undelivered() === 0);
  await delivery.stop();
  line.close();
  await intake.end('SIGTERM');
  return kiosk;
}

async function waitUntil(isTrue: () => boolean): Promise<void> {
  const until = performance.now() + 120_000;
  while (!isTrue()) {
    if (performance.now() > until) throw new Error('waited two minutes in vain');
    await sleep(5);
  }
}

async function expectEverythingOnce(databaseUrl: string, kiosk: ChainKiosk): Promise<void> {
  const database = await openOrFail(databaseUrl);
  const kept = await listReports(database);
  await database.close();
  expect(kept.map((report) => report.sealed.reportId)).toEqual(kiosk.events.map((event) => event.reportId));
  expect(kept.map((report) => report.sequence)).toEqual(kiosk.events.map((event) => event.sequence));
}

describe.skipIf(!needs('postgres').run)('intake on PostgreSQL', () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgres();
  });
  afterAll(() => cluster.stop());

  it('killed in the middle of batches: everything is there once, in order', async () => {
    const url = await cluster.createDatabase();
    await expectEverythingOnce(url, await deliverThroughKills(url, 8, 'postgres'));
  });

  it('the database server killed under it: 503 meanwhile, everything acknowledged is there after', async () => {
    const url = await cluster.createDatabase();
    const { kiosk, keys } = await enrol('server');
    const intake = await startIntakeChild(url, keys);
    const line = createHttpDistrict({ url: intake.url, certificateAuthority: null });
    const { outbox, signer, kioskId } = kiosk;
    const delivery = createDelivery({ outbox, signer, line, clock, log, kioskId, wait: () => sleep(20) });
    kiosk.addReports(1500);
    delivery.start();
    await waitUntil(() => outbox.through() > 0);
    await cluster.kill();
    await waitUntil(() => outbox.undelivered() === 0 || delivery.status().problem === 'server-error');
    await cluster.start();
    await waitUntil(() => outbox.undelivered() === 0);
    await delivery.stop();
    line.close();
    await intake.end('SIGTERM');
    await expectEverythingOnce(url, kiosk);
  });
});

describe('intake on a PGlite folder', () => {
  it('killed in the middle of batches: everything is there once, in order', async () => {
    const url = `pglite:${path.join(folder, 'pglite')}`;
    await expectEverythingOnce(url, await deliverThroughKills(url, 4, 'pglite'));
  });

  it('killed while its folder is made: the next start makes it anew', async () => {
    const place = path.join(folder, 'half-made');
    mkdirSync(path.join(place, 'cluster'), { recursive: true });
    writeFileSync(path.join(place, 'cluster', 'PG_VERSION'), '18\n');
    const database = await openOrFail(`pglite:${place}`);
    expect(await listReports(database)).toEqual([]);
    await database.close();
  });
});

describe.skipIf(!needs('strace').run)('an acknowledged batch on a PGlite folder', () => {
  it('was flushed to the disk: at least one fsync per batch, reopened too', async () => {
    const { kiosk, keys } = await enrol('strace');
    const url = `pglite:${path.join(folder, 'flushed')}`;
    await (await openOrFail(url)).close();
    const trace = path.join(folder, 'trace');
    // -D: the intake keeps the place of the child, so that signals reach it.
    const strace = ['strace', '-D', '-f', '-qq', '-e', 'trace=fsync,fdatasync', '-o', trace];
    const intake = await startIntakeChild(url, keys, 0, strace);
    kiosk.addReports(12);
    const flushes = (): number => readFileSync(trace, 'utf8').match(/f(data)?sync.*= 0$/gm)?.length ?? 0;
    for (let n = 1; n <= 12; n += 1) {
      const before = flushes();
      const response = await fetch(new URL(batchPath, intake.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(await kiosk.batch(n, n)),
      });
      expect(response.status).toBe(200);
      await waitUntil(() => flushes() > before);
    }
    await intake.end('SIGTERM');
  });
});
