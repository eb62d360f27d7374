import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeAdministratorCode } from '../../src-district/administrators.ts';
import { createIntakeServer, type IntakeServer } from '../../src-district/http-server.ts';
import { createIntake } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { registerKiosk } from '../../src-district/kiosk-registry.ts';
import { addReader } from '../../src-district/readers.ts';
import { readBuiltFiles } from '../../src-main/hosts/pages/built-files.ts';
import { makePageHeaders } from '../../src-main/hosts/pages/page-headers.ts';
import { makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import { findViolations } from '../helpers/axe.ts';
import { openBrowser, type OpenBrowser } from '../helpers/browser.ts';
import { makeChainKiosk, type ChainKiosk } from '../helpers/event-chain.ts';
import { openOrFail } from '../helpers/opening.ts';
import { projectRoot } from '../helpers/kiosk-process.ts';
import { makeRegistration } from '../helpers/registration-cases.ts';

let database: IntakeDatabase;
let server: IntakeServer;
let browser: OpenBrowser;
let url = '';
const kiosks: ChainKiosk[] = [];
const notes: string[] = [];

beforeAll(async () => {
  database = await openOrFail('pglite:memory');
  const [calm, cloned] = [await makeChainKiosk('01-120'), await makeChainKiosk('01-121')];
  kiosks.push(calm, cloned);
  const kioskKeys = new Map(kiosks.map((kiosk) => [kiosk.kioskId, kiosk.publicKey]));
  const intake = createIntake({ database, kioskKeys, patienceMs: 0 });
  calm.addReports(3);
  await intake.handleBatch(await calm.batch(1, 3));
  cloned.addReports(2);
  cloned.addEvent('{"reportId":"of another kind"}');
  await intake.handleBatch(await cloned.batch(1, 3));
  cloned.events.splice(1);
  cloned.addReports(2);
  await intake.handleBatch(await cloned.batch(2, 3));
  await addReader(database, { name: 'case system', district: '01' });
  server = createIntakeServer({
    intake,
    administration: { database, districts: [], kioskKeys },
    page: {
      files: await readBuiltFiles(path.join(projectRoot, 'out/renderer')),
      headers: makePageHeaders("'self'"),
    },
    note: (event, facts) => notes.push(`${event} ${JSON.stringify(facts)}`),
  });
  ({ url } = await server.listen(0, '127.0.0.1'));
  browser = await openBrowser(url, 'desk');
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await database.close();
});

/** For whoever wants to look: `SKRANKE_PICTURES=folder`. */
async function picture(name: string): Promise<void> {
  const folder = process.env['SKRANKE_PICTURES'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await browser.page.screenshot({ path: path.join(folder, `district-${name}.png`) });
}

async function enter(code: string): Promise<void> {
  await browser.page.locator('#code').fill(code);
  await browser.page.keyboard.press('Enter');
}

it('an administrator sees the kiosks in a browser, gives a code, revokes one after being asked, and leaves', async () => {
  const { page } = browser;
  const district = (state: string) => page.locator(`[data-district="${state}"]`);
  await district('enter').waitFor();
  await picture('enter');
  await enter('AAAAA-AAAAA-AAAAA-AAAAA');
  await page.locator('[data-problem="wrong"]').waitFor();
  const code = await makeAdministratorCode(database, 'it-vagt', 1);
  await enter(code.toLowerCase());
  await district('overview').waitFor();

  const row = (kioskId: string) => page.locator(`[data-kiosk="${kioskId}"]`);
  expect(await row('01-120').locator('[data-mark]').count()).toBe(0);
  for (const mark of ['history', 'parked'])
    expect(await row('01-121').locator(`[data-mark="${mark}"]`).count()).toBe(1);
  expect(await page.locator('[data-reader="case system"]').count()).toBe(1);
  // Nothing is cut off at the side of a small screen.
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await picture('overview');

  await page.locator('#number').fill('1-20');
  await page.keyboard.press('Enter');
  await page.locator('[data-problem="number"]').waitFor();
  await page.locator('#number').fill('01-122');
  await page.keyboard.press('Enter');
  const made = await page.locator('[data-made="01-122"] [data-code]').innerText();
  const keys = await makeKioskKey();
  expect(await registerKiosk(database, await makeRegistration(made, keys.privateText))).toMatchObject({
    ok: true,
    kioskId: '01-122',
  });

  const revoke = row('01-121').locator('[data-action="revoke"]');
  await revoke.click();
  await picture('revoke');
  await row('01-121').locator('[data-action="revoke-no"]').click();
  await revoke.click();
  await row('01-121').locator('[data-action="revoke-yes"]').click();
  await row('01-121').locator('[data-mark="revoked"]').waitFor();
  expect(await row('01-120').getAttribute('data-key')).toBe('folder');
  expect(notes.filter((note) => note.startsWith('kiosk-'))).toEqual([
    'kiosk-code-made {"kioskId":"01-122","administrator":"it-vagt"}',
    'kiosk-revoked {"kioskId":"01-121","keys":1,"administrator":"it-vagt"}',
  ]);

  await page.reload();
  await district('overview').waitFor();
  await page.locator('[data-action="leave"]').click();
  await district('enter').waitFor();
  await enter(code);
  await page.locator('[data-problem="wrong"]').waitFor();
  expect(browser.complaints().filter((line) => !line.includes('401'))).toEqual([]);
});

it('a page that is read aloud and used without a mouse breaks no rule of that', async () => {
  const { page } = browser;
  await page.goto(url);
  await page.locator('[data-district="enter"]').waitFor();
  expect(await findViolations(page)).toEqual([]);
  await enter(await makeAdministratorCode(database, 'it-vagt', 1));
  await page.locator('[data-district="overview"]').waitFor();
  expect(await findViolations(page)).toEqual([]);
});

it('nobody without a session, and no other site, is told or does anything', async () => {
  const ask = (pathName: string, init: RequestInit = {}) =>
    fetch(new URL(pathName, url), init).then(({ status }) => status);
  expect(await ask('/admin/overview')).toBe(401);
  const json = { 'content-type': 'application/json' };
  const post = (pathName: string, headers: Record<string, string>, body: object) =>
    ask(pathName, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
  const kiosk = { kioskId: '01-120' };
  for (const pathName of ['/admin/kiosks', '/admin/revocations', '/admin/leave'])
    expect(await post(pathName, {}, kiosk)).toBe(401);
  const signIn = await fetch(new URL('/admin/session', url), {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ code: await makeAdministratorCode(database, 'it', 1) }),
  });
  const given = signIn.headers.get('set-cookie') ?? '';
  expect(given).toMatch(/HttpOnly; SameSite=Strict; Path=\/admin/);
  const cookie = given.split(';')[0] ?? '';
  expect(await ask('/admin/overview', { headers: { cookie } })).toBe(200);
  const foreign = { cookie, origin: 'https://elsewhere.example' };
  expect(await post('/admin/revocations', foreign, kiosk)).toBe(401);
  expect(await ask('/admin/overview', { headers: { cookie, origin: 'null' } })).toBe(401);
  expect(await ask('/assets/../package.json')).toBe(404);
  expect(await ask('/desk.html')).toBe(404);
  const start = await fetch(url);
  expect(start.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(await start.text()).not.toMatch(/<script(?![^>]*\bsrc=)/);
});
