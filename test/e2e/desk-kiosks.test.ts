import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noAlertDetails } from '../../src-main/domain/alert-details.ts';
import { makeAuthority } from '../helpers/authority.ts';
import { findViolations } from '../helpers/axe.ts';
import { openBrowser, type OpenBrowser } from '../helpers/browser.ts';
import { DeskDriver } from '../helpers/desk-driver.ts';
import { freePort } from '../helpers/free-port.ts';
import { makeDataDir, runSkranke, startKiosk, type KioskProcess } from '../helpers/kiosk-process.ts';
import { needs } from '../helpers/needs.ts';
import { setUpNetworkKiosk, type NetworkKiosk } from '../helpers/network-kiosk.ts';
import { connectVisitor } from '../helpers/rpc-client.ts';
import { makeSubmission } from '../helpers/submissions.ts';

/*
 * A station with a kiosk at the entrance and one in the hall, two processes with a certificate each. One page, served by
 * the entrance's, shows both: a report handed in in the hall is read there, a call from the hall is taken there, and the
 * power of the hall's kiosk goes and comes back.
 */

const words = 'en blå kuffert med bøger';
const report = makeSubmission({
  answers: [{ questionId: 'what-happened', answer: { kind: 'text', text: words } }],
});
const annasPin = '739518';

let folder: { path: string; remove(): Promise<void> };
let entrance: NetworkKiosk;
let hall: NetworkKiosk;
let first: KioskProcess;
let second: KioskProcess;
let browser: OpenBrowser;
let anna: DeskDriver;

const start = ({ dataDir, place }: NetworkKiosk): Promise<KioskProcess> =>
  startKiosk(dataDir, place.slice(0, 2));
const tab = (name: string): string => `[role="tab"][data-kiosk="${name}"]`;

/** Registers this page's desk at the kiosk on screen, and lets Anna in by the PIN she was given there. */
async function pairAndEnter(kiosk: NetworkKiosk): Promise<void> {
  const given = await kiosk.addStaff('anna', 'supervisor');
  await anna.pair(await kiosk.pairingCode(), 'Skranke 1');
  await anna.signIn('anna', given);
  await anna.choosePin(annasPin);
  await anna.on('desk-queue');
}

const canRun = needs('openssl').run && needs('chromium').run;

describe.skipIf(!canRun)('one desk and two kiosks of the station', () => {
  beforeAll(async () => {
    folder = await makeDataDir();
    const authority = makeAuthority(folder.path);
    const ports = [await freePort(), await freePort()] as const;
    const station = ['Indgangen', 'Hallen'].map((name, index) => ({
      name,
      origin: `https://127.0.0.1:${String(ports[index])}`,
    }));
    const shared = { folder: folder.path, authority, station };
    entrance = await setUpNetworkKiosk({ ...shared, number: '120', port: ports[0] });
    hall = await setUpNetworkKiosk({ ...shared, number: '121', port: ports[1] });
    [first, second] = [await start(entrance), await start(hall)];
    const address = first.ready.deskNetwork ?? '';
    browser = await openBrowser(address, 'desk', `${entrance.pin},${hall.pin}`);
    anna = new DeskDriver(browser.page);
  }, 600_000);
  afterAll(async () => {
    await browser.close();
    await first.putAway();
    await second.putAway();
    await folder.remove();
  });

  it('is registered at each by a code of its own, and brings the second the key of the first', async () => {
    await pairAndEnter(entrance);
    await browser.page.locator(`${tab('Hallen')}[data-kiosk-state="not-paired"]`).click();
    await pairAndEnter(hall);
    expect(await browser.page.locator('[data-keys="foreign"]').count()).toBe(0);
    const listed = await runSkranke(['desk', 'list', ...hall.place, '--json']);
    expect(JSON.parse(listed.out)).toMatchObject([{ name: 'Skranke 1', holdsStationKey: true }]);
  }, 600_000);

  it('reads at one page what was handed in at either, after one sign-in', async () => {
    await anna.act('lock');
    await anna.signIn('anna', annasPin);
    for (const name of ['Indgangen', 'Hallen'])
      await browser.page.locator(`${tab(name)}[data-kiosk-state="open"]`).waitFor();
    await browser.page.locator(tab('Indgangen')).click();
    const { api, socket } = await connectVisitor(second.ready.kiosk);
    await api.submit(report);
    socket.close();
    await browser.page.locator(`${tab('Hallen')} [data-kiosk-new="1"]`).waitFor();
    await browser.page.locator(tab('Hallen')).click();
    await anna.open(report.reportId);
    expect(await anna.answer('what-happened').innerText()).toContain(words);
    expect(await findViolations(browser.page)).toEqual([]);
  }, 300_000);

  it('takes a call from the hall while the entrance is on screen, and the visitor reads that somebody comes', async () => {
    await browser.page.locator(tab('Indgangen')).click();
    const { api, socket } = await connectVisitor(second.ready.kiosk);
    const states: string[] = [];
    const listening = (async () => {
      for await (const status of await api.follow({}))
        if (status.kind === 'alert') states.push(status.alert.state);
    })().catch(() => undefined);
    await api.raiseAlert({ ...noAlertDetails, kind: 'staff-now', language: 'da', earlier: null });
    await browser.page.locator(`${tab('Hallen')} [data-kiosk-calls="1"]`).waitFor();
    await anna.act('take-alert');
    await expect.poll(() => states.at(-1), { timeout: 60_000 }).toBe('taken');
    expect(await browser.page.locator(`${tab('Indgangen')}[aria-selected="true"]`).count()).toBe(1);
    socket.close();
    await listening;
  }, 300_000);

  it('works on at the entrance when the power of the hall goes, and is let in there again when it is back', async () => {
    await second.kill();
    await browser.page.locator(`${tab('Hallen')}[data-kiosk-state="no-line"]`).waitFor();
    await anna.on('desk-queue');
    await anna.find('ingenting', 0);
    second = await start(hall);
    await browser.page.locator(`${tab('Hallen')}[data-kiosk-state="sign-in"]`).click({ timeout: 120_000 });
    await anna.signIn('anna', annasPin);
    await anna.open(report.reportId);
    expect(await anna.answer('what-happened').innerText()).toContain(words);
    // The browser notes each line that fell, and nothing that the page's policy forbade.
    expect(browser.complaints().filter((one) => /content security policy/i.test(one))).toEqual([]);
  }, 600_000);
});
