import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Visit } from '../../src-renderer/state/visit.svelte.ts';
import { FakeVisitorServices, makeWelcome } from '../helpers/fake-visitor-api.ts';

/* Help for people whom no form helps: what is told to the desk, and what the screen may say of it. */

let services: FakeVisitorServices;
let visit: Visit;

async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}
const screen = (): string => visit.session.screens.current.name;

beforeEach(async () => {
  vi.useFakeTimers();
  services = new FakeVisitorServices();
  visit = new Visit({ line: services.line, onTexts: () => undefined });
  await settle();
});
afterEach(() => {
  visit.stop();
  vi.useRealTimers();
});

test('whoever holds up a card, or has no phone, is not told to call', () => {
  const { help, screens } = visit.session;
  expect(help.cannotCall).toBe(false);
  screens.go({ name: 'cards' });
  expect(help.cannotCall).toBe(true);
  screens.back();
  help.tellFact('number', 'none');
  expect(help.cannotCall).toBe(true);
});

describe('my language is not here', () => {
  function choose(tag: string): void {
    visit.session.screens.go({ name: 'languages', purpose: 'call' });
    visit.session.chooseInterpreter(tag);
  }

  test('one touch tells the desk which interpreter, and the screen follows what becomes of it', async () => {
    choose('ti');
    await settle();
    expect(services.raised).toMatchObject([{ kind: 'interpreter', wantedLanguage: 'ti', earlier: null }]);
    expect([screen(), visit.session.help.interpreter.words]).toEqual(['interpreter', 'telling']);
    services.alertBecomes('taken', 'interpreter');
    await settle();
    expect(visit.session.help.interpreter.words).toBe('coming');
  });

  test('the wrong language: going back takes the call back, and the right one is a call of its own', async () => {
    choose('am');
    await settle();
    visit.session.back();
    expect(screen()).toBe('languages');
    visit.session.chooseInterpreter('ti');
    await settle();
    expect(services.withdrawn).toHaveLength(1);
    expect(services.raised.map(({ wantedLanguage }) => wantedLanguage)).toEqual(['am', 'ti']);
  });

  test('somebody is on the way already: going back does not send them away', async () => {
    choose('ti');
    await settle();
    services.alertBecomes('taken', 'interpreter');
    await settle();
    visit.session.back();
    await settle();
    expect(services.withdrawn).toEqual([]);
    expect(visit.session.help.wantedLanguage).toBe('ti');
  });

  test('a report can wish for it: only while the wish for an interpreter stands', async () => {
    const { draft } = visit.session;
    visit.session.screens.go({ name: 'languages', purpose: 'wish' });
    visit.session.chooseInterpreter('ckb');
    expect(services.raised).toEqual([]);
    expect(draft.interpreterLanguage).toBe('ckb');
    const type = visit.kiosk.content?.reportTypes.find(({ id }) => id === 'stolen-things');
    if (type === undefined) expect.fail('the type is shipped');
    const sent = (codes: string[]) => {
      draft.answer('help', { kind: 'choice', codes, note: '' });
      visit.session.questions.begin(type);
      visit.session.screens.goBackTo('check');
      visit.session.submission.edit();
      visit.session.submit();
    };
    services.failures.push('not-stored', 'not-stored');
    sent(['none']);
    await settle();
    expect(services.arrived.at(-1)).not.toHaveProperty('interpreterLanguage');
    visit.session.backToAnswers();
    sent(['interpreter']);
    await settle();
    expect(services.arrived.at(-1)).toMatchObject({ interpreterLanguage: 'ckb' });
  });

  test('nobody comes: the visit goes on in a language of the screen, and the report carries the wish', async () => {
    const { session } = visit;
    choose('ti');
    await settle();
    session.goOnWithInterpreter('ar');
    expect([screen(), session.language, session.interpreterWish]).toEqual(['home', 'ar', 'ti']);
    // From here on STOP is in this language, with Danish beneath it alone.
    expect(session.hasChosenLanguage).toBe(true);
    expect(services.withdrawn).toEqual([]);
    const type = visit.kiosk.content?.reportTypes.find(({ id }) => id === 'stolen-things');
    if (type === undefined) expect.fail('the type is shipped');
    session.questions.begin(type);
    session.screens.goBackTo('check');
    session.submit();
    await settle();
    expect(services.arrived.at(-1)).toMatchObject({ language: 'ar', interpreterLanguage: 'ti' });
  });

  test('whoever looked for an interpreter in the middle of a visit goes on where they were', () => {
    const { session } = visit;
    session.chooseLanguage('en');
    session.go('types');
    session.go('language');
    choose('ti');
    session.goOnWithInterpreter('en');
    expect(session.screens.stack.map(({ name }) => name)).toEqual(['start', 'home', 'types']);
  });
});

