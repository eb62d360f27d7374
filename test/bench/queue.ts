import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createSystemClock } from '../../src-main/adapters/clock.ts';
import { loadContent } from '../../src-main/content/load-content.ts';
import { listQueue } from '../../db/stores/queue.ts';
import { kioskIdSchema } from '../../src-main/contract/ids.ts';
import type { TextTree } from '../../src-main/contract/content.ts';
import { localDate } from '../../src-main/domain/local-time.ts';
import { claimFolder } from '../../src-main/services/claim-folder.ts';
import { createQueue, type Queue, type QueueRequest } from '../../src-main/services/queue.ts';
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
import { installPeers, openPouchFind } from './peers.ts';
import { makeRows, queueShape, queueWorker } from './queue-rows.ts';
import { bareOpening, bareSearching, opening, searchContenders, searching } from './queue-search.ts';

const root = join(import.meta.dirname, '../..');
const clock = createSystemClock(new Date(0));
const sizes = [
  ['1k', 1000],
  ['20k', 20_000],
  ['100k', 100_000],
  ['1M', 1_000_000],
] as const;
type SizeName = (typeof sizes)[number][0];
const filters = ['all', 'new', 'mine', 'unprinted', 'finished'] as const;
const pageQuery = 'query of the first page, 20k';
const peer = 'PouchDB-find, query of the first page, 20k';

const firstPage = (size: SizeName): string => `first page, ${size}`;
const anyPage = (size: SizeName): string => `any page by keyset, ${size}`;
const recounted = (size: SizeName): string => `first page after a change, ${size}`;

function openSized(folder: string, reports: number): Store {
  mkdirSync(folder, { recursive: true });
  makeRows(folder, reports);
  return openStoreIn(folder);
}

function openStoreIn(dataDir: string): Store {
  mkdirSync(dataDir, { recursive: true });
  const log = { note: () => undefined, warn: () => undefined };
  const store = openStore({ dataDir, migrationsDir: join(root, 'db/migrations'), clock, log });
  claimFolder(store, clock, { kioskId: kioskIdSchema.parse('07-120'), mode: 'enrolled' });
  return store;
}

function pagesOf(queue: Queue, requests: readonly QueueRequest[]): (count: number) => number {
  let at = 0;
  return (count) => {
    const start = performance.now();
    for (let done = 0; done < count; done += 1) {
      const request = requests[at % requests.length] ?? { filter: 'all', beforeSequence: null };
      at += 1;
      queue.page(request, queueWorker);
    }
    return performance.now() - start;
  };
}

/** The query alone, its rows as the database gives them: PouchDB too gives its documents unread and counts nothing. */
function queryContender(store: Store): Contender {
  const first = (): number =>
    store.read((db) => {
      let rows = 0;
      const all: typeof db.all = (sql, ...values) => {
        rows = db.all(sql, ...values).length;
        return [];
      };
      listQueue({ ...db, all }, 'all', queueWorker.staffId, Number.MAX_SAFE_INTEGER, 50);
      return rows;
    });
  return {
    name: pageQuery,
    perSlice: 40,
    run(count) {
      const start = performance.now();
      for (let done = 0; done < count; done += 1) if (first() !== 50) throw new Error('another page');
      return performance.now() - start;
    },
  };
}

/** Every list of the desk, at places all over it. */
function anywhere(reports: number): QueueRequest[] {
  const places = Array.from({ length: 16 }, (_, at) => Math.ceil(((at + 1) * reports) / 16));
  return places.flatMap((beforeSequence) => filters.map((filter) => ({ filter, beforeSequence })));
}

