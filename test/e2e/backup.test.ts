import { copyFile, cp, mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { readDistrictCopies, waitForDistrict } from '../helpers/district-copy.ts';
import { freePort } from '../helpers/free-port.ts';
import {
  makeDataDir,
  projectRoot,
  runSkranke,
  startKiosk,
  type CommandResult,
  type KioskProcess,
} from '../helpers/kiosk-process.ts';
import { connectVisitor } from '../helpers/rpc-client.ts';
import { makeSubmission } from '../helpers/submissions.ts';

let folder: { path: string; remove(): Promise<void> };
beforeEach(async () => {
  folder = await makeDataDir();
});
afterEach(() => folder.remove());

async function report(kiosk: KioskProcess): Promise<string> {
  const { api, socket } = await connectVisitor(kiosk.ready.kiosk);
  const { reference } = await api.submit(makeSubmission());
  socket.close();
  return reference;
}

const backupSchema = z.object({
  file: z.string(),
  kioskId: z.string(),
  events: z.int(),
  reports: z.int(),
  changed: z.array(z.string()),
});

function expectRefused(result: CommandResult, code: number, ...words: string[]): void {
  expect(result.code, result.err).toBe(code);
  for (const word of words) expect(result.err).toContain(word);
  expect(result.err).not.toContain('    at ');
}

/** A disk that lost pages: zeros in the middle. */
async function damage(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  const { size } = await handle.stat();
  await handle.write(Buffer.alloc(size - 8192), 0, size - 8192, 4096);
  await handle.close();
}

it('a backup is taken while visitors report, is whole, overwrites nothing, and is put back only where no kiosk runs', async () => {
  const data = join(folder.path, 'data');
  const place = ['--data-dir', data];
  const backup = join(folder.path, 'backup.db');
  await mkdir(data);
  const kiosk = await startKiosk(data);
  await report(kiosk);
  const [made, meanwhile] = await Promise.all([
    runSkranke(['backup', backup, ...place, '--json']),
    (async () => {
      for (let n = 0; n < 20; n += 1) await report(kiosk);
    })(),
  ]);
  expect(meanwhile).toBeUndefined();
  expect(made, made.err).toMatchObject({ code: 0 });
  const told = backupSchema.parse(JSON.parse(made.out));
  expect(told).toMatchObject({ file: backup, kioskId: '00-000', changed: [] });
  expect(told.reports).toBeGreaterThanOrEqual(1);
  expect((await stat(backup)).mode & 0o077).toBe(0);
  expect(await readdir(join(data, 'copies'))).toEqual([]);
  expect((await readdir(folder.path)).toSorted()).toEqual(['backup.db', 'data']);
  // No key goes along.
  expect((await readFile(backup)).includes('"d":')).toBe(false);

  const before = await readFile(backup);
  expectRefused(await runSkranke(['backup', backup, ...place]), 2, 'not overwritten');
  expect(await readFile(backup)).toEqual(before);
  expectRefused(await runSkranke(['restore', backup, ...place]), 3, 'running on this data folder');
  expect(await kiosk.stop()).toBe(0);

  // Of a kiosk that stands still it is taken the same way.
  const second = join(folder.path, 'second.db');
  const still = backupSchema.parse(
    JSON.parse((await runSkranke(['backup', second, ...place, '--json'])).out),
  );
  expect(still.reports).toBe(21);

  const restored = await runSkranke(['restore', backup, ...place, '--json']);
  expect(restored, restored.err).toMatchObject({ code: 0 });
  const { aside } = z.object({ aside: z.string() }).parse(JSON.parse(restored.out));
  expect(existsSync(join(aside, 'skranke.db'))).toBe(true);
  const again = await startKiosk(data);
  const reference = await report(again);
  await waitForDistrict(place, reference);
  expect(await readDistrictCopies(place)).toHaveLength(told.reports + 1);
  expect(await again.stop()).toBe(0);
  expect(await runSkranke(['audit', 'verify', ...place])).toMatchObject({ code: 0 });
});

it('a damaged, newer, foreign or altered file is not put back, and nothing is changed by the try', async () => {
  const data = join(folder.path, 'data');
  const place = ['--data-dir', data];
  const backup = join(folder.path, 'backup.db');
  await mkdir(data);
  const kiosk = await startKiosk(data);
  for (let n = 0; n < 5; n += 1) await report(kiosk);
  expect(await kiosk.stop()).toBe(0);
  expect(await runSkranke(['backup', backup, ...place])).toMatchObject({ code: 0 });
  const before = await readFile(join(data, 'skranke.db'));
  const bad = join(folder.path, 'bad.db');

  await copyFile(backup, bad);
  await damage(bad);
  expectRefused(await runSkranke(['restore', bad, ...place]), 1, bad, 'damaged');

  const bytes = await readFile(backup);
  bytes.writeInt32BE(4711, 60);
  await writeFile(bad, bytes);
  expectRefused(await runSkranke(['restore', bad, ...place]), 1, bad, 'newer');

  await writeFile(bad, 'hello');
  expectRefused(await runSkranke(['restore', bad, ...place]), 1, bad, 'not a database of Skranke');
  expectRefused(await runSkranke(['restore', join(folder.path, 'none.db'), ...place]), 2, 'found nothing');

  const altered = (await readFile(backup)).toString('latin1').replaceAll('kiosk-started', 'kiosk-stopped');
  await writeFile(bad, Buffer.from(altered, 'latin1'));
  expectRefused(await runSkranke(['restore', bad, ...place]), 1, 'line 1 of the audit log', '--as-it-is');
  expect(await readFile(join(data, 'skranke.db'))).toEqual(before);
  expect((await readdir(data)).filter((name) => /restor|current|copies\/./.test(name))).toEqual([]);

  expect(await runSkranke(['restore', bad, '--as-it-is', ...place])).toMatchObject({ code: 0 });
  expect(await runSkranke(['audit', 'verify', ...place])).toMatchObject({ code: 1 });

  // The database of the folder itself is damaged: it stays as it is, and no backup is made of it.
  await damage(join(data, 'skranke.db'));
  expectRefused(await runSkranke(['backup', join(folder.path, 'no.db'), ...place]), 1, 'damaged');
  expect(existsSync(join(folder.path, 'no.db'))).toBe(false);
});

async function serveDistrict(keys: string, database: string, port: number): Promise<ChildProcess> {
  const argv = ['district', 'serve', '--database', database, '--keys', keys, '--port', String(port)];
  const child = spawn(process.execPath, [join(projectRoot, 'src-main/cli/skranke.ts'), ...argv], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the intake ended with ${String(code)}`)));
    if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', () => resolve());
  });
  return child;
}

async function endDistrict(intake: ChildProcess): Promise<void> {
  intake.kill('SIGTERM');
  await once(intake, 'exit');
}

const deliverySchema = z.object({
  state: z.string(),
  undelivered: z.int(),
  stopped: z.object({ reason: z.string() }).nullable(),
});
async function waitForDelivery(
  place: readonly string[],
  isThere: (status: z.infer<typeof deliverySchema>) => boolean,
): Promise<void> {
  await vi.waitFor(
    async () => {
      const { out } = await runSkranke(['delivery', 'status', '--json', ...place]);
      const status = deliverySchema.parse(JSON.parse(out));
      if (!isThere(status)) throw new Error(out);
    },
    { timeout: 90_000, interval: 500 },
  );
}
const isDelivered = (status: z.infer<typeof deliverySchema>): boolean =>
  status.state === 'up-to-date' && status.undelivered === 0;

/*
 * A kiosk reports A, is backed up, reports B; the district has both. Then its disk loses pages. Put back by hand under its
 * old number, it reports C, and the district notices that this is another history: B stays what it was. Put back by the
 * command it needs a new number; under that the district has A, B and D, each once.
 */
it('an older history never goes over a newer one: the district notices it put back by hand, and the command asks for a new number', async () => {
  const data = join(folder.path, 'kiosk');
  const keys = join(folder.path, 'keys');
  const backup = join(folder.path, 'backup.db');
  const database = `pglite:${join(folder.path, 'intake')}`;
  const port = await freePort();
  await mkdir(data);
  const configure = async (number: string): Promise<string> => {
    const file = join(folder.path, `${number}.json`);
    const district = { id: 'fyn', url: `http://127.0.0.1:${String(port)}` };
    await writeFile(file, JSON.stringify({ district, kiosk: { number, stationId: 'odense' } }));
    return file;
  };
  const config = await configure('120');
  const place = ['--config', config, '--data-dir', data];
  expect(await runSkranke(['district', 'key', keys, '--district', 'fyn'])).toMatchObject({ code: 0 });
  const enrolled = await runSkranke([
    ...['enrol', ...place, '--json'],
    ...['--district-key', join(keys, 'fyn.jwk.json')],
  ]);
  const kioskFile = (number: string): string => join(keys, 'kiosks', `${districtNumber}-${number}.json`);
  let kiosk = await startKiosk(data, ['--config', config]);
  const districtNumber = z.string().parse(/"kioskId":"(\d\d)-120"/.exec(kiosk.output())?.[1]);
  for (const number of ['120', '121']) await writeFile(kioskFile(number), enrolled.out);
  const intake = await serveDistrict(keys, database, port);

  const a = await report(kiosk);
  expect(await runSkranke(['backup', backup, ...place])).toMatchObject({ code: 0 });
  const b = await report(kiosk);
  await waitForDelivery(place, isDelivered);
  expect(await kiosk.stop()).toBe(0);
  const byHand = join(folder.path, 'by-hand');
  await cp(data, byHand, { recursive: true });
  await damage(join(data, 'skranke.db'));

  for (const name of ['skranke.db', 'skranke.db-wal']) await writeFile(join(byHand, name), '');
  await copyFile(backup, join(byHand, 'skranke.db'));
  kiosk = await startKiosk(byHand, ['--config', config]);
  const c = await report(kiosk);
  const handPlace = ['--config', config, '--data-dir', byHand];
  await waitForDelivery(handPlace, ({ stopped }) => stopped?.reason === 'conflict');
  await kiosk.kill();

  const damaged = await readFile(join(data, 'skranke.db'));
  expectRefused(await runSkranke(['restore', backup, ...place]), 1, 'never used', 'kiosk.number');
  expect(await readFile(join(data, 'skranke.db'))).toEqual(damaged);
  // What only a readable database holds is not left behind, whatever the number.
  const other = await configure('121');
  expectRefused(
    await runSkranke(['restore', backup, '--config', other, '--data-dir', byHand]),
    1,
    'neither at the district nor in this backup',
  );

  // Whoever forgets the configuration makes no demonstration of the folder.
  const empty = join(folder.path, 'empty');
  expectRefused(
    await runSkranke(['restore', backup, '--data-dir', empty]),
    1,
    '-120 (enrolled)',
    'demonstration',
  );
  expect(await readdir(empty)).not.toContain('demonstration');

  const newPlace = ['--config', other, '--data-dir', data];
  expect(await runSkranke(['restore', backup, ...newPlace])).toMatchObject({ code: 0, err: '' });
  kiosk = await startKiosk(data, ['--config', other]);
  const d = await report(kiosk);
  expect(d.slice(0, 5)).not.toBe(a.slice(0, 5));
  await waitForDelivery(newPlace, isDelivered);
  expect(await kiosk.stop()).toBe(0);
  await endDistrict(intake);
  const copies = await readDistrictCopies(['--database', database, '--keys', keys]);
  expect(copies.map(({ kept }) => kept.sealed.reference).toSorted()).toEqual([a, b, d].toSorted());
  expect(copies.map(({ kept }) => kept.sealed.reference)).not.toContain(c);
}, 900_000);
