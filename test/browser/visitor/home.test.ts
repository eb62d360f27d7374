import { flushSync } from 'svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { makeWelcome, openHours, shippedMenu } from '../../helpers/fake-visitor-api.ts';
import { languages } from '../../../src-renderer/i18n/languages.ts';
import type { StationService } from '../../../src-main/contract/station.ts';
import type { HomeDoor } from '../../../src-main/contract/menu.ts';
import type { Welcome } from '../../../src-main/contract/visitor.ts';
import { reachMm, reachableShare } from '../../../src-main/domain/reach.ts';
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
import type { Stage } from './stage.ts';

afterEach(() => {
  stopVisits();
  document.body.replaceChildren();
});

const long = { timeout: 240_000 };
const ways = [
  ['standing', portrait],
  ['lying', landscape],
] as const;

if (openHours.kind !== 'known') throw new Error('these hours are known');
const known = openHours;
const appeal: HomeDoor = {
  ...{ id: 'fjordby-weathercock', icon: 'bell', isMain: true },
  ...{ door: 'type', typeId: 'fjordby-weathercock', passesGates: true },
};
const news = [{ id: 'fjordby-permits-closed', tone: 'info' as const }];
const service = (id: string, isOpen: boolean): StationService => ({
  id,
  hours: {
    ...known,
    isOpen,
    changesAt: isOpen ? '15:00' : null,
    opensAt: isOpen ? null : '2026-11-23T09:00',
  },
});
const services = [service('permits', true), service('lost-property', false)];
const closedHours = { ...known, isOpen: false, changesAt: null, opensAt: '2026-11-21T10:00' };

/** A full day, and a closed station at night. */
const times: readonly (readonly [string, Partial<Welcome>])[] = [
  [
    'a day with an appeal and news',
    { menu: shippedMenu('day', { timedDoors: [appeal], news }), stationServices: services },
  ],
  [
    'a closed station with both',
    {
      menu: shippedMenu('closed', { timedDoors: [appeal], news }),
      stationHours: closedHours,
      isLobbyStaffed: false,
      localTime: '2026-11-20T21:07',
    },
  ],
];

async function drawn(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1)
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await document.fonts.ready;
}

/** Nothing of the page may have to be turned to. */
async function paged(where: string): Promise<string[]> {
  await drawn();
  const isPaged = (): boolean => document.querySelector('[data-action="more"], [data-action="up"]') !== null;
  await vi.waitUntil(() => !isPaged(), { timeout: 10_000 }).catch(() => undefined);
  return isPaged() ? [where] : [];
}

async function chooseLanguage(stage: Stage, language: string): Promise<void> {
  stage.visit.leave();
  flushSync();
  await touch(`[data-language="${language}"]`);
  await screen('home');
}

describe('on one page, at normal size', () => {
  for (const [time, changes] of times)
    for (const [way, size] of ways)
      test(`start, home and hours on ${time}, ${way}, also lowered`, long, async () => {
        const stage = await openStage(changes, size);
        const found: string[] = [];
        const { visit } = stage;
        found.push(...(await paged('start')));
        visit.session.settings.isLowReach = true;
        found.push(...(await paged('start, lowered')));
        for (const language of languages) {
          await chooseLanguage(stage, language);
          found.push(...(await paged(`home ${language}`)));
          visit.session.settings.isLowReach = true;
          found.push(...(await paged(`home ${language}, lowered`)));
          visit.session.settings.isLowReach = false;
          await touch('[data-door="hours"]');
          await screen('hours');
          found.push(...(await paged(`hours ${language}`)));
        }
        expect(found).toEqual([]);
      });
});

/** Screens as they hang in lobbies: height of the glass and of its lower edge above the floor, in millimetres. */
const hung: readonly (readonly [
  string,
  readonly [number, number],
  { heightMm: number; bottomMm: number },
])[] = [
  ['a tall 43 inch screen', portrait, { heightMm: 952, bottomMm: 560 }],
  ['a standing 32 inch screen on a stand', portrait, { heightMm: 708, bottomMm: 800 }],
  ['a lying 32 inch screen on the wall', landscape, { heightMm: 398, bottomMm: 950 }],
];

