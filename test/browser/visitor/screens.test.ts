import { flushSync } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { makeWelcome } from '../../helpers/fake-visitor-api.ts';
import {
  act,
  chooseType,
  flaws,
  isPaged,
  passDanger,
  goToTypes,
  landscape,
  openStage,
  portrait,
  screen,
  seen,
  stopVisits,
  stumbles,
  touch,
  type,
} from './stage.ts';

afterEach(stopVisits);

const long = { timeout: 240_000 };

/* Every page a visitor can meet, looked at by axe, in the language that runs the other way and in the one that is the source. */
for (const [language, size] of [
  ['ar', portrait],
  ['da', landscape],
] as const) {
  test(`every screen in ${language} can be read, touched and heard`, long, async () => {
    const { i18n, services } = await openStage({}, size);
    const found: string[] = [];
    const look = async (name: string): Promise<void> => {
      await screen(name);
      found.push(...(await stumbles()), ...flaws(i18n));
    };
    await look('start');
    await touch(`[data-language="${language}"]`);
    await look('home');
    await touch('[data-door="hours"]');
    await look('hours');
    await act('back');
    await touch('[data-door="rights"]');
    await look('rights');
    await touch('[data-topic-link="lawyer"]');
    await look('rights-topic');
    await act('back');
    await act('back');
    await act('danger');
    await act('staff-now');
    await seen('[data-alert-words]');
    await look('stop');
    await act('stop-call');
    await look('stop-call');
    await act('back');
    await touch('[data-fact="where"][data-choice="here"]');
    await act('stop-call');
    await look('stop-call');
    await act('back');
    await act('withdraw-alert');
    await act('back');
    await touch('[data-door="report"]');
    await look('privacy');
    await act('notice');
    await look('notice');
    await act('back');
    await act('continue');
    await look('gate');
    await touch('[data-gate="danger"] [data-gate-answer="none"]');
    await touch('[data-gate="force"] [data-gate-answer="fear"]');
    await look('officer');
    await touch('[data-fact="age"]');
    await seen('[data-child]');
    await look('officer');
    await touch('[data-fact="age"]');
    await act('back');
    await touch('[data-gate="force"] [data-gate-answer="none"]');
    await touch('[data-gate="place"] [data-gate-answer="abroad"]');
    await look('abroad');
    await act('back');
    await touch('[data-gate="place"] [data-gate-answer="denmark"]');
    await look('types');
    await touch('[data-group="people"]');
    await look('type-group');
    await touch('[data-type="sexual-abuse"]');
    await look('type-notice');
    await act('continue');
    await look('officer');
    await act('back');
    await act('back');
    await act('back');
    await touch('[data-group="people"]');
    await touch('[data-type="relative-of-deceased"]');
    await look('type-info');
    await touch('[data-topic-link="complaint"]');
    await screen('rights-topic');
    await act('back');
    await screen('type-info');
    await act('back');
    await act('back');
    await chooseType('stolen-things');
    await seen('[data-question="things"]');
    await touch('[data-choice="phone"]');
    await type('imei', '490154203237518');
    await look('question');
    await act('done-thing');
    await look('question');
    await act('continue');
    await seen('[data-question="when"]');
    await act('continue');
    await seen('[data-fault="empty"]');
    await touch('[data-choice="between"]');
    await look('question');
    await act('unknown');
    await seen('[data-question="where"]');
    await look('question');
    await act('skip');
    await seen('[data-question="what-happened"]');
    await look('question');
    await act('skip');
    await seen('[data-question="seen-by"]');
    await touch('[data-choice="camera"]');
    await look('question');
    for (const question of ['seen-by', 'proof', 'because-of', 'insurance', 'help']) {
      await seen(`[data-question="${question}"]`);
      await act('skip');
    }
    await seen('[data-question="contact"]');
    await touch('[data-choice="named"]');
    await look('question');
    await touch('[data-choice="anonymous"]');
    await act('continue');
    await look('check');
    services.failures.push('not-stored');
    await act('submit');
    await look('not-stored');
    await act('submit');
    await look('reference');
    expect(found).toEqual([]);
  });
}

