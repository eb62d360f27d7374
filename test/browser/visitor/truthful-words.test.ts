import { afterEach, expect, test, vi } from 'vitest';
import { openHours, shippedMenu } from '../../helpers/fake-visitor-api.ts';
import { act, openStage, screen, seen, stopVisits, touch, until } from './stage.ts';

afterEach(stopVisits);

const closed = {
  stationHours: { ...openHours, isOpen: false, opensAt: '2026-11-21T10:00' },
  isLobbyStaffed: false,
  menu: shippedMenu('closed'),
};

async function says(selector: string, words: string): Promise<void> {
  await vi.waitUntil(() => document.querySelector<HTMLElement>(selector)?.innerText.includes(words), until);
}

test('a closed station sends nobody to its counter and promises no talk', async () => {
  await openStage(closed);
  await touch('[data-language="en"]');
  const home = await screen('home');
  expect(home.innerText).toContain('The counter is closed now.');
  expect(home.innerText).not.toContain('You can always go to the counter');
  await touch('[data-door="report"]');
  await screen('privacy');
  await act('continue');
  const unsure = await seen('[data-gate="danger"] [data-gate-answer="not-sure"]');
  expect(unsure.innerText).toContain('114');
  expect(unsure.innerText).not.toContain('we talk with you');
});

test('an open station keeps both promises', async () => {
  await openStage();
  await touch('[data-language="en"]');
  expect((await screen('home')).innerText).toContain('You can always go to the counter');
  await touch('[data-door="report"]');
  await screen('privacy');
  await act('continue');
  await says('[data-gate="danger"] [data-gate-answer="not-sure"]', 'we talk with you');
});

test('STOP says where one stands, above and in the answer for the caller', async () => {
  await openStage();
  // No language is chosen yet: the way there is in three.
  expect((await seen('[data-action="danger"]')).innerText).toContain('خطر الآن');
  await touch('[data-language="ar"]');
  await screen('home');
  await act('danger');
  const stop = await screen('stop');
  const address = 'Fjordby Politistation, Havnegade 12, Fjordby';
  for (const words of ['أنت هنا', 'Du er her', 'You are here', address])
    expect(stop.innerText).toContain(words);
  await says('[data-fact="where"][data-choice="here"]', address);
});

test('the key to the other letters is read by who writes Arabic, there and back', async () => {
  const { visit } = await openStage();
  await touch('[data-language="ar"]');
  await screen('home');
  visit.session.go('officer');
  (await seen('[data-field="name-to-call"]')).focus();
  await says('[data-key="layout"]', 'ABC');
  await touch('[data-key="layout"]');
  await says('[data-key="layout"]', 'أبج');
  await touch('[data-key="symbols"]');
  await says('[data-key="symbols"]', 'abc');
});

test('the seconds that are left follow the grammar of Arabic', async () => {
  const { i18n } = await openStage();
  const words = (count: number): string => i18n.tIn('ar')('safety:idle.text', { count });
  expect([1, 2, 9, 30].map((count) => words(count).split(' سنمسح')[0])).toEqual([
    'خلال ثانية واحدة',
    'خلال ثانيتين',
    'خلال 9 ثوانٍ',
    'خلال 30 ثانية',
  ]);
  expect(i18n.tDanish('safety:idle.text', { count: 1 })).toContain('et sekund');
});