/** How high above the floor every button's upper edge is; those out of sight cannot be touched. */
function tooHigh({ heightMm, bottomMm }: { heightMm: number; bottomMm: number }): string[] {
  const name = document.querySelector<HTMLElement>('[data-screen]')?.dataset['screen'] ?? '';
  return [...document.querySelectorAll<HTMLElement>('button, input, textarea')].flatMap((control) => {
    const { top, left, width, height } = control.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    if (height === 0 || hit === null || !(control.contains(hit) || hit.contains(control))) return [];
    const mm = bottomMm + (1 - top / window.innerHeight) * heightMm;
    const what = JSON.stringify(control.dataset);
    return mm <= reachMm + 0.5 ? [] : [`${name}: ${what} is at ${Math.round(mm)} mm`];
  });
}

describe('Lower brings every button below 1220 mm', () => {
  for (const [name, size, place] of hung)
    test(`on ${name}`, long, async () => {
      const share = reachableShare(place);
      const { visit } = await openStage(
        { ...times[0]?.[1], screen: { ...makeWelcome().screen, reachableShare: share } },
        size,
      );
      await touch('[data-language="da"]');
      await screen('home');
      await drawn();
      // What the test is worth: without it there are buttons above.
      expect(tooHigh(place)).not.toEqual([]);
      visit.leave();
      flushSync();
      await act('lower');
      const found: string[] = [];
      const look = async (): Promise<void> => {
        await drawn();
        found.push(...tooHigh(place));
      };
      await look();
      for (const language of ['ar', 'da']) {
        visit.session.settings.isLowReach = true;
        await touch(`[data-language="${language}"]`);
        await screen('home');
        await look();
        await touch('[data-door="hours"]');
        await screen('hours');
        await look();
        await act('other-station');
        await look();
        await act('back');
        await act('back');
        await touch('[data-door="rights"]');
        await look();
        await act('back');
        await act('danger');
        await screen('stop');
        await look();
        await act('back');
        await touch('[data-door="report"]');
        await look();
        await act('continue');
        await look();
        await touch('[data-gate="danger"] [data-gate-answer="none"]');
        await look();
        await touch('[data-gate="force"] [data-gate-answer="none"]');
        await touch('[data-gate="place"] [data-gate-answer="denmark"]');
        await look();
        visit.session.idle.isWarning = true;
        await screen('idle');
        await look();
        visit.leave();
        flushSync();
      }
      expect(found).toEqual([]);
    });

  test('on a screen nobody measured the page slides down, and nothing is lost', long, async () => {
    await openStage({}, portrait);
    await act('lower');
    await touch('[data-language="da"]');
    await screen('home');
    await drawn();
    const door = (await seen('[data-door="report"]')).getBoundingClientRect();
    const tools = (await seen('[data-action="reading"]')).getBoundingClientRect();
    expect(tools.top).toBeGreaterThan(door.bottom);
  });
});

