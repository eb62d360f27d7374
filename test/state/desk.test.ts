import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AlertKind } from '../../src-main/contract/status.ts';
import { createKeyring } from '../../src-renderer/desk/keys/keyring.ts';
import { Desk } from '../../src-renderer/state/desk.svelte.ts';
import type { Keyring } from '../../src-renderer/state/desk-ports.ts';
import { deskIdleMs } from '../../src-renderer/state/desk-session.svelte.ts';
import {
  deskPin,
  FakeDeskServices,
  makeStationKeyPair,
  type FakeDeskOptions,
  type StationKeyPair,
} from '../helpers/fake-desk-api.ts';
import { deskPairCode } from '../helpers/fake-desk-door.ts';
import { deskNow, fakeReports } from '../helpers/fake-desk-reports.ts';
import { memoryDraftStore } from '../helpers/memory-draft-store.ts';
import { memoryKeyStore } from '../helpers/memory-key-store.ts';

const until = { timeout: 30_000, interval: 20 };
let key: StationKeyPair;
let stop: (() => void) | null = null;

beforeAll(async () => {
  key = await makeStationKeyPair();
});
afterEach(() => {
  stop?.();
  stop = null;
});

interface Stage {
  readonly desk: Desk;
  readonly kiosk: FakeDeskServices;
  readonly keyring: Keyring;
  /** How often the alarm was heard. */
  readonly played: () => number;
  /** Moves the page's clock. */
  readonly pass: (ms: number) => void;
}

async function open(options: FakeDeskOptions = {}, first: 'sign-in' | 'pair' = 'sign-in'): Promise<Stage> {
  const kiosk = await FakeDeskServices.start({ sealFor: key, ...options });
  const keyring = createKeyring(memoryKeyStore());
  let played = 0;
  let now = deskNow;
  const desk = new Desk({
    line: kiosk.line,
    keyring,
    drafts: memoryDraftStore(),
    sound: { canPlay: true, wake: () => undefined, playAlarm: () => void (played += 1) },
    clock: () => now,
    hands: { saveFile: () => undefined, copyText: async () => true, printPage: () => undefined },
    words: (key) => key,
    origin: 'http://127.0.0.1',
  });
  stop = desk.start();
  await vi.waitUntil(() => desk.session.screen === first, until);
  return { desk, kiosk, keyring, played: () => played, pass: (ms) => void (now += ms) };
}

async function openSignedIn(options: FakeDeskOptions = {}): Promise<Stage> {
  const stage = await open(options);
  await stage.desk.session.signIn('skranke1', deskPin);
  await vi.waitUntil(() => stage.desk.queue.state === 'ready', until);
  return stage;
}

async function openFirst({ desk }: Stage): Promise<void> {
  const [first] = desk.queue.lines;
  if (first === undefined) throw new Error('the queue is empty');
  await desk.report.open(first.row);
}

