import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadContent, type LoadOptions } from '../../src-main/content/load-content.ts';
import { languages } from '../../src-main/contract/ids.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';

/* What a district lays over what ships: it adds, it stands in place of, and its mistakes take away nothing that ships. */

const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');
const fact = { source: 'made for this test', date: '2026-11-20', reviewBy: '2027-11-20' };

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'district-'));
  cpSync(path.resolve(import.meta.dirname, '..', 'e2e', 'district-content'), dir, { recursive: true });
  rmSync(path.join(dir, 'report-types', 'boat-sunk.json'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const write = (file: string, json: unknown): void =>
  writeFileSync(path.join(dir, file), JSON.stringify(json));
const shipped = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(resourcesDir, 'content', 'dk', file), 'utf8'));

async function load(more: Partial<LoadOptions> = {}) {
  const loaded = await loadContent({
    resourcesDir,
    districtDir: dir,
    today: '2026-11-21',
    isDemonstration: true,
    ...more,
  });
  const { content } = loaded.library;
  return {
    ...loaded,
    content,
    said: loaded.problems.map(
      ({ file, path: place, message }) => `${path.relative(dir, file)}: ${place}: ${message}`,
    ),
    type: (id: string) => [...content.reportTypes, ...content.otherTypes].find((each) => each.id === id),
  };
}

describe('a district adds', () => {
  test('a type in a group of its own, first in the menu, with a number and words; all that ships stays', async () => {
    const before = await loadContent({ resourcesDir, today: '2026-11-21', isDemonstration: true });
    const { content, said, library } = await load();
    expect(said).toEqual([]);
    expect(content.reportTypes.map(({ id }) => id)).toEqual([
      'boat-theft',
      ...before.library.content.reportTypes.map(({ id }) => id),
    ]);
    expect(content.groups.at(-1)).toMatchObject({ id: 'harbour', types: ['boat-theft'] });
    expect(content.phoneNumbers.map(({ id }) => id)).toContain('harbour-guard');
    expect(textAt(library.texts('en').texts.content, 'type.boat-theft.title')).toBe('A boat is gone');
    expect(textAt(library.texts('en').texts.content, 'type.stolen-things.title')).toBe(
      textAt(before.library.texts('en').texts.content, 'type.stolen-things.title'),
    );
    expect(library.version).not.toBe(before.library.version);
  });

  test('its own confidential contact, and news that ships nowhere', async () => {
    write('phone-numbers.json', {
      confidentialContacts: [{ districtId: 'fjordby', phone: '12 34 56 78', email: null, ...fact }],
    });
    write('report-types/boat-theft.json', { ...readOwn('report-types/boat-theft.json'), phoneNumbers: [] });
    const { content, said } = await load();
    // The words of a number that is not there any more harm nobody.
    expect(said).toEqual([]);
    expect(content.confidentialContacts).toMatchObject([{ districtId: 'fjordby', phone: '12 34 56 78' }]);
  });
});

