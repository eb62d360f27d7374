import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inspectContent } from '../../src-main/content/inspect-content.ts';
import { loadContent } from '../../src-main/content/load-content.ts';
import { menuNow, type MenuContent, type MenuMoment } from '../../src-main/content/menu-now.ts';
import { menuNowSchema } from '../../src-main/contract/menu.ts';
import type { ContentLibrary } from '../../src-main/domain/ports.ts';

const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');
const shipped = { resourcesDir, today: '2026-11-21', isDemonstration: true };
const source = { source: 'made for this test', date: '2026-11-01' };

const moment = (now: string, changes: Partial<MenuMoment> = {}): MenuMoment => ({
  now: new Date(now),
  isClockTrusted: true,
  stationId: 'fjordby',
  counter: 'unknown',
  isStaffed: false,
  ...changes,
});

describe('what ships', () => {
  let library: ContentLibrary;
  beforeAll(async () => {
    ({ library } = await loadContent(shipped));
  });
  const menuAt = (now: string, changes: { isClockTrusted?: boolean; isStaffed?: boolean } = {}) => {
    const asked = { stationId: 'fjordby', isClockTrusted: true, isStaffed: false, now: new Date(now) };
    return library.menuAt({ ...asked, ...changes });
  };
  const ids = (doors: readonly { id: string }[]): string[] => doors.map(({ id }) => id);

  test('by day the doors of 114; closed, the number and a call instead of a counter', () => {
    const day = menuAt('2026-11-20T13:00:00Z');
    expect(menuNowSchema.parse(day)).toEqual(day);
    expect(day.id).toBe('day');
    expect(ids(day.doors.filter(({ isMain }) => isMain))).toEqual(['report', 'ask', 'tip']);
    expect(ids(day.doors)).toEqual(expect.arrayContaining(['hours', 'rights', 'follow', 'appointment']));
    expect(day.phoneNumbers).toEqual([]);
    // Closed at 18; the minute it opens again the day is back.
    for (const [now, id] of [
      ['2026-11-20T16:59:59Z', 'day'],
      ['2026-11-20T17:00:00Z', 'closed'],
      ['2026-11-21T08:59:59Z', 'closed'],
      ['2026-11-21T09:00:00Z', 'day'],
      ['2026-12-24T11:00:00Z', 'closed'],
    ] as const)
      expect(menuAt(now).id, now).toBe(id);
    const closed = menuAt('2026-11-20T20:00:00Z');
    expect(ids(closed.doors)).toEqual(expect.arrayContaining(['report', 'ask', 'tip', 'staff']));
    expect(ids(closed.doors)).not.toContain('appointment');
    expect(ids(closed.doors.filter(({ isMain }) => isMain))).toEqual(['report', 'tip', 'staff']);
    expect(closed.phoneNumbers).toEqual(['police']);
  });

  test('a station whose hours nobody knows: night by the clock, unless somebody sits at the desk', () => {
    const at = (now: string, changes = {}) =>
      library.menuAt({
        ...{ stationId: 'aalborg', now: new Date(now), isClockTrusted: true, isStaffed: false },
        ...changes,
      });
    expect(at('2026-11-20T20:59:00Z').id).toBe('day');
    expect(at('2026-11-20T21:00:00Z').id).toBe('night');
    expect(at('2026-11-21T04:59:00Z').id).toBe('night');
    expect(at('2026-11-21T05:00:00Z').id).toBe('day');
    expect(at('2026-11-20T23:00:00Z', { isStaffed: true }).id).toBe('day');
  });

  test('the invented appeal and its news stand in Fjordby alone, and end by themselves', () => {
    const during = menuAt('2026-11-21T10:00:00Z');
    expect(ids(during.timedDoors)).toEqual(['fjordby-weathercock']);
    expect(during.news).toEqual([{ id: 'fjordby-permits-closed', tone: 'info' }]);
    expect(menuAt('2026-12-03T16:59:59Z').news).toHaveLength(1);
    expect(menuAt('2026-12-03T17:00:00Z').news).toEqual([]);
    expect(menuAt('2026-11-20T16:59:59Z').timedDoors).toEqual([]);
    expect(menuAt('2027-11-11T23:00:00Z').timedDoors).toEqual([]);
    const elsewhere = { stationId: 'aalborg', now: new Date('2026-11-21T10:00:00Z') };
    expect(library.menuAt({ ...elsewhere, isClockTrusted: true, isStaffed: true })).toMatchObject({
      timedDoors: [],
      news: [],
    });
  });

  test('its type stays among the types after its end, so that who has begun can finish', () => {
    const type = library.content.reportTypes.find(({ id }) => id === 'fjordby-weathercock');
    expect(type?.group).toBeNull();
    expect(library.content.groups.flatMap(({ types }) => types)).not.toContain('fjordby-weathercock');
  });

  test('a real kiosk has none of it', async () => {
    const real = await loadContent({ ...shipped, isDemonstration: false });
    const asked = { now: new Date('2026-11-21T10:00:00Z'), isClockTrusted: true, isStaffed: true };
    expect(real.library.menuAt({ stationId: 'aalborg', ...asked })).toMatchObject({
      timedDoors: [],
      news: [],
    });
    expect(real.library.content.reportTypes.map(({ id }) => id)).not.toContain('fjordby-weathercock');
  });

  test('with a clock nobody can trust: neither open nor closed nor night, and nothing that shows for a time', () => {
    for (const now of ['2026-11-20T20:00:00Z', '2026-11-21T10:00:00Z'])
      expect(menuAt(now, { isClockTrusted: false })).toMatchObject({ id: 'day', timedDoors: [], news: [] });
  });
});