describe('signing in', () => {
  test('a wrong PIN, an empty field and too many attempts each get their own answer', async () => {
    const { desk, kiosk } = await open();
    await desk.session.signIn('skranke1', '');
    expect(desk.session.signInProblem).toEqual({ kind: 'missing' });
    await desk.session.signIn('skranke1', '999999');
    expect(desk.session.signInProblem).toEqual({ kind: 'wrong-pin' });
    kiosk.throttledMs = 45_000;
    await desk.session.signIn('skranke1', deskPin);
    expect(desk.session.signInProblem).toEqual({ kind: 'throttled', until: deskNow + 45_000 });
    expect(desk.session.screen).toBe('sign-in');
    kiosk.throttledMs = 0;
    await desk.session.signIn(' skranke1 ', deskPin);
    expect(desk.session.signInProblem).toBeNull();
    expect(desk.session.screen).toBe('queue');
  });

  test('the first desk of an enrolled kiosk registers before anything else and makes the key: a wrong code changes nothing', async () => {
    const { desk, kiosk } = await open({ isPaired: false, isDemonstration: false, reports: [] }, 'pair');
    expect(kiosk.calls).not.toContain('welcome');
    await desk.door.register('another', 'Skranke 1');
    expect(desk.door.problem).toBe('wrong-code');
    expect(kiosk.welcome.stationKeyId).toBeNull();
    await desk.door.register(` ${deskPairCode} `, 'Skranke 1');
    expect(desk.door.state).toBe('inside');
    await desk.session.load();
    expect(desk.session.screen).toBe('sign-in');
    await desk.session.signIn('skranke1', deskPin);
    expect(desk.session.screen).toBe('queue');
    expect(desk.keys.state).toBe('ready');
  });

  test('a desk that is given the key while somebody waits opens what stood closed, without a touch', async () => {
    const first = createKeyring(memoryKeyStore());
    const secret = first.makeSecret();
    const publicKey = await first.makeStationKey(secret);
    const stage = await open({ isDemonstration: false, sealFor: { publicKey, privateText: '' } });
    const { desk, kiosk } = stage;
    kiosk.door.release = { releaseSecret: first.makeSecret(), box: null, isHeld: true };
    await stage.keyring.makeDevice();
    await desk.session.signIn('skranke1', deskPin);
    await vi.waitUntil(() => desk.queue.state === 'ready', until);
    expect(desk.keys.state).toBe('foreign');
    expect(desk.queue.lines[0]?.summary).toEqual({ ok: false, reason: 'no-key' });
    const device = await stage.keyring.device();
    const box = device === null ? null : await first.give(publicKey.kid, secret, device.boxKey);
    kiosk.door.release = { ...kiosk.door.release, box };
    stage.pass(3000);
    desk.tick();
    await vi.waitUntil(() => desk.queue.lines[0]?.summary.ok === true, until);
    expect([desk.keys.state, kiosk.calls.includes('keepKey')]).toEqual(['ready', true]);
  });

  test('whoever was given a PIN chooses another before anything is shown', async () => {
    const { desk, kiosk } = await open();
    kiosk.door.isPinOneTime = true;
    await desk.session.signIn('skranke1', deskPin);
    expect([desk.session.screen, desk.session.staff]).toEqual(['new-pin', null]);
    await desk.session.choosePin('12345');
    expect(desk.session.pin.problem).toBe('short');
    expect(kiosk.calls).not.toContain('queue');
    await desk.session.choosePin('739518');
    expect(desk.session.screen).toBe('queue');
  });

  test('whoever thinks that a PIN was seen chooses another at the sign-in, without asking anybody', async () => {
    const { desk, kiosk } = await open();
    await desk.session.signIn('skranke1', deskPin, true);
    expect([desk.session.screen, desk.session.pin.chooser?.isForced]).toEqual(['new-pin', false]);
    expect(kiosk.calls).not.toContain('queue');
    await desk.session.choosePin('en grøn cykel');
    expect(desk.session.screen).toBe('queue');
    desk.session.lock();
    expect([desk.session.screen, desk.session.pin.chooser]).toEqual(['sign-in', null]);
  });

  test('a session that others have ended locks the page at once, and says why', async () => {
    const { desk, kiosk } = await openSignedIn();
    kiosk.changeNotice({ isSessionOpen: false });
    await vi.waitUntil(() => desk.session.screen === 'sign-in', until);
    expect(desk.session.lockReason).toBe('changed');
    expect([desk.keys.state, desk.queue.lines]).toEqual(['locked', []]);
  });

  test('a kiosk that seals for another desk: signed in, and told so', async () => {
    const { desk } = await openSignedIn({ isDemonstration: false });
    expect(desk.keys.state).toBe('foreign');
    expect(desk.queue.lines[0]?.summary).toEqual({ ok: false, reason: 'no-key' });
  });
});

describe('the queue', () => {
  test('summaries open in memory; "show more" survives a change at the kiosk', async () => {
    const stage = await open({ reports: fakeReports(9) });
    const { desk, kiosk } = stage;
    await desk.session.signIn('skranke1', deskPin);
    await vi.waitUntil(() => desk.queue.state === 'ready', until);
    expect(desk.queue.lines).toHaveLength(8);
    expect(desk.queue.hasMore).toBe(true);
    expect(desk.queue.lines[0]?.summary).toMatchObject({ ok: true, opened: { language: 'ar' } });
    await desk.queue.showMore();
    expect(desk.queue.lines).toHaveLength(12);
    expect(desk.queue.hasMore).toBe(false);
    await kiosk.addReports(fakeReports(0).slice(0, 1), key.publicKey);
    await vi.waitUntil(() => desk.queue.lines.length === 13, until);
    await desk.queue.useFilter('unprinted');
    expect(desk.queue.lines).toHaveLength(2);
    expect(desk.queue.counts).toMatchObject({ all: 13, unprinted: 2 });
  });
});

