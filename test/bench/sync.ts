import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpDistrict } from '../../src-main/adapters/http-district.ts';
import { createSystemClock } from '../../src-main/adapters/clock.ts';
import { createRandomness } from '../../src-main/adapters/randomness.ts';
import { batchPath, batchSchema } from '../../src-main/contract/envelope.ts';
import { kioskIdSchema, reportIdSchema } from '../../src-main/contract/ids.ts';
import { kioskPublicKeySchema, kioskSigningKeySchema } from '../../src-main/contract/keys.ts';
import type { SealedReport } from '../../src-main/contract/report.ts';
import { makeReference } from '../../src-main/domain/reference-number.ts';
import { createBatchSigner } from '../../src-main/sealing/batch-signer.ts';
import { makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import { claimFolder } from '../../src-main/services/claim-folder.ts';
import { createOutbox } from '../../src-main/services/outbox.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { openStore } from '../../src-main/services/store.ts';
import { createDelivery } from '../../src-main/sync/delivery.ts';
import { createIntakeServer } from '../../src-district/http-server.ts';
import { createIntake } from '../../src-district/intake.ts';
import { openOrFail } from '../helpers/opening.ts';
import { startPostgres, type PostgresCluster } from '../helpers/postgres.ts';
import {
  describeMachine,
  isTooNoisy,
  ratio,
  runRounds,
  toRows,
  toTarget,
  type BenchResult,
  type Contender,
} from './measure.ts';
import { installPeers } from './peers.ts';
import { openReplicating, startCouchPeer } from './replication-peer.ts';
import { startSlowLine } from './slow-line.ts';

const root = join(import.meta.dirname, '../..');
const kioskId = kioskIdSchema.parse('07-120');
const clock = createSystemClock(new Date(0));
const randomness = createRandomness();
const log = { note: () => undefined, warn: () => undefined };
const sealed = 'x'.repeat(2000);
const near = { reports: 5000, roundTripMs: 0 } as const;
const far = { reports: 2000, roundTripMs: 20 } as const;
const rounds = 5;

/** A server with an address, and with the line before it as slow as it is wanted. */
interface Far {
  readonly url: string;
  close(): Promise<void>;
}

async function behind(server: Far, roundTripMs: number): Promise<Far> {
  if (roundTripMs === 0) return server;
  const line = await startSlowLine(Number(new URL(server.url).port), roundTripMs);
  return {
    url: `http://127.0.0.1:${String(line.port)}`,
    close: async () => {
      await line.close();
      await server.close();
    },
  };
}

/** Reads and believes everything, keeps nothing: what the way itself costs. */
async function startBeliever(): Promise<Far> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const isBatch = request.url === batchPath;
      const content: unknown = isBatch ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : null;
      const { lastSequence, headHash } = isBatch
        ? batchSchema.parse(content)
        : { lastSequence: 0, headHash: '' };
      const body = JSON.stringify({ kioskId, throughSequence: lastSequence, headHash, parked: [] });
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Keys = Awaited<ReturnType<typeof makeKioskKey>>;

/** The reference intake as it is, on PostgreSQL: signature, chain, unique ids, one synced transaction a batch. */
async function startIntake(cluster: PostgresCluster, keys: Keys): Promise<Far> {
  const database = await openOrFail(await cluster.createDatabase());
  const publicKey = kioskPublicKeySchema.parse(JSON.parse(keys.publicText));
  const server = createIntakeServer({
    intake: createIntake({ database, kioskKeys: new Map([[kioskId, publicKey]]) }),
  });
  const { url } = await server.listen(0, '127.0.0.1');
  return {
    url,
    close: async () => {
      await server.close();
      await database.close();
    },
  };
}

let made = 0;

function makeReport(): SealedReport {
  made += 1;
  return {
    reportId: reportIdSchema.parse(randomness.uuid()),
    reference: makeReference('07', '120', String(made % 1_000_000).padStart(6, '0')),
    receivedAt: new Date().toISOString(),
    lane: 'self',
    sealedSummary: sealed,
    sealedReport: sealed,
  };
}

/** The kiosk as it is: its durable log, its pump, its mark synced for every answer. Filling the queue is not counted. */
async function deliverBacklog(reports: number, server: Far, keys: Keys): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'skranke-sync-'));
  const store = openStore({ dataDir, migrationsDir: join(root, 'db/migrations'), clock, log });
  claimFolder(store, clock, { kioskId, mode: 'enrolled' });
  for (let stored = 0; stored < reports;) {
    const outcome = storeReport(store, makeReport(), '80mm');
    if (outcome.kind === 'written' && outcome.value === 'stored') stored += 1;
  }
  const line = createHttpDistrict({ url: server.url, certificateAuthority: null });
  const signer = createBatchSigner(kioskSigningKeySchema.parse(JSON.parse(keys.privateText)));
  const outbox = createOutbox({ store, clock, onAcknowledged: () => undefined });
  const delivery = createDelivery({ outbox, signer, line, clock, log, kioskId });
  const startedMs = performance.now();
  await new Promise<void>((resolve) => {
    delivery.onChange(({ undelivered }) => {
      if (undelivered === 0) resolve();
    });
    delivery.start();
  });
  const ms = performance.now() - startedMs;
  await delivery.stop();
  line.close();
  store.close();
  rmSync(dataDir, { recursive: true, force: true });
  return ms;
}

