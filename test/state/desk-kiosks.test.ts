import { afterEach, describe, expect, test, vi } from 'vitest';
import { createKeyring } from '../../src-renderer/desk/keys/keyring.ts';
import type { KeyStore } from '../../src-renderer/desk/keys/key-store.ts';
import { DeskKiosks, type DeskKiosk } from '../../src-renderer/state/desk-kiosks.svelte.ts';
import { deskIdleMs } from '../../src-renderer/state/desk-session.svelte.ts';
import { Desk } from '../../src-renderer/state/desk.svelte.ts';
import { deskPin, FakeDeskServices, type FakeDeskOptions } from '../helpers/fake-desk-api.ts';
import { deskPairCode } from '../helpers/fake-desk-door.ts';
import { deskNow, fakeReports } from '../helpers/fake-desk-reports.ts';
import { memoryDraftStore } from '../helpers/memory-draft-store.ts';
import { memoryKeyStore } from '../helpers/memory-key-store.ts';
import { makeSlipSigner } from '../helpers/slip-code.ts';

/* Two kiosks of one station at one page: the entrance, whose page it is, and the waiting room. */

const until = { timeout: 30_000, interval: 20 };
const [entrance, hall] = ['https://kiosk120.example:8443', 'https://kiosk121.example:8443'] as const;
const station = [
  { name: 'The entrance', origin: entrance },
  { name: 'The hall', origin: hall },
];
let stop: (() => void) | null = null;
afterEach(() => {
  stop?.();
  stop = null;
});

interface Stage {
  readonly kiosks: DeskKiosks;
  readonly home: FakeDeskServices;
  readonly other: FakeDeskServices;
  readonly store: KeyStore;
  readonly played: () => number;
  readonly pass: (ms: number) => void;
}

async function open(home: FakeDeskOptions = {}, other: FakeDeskOptions = {}): Promise<Stage> {
  const [first, second] = await Promise.all([
    FakeDeskServices.start({ kiosks: station, ...home }),
    FakeDeskServices.start({ kioskId: '00-121', reports: fakeReports(0).slice(0, 1), ...other }),
  ]);
  const store = memoryKeyStore();
  let [played, now] = [0, deskNow];
  const clock = () => now;
  const kiosks = new DeskKiosks({
    openDesk: (origin, sound, others) =>
      new Desk({
        ...{ sound, clock, others },
        line: (origin === null ? first : second).line,
        keyring: createKeyring(store, origin),
        drafts: memoryDraftStore(),
        hands: { saveFile: () => undefined, copyText: async () => true, printPage: () => undefined },
        words: (key) => key,
        origin: origin ?? entrance,
      }),
    origin: entrance,
    sound: { canPlay: true, wake: () => undefined, playAlarm: () => void (played += 1) },
    clock,
  });
  stop = kiosks.start();
  return { kiosks, home: first, other: second, store, played: () => played, pass: (ms) => void (now += ms) };
}

async function openBoth(home: FakeDeskOptions = {}, other: FakeDeskOptions = {}): Promise<Stage> {
  const stage = await open(home, other);
  await vi.waitUntil(
    () => stage.kiosks.all.every((kiosk) => stage.kiosks.stateOf(kiosk) === 'locked'),
    until,
  );
  expect(stage.kiosks.all).toHaveLength(2);
  return stage;
}

const states = ({ kiosks }: Stage) => kiosks.all.map((kiosk) => kiosks.stateOf(kiosk));
function second({ kiosks }: Stage): DeskKiosk {
  return kiosks.all[1] ?? expect.fail('two kiosks');
}

async function openSignedIn(home: FakeDeskOptions = {}, other: FakeDeskOptions = {}): Promise<Stage> {
  const stage = await openBoth(home, other);
  await stage.kiosks.signIn('skranke1', deskPin);
  expect(states(stage)).toEqual(['open', 'open']);
  await vi.waitUntil(() => stage.kiosks.all.every(({ desk }) => desk.queue.state === 'ready'), until);
  return stage;
}

describe('which kiosks', () => {
  test('the page learns from its own kiosk, once: a list that has changed asks for the page to be loaded anew', async () => {
    const stage = await openBoth({}, { kiosks: [{ name: 'Elsewhere', origin: 'https://evil.example' }] });
    const { kiosks, home } = stage;
    expect(kiosks.all.map(({ name, origin }) => ({ name, origin }))).toEqual(station);
    expect(kiosks.isListOld).toBe(false);
    home.welcome = { ...home.welcome, kiosks: [...station, { name: 'New', origin: 'https://new.example' }] };
    home.unplug();
    home.plugIn();
    await vi.waitUntil(() => kiosks.isListOld, until);
    expect(kiosks.all).toHaveLength(2);
  });

  test('a kiosk that is told of no others is shown alone, without a name', async () => {
    const { kiosks } = await open({ kiosks: [] });
    await vi.waitUntil(() => kiosks.shown.desk.session.screen === 'sign-in', until);
    expect([kiosks.areSeveral, kiosks.shown.name]).toEqual([false, '']);
  });
});