describe('one report', () => {
  test('opened, claimed, given back, claimed, finished', async () => {
    const stage = await openSignedIn();
    const { desk, kiosk } = stage;
    await openFirst(stage);
    expect(desk.report.view).toMatchObject({ state: 'open', report: { submission: { language: 'ar' } } });
    expect(kiosk.opened).toEqual([kiosk.reportIds[0]]);
    await desk.report.act('claim');
    expect(desk.report.review).toMatchObject({ state: 'claimed', isMine: true });
    await desk.report.act('release');
    expect(desk.report.review).toMatchObject({ state: 'new' });
    await desk.report.act('claim');
    await desk.report.act('finish');
    expect(desk.report.review).toMatchObject({ state: 'finished', version: 5 });
    expect(desk.report.saying).toBeNull();
    expect(desk.queue.counts?.all).toBe(5);
  });

  test('two people claim at once: the slower one changes nothing and sees who has it', async () => {
    const stage = await openSignedIn();
    const { desk, kiosk } = stage;
    await openFirst(stage);
    const [reportId] = kiosk.reportIds;
    if (reportId === undefined) throw new Error('no report');
    kiosk.somebodyElse(reportId, { state: 'claimed', claimedBy: 'B. Opfundet' });
    await desk.report.act('claim');
    expect(desk.report.saying).toMatchObject({ kind: 'changed', review: { claimedBy: 'B. Opfundet' } });
    expect(desk.report.review).toMatchObject({ state: 'claimed', isMine: false, claimedBy: 'B. Opfundet' });
    await desk.report.act('takeOver');
    expect(desk.report.review).toMatchObject({ state: 'claimed', isMine: true });
  });

  test('rows that changed places, and a seal that is broken, are told and not shown', async () => {
    const stage = await openSignedIn();
    const { desk, kiosk } = stage;
    const [first, second] = kiosk.reportIds;
    if (first === undefined || second === undefined) throw new Error('no reports');
    const own = kiosk.sealedReport(first);
    kiosk.spoil(first, kiosk.sealedReport(second));
    await openFirst(stage);
    expect(desk.report.view).toMatchObject({ state: 'unreadable', reason: 'other-report' });
    kiosk.spoil(first, own.slice(1));
    await openFirst(stage);
    expect(desk.report.view).toMatchObject({ state: 'unreadable', reason: 'broken-seal' });
  });

  test('printing again says what the printer says', async () => {
    const stage = await openSignedIn();
    const { desk, kiosk } = stage;
    await openFirst(stage);
    kiosk.printerProblem = 'no-paper';
    await desk.report.reprint('full');
    expect(desk.report.saying).toEqual({
      kind: 'reprinted',
      variant: 'full',
      slip: { printState: 'failed', printProblem: 'no-paper' },
    });
    kiosk.printerProblem = null;
    await desk.report.reprint('discreet');
    expect(desk.report.saying).toEqual({
      kind: 'reprinted',
      variant: 'discreet',
      slip: { printState: 'printed', printProblem: null },
    });
    expect(desk.report.slip?.printState).toBe('printed');
  });
});

describe('locking', () => {
  const nothingLeft = ({ desk }: Stage) => {
    expect(desk.session.screen).toBe('sign-in');
    expect(desk.session.staff).toBeNull();
    expect(desk.report.view).toEqual({ state: 'none' });
    expect(desk.report.review).toBeNull();
    expect(desk.queue.lines).toEqual([]);
    expect(desk.queue.counts).toBeNull();
    expect(desk.keys.state).toBe('locked');
  };

  test('by hand: report, queue and key leave the memory, and the kiosk is told', async () => {
    const stage = await openSignedIn();
    await openFirst(stage);
    stage.desk.session.lock();
    nothingLeft(stage);
    await vi.waitUntil(() => stage.kiosk.calls.includes('signOut'), until);
  });

  test('a report on its way while the desk is locked does not arrive', async () => {
    const stage = await openSignedIn();
    const opening = openFirst(stage);
    stage.desk.session.lock();
    await opening;
    nothingLeft(stage);
  });

  test('five minutes without a touch lock the desk, four and a touch do not', async () => {
    const stage = await openSignedIn();
    await openFirst(stage);
    stage.pass(deskIdleMs - 60_000);
    stage.desk.session.touch();
    stage.pass(deskIdleMs - 1);
    stage.desk.tick();
    expect(stage.desk.session.screen).toBe('queue');
    stage.pass(1);
    stage.desk.tick();
    nothingLeft(stage);
    expect(stage.desk.session.lockReason).toBe('idle');
  });

  test('a fallen line ends the session; the page finds the kiosk again', async () => {
    const stage = await openSignedIn();
    stage.kiosk.unplug();
    nothingLeft(stage);
    expect(stage.desk.session.lockReason).toBe('line');
    stage.kiosk.plugIn();
    await stage.desk.session.signIn('skranke1', deskPin);
    expect(stage.desk.session.screen).toBe('queue');
  });

  test('a kiosk that no longer knows the session: locked, not an error code', async () => {
    const stage = await openSignedIn();
    await stage.kiosk.line.client.signOut({});
    await stage.desk.queue.refresh();
    nothingLeft(stage);
    expect(stage.desk.session.lockReason).toBe('signed-out');
  });
});