async function replicate(reports: number, server: Far, batchSize: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-pouch-'));
  const pouch = openReplicating(join(folder, 'pouch'));
  await pouch.bulkDocs(
    Array.from({ length: reports }, () => ({ _id: randomness.uuid(), text: sealed + sealed })),
  );
  const startedMs = performance.now();
  await pouch.replicate.to(`${server.url}/peer`, { batch_size: batchSize });
  const ms = performance.now() - startedMs;
  await pouch.close();
  rmSync(folder, { recursive: true, force: true });
  return ms;
}

/** The same bytes in one request, nothing kept. */
async function postOnce(reports: number, server: Far): Promise<number> {
  const body = JSON.stringify(Array.from({ length: reports }, makeReport));
  const startedMs = performance.now();
  const response = await fetch(`${server.url}/limit`, { method: 'POST', body });
  await response.arrayBuffer();
  return performance.now() - startedMs;
}

const names = {
  nearLimit: 'one request, nothing kept',
  nearOurs: 'kiosk to a server that keeps nothing',
  nearPouch: 'PouchDB to a server that keeps nothing',
  farOurs: 'kiosk to the intake, 20 ms away',
  farPouch: 'PouchDB to a durable server, 20 ms away',
  farTuned: 'PouchDB in batches of 1000, 20 ms away',
} as const;

function makeContenders(cluster: PostgresCluster, keys: Keys, folder: string): Contender[] {
  let files = 0;
  const couch = (durable: boolean): Promise<Far> =>
    startCouchPeer(durable ? join(folder, `couch-${String((files += 1))}.db`) : null);
  const using = async (
    server: Promise<Far>,
    roundTripMs: number,
    work: (server: Far) => Promise<number>,
  ): Promise<number> => {
    const opened = await behind(await server, roundTripMs);
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  };
  const one = (name: string, reports: number, run: Contender['run'], durable?: boolean): Contender => ({
    ...{ name, perSlice: reports, run },
    durable,
  });
  return [
    one(names.nearLimit, near.reports, (count) =>
      using(startBeliever(), 0, (server) => postOnce(count, server)),
    ),
    one(names.nearOurs, near.reports, (count) =>
      using(startBeliever(), 0, (server) => deliverBacklog(count, server, keys)),
    ),
    one(
      names.nearPouch,
      near.reports,
      (count) => using(couch(false), 0, (server) => replicate(count, server, 100)),
      false,
    ),
    one(
      names.farOurs,
      far.reports,
      (count) =>
        using(startIntake(cluster, keys), far.roundTripMs, (server) => deliverBacklog(count, server, keys)),
      true,
    ),
    one(
      names.farPouch,
      far.reports,
      (count) => using(couch(true), far.roundTripMs, (server) => replicate(count, server, 100)),
      false,
    ),
    one(
      names.farTuned,
      far.reports,
      (count) => using(couch(true), far.roundTripMs, (server) => replicate(count, server, 1000)),
      false,
    ),
  ];
}

/** How fast a backlog of 4 kB reports reaches the district, beside a replicating database. */
export async function benchSync(): Promise<{ result: BenchResult; isNoisy: boolean }> {
  installPeers();
  const cluster = await startPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'skranke-sync-peers-'));
  try {
    const contenders = makeContenders(cluster, await makeKioskKey(), folder);
    const measured = await runRounds(contenders, { rounds, slices: 1 });
    const targets = [
      toTarget(
        'backlog against PouchDB, no distance',
        ratio(measured, names.nearOurs, names.nearPouch),
        6,
        10,
      ),
      toTarget('backlog against PouchDB, 20 ms', ratio(measured, names.farOurs, names.farPouch), 8, 15),
      toTarget(
        'backlog against PouchDB tuned, 20 ms',
        ratio(measured, names.farOurs, names.farTuned),
        3.5,
        6,
      ),
    ];
    return {
      result: {
        ...{ name: 'sync', limit: names.nearLimit, rounds, machine: describeMachine() },
        ...{ rows: toRows(measured, contenders), targets },
      },
      isNoisy: isTooNoisy(measured, names.nearLimit),
    };
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
