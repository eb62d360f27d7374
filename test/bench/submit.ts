import { fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { appendAudit } from '../../db/stores/audit.ts';
import { insertPrintJob } from '../../db/stores/print-job.ts';
import { insertReport } from '../../db/stores/report.ts';
import { createSystemClock } from '../../src-main/adapters/clock.ts';
import { createRandomness } from '../../src-main/adapters/randomness.ts';
import { loadContent } from '../../src-main/content/load-content.ts';
import { kioskIdSchema, reportIdSchema } from '../../src-main/contract/ids.ts';
import { submissionSchema, type SealedReport, type Submission } from '../../src-main/contract/report.ts';
import { localDate } from '../../src-main/domain/local-time.ts';
import type { ContentLibrary, Sealer } from '../../src-main/domain/ports.ts';
import { makeReference } from '../../src-main/domain/reference-number.ts';
import { parseDistrictPublicKey, parseStationPublicKey } from '../../src-main/sealing/key-files.ts';
import { makeDistrictKey, makeStationKey } from '../../src-main/sealing/make-keys.ts';
import { createSealer } from '../../src-main/sealing/sealer.ts';
import { claimFolder } from '../../src-main/services/claim-folder.ts';
import { createReports, storeReport } from '../../src-main/services/reports.ts';
import { openStore, type Store } from '../../src-main/services/store.ts';
import {
  describeMachine,
  isTooNoisy,
  ratio,
  runRounds,
  timesAsLong,
  toCeiling,
  toRows,
  toTarget,
  type BenchResult,
  type Contender,
  type Rounds,
} from './measure.ts';
import { installPeers, openJsonFile, openPouch } from './peers.ts';

const root = join(import.meta.dirname, '../..');
const kioskId = kioskIdSchema.parse('07-120');
const queuedInJson = 1000;
const queuedInStore = 100_000;
const withQueue = 'submit-commit, 100,000 waiting';
const words = 'My phone was taken from the table while I was paying at the counter. '.repeat(12);

/** What the store does when no visitor waits is done between the turns: it is no part of a submit. */
function createIdle() {
  let due: (() => void) | null = null;
  return {
    timers: {
      after(_ms: number, run: () => void) {
        due = run;
        return () => undefined;
      },
    },
    rest(): void {
      due?.();
      due = null;
    },
  };
}

interface Bench {
  readonly folder: string;
  readonly store: Store;
  readonly idle: ReturnType<typeof createIdle>;
  readonly library: ContentLibrary;
  readonly sealer: Sealer;
}

const randomness = createRandomness();
const clock = createSystemClock(new Date(0));
const silence = { note: () => undefined, warn: () => undefined };

async function openBench(folder: string): Promise<Bench> {
  const { library } = await loadContent({
    resourcesDir: join(root, 'resources'),
    today: localDate(clock.now()),
    isDemonstration: true,
  });
  const district = parseDistrictPublicKey((await makeDistrictKey()).publicText);
  const station = parseStationPublicKey((await makeStationKey()).publicText);
  if (!district.ok || !station.ok) throw new Error('the keys just made cannot be read');
  const home = library.fallbackDistrict().id;
  const sealer = createSealer({
    districtKeys: new Map([[home, district.key]]),
    homeDistrictId: home,
    stationKey: () => station.key,
  });
  return { folder, ...openKiosk(join(folder, 'skranke')), library, sealer };
}

function openKiosk(dataDir: string): Pick<Bench, 'store' | 'idle'> {
  const idle = createIdle();
  const migrationsDir = join(root, 'db/migrations');
  const store = openStore({ dataDir, migrationsDir, clock, timers: idle.timers, log: silence });
  claimFolder(store, clock, { kioskId, mode: 'enrolled' });
  return { store, idle };
}

/** A kiosk that has been without a line for a long time. Filled a thousand at a time: how, is not measured. */
function openQueued(bench: Bench, make: () => SealedReport): Bench {
  const queued = openKiosk(join(bench.folder, 'queued'));
  for (let count = 0; count < queuedInStore; count += 1000) {
    const outcome = queued.store.write((db) => {
      for (let n = 0; n < 1000; n += 1) {
        const sealed = make();
        const { receivedAt: occurredAt, reportId } = sealed;
        const digits = String(count + n).padStart(6, '0');
        const reference = makeReference('07', '122', digits);
        const sequence = insertReport(db, { ...sealed, reference }, JSON.stringify({ ...sealed, reference }));
        insertPrintJob(db, { sequence, reference, paper: '80mm', variant: 'full' });
        appendAudit(db, { occurredAt, actor: 'visitor', action: 'report-received', subject: reportId });
      }
    });
    if (outcome.kind !== 'written') throw new Error('the queue could not be filled');
    queued.idle.rest();
  }
  return { ...bench, ...queued };
}

function makeSubmission(library: ContentLibrary): Submission {
  const type = library.content.reportTypes.find((candidate) => candidate.id === 'stolen-things');
  const answers = (type?.questions ?? []).flatMap((question) =>
    question.kind === 'text' && question.showIf === null
      ? [{ questionId: question.id, answer: { kind: 'text', text: words.slice(0, question.longest) } }]
      : [],
  );
  return submissionSchema.parse({
    reportId: randomness.uuid(),
    language: 'en',
    reportType: 'stolen-things',
    gateAnswers: {},
    isUnder18: false,
    answers,
  });
}

async function sealTwo(sealer: Sealer, submission: Submission): Promise<[string, string]> {
  const summary = JSON.stringify({ ...submission, answers: [], flags: [], districtId: 'home' });
  const [one = '', two = ''] = await Promise.all(
    [summary, JSON.stringify(submission)].map((text) => sealer.seal(text, submission.reportId, [])),
  );
  return [one, two];
}

/** Reports sealed beforehand: the commit is measured, not the sealing. */
async function makeSealed(bench: Bench): Promise<() => SealedReport> {
  const [sealedSummary, sealedReport] = await sealTwo(bench.sealer, makeSubmission(bench.library));
  return () => ({
    reportId: reportIdSchema.parse(randomness.uuid()),
    // Another kiosk's numbers than those that submit-whole draws.
    reference: makeReference('07', '121', randomness.digits(6)),
    receivedAt: clock.now().toISOString(),
    lane: 'self',
    sealedSummary,
    sealedReport,
  });
}

function timed(act: () => void): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

function commitContender(bench: Bench, make: () => SealedReport, name = 'submit-commit'): Contender {
  const taken = new Set<string>();
  const fresh = (): SealedReport => {
    for (;;) {
      const sealed = make();
      if (!taken.has(sealed.reference)) return taken.add(sealed.reference) && sealed;
    }
  };
  return {
    name,
    durable: true,
    perSlice: 25,
    run(count) {
      bench.idle.rest();
      // Ready as bytes, as the raw file gets them.
      const reports = Array.from({ length: count }, fresh).map((sealed) => ({
        sealed,
        body: JSON.stringify(sealed),
      }));
      return timed(() => {
        for (const { sealed, body } of reports) {
          const outcome = storeReport(bench.store, sealed, '80mm', 'full', body);
          if (outcome.kind !== 'written') throw new Error('a submit failed');
        }
      });
    },
  };
}

function appendAndSync(descriptor: number, texts: readonly string[]): void {
  for (const text of texts) {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  }
}

function rawContender(bench: Bench, make: () => SealedReport): Contender {
  const descriptor = openSync(join(bench.folder, 'raw'), 'a');
  return {
    name: 'raw append+fsync',
    durable: true,
    perSlice: 25,
    run(count) {
      const texts = Array.from({ length: count }, () => JSON.stringify(make()));
      return timed(() => appendAndSync(descriptor, texts));
    },
  };
}

function pouchContender(bench: Bench, make: () => SealedReport, forced: boolean): Contender {
  const name = forced ? 'PouchDB, sync forced' : 'PouchDB as shipped';
  const peer = openPouch(join(bench.folder, forced ? 'pouch-forced' : 'pouch'), forced);
  return {
    name,
    durable: forced,
    perSlice: 25,
    async run(count) {
      const reports = Array.from({ length: count }, make).map((sealed) => ({
        sealed,
        text: JSON.stringify(sealed),
      }));
      const start = performance.now();
      for (const { sealed, text } of reports) await peer.put(sealed.reportId, text);
      return performance.now() - start;
    },
  };
}

async function jsonContender(bench: Bench, make: () => SealedReport, forced: boolean): Promise<Contender> {
  const queued = Array.from({ length: queuedInJson }, make);
  const peer = await openJsonFile(join(bench.folder, forced ? 'forced.json' : 'stock.json'), queued, forced);
  return {
    name: `JSON file (lowdb), 1,000 queued, ${forced ? 'sync forced' : 'as shipped'}`,
    durable: forced,
    perSlice: 1,
    async run(count) {
      const reports = Array.from({ length: count }, make);
      const start = performance.now();
      for (const sealed of reports) await peer.put(sealed);
      return performance.now() - start;
    },
  };
}

function wholeContender(bench: Bench): Contender {
  const reports = createReports({
    ...bench,
    receipts: { enqueue: () => undefined, status: () => null },
    clock,
    randomness,
    log: silence,
    kiosk: { kioskId, districtNumber: '07', kioskNumber: '120', stationId: 'fjordby' },
    paper: '80mm',
    onStored: () => undefined,
  });
  return {
    name: 'submit-whole',
    durable: true,
    perSlice: 15,
    async run(count) {
      bench.idle.rest();
      const submissions = Array.from({ length: count }, () => makeSubmission(bench.library));
      const start = performance.now();
      for (const submission of submissions) {
        const outcome = await reports.submitReport(submission);
        if (outcome.kind !== 'stored') throw new Error(`a submit failed: ${JSON.stringify(outcome)}`);
      }
      return performance.now() - start;
    },
  };
}

/** The least that `submit-whole` could cost: sealing the same two documents, then appending and syncing them. */
function bareContender(bench: Bench): Contender {
  const descriptor = openSync(join(bench.folder, 'bare'), 'a');
  return {
    name: 'bare seal + bare append+fsync',
    durable: true,
    perSlice: 15,
    async run(count) {
      const submissions = Array.from({ length: count }, () => makeSubmission(bench.library));
      const start = performance.now();
      for (const submission of submissions)
        appendAndSync(descriptor, [(await sealTwo(bench.sealer, submission)).join()]);
      return performance.now() - start;
    },
  };
}

function targetsOf(rounds: Rounds) {
  const commit = (than: string): number => ratio(rounds, 'submit-commit', than);
  return [
    toTarget('submit-commit / raw append+fsync', commit('raw append+fsync'), 0.9, 1.2),
    toTarget('submit-commit / PouchDB, sync forced', commit('PouchDB, sync forced'), 1.8, 2.5),
    toTarget(
      'submit-commit / JSON file, sync forced',
      commit('JSON file (lowdb), 1,000 queued, sync forced'),
      50,
      100,
    ),
    toCeiling(
      'submit-commit, 100,000 waiting / none waiting',
      timesAsLong(rounds, withQueue, 'submit-commit'),
      1.2,
      1.03,
    ),
    toTarget(
      'submit-whole / bare seal + bare append+fsync',
      ratio(rounds, 'submit-whole', 'bare seal + bare append+fsync'),
      0.8,
      0.95,
    ),
  ];
}

/** How fast a report becomes durable, against the least a disk can do and against what others would use. */
export async function benchSubmit(): Promise<{ result: BenchResult; isNoisy: boolean }> {
  installPeers();
  // In the project's own folder: a temporary folder may be memory, where nothing has to be synced.
  const folder = join(root, '.cache', `bench-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const bench = await openBench(folder);
    const make = await makeSealed(bench);
    const queued = openQueued(bench, make);
    const contenders = [
      commitContender(bench, make),
      commitContender(queued, make, withQueue),
      rawContender(bench, make),
      wholeContender(bench),
      bareContender(bench),
      pouchContender(bench, make, true),
      pouchContender(bench, make, false),
      await jsonContender(bench, make, true),
      await jsonContender(bench, make, false),
    ];
    const shape = { rounds: 9, slices: 8 };
    const rounds = await runRounds(contenders, shape);
    bench.store.close();
    queued.store.close();
    const rows = toRows(rounds, contenders);
    const machine = describeMachine();
    return {
      result: {
        name: 'submit',
        limit: 'raw append+fsync',
        rounds: shape.rounds,
        machine,
        rows,
        targets: targetsOf(rounds),
      },
      isNoisy: isTooNoisy(rounds, 'raw append+fsync'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
