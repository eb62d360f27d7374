import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Leaflet } from '../../src-main/contract/leaflet.ts';
import type { Welcome } from '../../src-main/contract/visitor.ts';
import { findType } from '../../src-main/domain/type-menu.ts';
import { Visit } from '../../src-renderer/state/visit.svelte.ts';
import { FakeVisitorServices, makeWelcome } from '../helpers/fake-visitor-api.ts';

let services: FakeVisitorServices;
let visit: Visit;
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1);

async function open(changes: Partial<Welcome> = {}): Promise<void> {
  services = new FakeVisitorServices(makeWelcome(changes));
  visit = new Visit({ line: services.line, onTexts: () => undefined });
  await settle();
  visit.session.chooseLanguage('ar');
}
beforeEach(async () => {
  vi.useFakeTimers();
  await open();
});
afterEach(() => {
  visit.stop();
  vi.useRealTimers();
});

function choose(typeId: string): void {
  const { content } = visit.kiosk;
  const type = content === null ? null : findType(content, typeId);
  if (type === null) throw new Error(`no type ${typeId}`);
  visit.session.chooseType(type);
}
const offered = (): string[] => {
  const { first, rest } = visit.session.rights.offered;
  return [...first, ...rest].map(({ id }) => id);
};

describe('which rights are offered', () => {
  test('to who is led to an officer after violence at home: protection at once, the offender never', () => {
    expect(offered()[0]).toBe('foreigners');
    expect(offered()).toContain('mediation');
    choose('partner-violence');
    expect(visit.session.screens.current.name).toBe('officer');
    expect(offered().slice(0, 2)).toEqual(['foreigners', 'protection']);
    expect(offered()).not.toContain('mediation');
    expect(visit.session.rights.phoneNumbers).toContain('violence');
  });

  test('the last choice counts, and nothing of it is left once an officer was asked for', () => {
    choose('partner-violence');
    choose('stolen-things');
    expect(visit.session.rights.type?.id).toBe('stolen-things');
    visit.session.rights.chooseDay('2026-11-20');
    choose('assault');
    visit.session.askOfficer({});
    expect(visit.session.rights.type?.id).not.toBe('assault');
    expect(visit.session.rights.start).toBeNull();
  });
});

describe('72 hours', () => {
  test('are counted from the day and the part of it, and only while the visitor says so', () => {
    const { rights } = visit.session;
    expect(rights.limit(72)).toBeNull();
    expect(rights.days(72)).toEqual(['2026-11-20', '2026-11-19', '2026-11-18', '2026-11-17']);
    rights.chooseDay('2026-11-19');
    expect(rights.limit(72)).toEqual({ until: '2026-11-22T00:00', isRunning: true, hours: 72 });
    rights.choosePart('evening');
    expect(rights.limit(72)).toEqual({ until: '2026-11-22T18:00', isRunning: true, hours: 72 });
    rights.chooseDay('2026-11-19');
    expect(rights.limit(72)).toBeNull();
  });

  test('have passed for the fourth day at noon, and for any day before: no date is shown', () => {
    const { rights } = visit.session;
    rights.chooseDay('2026-11-17');
    rights.choosePart('afternoon');
    expect(rights.limit(72)).toMatchObject({ isRunning: false });
    rights.chooseDay('earlier');
    expect(rights.limit(72)).toEqual({ until: null, isRunning: false, hours: 72 });
    expect(rights.start).toBeNull();
  });

  test('are not counted from an hour that has not come', () => {
    const { rights } = visit.session;
    rights.chooseDay('2026-11-20');
    // It is 14:32.
    expect(rights.parts).toEqual(['night', 'morning', 'afternoon']);
  });
});

describe('a page on paper', () => {
  const topic: Leaflet = { kind: 'topic', topicId: 'lawyer', from: null };
  const other: Leaflet = { kind: 'hours', stationId: null, serviceId: 'counter' };
  const state = (leaflet: Leaflet = topic): string | undefined =>
    visit.session.leaflets.noteOf(leaflet)?.state;

  test('is asked for once however often it is touched, in the language on screen, and shows what is true', async () => {
    void visit.session.leaflets.print(topic);
    void visit.session.leaflets.print(topic);
    expect(state()).toBe('asked');
    await settle();
    expect(services.leaflets).toMatchObject([{ leaflet: topic, language: 'ar' }]);
    expect(state()).toBe('queued');
    for (const next of ['sent', 'printed'] as const) {
      services.leafletBecomes(next);
      await settle();
      expect(state()).toBe(next);
    }
    expect(state(other)).toBeUndefined();
  });

  test('that did not come out says why, and can be asked for again', async () => {
    await visit.session.leaflets.print(topic);
    services.leafletBecomes('failed', 'no-paper');
    await settle();
    expect(visit.session.leaflets.noteOf(topic)).toEqual({ state: 'failed', problem: 'no-paper' });
    await visit.session.leaflets.print(topic);
    expect(services.leaflets).toHaveLength(2);
    expect(services.leaflets[0]?.leafletId).not.toBe(services.leaflets[1]?.leafletId);
  });

  test('cannot be had without a line; when the line falls on the way nobody knows', async () => {
    services.unplug();
    await visit.session.leaflets.print(topic);
    expect(state()).toBe('failed');
    services.plugIn();
    await settle();
    await visit.session.leaflets.print(topic);
    services.unplug();
    expect(state()).toBe('unknown');
  });

  test('beyond the share of a visit is refused in words of its own', async () => {
    services.refusesLeaflets = true;
    await visit.session.leaflets.print(topic);
    expect(state()).toBe('too-many');
  });

  test('of one visitor is not told to the next', async () => {
    await visit.session.leaflets.print(topic);
    visit.leave();
    services.leafletBecomes('printed');
    await settle();
    expect(state()).toBeUndefined();
    expect(services.left).toHaveLength(1);
  });
});
