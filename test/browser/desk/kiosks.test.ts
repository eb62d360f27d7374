import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { fakeReports } from '../../helpers/fake-desk-reports.ts';
import {
  axeFaults,
  layoutFaults,
  openDesk,
  openFirstReport,
  press,
  seen,
  signIn,
  stopDesks,
  textOf,
  type,
  until,
  type OtherKiosk,
} from './stage.ts';

/* One page, several kiosks of the station: a tab for each. */

afterEach(stopDesks);

const hall: OtherKiosk = { name: 'Venterummet', options: { reports: fakeReports(0).slice(0, 2) } };
const yard: OtherKiosk = {
  name: 'Gården',
  options: { isPaired: false, isDemonstration: false, reports: [] },
};

async function isUsable(): Promise<void> {
  expect(await axeFaults()).toEqual([]);
  expect(layoutFaults()).toEqual([]);
}

const tab = (name: string): string => `[role="tab"][data-kiosk="${name}"]`;
const focused = (): string | null => document.activeElement?.getAttribute('data-kiosk') ?? null;

async function openSignedIn(width = 1366, height = 768, others = [hall, yard]) {
  const stage = await openDesk({}, width, height, 'desk-sign-in', others);
  await seen(`${tab('Venterummet')}[data-kiosk-state="locked"]`);
  await isUsable();
  await signIn();
  await seen(`${tab('Venterummet')}[data-kiosk-state="open"] [data-kiosk-new="2"]`);
  return stage;
}

test.each([
  [1366, 768],
  [1920, 1080],
])('at %i × %i the tabs say what waits where, and nothing is cut off', async (width, height) => {
  const { kiosk, others, i18n } = await openSignedIn(width, height);
  others[0]?.raise('staff-now');
  kiosk.raise('officer', { nameToCall: 'Opfundet' });
  await seen(`${tab('Venterummet')} [data-kiosk-calls="1"]`);
  await openFirstReport();
  expect(textOf(tab('Venterummet'))).toBe('Venterummet 1 kald 2 nye');
  expect(textOf(tab('Gården'))).toContain('Skranken er ikke kendt her');
  // The most urgent first, each with the name of its kiosk.
  const calls = [...document.querySelectorAll<HTMLElement>('.alerts li')].map((call) => call.innerText);
  expect(calls.map((call) => /Venterummet|Indgangen/.exec(call)?.[0])).toEqual(['Venterummet', 'Indgangen']);
  expect(document.title).toContain('2 kald');
  await isUsable();
  expect([...i18n.missing.keys()]).toEqual([]);
});

test('a call of the other kiosk is taken from here, and the report that stands open stays', async () => {
  const { kiosks, others } = await openSignedIn();
  await openFirstReport();
  const call = others[0]?.raise('staff-now');
  await press(`[data-alert="${call?.alertId ?? ''}"] [data-desk-action="take-alert"]`);
  await vi.waitUntil(() => others[0]?.calls.includes('takeAlert'), until);
  await seen('[data-report-view="open"]');
  expect(kiosks.shown.name).toBe('Indgangen');
});

test('by keyboard: the arrows lead from kiosk to kiosk and stay at the tabs; from there Tab leads into the kiosk', async () => {
  const { kiosks } = await openSignedIn();
  (await seen(tab('Indgangen'))).focus();
  await userEvent.keyboard('{ArrowRight}');
  await seen(`${tab('Venterummet')}[aria-selected="true"]`);
  expect([focused(), kiosks.shown.name]).toEqual(['Venterummet', 'Venterummet']);
  await seen('#kiosk[aria-labelledby="kiosk-tab-1"] [data-report]');
  expect(document.querySelectorAll('#kiosk [data-report]')).toHaveLength(2);
  await userEvent.keyboard('{ArrowRight}');
  await seen('[data-screen="desk-pair"] #kiosk');
  expect(focused()).toBe('Gården');
  expect(textOf('#kiosk')).toContain('stationens andre kiosker');
  await isUsable();
  await userEvent.keyboard('{ArrowRight}');
  expect(focused()).toBe('Indgangen');
  await userEvent.keyboard('{End}{Home}{Tab}');
  expect([kiosks.shown.name, focused()]).toEqual(['Indgangen', null]);
});