describe('calls from the lobby', () => {
  test('reach a locked desk without details or a sound, and get their details with the sign-in', async () => {
    const { desk, kiosk, played } = await open();
    kiosk.raise('officer', { nameToCall: 'Opfundet', isPersonHere: 'yes' });
    kiosk.raise('danger-notice');
    kiosk.raise('interpreter', { wantedLanguage: 'ti' });
    kiosk.raise('card', { card: 'deaf' });
    await vi.waitUntil(() => desk.alerts.alerts.length === 4, until);
    const told = (kind: AlertKind) => desk.alerts.alerts.find((alert) => alert.kind === kind);
    expect(told('officer')).toMatchObject({ nameToCall: null, isPersonHere: null });
    expect(told('card')).toMatchObject({ card: null });
    // Which interpreter to find is no secret of a person.
    expect(told('interpreter')).toMatchObject({ wantedLanguage: 'ti' });
    await desk.session.signIn('skranke1', deskPin);
    await vi.waitUntil(() => told('officer')?.nameToCall === 'Opfundet', until);
    expect(played()).toBe(0);
    desk.session.lock();
    expect(told('officer')).toMatchObject({ nameToCall: null, isPersonHere: null });
  });

  test('the most urgent stands first; an alarm sounds again until somebody takes it', async () => {
    const { desk, kiosk, played, pass } = await openSignedIn();
    kiosk.raise('officer');
    const alarm = kiosk.raise('staff-now');
    await vi.waitUntil(() => desk.alerts.waiting === 2, until);
    expect(desk.alerts.alerts.map(({ kind }) => kind)).toEqual(['staff-now', 'officer']);
    pass(20_000);
    desk.tick();
    expect(played()).toBe(2);
    await desk.alerts.take(alarm.alertId);
    expect(desk.alerts.alerts.map(({ state }) => state)).toEqual(['seen', 'taken']);
    pass(20_000);
    desk.tick();
    expect(played()).toBe(2);
  });

  test('one that was taken stays in sight for five minutes, with the time this page saw', async () => {
    const { desk, kiosk, pass } = await openSignedIn();
    const { alertId } = kiosk.raise('staff-now');
    const old = kiosk.raise('officer', { state: 'taken', takenBy: 'B. Opfundet' });
    await vi.waitUntil(() => desk.alerts.alerts.length === 2, until);
    await desk.alerts.take(alertId);
    expect(desk.alerts.takenAt(alertId)).toBe(deskNow);
    expect(desk.alerts.takenAt(old.alertId)).toBeNull();
    pass(4 * 60_000);
    expect(desk.alerts.shown(deskNow + 4 * 60_000)).toHaveLength(2);
    const { alertId: later } = kiosk.raise('danger-notice');
    await vi.waitUntil(() => desk.alerts.alerts.length === 3, until);
    expect(desk.alerts.shown(deskNow + 5 * 60_000).map((alert) => alert.alertId)).toEqual([later]);
  });

  test('a report that cannot wait: taking its call opens it, wherever it stands in the queue', async () => {
    const { desk, kiosk } = await openSignedIn();
    const [reportId] = kiosk.reportIds;
    const reference = kiosk.reports[0]?.reference;
    if (reportId === undefined || reference === undefined) expect.fail('there is a report');
    await desk.queue.useFilter('finished');
    const { alertId } = kiosk.raise('urgent-report', { report: { reportId, reference } });
    await vi.waitUntil(() => desk.alerts.alerts.length === 1, until);
    const [alert] = desk.alerts.alerts;
    if (alert !== undefined) await desk.openUrgent(alert);
    expect(desk.report.view).toMatchObject({ state: 'open', report: { reportId } });
    expect(desk.alerts.alerts).toMatchObject([{ alertId, state: 'taken' }]);
    desk.session.lock();
    expect(desk.alerts.alerts).toMatchObject([{ report: null }]);
  });

  test('two take one call: the slower one reads who has it', async () => {
    const { desk, kiosk } = await openSignedIn();
    const alert = kiosk.raise('danger-notice', { state: 'taken', takenBy: 'B. Opfundet' });
    await desk.alerts.take(alert.alertId);
    expect(desk.alerts.problem).toEqual({
      alertId: alert.alertId,
      problem: { kind: 'taken', takenBy: 'B. Opfundet' },
    });
  });
});