describe('a district says the hours of its stations', () => {
  const monday = new Date('2026-11-23T11:30:00Z');
  const hours = { rule: 'Mo 12:00-13:00', isExample: false, ...fact };
  const away = {
    ...{ id: 'evening', on: '2026-11-30', until: null, spans: [], services: null },
    ...{ source: fact.source, date: fact.date },
  };
  const odense = (told: object) => ({ stations: [{ id: 'odense', hours, ...told }] });

  test('in place of those that ship, with the source it gives; all else of the station stays', async () => {
    const before = await loadContent({ resourcesDir, today: '2026-11-21', isDemonstration: false });
    write('hours.json', odense({}));
    const { library, said } = await load();
    expect(said).toEqual([]);
    expect(library.station('odense')).toEqual(before.library.station('odense'));
    expect(library.stationHours('odense', monday)).toMatchObject({
      ...{ kind: 'known', isOpen: true, source: fact.source },
    });
    expect(library.stationHours('aalborg', monday)).toEqual(before.library.stationHours('aalborg', monday));
  });

  test('a rule that nobody can read leaves none: "Ask 114" is true of old hours and of new ones', async () => {
    write('hours.json', odense({ hours: { ...hours, rule: 'whenever' } }));
    const { library, said } = await load();
    expect(said).toEqual([
      expect.stringMatching(/^hours\.json: odense\.hours\.rule: expected opening_hours/),
    ]);
    expect(library.stationHours('odense', monday)).toMatchObject({ kind: 'unknown' });
  });

  test('of a station that nobody knows, or a day without a name, is a mistake with its place', async () => {
    write('hours.json', {
      stations: [
        { id: 'atlantis', hours },
        { id: 'odense', hours, exceptions: [{ ...away, id: 'nobody-named-it' }] },
      ],
    });
    expect((await load()).said.map((line) => line.split(':').slice(0, 2).join(':'))).toEqual([
      'hours.json: atlantis',
      'locales/da/content.json: exception.nobody-named-it',
      ...['en', 'ar', 'uk', 'pl', 'tr', 'ro', 'de'].map(
        (language) => `locales/${language}/content.json: exception.nobody-named-it`,
      ),
    ]);
  });
});

describe('a district that writes fewer languages', () => {
  test('is told of no gap in the others, where its words stand in Danish behind the mark', async () => {
    for (const language of ['ar', 'pl']) rmSync(path.join(dir, 'locales', language), { recursive: true });
    const { said, library } = await load({ districtLanguages: ['da', 'en', 'uk', 'tr', 'ro', 'de'] });
    expect(said).toEqual([]);
    expect(textAt(library.texts('ar').texts.content, 'type.boat-theft.title')).toContain('En båd er væk');
    expect(textAt(library.texts('pl').texts.content, 'type.boat-theft.title')).toMatch(/^Po duńsku: /);
  });

  test('is still told of a gap in a language that it does write', async () => {
    rmSync(path.join(dir, 'locales', 'ar'), { recursive: true });
    rmSync(path.join(dir, 'locales', 'pl'), { recursive: true });
    const { said } = await load({ districtLanguages: ['da', 'en', 'ar', 'uk', 'tr', 'ro', 'de'] });
    expect(said).toEqual([
      'locales/ar/content.json: : expected a file that can be read.',
      'locales/ar/rights.json: : expected a file that can be read.',
    ]);
  });
});

describe('what a district sent', () => {
  const filesOf = (folder: string): Map<string, string> =>
    new Map(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.name.endsWith('.json'))
        .map((entry) => path.join(entry.parentPath, entry.name))
        .map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]),
    );
  const packaged = (files: ReadonlyMap<string, string>) => ({
    ...{ districtId: 'fyn', label: 'package 7: ', languages, files },
  });

  test('reads like its folder, and is laid over a folder of the configuration', async () => {
    const fromFolder = await load();
    const alone = await load({ districtDir: null, packaged: packaged(filesOf(dir)) });
    expect(alone.said).toEqual([]);
    expect(alone.content.reportTypes).toEqual(fromFolder.content.reportTypes);
    const files = filesOf(dir);
    const type = (icon: string): string =>
      JSON.stringify({ ...readOwn('report-types/boat-theft.json'), icon });
    files.set('report-types/boat-theft.json', type('home'));
    const { type: find, said } = await load({ packaged: packaged(files) });
    expect(said).toEqual([]);
    expect(find('boat-theft')?.icon).toBe('home');
  });

  test("says nothing of another district's hours, and names its own mistakes by its label", async () => {
    const stations = [{ id: 'aalborg', hours: { rule: '24/7', isExample: false, ...fact } }];
    const { problems } = await load({
      packaged: packaged(new Map([['hours.json', JSON.stringify({ stations })]])),
    });
    expect(problems.map(({ file, path: place, message }) => `${file} ${place} ${message}`)).toEqual([
      'package 7: hours.json aalborg expected a station of the district "fyn".',
    ]);
  });

  test('takes the place of what stood there before, for whoever holds the library', async () => {
    const { library } = await load({ districtDir: null });
    const { version } = library;
    library.become((await load()).library);
    expect(library.content.reportTypes.map(({ id }) => id)).toContain('boat-theft');
    expect(library.version).not.toBe(version);
  });
});

