import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpDistrict } from '../../src-main/adapters/http-district.ts';
import { createDelivery } from '../../src-main/sync/delivery.ts';
import { listReports } from '../../src-district/reports.ts';
import { makeChainKiosk, type ChainKiosk } from '../helpers/event-chain.ts';
import { startIntakeChild, type IntakeChild } from '../helpers/intake-child.ts';
import { openOrFail } from '../helpers/opening.ts';
import { startPostgres, type PostgresCluster } from '../helpers/postgres.ts';
import { describeMachine, toCeiling, type BenchResult, type Row } from './measure.ts';

export interface FleetShape {
  readonly kiosks: number;
  readonly reports: number;
}

const clock = { now: () => new Date(), monotonicMs: () => performance.now(), isTrusted: () => true };
const log = { note: () => undefined, warn: () => undefined };
/** With its summary about as long as a theft in Arabic, sealed for three. */
const sealed = 'x'.repeat(2000);

/** Batches of one kiosk go to the instances in turn, as behind a balancer. */
function openBalanced(urls: readonly string[], first: number) {
  const lines = urls.map((url) => createHttpDistrict({ url, certificateAuthority: null }));
  let turn = first;
  return {
    deliver(...[batch, signal]: Parameters<(typeof lines)[number]['deliver']>) {
      turn += 1;
      const line = lines[turn % lines.length];
      if (line === undefined) throw new Error('no instance');
      return line.deliver(batch, signal);
    },
    close: () => lines.forEach((line) => line.close()),
  };
}

async function makeFleet(folder: string, { kiosks, reports }: FleetShape): Promise<ChainKiosk[]> {
  mkdirSync(join(folder, 'keys'), { recursive: true });
  const fleet: ChainKiosk[] = [];
  for (let n = 0; n < kiosks; n += 1) {
    const district = String(Math.floor(n / 1000)).padStart(2, '0');
    const kiosk = await makeChainKiosk(`${district}-${String(n % 1000).padStart(3, '0')}`);
    for (let report = 0; report < reports; report += 1) kiosk.addReport(undefined, sealed);
    writeFileSync(join(folder, 'keys', `${kiosk.kioskId}.json`), JSON.stringify(kiosk.publicKey));
    fleet.push(kiosk);
  }
  return fleet;
}

interface Run {
  readonly name: string;
  readonly shape: FleetShape;
  readonly instances: number;
  /** One instance is killed when this share is through, and started again a second later. */
  readonly killAt: number | null;
}
interface Ran {
  readonly row: Row;
  readonly lost: number;
  readonly doubled: number;
}

/** All come back at the same moment, with everything that waited. */
async function run(cluster: PostgresCluster, { name, shape, instances, killAt }: Run): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-fleet-'));
  const fleet = await makeFleet(folder, shape);
  const databaseUrl = await cluster.createDatabase();
  const start = (port = 0): Promise<IntakeChild> => startIntakeChild(databaseUrl, join(folder, 'keys'), port);
  const intakes: IntakeChild[] = [];
  for (let n = 0; n < instances; n += 1) intakes.push(await start());
  const total = shape.kiosks * shape.reports;
  const through = (): number => fleet.reduce((sum, { outbox }) => sum + outbox.through(), 0);
  const startedMs = performance.now();
  const running = fleet.map(({ outbox, signer, kioskId }, index) => {
    const line = openBalanced(
      intakes.map(({ url }) => url),
      index,
    );
    const delivery = createDelivery({ outbox, signer, line, clock, log, kioskId });
    delivery.start();
    return { delivery, line };
  });
  let toKill = killAt;
  while (through() < total) {
    await sleep(5);
    if (toKill === null || through() < total * toKill) continue;
    toKill = null;
    await intakes[0]?.end('SIGKILL');
    await sleep(1000);
    intakes[0] = await start(Number(new URL(intakes[0]?.url ?? '').port));
  }
  const ms = performance.now() - startedMs;
  for (const { delivery, line } of running) {
    await delivery.stop();
    line.close();
  }
  for (const intake of intakes) await intake.end('SIGTERM');
  const counts = await count(databaseUrl, fleet);
  rmSync(folder, { recursive: true, force: true });
  const perSecond = Math.round((total / ms) * 1000);
  process.stderr.write(
    `${name}: ${String(total)} reports in ${(ms / 1000).toFixed(1)} s, ${String(perSecond)}/s\n`,
  );
  return {
    row: { name, median: Number((ms / total).toPrecision(4)), ratioTo: {}, durable: true },
    ...counts,
  };
}

async function count(databaseUrl: string, fleet: readonly ChainKiosk[]): Promise<Omit<Ran, 'row'>> {
  const database = await openOrFail(databaseUrl);
  let [lost, doubled] = [0, 0];
  for (const { kioskId, events } of fleet) {
    const kept = (await listReports(database, kioskId)).map(({ sealed: report }) => report.reportId);
    const there = new Set<string>(kept);
    lost += events.filter(({ reportId }) => !there.has(reportId)).length;
    doubled += kept.length - there.size;
  }
  await database.close();
  return { lost, doubled };
}

/** How fast an intake takes in what many kiosks have kept, against one kiosk alone; each counted once. */
export async function benchFleet(shape: FleetShape): Promise<{ result: BenchResult; isNoisy: boolean }> {
  const cluster = await startPostgres();
  const limit = 'one kiosk, one instance';
  try {
    const runs: Run[] = [
      { name: limit, shape: { kiosks: 1, reports: 10_000 }, instances: 1, killAt: null },
      { name: 'ten kiosks, one instance', shape: { kiosks: 10, reports: 1000 }, instances: 1, killAt: null },
      { name: 'ten kiosks, two instances', shape: { kiosks: 10, reports: 1000 }, instances: 2, killAt: null },
      { name: 'all kiosks, two instances, one killed', shape, instances: 2, killAt: 0.3 },
    ];
    const ran: Ran[] = [];
    for (const one of runs) ran.push(await run(cluster, one));
    const alone = ran[0]?.row.median ?? Number.NaN;
    const rows = ran.map(({ row }) =>
      row.name === limit
        ? row
        : { ...row, ratioTo: { [limit]: Number((alone / row.median).toPrecision(4)) } },
    );
    const sum = (of: 'lost' | 'doubled'): number => ran.reduce((total, one) => total + one[of], 0);
    const targets = [
      toCeiling('reports lost', sum('lost'), 0, 0),
      toCeiling('reports twice', sum('doubled'), 0, 0),
    ];
    return {
      result: { name: 'fleet', limit, rounds: 1, machine: describeMachine(), rows, targets },
      isNoisy: false,
    };
  } finally {
    await cluster.stop();
  }
}
