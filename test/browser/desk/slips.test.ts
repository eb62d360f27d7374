import { afterEach, expect, test, vi } from 'vitest';
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

/* Slips that did not come out: staff see which, why, and what they can do about each. */

afterEach(stopDesks);

async function isUsable(): Promise<void> {
  expect(await axeFaults()).toEqual([]);
  expect(layoutFaults()).toEqual([]);
}

async function openOne() {
  const stage = await openDesk();
  await signIn();
  await openFirstReport();
  const reportId = stage.kiosk.reportIds[0] ?? '';
  return { ...stage, reportId };
}

test('a slip that failed stands in the list and above the report with its reason; a copy is printed once and says so', async () => {
  const { kiosk, i18n, reportId } = await openOne();
  kiosk.slipBecomes(reportId, { printState: 'failed', printProblem: 'cover-open' });
  await seen('[data-slip="failed"][data-slip-problem="cover-open"]');
  expect(textOf('[data-slip]')).toContain('kom ikke ud: låget er åbent');
  await vi.waitUntil(() => textOf(`[data-report="${reportId}"]`).includes('låget er åbent'), until);
  await isUsable();
  kiosk.printerProblem = 'cover-open';
  await press('[data-desk-action="reprint"]');
  await vi.waitUntil(() => textOf('.said').includes('Kopien kom ikke ud: låget er åbent'), until);
  kiosk.printerProblem = null;
  await press('[data-desk-action="reprint"]');
  await vi.waitUntil(() => textOf('.said').includes('Kopien er udskrevet'), until);
  await vi.waitUntil(() => document.querySelector('[data-slip]') === null, until);
  await isUsable();
  expect([...i18n.missing.keys()]).toEqual([]);
});

test('a slip of which nobody knows is not called failed; staff say that none is missing, and it leaves the list', async () => {
  const { kiosk, reportId } = await openOne();
  kiosk.slipBecomes(reportId, { printState: 'unknown', printProblem: 'not-seen' });
  await seen('[data-slip="unknown"]');
  expect(textOf('[data-slip]')).toContain('Det er uvist, om sedlen kom ud: den besøgende fik intet papir');
  await press('[data-filter="unprinted"]');
  await seen(`[data-report="${reportId}"]`);
  await isUsable();
  await press('[data-desk-action="settle-slip"]');
  await vi.waitUntil(() => document.querySelector(`[data-report="${reportId}"]`) === null, until);
  expect(kiosk.calls).toContain('settleSlip');
  await vi.waitUntil(() => document.querySelector('[data-slip]') === null, until);
});

test('a slip on its way can be stopped', async () => {
  const { kiosk, reportId } = await openOne();
  kiosk.slipBecomes(reportId, { printState: 'sent', printProblem: null });
  await seen('[data-slip="sent"]');
  expect(textOf('[data-desk-action="settle-slip"]')).toBe('Stop udskriften');
  await isUsable();
});

test('paper that is low is told in words before it is out; a printer that cannot tell is no alarm', async () => {
  const { kiosk } = await openOne();
  const top = (): string => textOf('[data-printer]');
  kiosk.changeNotice({ printer: { state: 'ready', problem: 'paper-low' } });
  await vi.waitUntil(() => top().includes('papiret er snart slut'), until);
  expect(document.querySelector('[data-printer].attention')).not.toBeNull();
  await isUsable();
  kiosk.changeNotice({ printer: { state: 'ready', problem: 'cannot-tell' } });
  await vi.waitUntil(() => top().includes('melder ikke tilbage'), until);
  expect(document.querySelector('[data-printer].attention')).toBeNull();
  await isUsable();
});
