import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { makeReference } from '../../../src-main/domain/reference-number.ts';
import { makeSlipSigner } from '../../helpers/slip-code.ts';
import type { FakeDeskServices } from '../../helpers/fake-desk-api.ts';
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
  until,
} from './stage.ts';

/* A scanner plays a keyboard: here its keys come without any time between them, as no person's do. */

afterEach(stopDesks);

const { signer, kioskKey } = await makeSlipSigner();

async function openSignedIn(width = 1366, height = 768) {
  const stage = await openDesk({ kioskKey }, width, height);
  await signIn();
  await seen('[data-report]');
  return stage;
}

function codeOf(reference: string): Promise<string> {
  return signer.sign({ reference, stationId: 'fjordby', day: '2026-11-20' });
}

/** Typed where the focus is. A button that gets an Enter nobody stopped is pressed, as in a browser. */
function scan(code: string, ...after: readonly string[]): void {
  for (const key of [...Array.from(code), 'Enter', ...after]) {
    const target = document.activeElement ?? document.body;
    const goesOn = target.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
    );
    if (goesOn && key === 'Enter' && target instanceof HTMLButtonElement) target.click();
  }
}

async function verdict(kind: string, report = 'none'): Promise<string> {
  await seen(`[data-slip-verdict="${kind}"][data-slip-report="${report}"]`);
  expect(await axeFaults()).toEqual([]);
  expect(layoutFaults()).toEqual([]);
  return textOf('[data-slip-verdict]');
}

function referenceAt(kiosk: FakeDeskServices, at: number): string {
  return kiosk.reports[at]?.reference ?? expect.fail('no such report');
}

test('a scan anywhere tells a genuine slip and opens its report; the button with the focus is not pressed', async () => {
  const { kiosk, i18n } = await openSignedIn();
  await openFirstReport();
  (await seen('[data-desk-action="claim"]')).focus();
  scan(await codeOf(referenceAt(kiosk, 2)), 'Tab', 'Enter');
  const words = await verdict('genuine', 'shown');
  expect(words).toMatch(/\d{4} \d{4} \d{4} · .*fredag den 20. november 2026/);
  expect(words).toContain('En kopi giver samme svar');
  await seen(`[data-open-report="${kiosk.reportIds[2] ?? ''}"]`);
  expect(kiosk.calls).not.toContain('claim');
  expect([...i18n.missing.keys()]).toEqual([]);
  await press('[data-desk-action="close-slip"]');
  await vi.waitUntil(() => document.querySelector('[data-slip-verdict]') === null, until);
});

test('forged, cut off, of another kiosk, something else: each is told in its own words, and opens nothing', async () => {
  const { kiosk, i18n } = await openSignedIn();
  const reference = referenceAt(kiosk, 0);
  const code = await codeOf(reference);
  const forger = await makeSlipSigner();
  scan(await forger.signer.sign({ reference, stationId: 'fjordby', day: '2026-11-20' }));
  expect(await verdict('forged')).toContain('Ikke ægte');
  scan(code.slice(0, 70));
  await verdict('incomplete');
  scan(await codeOf(makeReference('00', '121', '483061')));
  expect(await verdict('other-kiosk')).toContain('00-121');
  scan('<b>5701234567899</b>');
  expect(await verdict('not-a-slip')).not.toContain('5701234567899');
  expect(kiosk.opened).toEqual([]);
  // A report that stood open before is not taken for the one of a forged slip.
  await openFirstReport();
  expect(document.querySelector('[data-slip-other]')).not.toBeNull();
  scan(code);
  await verdict('genuine', 'shown');
  expect(document.querySelector('[data-slip-other]')).toBeNull();
  expect([...i18n.missing.keys()]).toEqual([]);
});

test('F2 leads to the field; a number typed by hand opens its report and proves nothing', async () => {
  const { kiosk, i18n } = await openSignedIn(1280, 720);
  const reference = referenceAt(kiosk, 1);
  await userEvent.keyboard('{F2}');
  await vi.waitUntil(() => document.activeElement?.getAttribute('data-field') === 'slip', until);
  const field = page.elementLocator(await seen('[data-field="slip"]'));
  await field.fill(`${reference.slice(0, 4)} ${reference.slice(4, 8)} ${reference.slice(8)}`);
  await userEvent.keyboard('{Enter}');
  expect(await verdict('number', 'shown')).toContain('ikke et bevis');
  await seen(`[data-open-report="${kiosk.reportIds[1] ?? ''}"]`);
  await field.fill(reference.slice(0, 11) + String((Number(reference[11]) + 1) % 10));
  await press('[data-desk-action="check-slip"]');
  await verdict('wrong-digit');
  await field.fill('1234');
  await press('[data-desk-action="check-slip"]');
  expect(await verdict('digit-count')).toContain('Her er 4');
  await field.fill(makeReference('00', '120', '999999'));
  await press('[data-desk-action="check-slip"]');
  await verdict('number', 'not-here');
  expect([...i18n.missing.keys()]).toEqual([]);
});

test('calls from the lobby and an answer leave room for the queue', async () => {
  const { kiosk } = await openSignedIn();
  kiosk.raise('officer', { nameToCall: 'Opfundet', isPersonHere: 'yes' });
  kiosk.raise('staff-now');
  scan(await codeOf(referenceAt(kiosk, 0)));
  await verdict('genuine', 'shown');
  const list = await seen('.list');
  expect(list.clientHeight).toBeGreaterThan(60);
});