describe('signing in', () => {
  test('once is enough for both; locking and idling empty both', async () => {
    const stage = await openSignedIn();
    const { kiosks } = stage;
    for (const { desk } of kiosks.all) {
      const [line] = desk.queue.lines;
      if (line !== undefined) await desk.report.open(line.row);
      expect(desk.report.view.state).toBe('open');
    }
    const nothingLeft = () => {
      for (const { desk } of kiosks.all) {
        expect([desk.session.staff, desk.keys.state, desk.report.view.state]).toEqual([
          null,
          'locked',
          'none',
        ]);
        expect([desk.queue.lines, desk.archive.reports, desk.queue.counts]).toEqual([[], [], null]);
      }
    };
    kiosks.lock();
    nothingLeft();
    for (const fake of [stage.home, stage.other])
      await vi.waitUntil(() => fake.calls.includes('signOut'), until);
    await kiosks.signIn('skranke1', deskPin);
    stage.pass(deskIdleMs - 1);
    kiosks.touch();
    stage.pass(deskIdleMs - 1);
    for (const { desk } of kiosks.all) desk.tick();
    expect(states(stage)).toEqual(['open', 'open']);
    stage.pass(1);
    for (const { desk } of kiosks.all) desk.tick();
    nothingLeft();
  });

  test('a PIN that was mistyped is tried at one kiosk only', async () => {
    const { kiosks, home, other } = await openBoth();
    await kiosks.signIn('skranke1', '999999');
    expect(kiosks.shown.desk.session.signInProblem).toEqual({ kind: 'wrong-pin' });
    expect([home.calls, other.calls].map((calls) => calls.includes('signIn'))).toEqual([true, false]);
  });

  test('whoever has no account at the other works at the first, and is not tried there again by the page', async () => {
    const stage = await openBoth();
    const { kiosks, other } = stage;
    const tries = () => other.calls.filter((call) => call === 'signIn').length;
    other.userName = 'somebody-else';
    await kiosks.signIn('skranke1', deskPin);
    expect(states(stage)).toEqual(['open', 'sign-in']);
    // Nobody typed anything there: nothing is blamed on who comes to that tab.
    expect(second(stage).desk.session.signInProblem).toBeNull();
    kiosks.lock();
    await kiosks.signIn('skranke1', deskPin);
    for (const { desk } of kiosks.all) desk.tick();
    expect([states(stage), tries()]).toEqual([['open', 'sign-in'], 1]);

    kiosks.show(second(stage));
    other.userName = 'skranke1';
    await kiosks.signIn('skranke1', deskPin);
    expect(states(stage)).toEqual(['open', 'open']);
    kiosks.lock();
    await kiosks.signIn('skranke1', deskPin);
    expect(states(stage)).toEqual(['open', 'open']);
  });

  test('a desk that was locked while the second kiosk still thought about the PIN is open nowhere', async () => {
    const stage = await openBoth();
    const signingIn = stage.kiosks.signIn('skranke1', deskPin);
    await vi.waitUntil(() => stage.kiosks.isAnybodyIn, until);
    stage.kiosks.lock();
    await signingIn;
    expect(states(stage)).toEqual(['locked', 'locked']);
  });

  test('while the own kiosk is away, whoever signs in works at the other', async () => {
    const stage = await openBoth();
    stage.home.unplug();
    await stage.kiosks.signIn('skranke1', deskPin);
    expect(states(stage)).toEqual(['no-line', 'open']);
    expect(stage.kiosks.shown).toBe(second(stage));
  });
});

