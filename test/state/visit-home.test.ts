import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  makeWelcome,
  FakeVisitorServices,
  shippedContent,
  shippedMenu,
} from '../helpers/fake-visitor-api.ts';
import type { AskedType } from '../../src-main/contract/content.ts';
import type { HomeDoor } from '../../src-main/contract/menu.ts';
import type { Welcome } from '../../src-main/contract/visitor.ts';
import { Visit } from '../../src-renderer/state/visit.svelte.ts';

let services: FakeVisitorServices;
let visit: Visit;
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1);
/** The services are asked again within this. */
const aMinute = (): Promise<unknown> => vi.advanceTimersByTimeAsync(61_000);

async function open(changes: Partial<Welcome> = {}): Promise<void> {
  services = new FakeVisitorServices(makeWelcome(changes));
  visit = new Visit({ line: services.line, onTexts: () => undefined });
  await settle();
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  visit.stop();
  vi.useRealTimers();
});

const screen = (): string => visit.session.screens.current.name;

/** As the screen does: it comes to the home screen. */
function comeHome(): void {
  visit.session.chooseLanguage('en');
  visit.session.home.arrive();
}

function answerGates(codes: readonly string[]): void {
  for (const code of codes) {
    const { current } = visit.session.screens;
    const gate = visit.kiosk.content?.gates.find(
      ({ id }) => current.name === 'gate' && id === current.gateId,
    );
    if (gate === undefined) throw new Error(`no gate on ${current.name}`);
    visit.session.answerGate(gate, code);
  }
}
const allGates = ['none', 'none', 'denmark'];
/** Before a door to one type only danger is asked. */
const dangerAlone = ['none'];

const tip = shippedContent().reportTypes.find(({ id }) => id === 'tip');
if (tip === undefined) throw new Error('there is no tip');
/** A type that no group offers, as one case's door has it. */
const appealType: AskedType = { ...tip, id: 'appeal', group: null, notice: null };
const appeal: HomeDoor = {
  ...{ id: 'appeal', icon: 'bell', isMain: true },
  ...{ door: 'type', typeId: 'appeal', passesGates: true },
};
const withAppeal = (): Partial<Welcome> => {
  const content = shippedContent();
  return {
    content: { ...content, reportTypes: [...content.reportTypes, appealType] },
    menu: shippedMenu('day', { timedDoors: [appeal] }),
  };
};

describe('the menu and the clock', () => {
  test('the night comes while nobody is there: whoever comes next finds it', async () => {
    await open();
    expect(visit.session.home.menu?.id).toBe('day');
    services.welcome = makeWelcome({ menu: shippedMenu('closed') });
    await aMinute();
    comeHome();
    expect(visit.session.home.menu?.id).toBe('closed');
  });

  test('nothing moves under a finger; who comes back to the doors finds what holds now', async () => {
    await open();
    comeHome();
    services.welcome = makeWelcome({ menu: shippedMenu('closed') });
    await aMinute();
    expect(visit.kiosk.welcome?.menu.id).toBe('closed');
    expect(visit.session.home.menu?.id).toBe('day');
    visit.session.openDoor('hours');
    visit.session.back();
    visit.session.home.arrive();
    expect([screen(), visit.session.home.menu?.id]).toEqual(['home', 'closed']);
  });

  test('the next visitor starts with what holds then', async () => {
    await open();
    comeHome();
    services.welcome = makeWelcome({ menu: shippedMenu('closed') });
    await aMinute();
    visit.leave();
    expect(visit.session.home.menu?.id).toBe('closed');
  });
});

