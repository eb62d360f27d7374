import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { findViolations } from '../helpers/axe.ts';
import { openBrowser, type OpenBrowser } from '../helpers/browser.ts';
import { DeskDriver } from '../helpers/desk-driver.ts';
import { makeDataDir, runSkranke, startKiosk, type KioskProcess } from '../helpers/kiosk-process.ts';
import { readPin } from '../helpers/pin.ts';
import { connectVisitor } from '../helpers/rpc-client.ts';
import { makeSubmission } from '../helpers/submissions.ts';

/* Somebody with the disk in hand changes who read a report. IT's command and the supervisor's screen both name the line. */

let folder: { path: string; remove(): Promise<void> };
let kiosk: KioskProcess | null = null;
const browsers: OpenBrowser[] = [];
const submission = makeSubmission();

beforeAll(async () => {
  folder = await makeDataDir();
});
afterEach(async () => {
  for (const browser of browsers.splice(0)) await browser.close();
  await kiosk?.putAway();
  kiosk = null;
});
afterAll(() => folder.remove());

async function comeToDesk(): Promise<OpenBrowser & { desk: DeskDriver }> {
  if (kiosk === null) throw new Error('the kiosk runs');
  const browser = await openBrowser(kiosk.ready.desk, 'desk');
  browsers.push(browser);
  const desk = new DeskDriver(browser.page);
  await desk.signIn('demo', await readPin(folder.path, 'demo'));
  await desk.on('desk-queue');
  return { ...browser, desk };
}

async function verify(...argv: string[]): Promise<{ code: number | null; told: unknown }> {
  const { code, out, err } = await runSkranke(['audit', 'verify', '--json', ...argv]);
  return { code, told: out === '' ? err : JSON.parse(out) };
}

it('what was read stands in the log; the command walks it beside a running kiosk', async () => {
  kiosk = await startKiosk(folder.path);
  const { api, socket } = await connectVisitor(kiosk.ready.kiosk);
  const { reference } = await api.submit(submission);
  socket.close();
  const { desk, page } = await comeToDesk();
  await desk.open(submission.reportId);
  await page.locator('[data-place="audit"]').click();
  await desk.on('desk-audit');
  const read = page.locator('[data-audit-line][data-action="report-opened"]').first();
  await read.waitFor();
  expect((await read.innerText()).replaceAll(' ', '')).toContain(reference);
  await page.locator('[data-chain="walked"][data-chain-bad=""]').waitFor();
  expect(await findViolations(page)).toEqual([]);
  const { code, told } = await verify('--data-dir', folder.path);
  expect({ code, told }).toMatchObject({ code: 0, told: { ok: true, firstBad: null } });
});

it('a line altered by hand is named by the command, on a copy too, and on the supervisor’s screen', async () => {
  const file = join(folder.path, 'skranke.db');
  const database = new Database(file);
  const { sequence } = database
    .prepare<[], { sequence: number }>("SELECT sequence FROM audit WHERE action = 'report-opened'")
    .get() ?? { sequence: 0 };
  database.prepare("UPDATE audit SET actor = 'somebody-else' WHERE sequence = ?").run(sequence);
  database.close();
  const copy = join(folder.path, 'copy.db');
  await copyFile(file, copy);
  const broken = { code: 1, told: { ok: false, firstBad: sequence } };
  expect(await verify(copy)).toMatchObject(broken);
  expect(await verify('--data-dir', folder.path)).toMatchObject(broken);

  kiosk = await startKiosk(folder.path);
  const { desk, page } = await comeToDesk();
  await page.locator('[data-place="audit"]').click();
  await desk.on('desk-audit');
  await page.locator(`[data-chain-bad="${sequence}"]`).waitFor();
  expect(await page.locator(`[data-audit-line="${sequence}"]`).getAttribute('class')).toContain('bad');
});