describe('a line', () => {
  test('that falls takes only its own kiosk with it, and comes back to be signed in at', async () => {
    const stage = await openSignedIn();
    const { kiosks, other, home } = stage;
    const [first] = kiosks.shown.desk.queue.lines;
    if (first !== undefined) await kiosks.shown.desk.report.open(first.row);
    other.unplug();
    expect(states(stage)).toEqual(['open', 'no-line']);
    expect(second(stage).desk.queue.lines).toEqual([]);
    expect(kiosks.shown.desk.report.view.state).toBe('open');
    await home.addReports(fakeReports(0).slice(0, 1), home.sealsFor);
    await vi.waitUntil(() => kiosks.shown.desk.queue.counts?.new === 6, until);
    other.plugIn();
    await vi.waitUntil(() => kiosks.stateOf(second(stage)) === 'sign-in', until);
    expect(other.calls.filter((call) => call === 'signIn')).toHaveLength(1);
  });

  test('on which nobody answers any more counts as fallen after twenty seconds, also where nobody signed in', async () => {
    const stage = await openBoth();
    const { other, pass } = stage;
    const { desk } = second(stage);
    desk.tick();
    other.door.isSilent = true;
    pass(10_000);
    desk.tick();
    pass(19_999);
    desk.tick();
    expect(other.renewals).toBe(0);
    pass(1);
    desk.tick();
    expect([other.renewals, stage.home.renewals]).toEqual([1, 0]);
  });
});

describe('calls from both lobbies', () => {
  test('stand together, the most urgent first, whichever kiosk is on screen; each is taken at its own', async () => {
    const stage = await openSignedIn();
    const { kiosks, home, other, played } = stage;
    home.raise('officer');
    const alarm = other.raise('staff-now');
    home.raise('staff-now', { raisedAt: new Date(deskNow).toISOString() });
    await vi.waitUntil(() => kiosks.waiting === 3, until);
    const told = kiosks.calls.map(({ alert, kiosk }) => [alert.kind, kiosk.name]);
    expect(told).toEqual([
      ['staff-now', 'The hall'],
      ['staff-now', 'The entrance'],
      ['officer', 'The entrance'],
    ]);
    // Together they are one sound.
    expect(played()).toBe(1);
    await kiosks.calls[0]?.kiosk.desk.alerts.take(alarm.alertId);
    expect([home, other].map(({ calls }) => calls.includes('takeAlert'))).toEqual([false, true]);
    expect(kiosks.waiting).toBe(2);
    expect(kiosks.shown.name).toBe('The entrance');
  });

  test('a report that cannot wait brings its kiosk on screen, and opens there', async () => {
    const stage = await openSignedIn();
    const { kiosks, other } = stage;
    const [report] = other.reports;
    if (report === undefined) expect.fail('there is a report');
    const { reportId, reference } = report;
    other.raise('urgent-report', { report: { reportId, reference } });
    await vi.waitUntil(() => kiosks.calls.length === 1, until);
    const [call] = kiosks.calls;
    if (call !== undefined) await kiosks.openUrgent(call);
    expect(kiosks.shown).toBe(second(stage));
    expect(kiosks.shown.desk.report.view).toMatchObject({ state: 'open', report: { reference } });
  });
});

describe('what belongs to the other kiosk', () => {
  test('a slip is checked with the key of the kiosk whose number it bears, on its own screen', async () => {
    const [here, there] = [await makeSlipSigner(), await makeSlipSigner()];
    const stage = await openSignedIn({ kioskKey: here.kioskKey }, { kioskKey: there.kioskKey });
    const { kiosks, other } = stage;
    const reference = other.reports[0]?.reference ?? '';
    const claims = { reference, stationId: 'fjordby', day: '2026-11-20' };
    await kiosks.shown.desk.slipCheck.check(await here.signer.sign(claims));
    const verdict = () => second(stage).desk.slipCheck.answer?.verdict.kind;
    await vi.waitUntil(() => verdict() === 'forged', until);
    expect([kiosks.shown.name, kiosks.all[0]?.desk.slipCheck.answer]).toEqual(['The hall', null]);
    await kiosks.shown.desk.slipCheck.check(await there.signer.sign(claims));
    await vi.waitUntil(() => verdict() === 'genuine', until);
  });

  test('where nobody is signed in there, the slip stays unjudged and its kiosk is named', async () => {
    const stage = await openBoth();
    stage.other.userName = 'somebody-else';
    await stage.kiosks.signIn('skranke1', deskPin);
    await stage.kiosks.shown.desk.slipCheck.check(stage.other.reports[0]?.reference ?? '');
    const { answer } = stage.kiosks.shown.desk.slipCheck;
    expect(answer?.verdict).toEqual({ kind: 'other-kiosk', kioskId: '00-121' });
    expect(stage.kiosks.named('00-121')).toBe(second(stage));
  });

  test('words that find nothing here and something there say where, and lead there', async () => {
    const stage = await openSignedIn({ reports: fakeReports(0).slice(1) });
    const { kiosks } = stage;
    await vi.waitUntil(() => kiosks.all.every(({ desk }) => desk.archive.state === 'ready'), until);
    const { search } = kiosks.shown.desk;
    search.typed = '4417';
    expect([search.found.length, kiosks.foundElsewhere]).toEqual([0, [{ kiosk: second(stage), count: 1 }]]);
    kiosks.searchAt(second(stage));
    expect(kiosks.shown.desk.search.found).toHaveLength(1);
    expect(kiosks.foundElsewhere).toEqual([]);
  });
});