describe('without speaking', () => {
  test('a card calls staff with what it says; danger is the alarm, sign language its interpreter', async () => {
    const { help } = visit.session;
    for (const card of ['deaf', 'sign-interpreter', 'danger'] as const) help.callFor(card);
    await settle();
    expect(services.raised).toMatchObject([
      { kind: 'card', card: 'deaf', wantedLanguage: null },
      { kind: 'interpreter', card: 'sign-interpreter', wantedLanguage: 'dsl' },
      { kind: 'staff-now', card: 'danger' },
    ]);
  });

  test('own words and the facts for 112 go with the visitor and on no wire', async () => {
    const left = visit.session.help;
    left.ownWords = 'zoqa';
    left.tellFact('hurt', '2');
    left.tellFact('what', 'fire');
    left.tellFact('what', 'fire');
    expect(left.facts).toEqual({ hurt: '2', what: '' });
    left.callFor('own-words');
    await settle();
    visit.leave();
    expect([left.ownWords, left.facts]).toEqual(['', {}]);
    expect(visit.session.help.facts).toEqual({});
    expect(JSON.stringify(services.raised)).not.toContain('zoqa');
  });
});

describe('a call that is still open when the line comes back', () => {
  test('is told again as the same one, and is taken up where it stands', async () => {
    void visit.session.officer.raise({ nameToCall: 'Ravn' });
    await settle();
    services.unplug();
    services.plugIn();
    await settle();
    const [first, again] = services.raised;
    expect(first).toMatchObject({ earlier: null });
    expect(again).toMatchObject({ kind: 'officer', nameToCall: 'Ravn' });
    expect(again?.earlier).not.toBeNull();
    services.alertBecomes('taken', 'officer');
    await settle();
    expect(visit.session.officer.words).toBe('coming');
  });

  test('is a new one to services that were started anew; who is coming is not called twice', async () => {
    void visit.session.staffNow.raise();
    await settle();
    services.hasForgottenAlerts = true;
    services.unplug();
    services.plugIn();
    await settle();
    services.alertBecomes('taken');
    await settle();
    expect(visit.session.staffNow.words).toBe('coming');
    services.unplug();
    services.plugIn();
    await settle();
    expect(services.raised).toHaveLength(2);
  });

  test('one that was taken back is not told again', async () => {
    void visit.session.staffNow.raise();
    await settle();
    visit.session.staffNow.withdraw();
    services.unplug();
    services.plugIn();
    await settle();
    expect(services.raised).toHaveLength(1);
  });
});

test('the red button leads back to STOP from what is read out, and calls nobody twice', async () => {
  visit.session.openStop();
  visit.session.go('stop-call');
  await settle();
  visit.session.openStop();
  await settle();
  expect(screen()).toBe('stop');
  expect(services.raised.map(({ kind }) => kind)).toEqual(['danger-notice']);
  visit.session.back();
  expect(screen()).toBe('start');
});

test('a counter that is known to be closed sends nobody there; unknown hours close nothing', async () => {
  expect(visit.kiosk.isCounterClosed).toBe(false);
  services.welcome = makeWelcome({ isLobbyStaffed: false });
  services.pushKiosk();
  await settle();
  expect(visit.kiosk.isCounterClosed).toBe(true);
  services.welcome = makeWelcome({
    isLobbyStaffed: false,
    stationHours: { kind: 'unknown', why: 'never-told' },
  });
  services.unplug();
  services.plugIn();
  await settle();
  expect(visit.kiosk.isCounterClosed).toBe(false);
});
