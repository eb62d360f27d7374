import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { findViolations } from '../helpers/axe.ts';
import { openBrowser, type OpenBrowser } from '../helpers/browser.ts';
import { DeskDriver } from '../helpers/desk-driver.ts';
import { makeDataDir, startKiosk, type KioskProcess } from '../helpers/kiosk-process.ts';
import { readPin } from '../helpers/pin.ts';
import { connectVisitor } from '../helpers/rpc-client.ts';
import { VisitDriver } from '../helpers/visit-driver.ts';

/* A supervisor writes other hours and a notice; whoever stands before the screen reads them, without a restart and after one. */

let folder: { path: string; remove(): Promise<void> };
let kiosk: KioskProcess;
const browsers: OpenBrowser[] = [];

beforeAll(async () => {
  folder = await makeDataDir();
  kiosk = await startKiosk(folder.path);
}, 300_000);
afterEach(async () => {
  for (const browser of browsers.splice(0)) await browser.close();
});
afterAll(async () => {
  await kiosk.putAway();
  await folder.remove();
});

async function open(which: 'kiosk' | 'desk'): Promise<OpenBrowser> {
  const browser = await openBrowser(kiosk.ready[which], which === 'desk' ? 'desk' : 'portrait');
  browsers.push(browser);
  return browser;
}

async function comeToHours(): Promise<DeskDriver> {
  const desk = new DeskDriver((await open('desk')).page);
  await desk.signIn('demo', await readPin(folder.path, 'demo'));
  await desk.on('desk-queue');
  await desk.page.locator('[data-place="station"]').click();
  await desk.page.locator('[data-preview-screen] [data-day]').first().waitFor();
  return desk;
}

/** Every day of the week, so that today is among them. */
async function writeEveryDay(desk: DeskDriver, times: string): Promise<void> {
  for (let day = 0; day < 7; day += 1) {
    await desk.page.locator(`[data-field="hours-counter-${day}"]`).fill(times);
    await desk.page.keyboard.press('Tab');
  }
}

const hoursOfKiosk = async () => {
  const { api, socket } = await connectVisitor(kiosk.ready.kiosk);
  const { stationHours, menu } = await api.welcome({});
  socket.close();
  return { stationHours, news: menu.news };
};

it('the hours of the visitor’s open screen change when the supervisor approves, in Arabic too', async () => {
  const { page } = await open('kiosk');
  const visit = new VisitDriver(page);
  await visit.on('start');
  await visit.touch('[data-language="ar"]');
  await visit.on('home');
  await visit.touch('[data-door="hours"]');
  await visit.on('hours');
  expect(await page.locator('[data-day]').first().innerText()).not.toContain('06:10');

  const desk = await comeToHours();
  await writeEveryDay(desk, '6.10-23.40');
  await desk.act('add-notices');
  await desk.page.locator('[data-field="notice-title-da"]').fill('Elevatoren virker ikke');
  await desk.page.keyboard.press('Tab');
  await desk.page.locator('[data-preview-screen]').getByText('Elevatoren virker ikke').waitFor();
  await desk.page.locator('[data-preview-language="ar"]').click();
  await desk.page.locator('[data-preview-screen="ar"][dir="rtl"]').getByText('06:10–23:40').first().waitFor();
  expect(await findViolations(desk.page)).toEqual([]);
  await desk.act('station-approve');
  await desk.page.locator('[data-station-saying="approved"]').waitFor();

  await page.locator('[data-day]').getByText('06:10–23:40').first().waitFor();
  expect(await findViolations(page)).toEqual([]);
  await visit.action('back');
  await visit.on('home');
  const notice = page.locator('[data-news^="own-"]').first();
  expect(await notice.locator('[lang="da"]').first().innerText()).toBe('Elevatoren virker ikke');
  // In which language it is written is said in the language of the screen.
  expect(await notice.innerText()).toMatch(/\p{Script=Arabic}/u);
});

it('what was approved holds after a restart; one touch brings back what ships', async () => {
  await kiosk.stop();
  kiosk = await startKiosk(folder.path);
  const before = await hoursOfKiosk();
  expect(before.stationHours).toMatchObject({ kind: 'known', isExample: false });
  expect(before.news[0]).toMatchObject({ words: { da: { title: 'Elevatoren virker ikke' } } });

  const desk = await comeToHours();
  await desk.act('station-restore');
  await desk.page.locator('[data-station-saying="restored"]').waitFor();
  const after = await hoursOfKiosk();
  expect(after.stationHours).toMatchObject({ kind: 'known', isExample: true });
  expect(after.news.some(({ words }) => words !== undefined)).toBe(false);
});