function sizedContenders(store: Store, name: SizeName, reports: number): Contender[] {
  const queue = createQueue({ store });
  const request = { filter: 'all', beforeSequence: null } as const;
  const page = queue.page(request, queueWorker);
  if (page.rows.length !== 50) throw new Error(`a page of ${page.rows.length} reports`);
  const first = pagesOf(queue, [request]);
  return [
    { name: firstPage(name), perSlice: 40, run: first },
    { name: anyPage(name), perSlice: 40, run: pagesOf(queue, anywhere(reports)) },
    {
      name: recounted(name),
      perSlice: 2,
      run(count) {
        let spent = 0;
        for (let done = 0; done < count; done += 1) {
          queue.bump();
          spent += first(1);
        }
        return spent;
      },
    },
  ];
}

async function pouchContender(folder: string): Promise<Contender> {
  const documents = Array.from({ length: 20_000 }, (_, at) => ({
    _id: String(at).padStart(12, '0'),
    // What a line of the queue shows, and no more.
    reportId: `01990000-0000-7000-8000-${String(at).padStart(12, '0')}`,
    reference: String(71_200_000_000 + at).padStart(12, '0'),
    sequence: at,
    receivedAt: new Date(1_700_000_000_000 + at * 30_000).toISOString(),
    state: at % queueShape.newEach === 0 ? 'new' : 'finished',
    ...{ lane: 'self', version: 1, claimedBy: null, printState: 'printed', printProblem: null },
    sealedSummary: 'sealed',
  }));
  const database = await openPouchFind(join(folder, 'pouch'), documents);
  return {
    name: peer,
    perSlice: 2,
    async run(count) {
      const start = performance.now();
      for (let done = 0; done < count; done += 1)
        if ((await database.page(50)) !== 50) throw new Error('the peer found another page');
      return performance.now() - start;
    },
  };
}

function targetsOf(rounds: Rounds) {
  return [
    toCeiling('first page, 1M / 1k', timesAsLong(rounds, firstPage('1M'), firstPage('1k')), 1.5, 1.2),
    toCeiling(
      'any page by keyset, 1M / 100k',
      timesAsLong(rounds, anyPage('1M'), anyPage('100k')),
      1.2,
      1.05,
    ),
    toTarget('query of a page / PouchDB-find, 20k', ratio(rounds, pageQuery, peer), 50, 100),
    toCeiling('opening / bare loop of decryptions', timesAsLong(rounds, opening, bareOpening), 1.5, 1),
    toCeiling('search / unsealed scan', timesAsLong(rounds, searching, bareSearching), 3, 1.5),
  ];
}

async function makeContenders(folder: string, stores: Store[]): Promise<Contender[]> {
  const contenders: Contender[] = [];
  for (const [name, reports] of sizes) {
    const store = openSized(join(folder, name), reports);
    stores.push(store);
    contenders.push(...sizedContenders(store, name, reports));
    if (name === '20k') contenders.push(queryContender(store));
  }
  const sealed = openStoreIn(join(folder, 'sealed'));
  stores.push(sealed);
  const { library } = await loadContent({
    resourcesDir: join(root, 'resources'),
    today: localDate(clock.now()),
    isDemonstration: true,
  });
  const words: TextTree = JSON.parse(readFileSync(join(root, 'resources/locales/da/desk.json'), 'utf8'));
  return [...contenders, await pouchContender(folder), ...(await searchContenders(sealed, library, words))];
}

/** What staff wait for: pages of a long queue, reports opened in the background, words searched in them. */
export async function benchQueue(): Promise<{ result: BenchResult; isNoisy: boolean }> {
  installPeers();
  const folder = join(root, '.cache', `bench-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const stores: Store[] = [];
  try {
    const contenders = await makeContenders(folder, stores);
    const shape = { rounds: 9, slices: 8 };
    const rounds = await runRounds(contenders, shape);
    return {
      result: {
        name: 'queue',
        limit: bareOpening,
        rounds: shape.rounds,
        machine: describeMachine(),
        rows: toRows(rounds, contenders),
        targets: targetsOf(rounds),
      },
      isNoisy: isTooNoisy(rounds, bareOpening),
    };
  } finally {
    for (const store of stores) store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
