import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { postgresFolder } from './tools.ts';

export interface PostgresCluster {
  /** A new empty database in the cluster. */
  createDatabase(): Promise<string>;
  /** SIGKILL to the server and its children, as a power cut would end them. */
  kill(): Promise<void>;
  /** As its administrator restarts it: sessions are ended, what is under way is rolled back. */
  shutDown(): Promise<void>;
  start(): Promise<void>;
  /** False after it ended by itself as well. */
  isUp(): boolean;
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root; `postgres` and `nobody` are there on every Debian. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    const uid = spawnSync('id', ['-u', user], { encoding: 'utf8' });
    const gid = spawnSync('id', ['-g', user], { encoding: 'utf8' });
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  return {};
}

const isAddress = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return isAddress(address) ? address.port : 0;
}

/** A cluster of its own below a folder, on a free port of this machine, durable like the real one. */
export async function startPostgres(place = os.tmpdir()): Promise<PostgresCluster> {
  const bin = postgresFolder();
  if (bin === undefined) throw new Error('ask needs("postgres") first');
  const owner = unprivileged();
  const base = mkdtempSync(path.join(place, 'skranke-postgres-'));
  const folder = path.join(base, 'cluster');
  mkdirSync(folder, { mode: 0o700 });
  if (owner.uid !== undefined && owner.gid !== undefined) {
    chmodSync(base, 0o755);
    chownSync(folder, owner.uid, owner.gid);
  }
  const options = { ...owner, cwd: '/', env: { LC_ALL: 'C', PATH: process.env['PATH'] ?? '' } };
  const made = spawnSync(
    path.join(bin, 'initdb'),
    ['-D', folder, '-U', 'skranke', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    { ...options, encoding: 'utf8', timeout: 120_000 },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  let server: ChildProcess | null = null;
  let port = 0;
  let databases = 0;
  const url = (database: string): string => `postgres://skranke@127.0.0.1:${port}/${database}`;
  const exited = (child: ChildProcess): Promise<unknown> =>
    child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise((resolve) => child.once('exit', resolve));
  const start = async (): Promise<void> => {
    port = port === 0 ? await freePort() : port;
    const settings = [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'shared_buffers=16MB',
    ];
    server = spawn(path.join(bin, 'postgres'), ['-D', folder, '-p', String(port), ...settings], {
      ...options,
      // A group of its own, so that all of it can be killed at once.
      detached: true,
      stdio: 'ignore',
    });
    const { pid } = server;
    // A failed test must not leave a server behind.
    const last = (): void => {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    };
    process.once('exit', last);
    server.once('exit', () => process.off('exit', last));
    await untilAnswering(url('postgres'), server);
  };
  const end = async (signal: 'SIGKILL' | 'SIGINT'): Promise<void> => {
    const child = server;
    server = null;
    if (child?.pid === undefined) return;
    if (child.exitCode === null) process.kill(signal === 'SIGKILL' ? -child.pid : child.pid, signal);
    await exited(child);
  };
  await start();
  return {
    async createDatabase() {
      databases += 1;
      const name = `intake_${databases}`;
      const sql = postgres(url('postgres'), { max: 1, onnotice: () => undefined });
      await sql.unsafe(`CREATE DATABASE ${name}`);
      await sql.end();
      return url(name);
    },
    kill: () => end('SIGKILL'),
    shutDown: () => end('SIGINT'),
    start,
    isUp: () => server !== null && server.exitCode === null && server.signalCode === null,
    async stop() {
      await end('SIGINT');
      rmSync(base, { recursive: true, force: true });
    },
  };
}

async function untilAnswering(url: string, server: ChildProcess): Promise<void> {
  const until = performance.now() + 120_000;
  for (;;) {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
    try {
      await sql.unsafe('SELECT 1');
      return;
    } catch (error) {
      if (server.exitCode !== null || performance.now() > until) throw error;
      await sleep(100);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}
