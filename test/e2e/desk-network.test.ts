import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAuthority } from '../helpers/authority.ts';
import { findViolations } from '../helpers/axe.ts';
import { openBrowser, type OpenBrowser } from '../helpers/browser.ts';
import { DeskDriver } from '../helpers/desk-driver.ts';
import { freePort } from '../helpers/free-port.ts';
import { makeDataDir, runSkranke, startKiosk, type KioskProcess } from '../helpers/kiosk-process.ts';
import { needs } from '../helpers/needs.ts';
import { setUpNetworkKiosk, type NetworkKiosk } from '../helpers/network-kiosk.ts';
import { readPin } from '../helpers/pin.ts';
import { connectVisitor } from '../helpers/rpc-client.ts';
import { makeSubmission } from '../helpers/submissions.ts';

/*
 * IT gives an enrolled kiosk a certificate of the police's own authority. Two colleagues sit at two PCs of the station, each
 * with a browser that trusts that one key. The first desk makes the station key and hands it to the second; both read the
 * same report. Then the second PC is stolen.
 */

const words = 'en grøn rygsæk med tegninger';
const report = makeSubmission({
  answers: [{ questionId: 'what-happened', answer: { kind: 'text', text: words } }],
});

let folder: { path: string; remove(): Promise<void> };
let setUp: NetworkKiosk;
let kiosk: KioskProcess;
const open: OpenBrowser[] = [];

async function openDesk(): Promise<DeskDriver> {
  const browser = await openBrowser(kiosk.ready.deskNetwork ?? '', 'desk', setUp.pin);
  open.push(browser);
  return new DeskDriver(browser.page);
}

const canRun = needs('openssl').run && needs('chromium').run;

describe.skipIf(!canRun)('two desks over the network of the station', () => {
  beforeAll(async () => {
    folder = await makeDataDir();
    const authority = makeAuthority(folder.path);
    setUp = await setUpNetworkKiosk({
      ...{ folder: folder.path, authority },
      ...{ number: '120', port: await freePort() },
    });
    kiosk = await startKiosk(setUp.dataDir, setUp.place.slice(0, 2));
  }, 600_000);
  afterAll(async () => {
    for (const browser of open) await browser.close();
    await kiosk.putAway();
    await folder.remove();
  });

  it('the first makes the key, gives it to the second, both read the same report; the stolen one is cut off', async () => {
    expect(kiosk.ready.deskNetwork).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/);
    const [annasPin, bosPin] = [
      await setUp.addStaff('anna', 'supervisor'),
      await setUp.addStaff('bo', 'front-desk'),
    ];
    const code = await setUp.pairingCode();

    const anna = await openDesk();
    await anna.pair(code, 'Skranke 1');
    await anna.signIn('anna', annasPin);
    await anna.choosePin('739518');
    await anna.on('desk-queue');

    const { api, socket } = await connectVisitor(kiosk.ready.kiosk);
    await api.submit(report);
    socket.close();
    await anna.open(report.reportId);
    expect(await anna.answer('what-happened').innerText()).toContain(words);

    await anna.goTo('desks');
    await anna.act('make-desk-code');
    const second = await anna.page.locator('[data-desk-code]').getAttribute('data-desk-code');
    const bo = await openDesk();
    await bo.pair(second ?? '', 'Skranke 2');
    await bo.signIn('bo', bosPin);
    await bo.choosePin('cykel i regnvejr');
    await bo.on('desk-queue');
    const shown = await bo.page.locator('[data-keys="foreign"] [data-check-code]').innerText();

    await anna.page
      .locator('[data-desk="Skranke 2"][data-key="waiting"] [data-desk-action="give-key"]')
      .click();
    expect(await anna.page.locator('[data-desk-question="give"] [data-check-code]').innerText()).toBe(shown);
    expect(await findViolations(anna.page)).toEqual([]);
    await anna.act('give-yes');
    await bo.page.locator('[data-keys="foreign"]').waitFor({ state: 'detached' });
    // The line opens by itself as well: nobody had to reload anything.
    await bo.page.locator(`[data-report="${report.reportId}"][data-opened="true"]`).waitFor();
    await bo.open(report.reportId);
    expect(await bo.answer('what-happened').innerText()).toContain(words);
    await anna.page.locator('[data-desk="Skranke 2"][data-key="holds"]').waitFor();

    // Stolen, with somebody still signed in.
    await anna.page.locator('[data-desk="Skranke 2"] [data-desk-action="revoke"]').click();
    await anna.act('revoke-yes');
    await bo.on('desk-pair');
    expect(await bo.page.locator('body').innerText()).not.toContain(words);
    await bo.page.reload();
    await bo.on('desk-pair');
    const left = await runSkranke(['desk', 'list', ...setUp.place, '--json']);
    expect(JSON.parse(left.out)).toMatchObject([{ name: 'Skranke 1', holdsStationKey: true }]);
  }, 600_000);

  it('a supervisor who is locked out is let in again by IT, with a PIN for one time', async () => {
    const recovered = await runSkranke(['staff', 'recover', ...setUp.place, '--json']);
    expect(recovered).toMatchObject({ code: 0 });
    const [browser] = open;
    if (browser === undefined) throw new Error('the first desk is open');
    const anna = new DeskDriver(browser.page);
    // Whoever had the old PIN is out at once.
    await anna.signIn('anna', await readPin(setUp.dataDir, 'anna'));
    await anna.choosePin('grøn cykel i regn');
    await anna.on('desk-queue');
    await anna.goTo('audit');
    await anna.page.locator('[data-action="staff-recovered"]').first().waitFor();
  }, 300_000);

  it('the visitor has no page and no procedure there, and nobody is answered who calls it by another name', async () => {
    const [browser] = open;
    const address = kiosk.ready.deskNetwork ?? '';
    const statuses = await browser?.page.evaluate(async () => {
      const ask = async (path: string) => (await fetch(path)).status;
      return [await ask('/visitor.html'), await ask('/desk.html'), await ask('/../etc/passwd')];
    });
    expect(statuses).toEqual([404, 200, 404]);
    const elsewhere = address.replace('127.0.0.1', 'localhost');
    const page = await browser?.context.newPage();
    const answered = await page?.goto(elsewhere);
    expect(answered?.status()).toBe(403);
  }, 300_000);
});