test('a kiosk that does not know the PIN asks for its own; one that is gone says so, and the others go on', async () => {
  const stage = await openDesk({}, 1366, 768, 'desk-sign-in', [hall, yard]);
  const [other] = stage.others;
  if (other === undefined) expect.fail('two kiosks');
  other.userName = 'skranke2';
  await seen(`${tab('Venterummet')}[data-kiosk-state="locked"]`);
  await signIn();
  const call = other.raise('officer');
  // A call of a kiosk where nobody is signed in leads to where one can.
  await seen(`${tab('Venterummet')}[data-kiosk-state="sign-in"]`);
  await press(`[data-alert="${call.alertId}"] [data-desk-action="to-kiosk"]`);
  await vi.waitUntil(() => document.activeElement?.getAttribute('data-field') === 'user-name', until);
  expect(textOf('#kiosk h1')).toBe('Log ind ved Venterummet');
  await isUsable();
  await type('user-name', 'skranke2');
  await type('pin', '246810');
  await press('[data-desk-action="sign-in"]');
  await seen(`${tab('Venterummet')}[data-kiosk-state="open"]`);
  other.unplug();
  await seen(`${tab('Venterummet')}[data-kiosk-state="no-line"]`);
  await seen('[data-alert-line="fallen"]');
  expect(textOf('#kiosk')).toContain('Forbindelsen til kiosken blev afbrudt');
  expect(await axeFaults()).toEqual([]);
  await press(tab('Indgangen'));
  await seen('[data-screen="desk-queue"] #kiosk [data-report]');
  expect([...stage.i18n.missing.keys()]).toEqual([]);
});

test('words that are found at another kiosk only say so, with a way there', async () => {
  const { i18n } = await openDesk({ reports: fakeReports(0).slice(1) }, 1366, 768, 'desk-sign-in', [hall]);
  await seen(`${tab('Venterummet')}[data-kiosk-state="locked"]`);
  await signIn();
  await seen('[data-search="ready"]');
  await type('search', '4417');
  await press('[data-desk-action="search-at-kiosk"]');
  await seen(`${tab('Venterummet')}[aria-selected="true"]`);
  await seen('[data-found="1"]');
  await isUsable();
  expect([...i18n.missing.keys()]).toEqual([]);
});

test('a slip of a kiosk where nobody is signed in leads to where one can', async () => {
  const stage = await openDesk({}, 1366, 768, 'desk-sign-in', [hall]);
  const [other] = stage.others;
  if (other === undefined) expect.fail('two kiosks');
  other.userName = 'skranke2';
  await seen(`${tab('Venterummet')}[data-kiosk-state="locked"]`);
  await signIn();
  await type('slip', other.reports[0]?.reference ?? '');
  await press('[data-desk-action="check-slip"]');
  await seen('[data-slip-verdict="other-kiosk"]');
  await isUsable();
  await press('[data-slip-verdict] [data-desk-action="to-kiosk"]');
  await seen('[data-screen="desk-sign-in"] #kiosk');
  expect([...stage.i18n.missing.keys()]).toEqual([]);
});

test('a station whose kiosks have changed says that the page has to be loaded again', async () => {
  const { kiosk, i18n } = await openDesk({});
  kiosk.welcome = { ...kiosk.welcome, kiosks: [{ name: 'Ny', origin: 'https://new.example' }] };
  kiosk.unplug();
  kiosk.plugIn();
  await seen('nav [role="status"] .attention');
  await isUsable();
  expect([...i18n.missing.keys()]).toEqual([]);
});
