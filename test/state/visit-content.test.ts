import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeVisitorServices, makeWelcome, shippedContent } from '../helpers/fake-visitor-api.ts';
import type { ServedTexts } from '../../src-main/contract/content.ts';
import type { Welcome } from '../../src-main/contract/visitor.ts';
import { Visit } from '../../src-renderer/state/visit.svelte.ts';

/* Content that a district sends: on the screen at once while nobody is there, after the visit when somebody is. */

let services: FakeVisitorServices;
let visit: Visit;
let texts: ServedTexts[];
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1);

const fewer = { ...shippedContent(), reportTypes: shippedContent().reportTypes.slice(0, 3) };
const other: Partial<Welcome> = { content: fewer, contentVersion: 'from the district' };

beforeEach(async () => {
  vi.useFakeTimers();
  services = new FakeVisitorServices(makeWelcome());
  texts = [];
  visit = new Visit({ line: services.line, onTexts: (found) => texts.push(found) });
  await settle();
});
afterEach(() => {
  visit.stop();
  vi.useRealTimers();
});

const types = (): number => visit.kiosk.content?.reportTypes.length ?? 0;

function offer(): void {
  services.waiting = other;
  services.pushKiosk();
}

describe('content that waits', () => {
  test('is taken while nobody has touched anything, with the words of all languages', async () => {
    texts = [];
    offer();
    await settle();
    expect(services.waiting).toBeNull();
    expect(types()).toBe(3);
    expect(texts.map(({ language }) => language)).toEqual(['da', 'en', 'ar', 'uk', 'pl', 'tr', 'ro', 'de']);
  });

  test('waits while somebody is in a visit, who sees nothing of it; then it is there', async () => {
    const before = types();
    visit.session.chooseLanguage('ar');
    offer();
    await settle();
    expect(services.waiting).toEqual(other);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(types()).toBe(before);
    visit.leave();
    await settle();
    expect(services.waiting).toBeNull();
    expect(types()).toBe(3);
  });
});

test('services that come back with other content in the middle of a visit change nothing of it until its end', async () => {
  const before = visit.kiosk.content;
  const { menu } = makeWelcome();
  visit.session.chooseLanguage('en');
  texts = [];
  services.unplug();
  services.welcome = makeWelcome({ ...other, menu: { ...menu, doors: [] } });
  services.plugIn();
  await settle();
  expect(visit.kiosk.content).toBe(before);
  expect(visit.kiosk.welcome?.menu.doors).toEqual(menu.doors);
  expect(texts).toEqual([]);
  visit.leave();
  await settle();
  expect(types()).toBe(3);
  expect(visit.kiosk.welcome?.menu.doors).toEqual([]);
  expect(texts).toHaveLength(8);
});
