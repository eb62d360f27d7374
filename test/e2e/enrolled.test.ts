import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openBrowser } from '../helpers/browser.ts';
import { DeskDriver } from '../helpers/desk-driver.ts';
import { readDistrictCopies, waitForDistrict } from '../helpers/district-copy.ts';
import { makeDataDir, projectRoot, runSkranke, startKiosk } from '../helpers/kiosk-process.ts';
import { readPin } from '../helpers/pin.ts';
import { connectVisitor } from '../helpers/rpc-client.ts';
import { makeSubmission } from '../helpers/submissions.ts';
import { VisitDriver } from '../helpers/visit-driver.ts';

/*
 * IT enrols a kiosk that has no printer, while its district is down. A visitor comes; the power goes. The kiosk comes back,
 * the first desk is paired by a code, a second visitor comes, and then the line is up: the district has both, once, in order.
 */

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function serveDistrict(keys: string, database: string, port: number): Promise<ChildProcess> {
  const argv = ['district', 'serve', '--database', database, '--keys', keys, '--port', String(port)];
  const child = spawn(process.execPath, [join(projectRoot, 'src-main/cli/skranke.ts'), ...argv], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => {
      reject(new Error(`the intake ended with ${String(code)}`));
    });
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).once('line', () => {
        resolve();
      });
    }
  });
  return child;
}

/** Asks as IT does, until the kiosk says that the district has everything. */
async function untilDelivered(dataDir: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const { out } = await runSkranke(['delivery', '--data-dir', dataDir, '--json']);
      expect(JSON.parse(out)).toMatchObject({ state: 'up-to-date', undelivered: 0, stopped: null });
    },
    { timeout: 120_000, interval: 200 },
  );
}

it('an enrolled kiosk without printer and line loses nothing, and the district gets everything once and in order', async () => {
  const folder = await makeDataDir();
  const dataDir = join(folder.path, 'kiosk');
  const keys = join(folder.path, 'district');
  const database = `pglite:${join(folder.path, 'intake')}`;
  const intakePort = await freePort();
  const kioskPort = await freePort();
  await mkdir(dataDir);
  const configFile = join(folder.path, 'config.json');
  await writeFile(
    configFile,
    JSON.stringify({
      district: { id: 'fyn', url: `http://127.0.0.1:${String(intakePort)}` },
      kiosk: { number: '120', stationId: 'odense' },
    }),
  );
  const place = ['--config', configFile, '--data-dir', dataDir];

  expect(await runSkranke(['district', 'key', keys, '--district', 'fyn'])).toMatchObject({ code: 0 });
  const enrolled = await runSkranke([
    'enrol',
    ...place,
    '--district-key',
    join(keys, 'fyn.jwk.json'),
    '--json',
  ]);
  expect(enrolled).toMatchObject({ code: 0, err: '' });

  const options = ['--config', configFile, '--port', String(kioskPort)];
  let kiosk = await startKiosk(dataDir, options);
  const kioskId = z.string().parse(/"kioskId":"([^"]+)"/.exec(kiosk.output())?.[1]);
  await writeFile(join(keys, 'kiosks', `${kioskId}.json`), enrolled.out);

  let browser = await openBrowser(kiosk.ready.kiosk, 'portrait');
  const visit = new VisitDriver(browser.page);
  await visit.goToTypes('en');
  await visit.chooseType('stolen-things');
  await visit.on('question', 'things');
  await visit.skipTo('check');
  const first = await visit.submit();
  // No printer: the number is on the screen, and the visit ends well.
  await visit.action('finish');
  await visit.on('start');
  await kiosk.kill();
  await browser.close();

  kiosk = await startKiosk(dataDir, options);
  expect(await runSkranke(['staff', 'add', 'b.berg', '--name', 'B. Berg', ...place, '--json'])).toMatchObject(
    { code: 0 },
  );
  const { code: pairingCode } = z
    .object({ code: z.string() })
    .parse(JSON.parse((await runSkranke(['desk', 'pair', ...place, '--json'])).out));
  browser = await openBrowser(kiosk.ready.desk, 'desk');
  const desk = new DeskDriver(browser.page);
  await desk.pair(pairingCode, 'Skranke 1');
  await desk.signIn('b.berg', await readPin(dataDir, 'b.berg'));
  await desk.choosePin('739518');
  await desk.on('desk-queue');

  const second = makeSubmission({
    answers: [{ questionId: 'what-happened', answer: { kind: 'text', text: 'grøn rygsæk' } }],
  });
  const { api, socket } = await connectVisitor(kiosk.ready.kiosk);
  const { reference } = await api.submit(second);
  socket.close();
  await desk.open(second.reportId);
  expect(await desk.answer('what-happened').innerText()).toContain('grøn rygsæk');
  await browser.close();

  // No line yet: what waits is carried by hand, taken once and again, and an altered batch not at all.
  const carried = join(folder.path, 'carried');
  const exported = await runSkranke(['export', carried, ...place, '--json']);
  expect(JSON.parse(exported.out)).toMatchObject({ file: carried, throughSequence: expect.any(Number) });
  expect((await runSkranke(['export', carried, ...place])).err).toContain('is not overwritten');
  const altered = join(folder.path, 'altered');
  const text = await readFile(carried, 'utf8');
  await writeFile(altered, text.replace('receivedAt', 'receivedat'));
  const take = async (file: string) => {
    const taken = await runSkranke([
      ...['district', 'import', file, '--database', database, '--keys', keys, '--json'],
    ]);
    return {
      code: taken.code,
      ...z.object({ refusal: z.string().nullable() }).loose().parse(JSON.parse(taken.out)),
    };
  };
  expect(await take(altered)).toMatchObject({
    code: 1,
    events: 0,
    refusal: expect.stringContaining('altered'),
  });
  for (let time = 0; time < 2; time += 1)
    expect(await take(carried)).toMatchObject({ code: 0, parked: 0, refusal: null });

  const intake = await serveDistrict(keys, database, intakePort);
  try {
    await untilDelivered(dataDir);
  } finally {
    intake.kill('SIGTERM');
    await once(intake, 'exit');
  }
  expect(await kiosk.stop()).toBe(0);

  const place2 = ['--database', database, '--keys', keys];
  await waitForDistrict(place2, first);
  expect((await waitForDistrict(place2, reference)).submission).toEqual(second);
  const copies = await readDistrictCopies(place2);
  expect(copies.map((copy) => copy.kept.sealed.reference)).toEqual([first, reference]);
  expect(new Set(copies.map((copy) => copy.kept.kioskId))).toEqual(new Set([kioskId]));
  await folder.remove();
}, 900_000);
