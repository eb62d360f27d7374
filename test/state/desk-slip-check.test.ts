import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Report } from '../../src-main/contract/report.ts';
import { makeReference } from '../../src-main/domain/reference-number.ts';
import { createKeyring } from '../../src-renderer/desk/keys/keyring.ts';
import { Desk } from '../../src-renderer/state/desk.svelte.ts';
import {
  deskPin,
  FakeDeskServices,
  makeStationKeyPair,
  type StationKeyPair,
} from '../helpers/fake-desk-api.ts';
import { deskNow } from '../helpers/fake-desk-reports.ts';
import { memoryDraftStore } from '../helpers/memory-draft-store.ts';
import { memoryKeyStore } from '../helpers/memory-key-store.ts';
import { makeSlipSigner } from '../helpers/slip-code.ts';

const until = { timeout: 30_000, interval: 20 };
const { signer, kioskKey } = await makeSlipSigner();
let key: StationKeyPair;
let stop = (): void => undefined;

beforeAll(async () => {
  key = await makeStationKeyPair();
});
afterEach(() => {
  stop();
});

async function openSignedIn(): Promise<{ desk: Desk; kiosk: FakeDeskServices; reports: readonly Report[] }> {
  const kiosk = await FakeDeskServices.start({ sealFor: key, kioskKey });
  const desk = new Desk({
    line: kiosk.line,
    keyring: createKeyring(memoryKeyStore()),
    drafts: memoryDraftStore(),
    sound: { canPlay: true, wake: () => undefined, playAlarm: () => undefined },
    clock: () => deskNow,
    hands: { saveFile: () => undefined, copyText: async () => true, printPage: () => undefined },
    words: (key) => key,
    origin: 'http://127.0.0.1',
  });
  stop = desk.start();
  await vi.waitUntil(() => desk.session.screen === 'sign-in', until);
  await desk.session.signIn('skranke1', deskPin);
  await vi.waitUntil(() => desk.queue.state === 'ready', until);
  return { desk, kiosk, reports: kiosk.reports };
}

function codeOf(reference: string): Promise<string> {
  return signer.sign({ reference, stationId: 'fjordby', day: '2026-11-20' });
}

test('the slip of a report far down or finished opens it; scanned again, nobody has read it twice', async () => {
  const { desk, kiosk, reports } = await openSignedIn();
  await desk.queue.useFilter('mine');
  expect(desk.queue.lines).toEqual([]);
  const last = reports.at(-1);
  if (last === undefined) expect.fail('there is a report');
  await desk.slipCheck.check(await codeOf(last.reference));
  expect(desk.slipCheck.answer).toMatchObject({ verdict: { kind: 'genuine' }, report: 'shown' });
  expect(desk.report.view).toMatchObject({ state: 'open', row: { reportId: last.reportId } });
  await desk.slipCheck.check(last.reference);
  expect(desk.slipCheck.answer).toMatchObject({ verdict: { kind: 'number' }, report: 'shown' });
  expect(kiosk.opened).toEqual([last.reportId]);
});

test('a genuine slip whose report is gone is still genuine; a forged one asks the kiosk for nothing', async () => {
  const { desk, kiosk, reports } = await openSignedIn();
  await desk.slipCheck.check(await codeOf(makeReference('00', '120', '999999')));
  expect(desk.slipCheck.answer).toMatchObject({ verdict: { kind: 'genuine' }, report: 'not-here' });
  const asked = kiosk.calls.filter((call) => call === 'findReport').length;
  const forged = (await codeOf(reports[0]?.reference ?? '')).replace('20261120', '20261119');
  await desk.slipCheck.check(forged);
  expect(desk.slipCheck.answer).toMatchObject({ verdict: { kind: 'forged' }, report: 'none' });
  expect(kiosk.calls.filter((call) => call === 'findReport')).toHaveLength(asked);
  expect(desk.report.view.state).toBe('none');
});

test('of two slips scanned at once the later one stands', async () => {
  const { desk, reports } = await openSignedIn();
  const [first, second] = reports;
  if (first === undefined || second === undefined) expect.fail('there are two reports');
  const codes = await Promise.all([codeOf(first.reference), codeOf(second.reference)]);
  await Promise.all(codes.map((code) => desk.slipCheck.check(code)));
  await vi.waitUntil(() => desk.report.view.state === 'open', until);
  expect(desk.report.reportId).toBe(second.reportId);
  expect(desk.slipCheck.answer).toMatchObject({ verdict: { reference: second.reference }, report: 'shown' });
});

test('the lock forgets what was scanned, also while it is being looked at; a locked desk checks nothing', async () => {
  const { desk, reports } = await openSignedIn();
  const code = await codeOf(reports[0]?.reference ?? '');
  const checking = desk.slipCheck.check(code);
  desk.session.lock();
  await checking;
  expect(desk.slipCheck.answer).toBeNull();
  await desk.slipCheck.check(code);
  expect(desk.slipCheck.answer).toBeNull();
  expect(desk.report.view.state).toBe('none');
});
