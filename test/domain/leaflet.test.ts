import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DeskLeaflet } from '../../src-main/contract/desk-paper.ts';
import type { Leaflet } from '../../src-main/contract/leaflet.ts';
import type { SheetContent } from '../../src-main/contract/receipt.ts';
import { loadContent } from '../../src-main/content/load-content.ts';
import { composeLeaflet, type LeafletOccasion } from '../../src-main/domain/leaflet.ts';
import { localTime } from '../../src-main/domain/local-time.ts';
import type { ContentLibrary } from '../../src-main/domain/ports.ts';

let library: ContentLibrary;
beforeAll(async () => {
  const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');
  ({ library } = await loadContent({ resourcesDir, today: '2026-11-21', isDemonstration: true }));
});

function compose(leaflet: Leaflet | DeskLeaflet, change: Partial<LeafletOccasion> = {}): SheetContent | null {
  const station = library.station('fjordby');
  const district = library.district('fjordby');
  if (station === null || district === null) throw new Error('Fjordby is gone');
  const now = change.now ?? new Date('2026-11-20T13:32:00Z');
  return composeLeaflet(library, {
    leaflet,
    language: 'ar',
    place: { station, district, isDemonstration: true, isLobbyStaffed: true },
    now,
    printedAt: localTime(now),
    isClockTrusted: true,
    ...change,
  });
}

function topic(topicId: string, from: string | null, change: Partial<LeafletOccasion> = {}) {
  const sheet = compose({ kind: 'topic', topicId, from }, change);
  if (sheet?.variant !== 'topic') throw new Error(`${topicId} is no topic`);
  return sheet;
}

describe('a topic on paper', () => {
  test('is the page, each statement in Arabic beside its Danish, with the sources and who can be called', () => {
    const sheet = topic('lawyer', null);
    expect(sheet.title).toEqual({ own: 'مساعدة من محامٍ', danish: 'Hjælp fra en advokat' });
    expect(sheet.paragraphs).toHaveLength(5);
    for (const { own, danish } of sheet.paragraphs) {
      expect(own).toMatch(/\p{Script=Arabic}/u);
      expect(danish).toMatch(/[a-zæøå]/);
    }
    expect(sheet.sources.map(({ source }) => source)).toEqual([
      'e-Justice, Danmark (2019)',
      'politi.dk, seksualforbrydelser',
    ]);
    expect(sheet.helpNumbers.map(({ number }) => number)).toEqual(['112', '114', '116 006']);
    expect(sheet.dateLines).toEqual([]);
  });

  test('of what happens next is numbered', () => {
    const { paragraphs } = topic('what-happens-next', null);
    expect(paragraphs.map(({ danish }) => danish.slice(0, 3))).toEqual(['1. ', '2. ', '3. ', '4. ', '5. ']);
  });

  test('counts 72 hours only where the visitor said from when, and only while they run', () => {
    const running = topic('compensation', '2026-11-19T12:00', { language: 'en' });
    expect(running.dateLines).toEqual([
      {
        // Some tables of languages set a comma after the weekday.
        own: expect.stringMatching(/^Report it before Sunday,? 22 November 2026 at 12:00 if you can\. /),
        danish: 'Anmeld det helst inden søndag 22. november 2026 kl. 12.00. Så er de 72 timer ikke gået.',
      },
      { own: 'Counted from the time you chose.', danish: 'Regnet fra det tidspunkt, du har valgt.' },
    ]);
    expect(topic('compensation', null).dateLines).toEqual([]);
    expect(topic('compensation', '2026-11-17T12:00').dateLines).toEqual([]);
    // A page without a limit has none, whatever was said elsewhere.
    expect(topic('lawyer', '2026-11-19T12:00').dateLines).toEqual([]);
  });

  test('says so when the clock it was counted with is not checked', () => {
    const { dateLines } = topic('compensation', '2026-11-19T12:00', {
      language: 'da',
      isClockTrusted: false,
    });
    expect(dateLines.at(-1)?.own).toMatch(/Uret på skærmen er ikke kontrolleret/);
  });

  test('printed years later: what could harm is gone, the rest says that it should have been checked', () => {
    const later = topic('compensation', '2026-11-19T12:00', {
      language: 'da',
      now: new Date('2030-01-01T12:00:00Z'),
    });
    const words = later.paragraphs.map(({ own }) => own).join('\n');
    expect(words).not.toMatch(/72/);
    expect(words).toMatch(/skulle være tjekket/);
    expect(words).toMatch(/er taget væk/);
    expect(later.dateLines).toEqual([]);
  });
});

describe('other paper', () => {
  test('a page of information carries the day of the court, counted from the day the visitor gave', () => {
    const sheet = compose(
      { kind: 'type-info', typeId: 'defamation', from: '2026-08-31T00:00' },
      { language: 'da' },
    );
    expect(sheet).toMatchObject({
      variant: 'topic',
      dateLines: [
        { own: 'Den sidste dag ved retten er som regel søndag 28. februar 2027. Retten afgør det.' },
      ],
    });
    expect(compose({ kind: 'type-info', typeId: 'defamation', from: null })).toMatchObject({ dateLines: [] });
    expect(compose({ kind: 'type-info', typeId: 'stolen-things', from: null })).toBeNull();
  });

  test('hours are those of a station, or unknown, never invented', () => {
    expect(compose({ kind: 'hours', stationId: null, serviceId: 'counter' })).toMatchObject({
      variant: 'hours',
      hoursOf: { name: 'Fjordby Politistation' },
      hours: { isExample: true },
    });
    expect(compose({ kind: 'hours', stationId: 'aalborg', serviceId: 'counter' })).toMatchObject({
      hours: null,
    });
    expect(compose({ kind: 'hours', stationId: 'atlantis', serviceId: 'counter' })).toBeNull();
    expect(compose({ kind: 'hours', stationId: null, serviceId: 'permits' })).toMatchObject({
      hoursOf: { name: 'Fjordby Politistation · Tilladelser' },
    });
    expect(compose({ kind: 'hours', stationId: null, serviceId: 'coffee' })).toBeNull();
    const undated = compose(
      { kind: 'hours', stationId: null, serviceId: 'counter' },
      { isClockTrusted: false },
    );
    expect(undated).toMatchObject({ hours: null, isClockTrusted: false });
  });

  test('why a report is not taken further: the words of the template in both languages, and nothing anybody typed', () => {
    const sheet = compose({ kind: 'rejection', reasonId: 'abroad' });
    expect(sheet).toMatchObject({
      variant: 'topic',
      title: { danish: 'Politiet går ikke videre med det, du har fortalt' },
      paragraphs: [{ danish: expect.stringMatching(/andet land/) }, { danish: expect.stringMatching(/114/) }],
      dateLines: [],
      helpNumbers: [{ number: '112' }, { number: '114' }],
    });
    expect(compose({ kind: 'rejection', reasonId: 'because' })).toBeNull();
  });

  test('for one who waits for an officer says nothing of why: no topic, no limit, no number but those of everybody', () => {
    const sheet = compose({ kind: 'hand-over' });
    expect(sheet?.variant).toBe('hand-over');
    expect(JSON.stringify(sheet)).not.toMatch(/72|vold|عنف|offer/i);
    expect(sheet).toMatchObject({ helpNumbers: [{ number: '112' }, { number: '114' }] });
  });
});