describe('what shows for a time', () => {
  const door = (startsAt: string, endsAt: string, stationIds: string[] | null = null) => ({
    ...{ id: 'appeal', icon: 'bell', typeId: 'tip', passesGates: true },
    ...{ startsAt, endsAt, stationIds, ...source },
  });
  const content = (timedDoor: ReturnType<typeof door>): MenuContent => ({
    doors: [],
    menus: [{ id: 'day', when: null, doors: ['report'], phoneNumbers: [] }],
    timedDoors: [timedDoor],
    news: [],
  });
  const isShown = (timedDoor: ReturnType<typeof door>, now: string, stationId = 'fjordby'): boolean =>
    menuNow(content(timedDoor), moment(now, { stationId })).timedDoors.length > 0;

  test('from its first minute up to its end, in winter and in summer', () => {
    const winter = door('2026-12-01T20:00', '2026-12-02T08:00');
    expect(isShown(winter, '2026-12-01T18:59:59.999Z')).toBe(false);
    expect(isShown(winter, '2026-12-01T19:00:00Z')).toBe(true);
    expect(isShown(winter, '2026-12-02T06:59:59.999Z')).toBe(true);
    expect(isShown(winter, '2026-12-02T07:00:00Z')).toBe(false);
    const summer = door('2027-07-01T20:00', '2027-07-02T08:00');
    expect(isShown(summer, '2027-07-01T17:59:59.999Z')).toBe(false);
    expect(isShown(summer, '2027-07-01T18:00:00Z')).toBe(true);
  });

  test('an end in the hour that comes twice ends once; a start in the hour that never comes starts after it', () => {
    const autumn = door('2026-10-24T20:00', '2026-10-25T02:30');
    const minutes = ['00:29', '00:30', '00:59', '01:15', '01:45'];
    expect(minutes.map((minute) => isShown(autumn, `2026-10-25T${minute}:00Z`))).toEqual([
      ...[true, false, false, false, false],
    ]);
    const spring = door('2027-03-28T02:30', '2027-03-28T12:00');
    expect(isShown(spring, '2027-03-28T01:29:00Z')).toBe(false);
    expect(isShown(spring, '2027-03-28T01:30:00Z')).toBe(true);
  });

  test('only at the stations it names', () => {
    const here = door('2026-12-01T20:00', '2026-12-02T08:00', ['aalborg', 'aarhus']);
    expect(isShown(here, '2026-12-01T20:00:00Z', 'aarhus')).toBe(true);
    expect(isShown(here, '2026-12-01T20:00:00Z', 'odense')).toBe(false);
  });
});