describe('one case’s own door', () => {
  test('leads past the gates to its own questions', async () => {
    await open(withAppeal());
    comeHome();
    visit.session.openDoor('appeal');
    expect(screen()).toBe('privacy');
    visit.session.passPrivacy();
    answerGates(dangerAlone);
    expect(visit.session.screens.current).toMatchObject({
      name: 'question',
      questionId: appealType.questions[0]?.id,
    });
    expect(visit.session.questions.type?.id).toBe('appeal');
  });

  test('ends while somebody answers: that visitor finishes, the next one has it no more', async () => {
    await open(withAppeal());
    comeHome();
    visit.session.openDoor('appeal');
    visit.session.passPrivacy();
    answerGates(dangerAlone);
    services.welcome = makeWelcome({ ...withAppeal(), menu: shippedMenu('day') });
    await aMinute();
    expect(visit.kiosk.welcome?.menu.timedDoors).toEqual([]);
    expect(visit.session.questions.type?.id).toBe('appeal');
    for (let step = 0; step < 30 && screen() === 'question'; step += 1)
      visit.session.questions.skip('skipped');
    expect(screen()).toBe('check');
    visit.session.submit();
    await settle();
    expect(services.arrived.map(({ reportType }) => reportType)).toEqual(['appeal']);
    expect(screen()).toBe('reference');
    visit.leave();
    comeHome();
    visit.session.openDoor('appeal');
    expect(screen()).toBe('home');
  });
});

describe('other doors', () => {
  const door = (changes: object): HomeDoor => ({
    ...{ id: 'own', icon: 'pen', isMain: true, door: 'report' },
    ...changes,
  });
  const openWith = async (own: HomeDoor, changes: Partial<Welcome> = {}): Promise<void> => {
    await open({ menu: shippedMenu('day', { doors: [own] }), ...changes });
    comeHome();
    visit.session.openDoor('own');
  };

  test('a type without gates before it begins right after what everybody reads', async () => {
    await openWith(door({ door: 'type', typeId: 'stolen-bicycle', passesGates: false }));
    visit.session.passPrivacy();
    expect(visit.session.screens.current).toMatchObject({ name: 'question' });
    expect(visit.session.questions.type?.id).toBe('stolen-bicycle');
  });

  test('a type that only informs opens at once, also where nothing can be reported', async () => {
    await openWith(door({ door: 'type', typeId: 'complaint', passesGates: true }), { canReport: false });
    expect(visit.session.screens.current).toEqual({ name: 'type-info', typeId: 'complaint' });
  });

  test('a list of information opens at once, under the door’s name', async () => {
    await openWith(door({ door: 'types', typeIds: ['complaint', 'defamation'] }));
    expect(visit.session.screens.current).toEqual({ name: 'door-types', doorId: 'own' });
    expect(visit.session.home.typesBehind('own').map(({ id }) => id)).toEqual(['complaint', 'defamation']);
  });

  test('a list with something to report in it stands behind the gates', async () => {
    await openWith(door({ door: 'types', typeIds: ['complaint', 'stolen-bicycle'] }));
    expect(screen()).toBe('privacy');
    visit.session.passPrivacy();
    answerGates(allGates);
    expect(visit.session.screens.current).toEqual({ name: 'door-types', doorId: 'own' });
  });

  test('where nothing can be reported the door of reports says so', async () => {
    await openWith(door({}), { canReport: false });
    expect(screen()).toBe('unenrolled');
  });

  test('a call for staff stays on the page and tells the desk', async () => {
    await openWith(door({ door: 'staff' }));
    await settle();
    expect(screen()).toBe('home');
    expect(services.raised.map(({ kind }) => kind)).toEqual(['staff-now']);
  });

  test('cards and languages of the interpreter can be named by a door', async () => {
    await openWith(door({ door: 'cards' }));
    expect(screen()).toBe('cards');
    visit.stop();
    await openWith(door({ door: 'languages' }));
    expect(visit.session.screens.current).toEqual({ name: 'languages', purpose: 'call' });
  });

  test('a door that is not there leads nowhere', async () => {
    await open();
    comeHome();
    visit.session.openDoor('trapdoor');
    expect(screen()).toBe('home');
  });
});
