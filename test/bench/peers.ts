import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const folder = join(import.meta.dirname, 'peers');

/** Installs what is compared with, from its own lockfile, the first time. @throws Error with one sentence. */
export function installPeers(): void {
  if (existsSync(join(folder, 'node_modules', 'pouchdb-find', 'package.json'))) return;
  process.stderr.write('installing the peers of the benchmark once (test/bench/peers)\n');
  // Their databases come as prebuilt binaries; nothing has to be compiled.
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (done.status !== 0)
    throw new Error(`the peers could not be installed: ${done.stderr.trim().split('\n')[0] ?? ''}`);
}

export interface Peer {
  put(id: string, text: string): Promise<void>;
  close(): Promise<void>;
}

type Call = (...parts: readonly unknown[]) => unknown;
const callable = z.custom<Call>((value) => typeof value === 'function');
const pouch = z.custom<{ put(document: object): Promise<unknown>; close(): Promise<unknown> }>(
  (value) => typeof value === 'object' && value !== null && 'put' in value && 'close' in value,
);
const syncable = z.custom<{ _batch: Call; _put: Call }>(
  (value) => typeof value === 'object' && value !== null && '_batch' in value && '_put' in value,
);

/** PouchDB on LevelDB. As shipped it never syncs; `forced` hands LevelDB the option that makes it. */
export function openPouch(path: string, forced: boolean): Peer {
  const ofPeers = createRequire(join(folder, 'package.json'));
  const PouchDB = callable.parse(ofPeers('pouchdb'));
  const leveldown = callable.parse(createRequire(ofPeers.resolve('pouchdb'))('leveldown'));
  const options = forced ? { db: syncingLeveldown(leveldown) } : {};
  const database = pouch.parse(Reflect.construct(PouchDB, [path, options]));
  return {
    put: async (id, text) => {
      await database.put({ _id: id, text });
    },
    close: async () => {
      await database.close();
    },
  };
}

function syncingLeveldown(leveldown: Call): Call {
  return function syncLeveldown(path: unknown) {
    const level = syncable.parse(leveldown(path));
    const batch = level._batch.bind(level);
    const put = level._put.bind(level);
    level._batch = (operations, options, done) => batch(operations, { ...Object(options), sync: true }, done);
    level._put = (key, value, options, done) => put(key, value, { ...Object(options), sync: true }, done);
    return level;
  };
}

const low = z.custom<{ data: { reports: object[] }; write(): Promise<void> }>(
  (value) => typeof value === 'object' && value !== null && 'write' in value,
);

export interface JsonFile {
  put(report: object): Promise<void>;
}

/** lowdb: one JSON file, written anew and renamed for every report. As shipped it never syncs. */
export async function openJsonFile(
  path: string,
  queued: readonly object[],
  forced: boolean,
): Promise<JsonFile> {
  const require = createRequire(join(folder, 'package.json'));
  const load = async (name: string): Promise<object> =>
    Object(await import(pathToFileURL(require.resolve(name)).href));
  const Low = callable.parse(Reflect.get(await load('lowdb'), 'Low'));
  const JSONFile = callable.parse(Reflect.get(await load('lowdb/node'), 'JSONFile'));
  const adapter: unknown = forced ? syncingAdapter(path) : Reflect.construct(JSONFile, [path]);
  const database = low.parse(Reflect.construct(Low, [adapter, { reports: [...queued] }]));
  return {
    async put(report) {
      database.data.reports.push(report);
      await database.write();
      // The queue stays as long as it was: another one has gone to the district.
      database.data.reports.shift();
    },
  };
}

/** What lowdb's own adapter does, with the two syncs that make a renamed file survive a power cut. */
function syncingAdapter(path: string) {
  const temporary = `${path}.new`;
  return {
    read: async () => null,
    async write(data: unknown): Promise<void> {
      await writeFile(temporary, JSON.stringify(data, null, 2), { flush: true });
      await rename(temporary, path);
      const parent = await open(dirname(path), 'r');
      await parent.sync();
      await parent.close();
    },
  };
}

const finding = z.custom<{
  bulkDocs(documents: readonly object[]): Promise<unknown>;
  createIndex(index: object): Promise<unknown>;
  find(request: object): Promise<{ readonly docs: readonly object[] }>;
  close(): Promise<unknown>;
}>((value) => typeof value === 'object' && value !== null && 'find' in value && 'createIndex' in value);

export interface FoundPage {
  page(most: number): Promise<number>;
  close(): Promise<void>;
}

/** PouchDB with its finder, and the index that the finder asks for: newest first. */
export async function openPouchFind(
  path: string,
  documents: readonly { readonly receivedAt: string }[],
): Promise<FoundPage> {
  const ofPeers = createRequire(join(folder, 'package.json'));
  const PouchDB = callable.parse(ofPeers('pouchdb'));
  const plugin: unknown = Reflect.get(PouchDB, 'plugin');
  Reflect.apply(callable.parse(plugin), PouchDB, [ofPeers('pouchdb-find')]);
  const database = finding.parse(Reflect.construct(PouchDB, [path]));
  for (let at = 0; at < documents.length; at += 1000) await database.bulkDocs(documents.slice(at, at + 1000));
  await database.createIndex({ index: { fields: ['receivedAt'] } });
  const request = { selector: { receivedAt: { $gt: null } }, sort: [{ receivedAt: 'desc' }] };
  return {
    page: async (most) => (await database.find({ ...request, limit: most })).docs.length,
    close: async () => {
      await database.close();
    },
  };
}