describe('a district that writes its own', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'menu-'));
    for (const part of ['content', 'locales'])
      cpSync(path.join(resourcesDir, part), path.join(folder, part), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (file: string, value: unknown): void =>
    writeFileSync(path.join(folder, 'content', file), JSON.stringify(value));
  const read = (file: string) => JSON.parse(readFileSync(path.join(folder, 'content', file), 'utf8'));
  const problems = async (): Promise<string[]> => {
    const dirs = {
      contentDir: path.join(folder, 'content'),
      localesDir: path.join(folder, 'locales'),
    };
    const inspected = await inspectContent({ ...dirs, today: shipped.today, isDemonstration: true });
    return inspected.problems.map(({ message }) => message);
  };

  test('changes the night by one line of content, and no code', async () => {
    const menu = read('dk/menu.json');
    menu.menus[1].when = [{ counter: 'unknown', during: 'Mo-Su 18:00-08:00' }];
    menu.menus[1].doors = ['report', 'staff'];
    menu.menus[1].small = [];
    write('dk/menu.json', menu);
    expect(await problems()).toEqual([]);
    const { library } = await loadContent({ ...shipped, resourcesDir: folder });
    const asked = { stationId: 'aalborg', isClockTrusted: true, isStaffed: true };
    const night = library.menuAt({ ...asked, now: new Date('2026-11-20T17:00:00Z') });
    expect([night.id, night.doors.map(({ id }) => id)]).toEqual(['night', ['report', 'staff']]);
  });

  test('is told what is wrong with a door for a time', async () => {
    const timed = { stationIds: null, typeId: 'tip', icon: 'bell', passesGates: true, ...source };
    write('dk/timed.json', {
      timedDoors: [
        { ...timed, id: 'hours', startsAt: '2026-12-01T20:00', endsAt: '2026-12-02T20:00' },
        { ...timed, id: 'backwards', startsAt: '2026-12-02T20:00', endsAt: '2026-12-01T20:00' },
        { ...timed, id: 'for-ever', startsAt: '2026-12-02T20:00', endsAt: '2028-12-01T20:00' },
        { ...timed, id: 'no-day', startsAt: '2027-02-29T20:00', endsAt: '2027-03-01T20:00' },
      ],
      news: [
        {
          id: 'silent',
          tone: 'info',
          stationIds: ['atlantis'],
          startsAt: '2026-12-01T08:00',
          endsAt: '2026-12-01T09:00',
          ...source,
        },
      ],
    });
    const invented = read('demonstration/fjordby.json');
    invented.timedDoors[0].typeId = 'astrology';
    write('demonstration/fjordby.json', invented);
    const found = await problems();
    for (const part of [
      /^dk\/timed\.json: timedDoors: expected "hours" only once/,
      /^dk\/timed\.json: backwards\.endsAt: expected a time after/,
      /^dk\/timed\.json: for-ever\.endsAt: expected a time within a year/,
      /^dk\/timed\.json: no-day: expected times of the calendar/,
      /^demonstration\/fjordby\.json: fjordby-weathercock: expected a type of report, found "astrology"/,
      /^dk\/timed\.json: silent\.stationIds: expected the id of a station, found "atlantis"/,
      /^da\/content\.json: news\.silent\.title: expected words/,
    ])
      expect(found).toContainEqual(expect.stringMatching(part));
    // None of it is shown, and all the rest works.
    const { library } = await loadContent({ ...shipped, resourcesDir: folder });
    const asked = { stationId: 'fjordby', isClockTrusted: true, isStaffed: true };
    const menu = library.menuAt({ ...asked, now: new Date('2026-12-01T20:00:00Z') });
    expect(menu).toMatchObject({ id: 'closed', timedDoors: [], news: [{ id: 'fjordby-permits-closed' }] });
  });

  test('is told of a menu that never holds, of a door nobody wrote, and of times that are none', async () => {
    const menu = read('dk/menu.json');
    menu.menus[0].doors.push('trapdoor');
    menu.menus[0].small = ['appointment'];
    menu.menus[1].when = [{ during: 'at night' }];
    menu.menus[2].when = [{ counter: 'open' }];
    write('dk/menu.json', menu);
    const found = await problems();
    for (const part of [
      /menus\.closed\.doors: expected a door, found "trapdoor"/,
      /menus\.closed\.small: expected a door of this menu, found "appointment"/,
      /menus\.night\.when\[0\]\.during: expected opening_hours syntax/,
      /menus\.day\.when: expected null in the last menu/,
    ])
      expect(found).toContainEqual(expect.stringMatching(part));
  });

  test('is told of a day, a service or a time of day that does not exist', async () => {
    const file = read('demonstration/fjordby.json');
    const exception = { until: null, spans: [], services: null, ...source };
    file.stations[0].exceptions = [
      { ...exception, id: 'christmas-eve', on: '12-24' },
      { ...exception, id: 'training', on: '12-24' },
      { ...exception, id: 'training', on: '2027-02-29' },
      { ...exception, id: 'training', on: '2026-12-04', services: ['passports'] },
      { ...exception, id: 'training', on: '2026-12-05', spans: [{ from: '12:00', to: '10:00' }] },
      { ...exception, id: 'training', on: '2026-12-09', until: '2026-12-08' },
    ];
    write('demonstration/fjordby.json', file);
    const found = await problems();
    for (const part of [
      /exceptions\.training\.on: expected another day than "christmas-eve" has/,
      /exceptions\.training: expected a day of the calendar, found "2027-02-29"/,
      /exceptions\.training\.services: expected a service of the station, found "passports"/,
      /exceptions\.training\.spans: expected times of one day/,
      /exceptions\.training\.until: expected a day after 2026-12-09/,
    ])
      expect(found).toContainEqual(expect.stringMatching(part));
  });
});