const readOwn = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(dir, file), 'utf8'));

describe('a district changes', () => {
  test('a type that ships, by its name', async () => {
    write('report-types/vandalism.json', { ...shipped('report-types/vandalism.json'), icon: 'home' });
    const { type, said } = await load();
    expect(said).toEqual([]);
    expect(type('vandalism')?.icon).toBe('home');
  });

  test('its own questions of such a type, for nobody else asks them', async () => {
    const vandalism = JSON.stringify(shipped('report-types/vandalism.json'));
    write('report-types/vandalism.json', JSON.parse(vandalism.replace('"longest":400', '"longest":123')));
    const { type, said } = await load();
    expect(said).toEqual([]);
    expect(JSON.stringify(type('vandalism')?.questions)).toContain('"longest":123');
  });
});

describe('a mistake of a district', () => {
  test('in a type that ships: what ships stays', async () => {
    write('report-types/vandalism.json', {
      ...shipped('report-types/vandalism.json'),
      icon: 'home',
      questions: ['nowhere'],
    });
    const { type, said } = await load();
    expect(said).toEqual([
      expect.stringMatching(/^report-types\/vandalism\.json: questions: .*"nowhere"\.$/),
    ]);
    expect(type('vandalism')).toMatchObject({ icon: shipped('report-types/vandalism.json')['icon'] });
  });

  test('in a shared question does not reach the types that ship', async () => {
    write('questions.json', { questions: [{ id: 'when', kind: 'whenever', showIf: null }] });
    const { type, said } = await load();
    expect(said).toEqual([expect.stringMatching(/^questions\.json: questions\[0\]\.kind: /)]);
    expect(type('stolen-things')?.questions.find(({ id }) => id === 'when')?.kind).toBe('when');
  });

  test("never changes 112: its number is not a district's to say", async () => {
    write('phone-numbers.json', { phoneNumbers: [{ id: 'alarm', number: '113', ...fact }] });
    write('report-types/boat-theft.json', { ...readOwn('report-types/boat-theft.json'), phoneNumbers: [] });
    const { content, said } = await load();
    expect(said).toEqual([
      'phone-numbers.json: alarm: expected another id: no district changes this number.',
    ]);
    expect(content.phoneNumbers.find(({ id }) => id === 'alarm')?.number).toBe('112');
  });

  test('in the name of a file is told, for such a file is never read', async () => {
    write('gates.json', { gates: [] });
    write('report-types/boat-theft.jsn', {});
    const { said } = await load();
    expect(said.toSorted()).toEqual([
      'gates.json: : expected a file of content; one of this name is never read.',
      'report-types/boat-theft.jsn: : expected a file of content; one of this name is never read.',
    ]);
  });

  test('a language it has no words in: named once, said in Danish', async () => {
    rmSync(path.join(dir, 'locales', 'ar'), { recursive: true });
    const { said, library, type } = await load();
    expect(said).toEqual([
      'locales/ar/content.json: : expected a file that can be read.',
      'locales/ar/rights.json: : expected a file that can be read.',
    ]);
    expect(type('boat-theft')).toBeDefined();
    expect(textAt(library.texts('ar').texts.content, 'type.boat-theft.title')).toContain('En båd er væk');
  });

  test('a folder that is not there leaves what ships, and says so', async () => {
    rmSync(dir, { recursive: true });
    const { content, problems } = await load();
    expect(problems).toEqual([{ file: `${dir}/`, path: '', message: 'expected a folder that can be read.' }]);
    expect(content.reportTypes.length).toBeGreaterThan(10);
  });
});
