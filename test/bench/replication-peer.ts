import http from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';

/** What a CouchDB must answer for PouchDB to replicate into it, and where it puts the documents. */
export interface CouchPeer {
  readonly url: string;
  stored(): number;
  close(): Promise<void>;
}

const documents = z.looseObject({ docs: z.array(z.looseObject({ _id: z.string(), _rev: z.string() })) });
const revisions = z.record(z.string(), z.array(z.string()));

/** `file` null: counts only. Else each request is one transaction that is synced, unique by id. */
export async function startCouchPeer(file: string | null): Promise<CouchPeer> {
  const table = file === null ? null : openTable(file);
  const locals = new Map<string, unknown>();
  let stored = 0;
  const answer = (method: string, path: string, body: unknown): [number, unknown] => {
    if (path.includes('/_local/')) {
      if (method === 'PUT') {
        locals.set(path, body);
        return [201, { ok: true, id: path, rev: '0-1' }];
      }
      const known = locals.get(path);
      return known === undefined ? [404, { error: 'not_found' }] : [200, known];
    }
    if (path.endsWith('/_revs_diff'))
      return [
        200,
        Object.fromEntries(Object.entries(revisions.parse(body)).map(([id, missing]) => [id, { missing }])),
      ];
    if (path.endsWith('/_bulk_docs')) {
      const { docs } = documents.parse(body);
      table?.(docs.map((document) => [document._id, JSON.stringify(document)]));
      stored += docs.length;
      return [201, []];
    }
    return [200, { db_name: 'peer', update_seq: 0, instance_start_time: '0' }];
  };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const [path = ''] = (request.url ?? '').split('?');
      const [status, body] = answer(request.method ?? '', path, text === '' ? null : JSON.parse(text));
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    stored: () => stored,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function openTable(file: string): (rows: readonly (readonly [string, string])[]) => void {
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE document (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO document (id, body) VALUES (?, ?) ON CONFLICT (id) DO NOTHING');
  return db.transaction((rows: readonly (readonly [string, string])[]) => {
    for (const [id, body] of rows) insert.run(id, body);
  });
}

const callable = z.custom<(...parts: readonly unknown[]) => unknown>((value) => typeof value === 'function');
const pouch = z.custom<{
  bulkDocs(documents: readonly object[]): Promise<unknown>;
  close(): Promise<unknown>;
  readonly replicate: { to(url: string, options: object): PromiseLike<unknown> };
}>((value) => typeof value === 'object' && value !== null && 'replicate' in value);

/** A PouchDB as it ships, on LevelDB. */
export function openReplicating(path: string) {
  const ofPeers = createRequire(join(import.meta.dirname, 'peers', 'package.json'));
  return pouch.parse(Reflect.construct(callable.parse(ofPeers('pouchdb')), [path]));
}
