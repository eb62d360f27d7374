import { flushSync } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { findType } from '../../../src-main/domain/type-menu.ts';
import type { Visit } from '../../../src-renderer/state/visit.svelte.ts';
import {
  act,
  flaws,
  landscape,
  openStage,
  portrait,
  screen,
  seen,
  stopVisits,
  stumbles,
  touch,
  until,
} from './stage.ts';

afterEach(stopVisits);

const long = { timeout: 240_000 };

function choose(visit: Visit, typeId: string): void {
  const { content } = visit.kiosk;
  const type = content === null ? null : findType(content, typeId);
  if (type === null) throw new Error(`no type ${typeId}`);
  visit.session.chooseType(type);
  flushSync();
}

async function goToRights(visit: Visit, language: string): Promise<void> {
  await touch(`[data-language="${language}"]`);
  visit.session.go('rights');
  flushSync();
  await screen('rights');
}

const links = (within: string): (string | undefined)[] =>
  [...document.querySelectorAll<HTMLElement>(`${within} [data-topic-link]`)].map(
    (link) => link.dataset['topicLink'],
  );

test('what fits stands first, in Arabic the rights of foreigners before it; mediation never after violence', async () => {
  const { visit } = await openStage();
  await goToRights(visit, 'ar');
  expect(links('[data-topics="all"]')[0]).toBe('foreigners');
  expect(links('[data-topics="all"]')).toContain('mediation');
  visit.session.back();
  choose(visit, 'partner-violence');
  visit.session.go('rights');
  flushSync();
  await seen('[data-topics="first"]');
  expect(links('[data-topics="first"]').slice(0, 3)).toEqual(['foreigners', 'protection', 'compensation']);
  expect(links('[data-topics]')).not.toContain('mediation');
});

test('a topic on paper: each thing that is true is said, in two languages', async () => {
  const { visit, services } = await openStage();
  await goToRights(visit, 'ar');
  await touch('[data-topic-link="lawyer"]');
  await screen('rights-topic');
  await act('print');
  await seen('[data-leaflet="queued"]');
  expect(services.leaflets).toMatchObject([
    { language: 'ar', leaflet: { kind: 'topic', topicId: 'lawyer', from: null } },
  ]);
  services.leafletBecomes('sent');
  await seen('[data-leaflet="sent"]');
  services.leafletBecomes('printed');
  const note = await seen('[data-leaflet="printed"]');
  expect(note.querySelectorAll('[lang="da"]')).toHaveLength(2);
  await act('print');
  await seen('[data-leaflet="queued"]');
  services.leafletBecomes('failed', 'no-paper');
  await seen('[data-leaflet="failed"]');
  // What became of one page is not told on another.
  await act('back');
  await touch('[data-topic-link="witness"]');
  await seen('[data-topic="witness"]');
  expect(document.querySelector('[data-leaflet]')).toBeNull();
});

test('72 hours: the day is touched, the limit is read at once, an officer is one touch away, the paper knows it', async () => {
  const { visit, services } = await openStage();
  await goToRights(visit, 'ar');
  await touch('[data-topic-link="compensation"]');
  await seen('[data-limit="none"]');
  await touch('[data-choice="2026-11-19"]');
  await touch('[data-choice="evening"]');
  const shown = await seen('[data-until="2026-11-22T18:00"]');
  await vi.waitUntil(() => {
    const { top, bottom } = shown.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  }, until);
  await act('print');
  await vi.waitUntil(() => services.leaflets.length === 1, until);
  expect(services.leaflets[0]?.leaflet).toMatchObject({ topicId: 'compensation', from: '2026-11-19T18:00' });
  await touch('[data-choice="earlier"]');
  await seen('[data-limit="over"]');
  await act('tell-officer');
  await screen('officer');
});

test('a clock that is not checked is said beside every limit', async () => {
  const { visit } = await openStage({ isClockTrusted: false });
  await goToRights(visit, 'da');
  await touch('[data-topic-link="compensation"]');
  await touch('[data-choice="2026-11-20"]');
  await seen('[data-limit="running"] .attention');
});

test('facts whose day has passed: marked or gone, and the page says so', async () => {
  const { visit } = await openStage({ localTime: '2028-01-01T12:00' });
  await goToRights(visit, 'da');
  await touch('[data-topic-link="compensation"]');
  await seen('[data-hidden]');
  expect(document.querySelector('[data-claim="limit"]')).toBeNull();
  expect(document.querySelector('[data-limit]')).toBeNull();
  expect((await seen('[data-claim="from-offender"]')).isConnected).toBe(true);
  expect(document.querySelectorAll('.stale').length).toBeGreaterThan(0);
});

test('the sources: every one that content names, one touch from a topic', async () => {
  const { visit } = await openStage();
  await goToRights(visit, 'en');
  await touch('[data-topic-link="support"]');
  await act('sources');
  await screen('sources');
  const content = visit.kiosk.content;
  const shown = [...document.querySelectorAll<HTMLElement>('[data-source]')].map(
    (row) => row.dataset['source'],
  );
  expect(shown.toSorted()).toEqual(content?.sources.map(({ id }) => id).toSorted());
  expect(document.querySelectorAll('[data-sources="numbers"] li')).toHaveLength(
    content?.phoneNumbers.length ?? 0,
  );
  expect(document.querySelectorAll('[data-sources="law"] li').length).toBeGreaterThanOrEqual(7);
});

for (const [language, size] of [
  ['ar', portrait],
  ['da', landscape],
] as const) {
  test(
    `rights, topics, paper and sources in ${language} can be read, touched and heard at any size`,
    long,
    async () => {
      const { visit, i18n, services } = await openStage({}, size);
      const found: string[] = [];
      const look = async (name: string): Promise<void> => {
        await screen(name);
        found.push(...(await stumbles()), ...flaws(i18n));
      };
      await goToRights(visit, language);
      choose(visit, 'partner-violence');
      visit.session.go('rights');
      flushSync();
      for (const textSize of ['1', '1.5'] as const) {
        visit.session.settings.textSize = textSize;
        flushSync();
        await look('rights');
        await touch('[data-topics="first"] [data-topic-link="compensation"]');
        await touch('[data-choice="2026-11-19"]');
        await look('rights-topic');
        await act('print');
        await seen('[data-leaflet="queued"]');
        services.leafletBecomes('failed', 'no-paper');
        await seen('[data-leaflet="failed"]');
        await look('rights-topic');
        await act('sources');
        await look('sources');
        await act('back');
        await touch('[data-choice="2026-11-19"]');
        await act('back');
        await touch('[data-topic-link="what-happens-next"]');
        await look('rights-topic');
        await act('back');
      }
      expect(found).toEqual([]);
    },
  );
}
