import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseContentSigningKey } from '../../src-main/sealing/key-files.ts';
import { openBrowser, type OpenBrowser } from '../helpers/browser.ts';
import { makeTestPackage, newsFiles } from '../helpers/content-packages.ts';
import { freePort } from '../helpers/free-port.ts';
import {
  makeDataDir,
  projectRoot,
  runSkranke,
  startKiosk,
  type KioskProcess,
} from '../helpers/kiosk-process.ts';

/*
 * A district publishes news: it stands on the screen of a kiosk that was running all the time. A package that does not fit
 * the kiosk is named and leaves the old one. Without any line another comes on a stick.
 */

let folder: { path: string; remove(): Promise<void> };
let kiosk: KioskProcess;
let browser: OpenBrowser;
let intake: ChildProcess | null = null;
let port = 0;
let place: string[];
const at = (name: string): string => join(folder.path, name);

/** Of a district's own content: one piece of news, in Danish and English. */
async function writeNews(version: number): Promise<string> {
  const dir = at(`news-${String(version)}`);
  for (const [name, text] of newsFiles(version)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), text);
  }
  return dir;
}

async function run(argv: readonly string[]): Promise<string> {
  const { code, out, err } = await runSkranke(argv);
  expect([code, err]).toEqual([0, '']);
  return out;
}

async function pack(version: number): Promise<string> {
  const file = at(`version-${String(version)}`);
  const what = ['--keys', at('keys'), '--version', String(version), '--languages', 'da', '--out', file];
  await run(['district', 'content', 'pack', await writeNews(version), ...what]);
  return file;
}

async function serve(): Promise<void> {
  const argv = ['district', 'serve', '--database', `pglite:${at('intake')}`, '--keys', at('keys')];
  intake = spawn(
    process.execPath,
    [join(projectRoot, 'src-main/cli/skranke.ts'), ...argv, '--port', String(port)],
    {
      ...{ cwd: projectRoot, stdio: ['ignore', 'pipe', 'ignore'] },
    },
  );
  if (intake.stdout !== null) await once(createInterface({ input: intake.stdout }), 'line');
}

async function endIntake(): Promise<void> {
  if (intake === null || intake.exitCode !== null) return;
  const gone = once(intake, 'exit');
  intake.kill('SIGTERM');
  await gone;
}

const standing = async (): Promise<unknown> =>
  JSON.parse(await run(['content', 'status', ...place, '--json']));

/** The line under the station's name, on the first screen. */
const shows = (version: number): Promise<void> =>
  browser.page
    .locator(`[data-news="from-package-${String(version)}"]`)
    .first()
    .waitFor({ timeout: 60_000 });

beforeAll(async () => {
  folder = await makeDataDir();
  port = await freePort();
  const config = at('config.json');
  place = ['--config', config, '--data-dir', at('kiosk')];
  const district = { id: 'fyn', url: `http://127.0.0.1:${String(port)}` };
  await writeFile(config, JSON.stringify({ district, kiosk: { number: '120', stationId: 'odense' } }));
  await run(['district', 'key', at('keys'), '--district', 'fyn']);
  await run(['district', 'content', 'key', at('keys'), '--district', 'fyn']);
  const key = await run(['enrol', ...place, '--district-key', join(at('keys'), 'fyn.jwk.json'), '--json']);
  await writeFile(join(at('keys'), 'kiosks', '06-120.json'), key);
  kiosk = await startKiosk(at('kiosk'), ['--config', config]);
  browser = await openBrowser(kiosk.ready.kiosk, 'portrait');
}, 300_000);
afterAll(async () => {
  await browser.close();
  await endIntake();
  expect(await kiosk.stop()).toBe(0);
  await folder.remove();
});

it('what a district publishes is on the screen of a kiosk that runs, and the district sees that it is', async () => {
  // A stick that comes before the key: nobody here knows who signed it.
  const first = await pack(1);
  const stranger = await runSkranke(['content', 'install', first, ...place]);
  expect([stranger.code, stranger.out]).toEqual([1, '']);
  await run(['content', 'trust', join(at('keys'), 'fyn.content.jwk.json'), ...place]);

  const database = ['--database', `pglite:${at('intake')}`];
  await run(['district', 'content', 'publish', first, '--keys', at('keys'), ...database]);
  await serve();
  await vi.waitFor(async () => expect((await runSkranke(['content', 'fetch', ...place])).code).toBe(0), {
    ...{ timeout: 60_000, interval: 500 },
  });
  await shows(1);
  expect(await standing()).toMatchObject({ live: { version: 1 }, previous: null, staged: [], refused: [] });
  await run(['content', 'fetch', ...place]);
  await endIntake();
  const seen = JSON.parse(await run(['district', 'content', 'list', ...database, '--json']));
  expect(seen).toMatchObject({
    packages: [{ district: '06', version: 1 }],
    kiosks: [{ kioskId: '06-120', standing: { live: { version: 1 } } }],
  });
});

it('one that does not fit this kiosk is named, and the old one stays; one on a stick comes without any line', async () => {
  const reading = parseContentSigningKey(
    await readFile(join(at('keys'), 'content.private.jwk.json'), 'utf8'),
  );
  if (!reading.ok) throw new Error('the key of the district');
  // A station that only a newer program knows.
  const hours = { stations: [{ id: 'nystad', hours: null, services: [], exceptions: [] }] };
  const bad = await makeTestPackage(
    reading.key,
    { version: 2 },
    newsFiles(2).set('hours.json', JSON.stringify(hours)),
  );
  await writeFile(at('bad'), bad);
  const refused = await runSkranke(['content', 'install', at('bad'), ...place]);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('package 2: hours.json: nystad: expected the id of a station.');
  await shows(1);

  await copyFile(await pack(3), at('stick'));
  await run(['content', 'install', at('stick'), ...place]);
  await shows(3);
  expect(await browser.page.locator('[data-news="from-package-1"]').count()).toBe(0);
  await run(['content', 'rollback', ...place]);
  await shows(1);
  expect(await standing()).toMatchObject({
    ...{ live: { version: 1 }, refused: [{ version: 3, problem: 'rolled-back' }] },
  });
  expect(browser.complaints()).toEqual([]);
});