describe('the station key', () => {
  const enrolled = { isPaired: false, isDemonstration: false, reports: [] };

  async function pairHome(stage: Stage): Promise<void> {
    const { desk } = stage.kiosks.shown;
    await vi.waitUntil(() => desk.session.screen === 'pair', until);
    await desk.door.register(deskPairCode, 'Desk 1');
    await desk.session.load();
    expect(stage.kiosks.all).toHaveLength(2);
    await vi.waitUntil(() => stage.kiosks.stateOf(second(stage)) === 'not-paired', until);
  }

  test('is one for the station: the first desk of the second kiosk brings it, and makes none', async () => {
    const stage = await open(enrolled, enrolled);
    await pairHome(stage);
    const { desk } = second(stage);
    await desk.door.register(deskPairCode, 'Desk 1');
    // Nobody is signed in where it could be taken out.
    expect([desk.door.problem, stage.other.calls.includes('register')]).toEqual(['nothing-to-bring', false]);
    await stage.kiosks.signIn('skranke1', deskPin);
    await desk.door.register(deskPairCode, 'Desk 1');
    expect([desk.door.problem, desk.door.state]).toEqual([null, 'inside']);
    await desk.session.load();
    const { stationKeyId } = stage.home.welcome;
    expect(stage.other.welcome.stationKeyId).toBe(stationKeyId);
    stage.kiosks.show(second(stage));
    await stage.kiosks.signIn('skranke1', deskPin);
    expect(states(stage)).toEqual(['open', 'open']);
    // Each kiosk's secret opens the box that is its own, and no other.
    const secrets = [stage.home, stage.other].map(({ door }) => door.release?.releaseSecret ?? '');
    const opens = (origin: string | null, secret: string) =>
      createKeyring(stage.store, origin)
        .unlock(stationKeyId ?? '', secret)
        .then((key) => key !== null);
    expect(await Promise.all(secrets.map((secret) => opens(null, secret)))).toEqual([true, false]);
    expect(await Promise.all(secrets.map((secret) => opens(hall, secret)))).toEqual([false, true]);
  });

  test('a kiosk that seals for it already needs nobody to give it to this desk again', async () => {
    const stage = await open(enrolled, enrolled);
    await pairHome(stage);
    const { desk } = second(stage);
    // Another desk was there before, with the same key.
    const key = stage.home.welcome.sealingKeys.station;
    if (key === null) expect.fail('the first desk has made it');
    stage.other.welcome = { ...stage.other.welcome, stationKeyId: key.kid };
    await desk.door.register(deskPairCode, 'Desk 1');
    await desk.session.load();
    await stage.kiosks.signIn('skranke1', deskPin);
    expect(states(stage)).toEqual(['open', 'open']);
    expect(stage.other.calls).toContain('keepKey');
  });

  test('of another desk is waited for, as ever; a public half that the key does not fit is not believed', async () => {
    const stage = await open(enrolled, { ...enrolled, isPaired: false });
    await pairHome(stage);
    const stranger = await createKeyring(memoryKeyStore()).makeStationKey('A'.repeat(43));
    stage.other.welcome = { ...stage.other.welcome, stationKeyId: stranger.kid };
    const { desk } = second(stage);
    await desk.door.register(deskPairCode, 'Desk 1');
    await desk.session.load();
    await stage.kiosks.signIn('skranke1', deskPin);
    expect(states(stage)).toEqual(['open', 'no-key']);

    // A kiosk that passes off another's public half under the name of ours.
    const own = stage.home.welcome.sealingKeys.station;
    if (own === null) expect.fail('the first desk has made it');
    const sealingKeys = { ...stage.home.welcome.sealingKeys, station: { ...stranger, kid: own.kid } };
    stage.home.welcome = { ...stage.home.welcome, sealingKeys };
    await stage.kiosks.all[0]?.desk.session.load();
    stage.other.welcome = { ...stage.other.welcome, stationKeyId: null };
    stage.other.door.isAdmitted = false;
    stage.other.unplug();
    stage.other.plugIn();
    await vi.waitUntil(() => desk.door.state === 'outside', until);
    await desk.door.register(deskPairCode, 'Desk 2');
    expect(desk.door.problem).toBe('nothing-to-bring');
  });
});