describe('the hours', () => {
  const open = async (changes: Partial<Welcome>): Promise<HTMLElement> => {
    await openStage(changes);
    await touch('[data-language="en"]');
    await touch('[data-door="hours"]');
    return screen('hours');
  };
  const shownDays = (): string[] =>
    [...document.querySelectorAll<HTMLElement>('[data-day]')].map(({ dataset }) => dataset['day'] ?? '');

  test('of each service by one touch; days unlike others say why', async () => {
    const page = await open({ stationServices: services });
    expect(page.innerText).toContain('until 18:00');
    const counter = await seen('[data-service="counter"]');
    expect(counter.getAttribute('aria-pressed')).toBe('true');
    expect((await seen('[data-service="lost-property"]')).innerText).toContain('Opens Monday 09:00');
    // The large words are those of the service whose week stands below.
    await touch('[data-service="lost-property"]');
    expect((await seen('[data-open-now="lost-property"]')).innerText).toContain('opens Monday 09:00');
    await touch('[data-service="permits"]');
    expect(counter.getAttribute('aria-pressed')).toBe('false');
    expect((await seen('[data-exception="christmas-eve"]')).innerText).toContain('Christmas Eve');
    expect(shownDays()).toEqual(expect.arrayContaining(['2026-11-20', '2026-12-24', '2026-12-25']));
  });

  test('nobody told are not made up, and those nobody checked are hidden and say so', async () => {
    await open({ stationHours: { kind: 'unknown', why: 'never-told' } });
    await seen('[data-hours="never-told"]');
    expect(shownDays()).toEqual([]);
    stopVisits();
    document.body.replaceChildren();
    const page = await open({ stationHours: { kind: 'unknown', why: 'overdue' } });
    await seen('[data-hours="overdue"]');
    expect(shownDays()).toEqual([]);
    expect(page.innerText).toContain('114');
  });

  test('with a clock nobody can trust say neither open nor closed, today nor holidays', async () => {
    const page = await open({ isClockTrusted: false, stationServices: services });
    await seen('[data-hours="clock"]');
    for (const words of ['Open now', 'until 18:00', 'Opens', 'today', 'Christmas'])
      expect(page.innerText).not.toContain(words);
    expect(shownDays()).toHaveLength(7);
    await act('back');
    const home = await screen('home');
    expect(home.innerText).toContain('ask 114');
    expect(home.innerText).not.toContain('Open until');
  });

  test('of another station, found by a postcode in any digits, and back again step by step', async () => {
    await open({});
    await act('other-station');
    await seen('[data-finder]');
    await type('station-postcode', '9000');
    const found = await seen('[data-station="fjordby"]');
    expect(found.innerText).toMatch(/\b3\W* km/);
    found.click();
    flushSync();
    await seen('[data-station-shown="fjordby"] [data-hours="never-told"]');
    await act('back');
    await seen('[data-station="fjordby"]');
    await act('other-postcode');
    await seen('[data-key="9"]');
    await type('station-postcode', '9999');
    await seen('[data-postcode="unknown"]');
    await act('back');
    await seen('[data-service], [data-day]');
    await act('back');
    await screen('home');
  });

  test('of a station that opens again after the holidays name the day with its date', async () => {
    const page = await open({ stationHours: { ...closedHours, opensAt: '2026-12-28T08:00' } });
    expect(page.innerText).toContain('28 December');
    stopVisits();
    document.body.replaceChildren();
    const today = await open({ stationHours: { ...closedHours, opensAt: '2026-11-20T15:00' } });
    expect(today.innerText).toContain('opens today 15:00');
  });
});

describe('the start screen', () => {
  test('shows news before a language is chosen, and takes it away when it ends', async () => {
    const { services: kiosk, visit } = await openStage({ menu: shippedMenu('day', { news }) });
    const line = await seen('[data-news="fjordby-permits-closed"]');
    expect(line.innerText).toContain('3. december');
    expect(line.innerText).toContain('3 December');
    kiosk.welcome = makeWelcome();
    kiosk.unplug();
    kiosk.plugIn();
    await vi.waitUntil(() => document.querySelector('[data-news]') === null, until);
    expect(visit.session.isUntouched).toBe(true);
  });

  test('keeps news, languages and buttons on the screen, however large the words', async () => {
    for (const size of [portrait, landscape]) {
      const { visit } = await openStage({ menu: shippedMenu('day', { news }) }, size);
      for (const textSize of ['1.25', '1.5'] as const) {
        visit.session.settings.textSize = textSize;
        await seen(`html[data-text="${textSize}"]`);
        await drawn();
        const line = (await seen('[data-news]')).getBoundingClientRect();
        const counter = (await seen('[data-action="danger"]')).getBoundingClientRect();
        const language = (await seen('[data-language="da"]')).getBoundingClientRect();
        expect(line.left).toBeGreaterThanOrEqual(0);
        expect(line.right).toBeLessThanOrEqual(window.innerWidth);
        expect(line.width).toBeGreaterThan(window.innerWidth / 2);
        expect(counter.bottom).toBeLessThanOrEqual(window.innerHeight);
        expect(language.bottom).toBeLessThan(counter.top);
      }
      stopVisits();
      document.body.replaceChildren();
    }
  });

  test('of a closed station that takes no reports promises none', async () => {
    const { visit } = await openStage({ stationHours: closedHours, menu: shippedMenu('closed') });
    const start = await screen('start');
    expect(start.innerText).toContain('You can still report');
    stopVisits();
    document.body.replaceChildren();
    await openStage({ stationHours: closedHours, menu: shippedMenu('closed'), canReport: false });
    const other = await screen('start');
    expect(other.innerText).not.toContain('You can still report');
    expect(other.innerText).toContain('114');
    await touch('[data-language="en"]');
    expect((await screen('home')).innerText).not.toContain('You can still report');
    expect(visit.kiosk.canReport).toBe(true);
  });
});
