import { afterEach, expect, test, vi } from 'vitest';
import { languages } from '../../../src-renderer/i18n/languages.ts';
import {
  act,
  landscape,
  openStage,
  portrait,
  screen,
  seen,
  stopVisits,
  touch,
  type,
  until,
} from './stage.ts';

afterEach(stopVisits);

const long = { timeout: 240_000 };

/** What of these is not wholly between the screen's top and its buttons. */
function outOfSight(selectors: readonly string[]): string[] {
  const view = document.querySelector('main')?.getBoundingClientRect();
  return selectors.filter((selector) => {
    const boxes = [...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect());
    if (view === undefined || boxes.length === 0) return true;
    return boxes.some(({ top, bottom }) => top < view.top - 1 || bottom > view.bottom + 1);
  });
}

/** Two drawings: the letters of a new page are asked for in the first, the pager comes in the second. */
async function drawn(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1)
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await document.fonts.ready;
}

/** No page may have to be turned; measured once the letters are there and the page has its size. */
async function staysOnOnePage(selectors: readonly string[]): Promise<string[]> {
  await drawn();
  const name = document.querySelector<HTMLElement>('[data-screen]')?.dataset['screen'] ?? '';
  const faults = (): string[] => [
    ...outOfSight(selectors).map((selector) => `${name}: ${selector} is out of sight`),
    ...(document.querySelector('[data-action="more"]') === null ? [] : [`${name}: more`]),
  ];
  await vi.waitUntil(() => faults().length === 0, { timeout: 15_000 }).catch(() => undefined);
  return faults();
}

/* Whoever does not find "someone hurt me" among the answers touches "none of these": so all of them stand there at once. */
for (const language of languages) {
  for (const [way, size] of [
    ['standing', portrait],
    ['lying', landscape],
  ] as const) {
    test(
      `gates, STOP, rights, languages, cards, place and number show all at once: ${language}, ${way}`,
      long,
      async () => {
        const { services, visit } = await openStage({}, size);
        const found: string[] = [];
        const look = async (...selectors: string[]): Promise<void> => {
          found.push(...(await staysOnOnePage(['h1', ...selectors])));
        };
        await touch(`[data-language="${language}"]`);
        await touch('[data-door="rights"]');
        await look('[data-topic-link]');
        await act('back');
        await act('language');
        await look('[data-language]');
        await touch('[data-language="other"]');
        for (const { id } of visit.kiosk.content?.interpreterLanguages.pages ?? []) {
          await touch(`[data-language-page="${id}"]`);
          await look('[data-language-page]', '[data-wanted-language]');
        }
        await act('back');
        await act('cards');
        await look('[data-card]');
        await act('back');
        await act('back');
        await act('danger');
        await look('[data-fact]');
        await act('staff-now');
        await seen('[data-alert-words]');
        await look('[data-fact]');
        await act('withdraw-alert');
        await act('back');
        await touch('[data-door="report"]');
        await act('continue');
        for (const [gate, answer] of [
          ['danger', 'none'],
          ['force', 'none'],
          ['place', 'denmark'],
        ] as const) {
          await seen(`[data-gate="${gate}"]`);
          await look('main [data-gate-answer]');
          await touch(`[data-gate="${gate}"] [data-gate-answer="${answer}"]`);
        }
        await touch('[data-group="theft"]');
        await touch('[data-type="stolen-things"]');
        for (;;) {
          const page = await seen('[data-question], [data-screen="check"]');
          const question = page.dataset['question'];
          if (question === undefined) break;
          if (question === 'where') {
            await type('postcode', '7100');
            await look('[data-field="postcode"]', '[data-field="words"]');
          }
          if (question === 'help') await look('[data-choice]');
          await act('skip');
          await vi.waitUntil(
            () => document.querySelector<HTMLElement>('[data-screen]')?.dataset['question'] !== question,
            until,
          );
        }
        await act('submit');
        await screen('reference');
        await look('svg[aria-label*="0000"], .code svg', '.slip', '.print', '.next');
        expect(services.arrived).toHaveLength(1);
        expect(found).toEqual([]);
      },
    );
  }
}

test('what became of the call is in sight, however large the words', long, async () => {
  for (const size of [portrait, landscape]) {
    const { visit, services } = await openStage({}, size);
    await touch('[data-language="ar"]');
    visit.session.settings.textSize = '1.5';
    services.unplug();
    await act('danger');
    await act('staff-now');
    const words = await seen('[data-alert-words="nobody"]');
    await seen('html[data-text="1.5"]');
    await vi.waitUntil(() => {
      const { top, bottom, left, right } = words.getBoundingClientRect();
      return top >= 0 && left >= 0 && bottom <= window.innerHeight && right <= window.innerWidth;
    }, until);
    const hit = words.getBoundingClientRect();
    const there = document.elementFromPoint(hit.x + hit.width / 2, hit.y + hit.height / 2);
    expect(words.contains(there)).toBe(true);
    stopVisits();
    document.body.replaceChildren();
  }
});

test('"none of these" is never in sight while an answer before it is not', async () => {
  const { visit } = await openStage();
  await touch('[data-language="ar"]');
  await touch('[data-door="report"]');
  await act('continue');
  await seen('[data-gate="danger"] [data-gate-answer="none"]');
  for (const size of ['1', '1.25', '1.5'] as const) {
    visit.session.settings.textSize = size;
    await seen(`html[data-text="${size}"]`);
    // With the strip of a call above the counter there is less room yet.
    for (const call of ['none', 'telling']) {
      if (call === 'telling') await act('call-staff');
      await drawn();
      const { bottom } = (await seen('main .view')).getBoundingClientRect();
      const none = (await seen('[data-gate-answer="none"]')).getBoundingClientRect();
      const isNoneSeen =
        none.top < bottom || (await seen('main')).querySelector('[data-gate-answer="none"]') === null;
      const hidden = [
        ...document.querySelectorAll('main [data-gate-answer]:not([data-gate-answer="none"])'),
      ].filter((card) => card.getBoundingClientRect().bottom > bottom + 1);
      expect(isNoneSeen && hidden.length > 0, `text ${size}, call ${call}`).toBe(false);
    }
    visit.session.staffNow.withdraw();
  }
});