test.each([
  ['ar', portrait],
  ['da', landscape],
] as const)('help without a form and without a common language, in %s', long, async (language, size) => {
  const { i18n, services, visit } = await openStage({}, size);
  const found: string[] = [];
  const look = async (name: string): Promise<void> => {
    await screen(name);
    found.push(...(await stumbles()), ...flaws(i18n));
  };
  await touch(`[data-language="${language}"]`);
  await act('language');
  await look('language');
  await touch('[data-language="other"]');
  await touch('[data-language-page="other"]');
  await look('languages');
  await touch('[data-wanted-language="ti"]');
  await seen('[data-screen="interpreter"][data-alert-words="telling"]');
  await look('interpreter');
  services.alertBecomes('taken', 'interpreter');
  await seen('[data-screen="interpreter"][data-alert-words="coming"]');
  await look('interpreter');
  expect(services.raised.at(-1)).toMatchObject({ kind: 'interpreter', wantedLanguage: 'ti' });
  await act('back');
  await act('back');
  await act('cards');
  await look('cards');
  for (const card of ['deaf', 'answers', 'danger']) {
    await touch(`[data-card="${card}"]`);
    await look('card');
    await act('call-for-card');
    await seen('[data-alert-words]');
    await look('card');
    await act('back');
  }
  await touch('[data-card="own-words"]');
  await type('own-words', language === 'ar' ? 'سلام' : 'hej');
  await look('card');
  await act('show-large');
  await look('card');
  expect(document.querySelector('main')?.textContent).toContain(language === 'ar' ? 'سلام' : 'hej');
  expect(services.raised.map(({ kind, card }) => [kind, card])).toContainEqual(['staff-now', 'danger']);
  // Own words are on no wire, and go with the visitor.
  expect(JSON.stringify(services.raised)).not.toContain('hej');
  visit.leave();
  flushSync();
  expect(visit.session.help.ownWords).toBe('');
  expect(found).toEqual([]);
});

test.each([
  ['ar', portrait],
  ['en', landscape],
] as const)('the largest words cut nothing off there, in %s', long, async (language, size) => {
  const { i18n, visit } = await openStage({}, size);
  const found: string[] = [];
  const look = async (name: string): Promise<void> => {
    await screen(name);
    await document.fonts.ready;
    found.push(...flaws(i18n));
  };
  await touch(`[data-language="${language}"]`);
  await act('reading');
  await touch('[data-text-size="1.5"]');
  await act('done');
  await seen('html[data-text="1.5"]');
  visit.session.screens.go({ name: 'languages', purpose: 'call' });
  flushSync();
  for (const { id } of visit.kiosk.content?.interpreterLanguages.pages ?? []) {
    await touch(`[data-language-page="${id}"]`);
    await look('languages');
  }
  await touch('[data-wanted-language]');
  await look('interpreter');
  visit.session.go('cards');
  flushSync();
  await look('cards');
  await touch('[data-card="sign-interpreter"]');
  await look('card');
  await act('danger');
  await look('stop');
  await touch('[data-fact="where"][data-choice="here"]');
  await act('stop-call');
  await look('stop-call');
  visit.session.go('officer');
  flushSync();
  await look('officer');
  await act('person-here');
  await look('officer-waiting');
  expect(found).toEqual([]);
});

test('every group, and the doors of home, stand on one page in both orientations', long, async () => {
  const { visit } = await openStage();
  for (const language of ['ar', 'da', 'en'])
    for (const size of [portrait, landscape]) {
      await page.viewport(size[0], size[1]);
      visit.leave();
      flushSync();
      await touch(`[data-language="${language}"]`);
      await screen('home');
      expect.soft(await isPaged(), `home ${language} ${size.join()}`).toBe(false);
      visit.leave();
      flushSync();
      await goToTypes(language);
      expect.soft(await isPaged(), `types ${language} ${size.join()}`).toBe(false);
      for (const { id } of visit.kiosk.content?.groups ?? []) {
        await touch(`[data-group="${id}"]`);
        await screen('type-group');
        expect.soft(await isPaged(), `${id} ${language} ${size.join()}`).toBe(false);
        await act('back');
      }
    }
});

test('the door of tips leads past the gates to what a tip is, and then to its first question', async () => {
  await openStage();
  await touch('[data-language="da"]');
  await touch('[data-door="tip"]');
  await passDanger();
  await screen('type-notice');
  await act('continue');
  await seen('[data-question="tip-about"]');
  await act('back');
  await screen('type-notice');
});

test('nobody has been enrolled: the screen says where to go, and offers no report', async () => {
  const { i18n } = await openStage({ mode: 'unenrolled', canReport: false });
  await touch('[data-language="en"]');
  await touch('[data-door="report"]');
  await screen('unenrolled');
  expect([...(await stumbles()), ...flaws(i18n)]).toEqual([]);
  expect(document.querySelector('[data-mark="demonstration"]')).toBeNull();
});

test('how somebody wants to read holds on every page in each theme, and is gone with the visitor', async () => {
  const { visit } = await openStage({ screen: { ...makeWelcome().screen, theme: 'dark' } });
  const found: string[] = [];
  await seen('html[data-theme="dark"]');
  await act('reading');
  await screen('reading');
  await touch('[data-text-size="1.25"]');
  await touch('[data-choice="still"]');
  for (const theme of ['light', 'contrast', 'dark']) {
    await touch(`[data-set-theme="${theme}"]`);
    await seen(`html[data-text="1.25"][data-theme="${theme}"][data-motion="none"]`);
    found.push(...(await stumbles()));
  }
  await act('done');
  await goToTypes('da');
  expect(document.documentElement.dataset).toMatchObject({ text: '1.25', theme: 'dark', motion: 'none' });
  expect([...found, ...(await stumbles())]).toEqual([]);
  await act('reading');
  await touch('[data-set-theme="contrast"]');
  visit.leave();
  await screen('start');
  await seen('html[data-text="1"][data-theme="dark"][data-motion="normal"]');
});
