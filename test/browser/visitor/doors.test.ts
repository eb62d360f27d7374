import { afterEach, expect, test, vi } from 'vitest';
import {
  act,
  landscape,
  openStage,
  passDanger,
  passGates,
  portrait,
  screen,
  seen,
  stopVisits,
  touch,
  until,
} from './stage.ts';
import { shippedContent } from '../../helpers/fake-visitor-api.ts';

afterEach(stopVisits);

const long = { timeout: 240_000 };
const content = shippedContent();

/** What of these is not wholly between the screen's top and its buttons, once the letters are there. */
async function outOfSight(...selectors: readonly string[]): Promise<string[]> {
  await document.fonts.ready;
  const faults = (): string[] => {
    const view = document.querySelector('main')?.getBoundingClientRect();
    return selectors.filter((selector) => {
      const boxes = [...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
      if (view === undefined || boxes.length === 0) return true;
      return boxes.some(({ top, bottom }) => top < view.top - 1 || bottom > view.bottom + 1);
    });
  };
  await vi.waitUntil(() => faults().length === 0, { timeout: 15_000 }).catch(() => undefined);
  const name = document.querySelector<HTMLElement>('[data-screen]')?.dataset['screen'] ?? '';
  return faults().map((selector) => `${name}: ${selector}`);
}

for (const language of ['da', 'en', 'ar', 'uk', 'de']) {
  for (const [way, size] of [
    ['standing', portrait],
    ['lying', landscape],
  ] as const) {
    test(`all that can be chosen stands on one page: ${language}, ${way}`, long, async () => {
      const { visit } = await openStage({}, size);
      const found: string[] = [];
      await touch(`[data-language="${language}"]`);
      await touch('[data-door="ask"]');
      await screen('door-types');
      found.push(...(await outOfSight('h1', 'main [data-type]')));
      await act('back');
      await touch('[data-door="follow"]');
      await screen('follow');
      found.push(...(await outOfSight('h1', 'main .own')));
      await act('continue');
      await screen('privacy');
      await act('continue');
      await seen('[data-question="follow-wish"]');
      found.push(...(await outOfSight('h1', 'main [data-choice]')));
      visit.session.screens.goBackTo('home');
      await touch('[data-door="report"]');
      await passGates();
      await screen('types');
      found.push(...(await outOfSight('h1', 'main [data-group]', 'main [data-choice="under18"]')));
      for (const { id, types } of content.groups) {
        await touch(`[data-group="${id}"]`);
        await seen(`[data-group-open="${id}"]`);
        expect(document.querySelectorAll('main [data-type]')).toHaveLength(types.length);
        found.push(...(await outOfSight('h1', 'main [data-type]')).map((fault) => `${id} ${fault}`));
        await act('back');
        await screen('types');
      }
      expect(found).toEqual([]);
    });
  }
}

const district = 'fjordby';
const contact = {
  districtId: district,
  phone: '00 00 00 00',
  email: null,
  source: 'Invented for tests',
  date: '2026-11-01',
  reviewBy: '2027-05-01',
};

/** To what stands before the first question of a tip. */
async function toTip(language: string): Promise<void> {
  await touch(`[data-language="${language}"]`);
  await touch('[data-door="tip"]');
  await passDanger();
  await screen('type-notice');
}

test('a tip names the confidential contact of its own district, never another one or one nobody has checked', async () => {
  for (const [confidentialContacts, shown] of [
    [[], false],
    [[contact], true],
    [[{ ...contact, districtId: 'fyn' }], false],
    [[{ ...contact, reviewBy: '2026-11-19' }], false],
  ] as const) {
    await openStage({ content: { ...content, confidentialContacts: [...confidentialContacts] } });
    await toTip('en');
    const found = document.querySelector(`[data-confidential="${district}"]`);
    expect(found !== null).toBe(shown);
    expect(document.body.textContent.includes(contact.phone)).toBe(shown);
    stopVisits();
    document.body.replaceChildren();
  }
});

test('a child says so at the tip and meets an officer, with a card of their own', async () => {
  for (const language of ['da', 'en', 'ar']) {
    await openStage();
    await toTip(language);
    await act('under18');
    await screen('officer');
    await seen('[data-child]');
    stopVisits();
    document.body.replaceChildren();
  }
});

test('a page of information shows its address to scan, and a person first to who has lost somebody', async () => {
  const { visit } = await openStage();
  await touch('[data-language="en"]');
  for (const { id, address, offersOfficer } of content.otherTypes.filter(({ route }) => route === 'info')) {
    visit.session.screens.go({ name: 'type-info', typeId: id });
    await seen(`[data-about="${id}"]`);
    const shown = document.querySelector<HTMLElement>('[data-address]');
    expect(shown?.dataset['address']).toBe(address?.shown);
    expect(shown?.querySelector('svg') ?? null).toEqual(
      address?.url === undefined ? null : expect.anything(),
    );
    // Nothing on a kiosk leads out of it.
    expect(document.querySelectorAll('a[href]')).toHaveLength(0);
    const button = document.querySelector('[data-action="officer"]');
    expect(button !== null).toBe(offersOfficer !== undefined);
    visit.session.screens.goBackTo('home');
    await screen('home');
  }
  visit.session.screens.go({ name: 'type-info', typeId: 'relative-of-deceased' });
  await act('officer');
  await screen('officer');
});

test('after as many additions as fit in an hour the screen says so, with the answers still there', async () => {
  const { services } = await openStage();
  services.failures.push('too-many');
  await touch('[data-language="ar"]');
  await touch('[data-door="follow"]');
  await act('continue');
  await act('continue');
  for (const question of ['follow-wish', 'follow-reference', 'follow-add', 'follow-contact']) {
    await seen(`[data-question="${question}"]`);
    await act('skip');
    await vi.waitUntil(() => document.querySelector(`[data-question="${question}"]`) === null, until);
  }
  await screen('check');
  await act('submit');
  await screen('too-many');
  await act('back');
  await screen('check');
  await act('submit');
  await screen('reference');
  expect(services.arrived.at(-1)?.reportType).toBe('follow-up');
});
