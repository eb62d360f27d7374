import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ContentError } from '../../src-main/content/content-error.ts';
import { languages } from '../../src-main/contract/ids.ts';
import { loadContent } from '../../src-main/content/load-content.ts';
import type { ContentLibrary } from '../../src-main/domain/ports.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';
import { copyContent, type ContentFolder } from '../helpers/content-folder.ts';

/* A mistake in content is named, and takes away only what it touches: the lobby goes on. */

let folder: ContentFolder;
beforeEach(() => {
  folder = copyContent();
});
afterEach(() => folder.clean());

const load = (today = '2026-11-21') =>
  loadContent({ resourcesDir: folder.path, today, isDemonstration: true });

async function sentences(today?: string): Promise<{ library: ContentLibrary; said: string[] }> {
  const { library, problems } = await load(today);
  return { library, said: problems.map(({ file, path, message }) => `${file}: ${path}: ${message}`) };
}

const typesOf = ({ content }: ContentLibrary): string[] =>
  [...content.reportTypes, ...content.otherTypes].map(({ id }) => id);
function changeEach(file: string, list: string, change: (entry: Record<string, unknown>) => unknown): void {
  folder.change(file, (json) => ({
    ...json,
    [list]: Array.isArray(json[list]) ? json[list].map((entry) => change(entry)) : json[list],
  }));
}
const has = (id: string) => (library: ContentLibrary) => typesOf(library).includes(id);

const type = (id: string): string => `content/dk/report-types/${id}.json`;
const trade = type('online-trade');
const theft = type('stolen-things');
const rule = '["mobilepay", { "var": "paid-how" }]';

describe('a type that cannot be asked is left out, the others stay', () => {
  test.each<[string, string, string | RegExp, string, string, RegExp]>([
    [
      'a question nobody wrote',
      theft,
      '"seen-by"',
      '"seen-by-whom"',
      'stolen-things',
      /: questions: .*found "seen-by-whom"\.$/,
    ],
    [
      'a question asked twice',
      theft,
      '"seen-by"',
      '"when"',
      'stolen-things',
      /: questions: expected "when" only once\.$/,
    ],
    ['no source', theft, /"source": "[^"]*",/, '', 'stolen-things', /stolen-things\.json: source: /],
    [
      'a group that the menu does not have',
      theft,
      '"group": "theft"',
      '"group": "thefts"',
      'stolen-things',
      /: group: .*found "thefts"\.$/,
    ],
    [
      'no question and no officer',
      type('assault'),
      '"route": "officer"',
      '"route": "self"',
      'assault',
      /: questions: expected at least one question/,
    ],
    [
      'a rule about a later question',
      trade,
      rule,
      '["mobilepay", { "var": "help" }]',
      'online-trade',
      /receiving-account\.showIf: .*"help", which comes later\.$/,
    ],
    [
      'a question that waits for itself',
      trade,
      rule,
      '["mobilepay", { "var": "receiving-account" }]',
      'online-trade',
      /receiving-account\.showIf: .*"receiving-account" itself\.$/,
    ],
    [
      'a rule about a code that is not there',
      trade,
      rule,
      '["cheque", { "var": "paid-how" }]',
      'online-trade',
      /receiving-account\.showIf: expected a code of "paid-how", found "cheque"\.$/,
    ],
    [
      'a rule about a gate that is not there',
      trade,
      rule,
      '[{ "var": "gate.weather" }, ["rain"]]',
      'online-trade',
      /receiving-account\.showIf: expected a gate of gates\.json, found "gate\.weather"\.$/,
    ],
    [
      'a rule about a language nobody offers',
      trade,
      rule,
      '[{ "var": "visit.language" }, ["tlh"]]',
      'online-trade',
      /receiving-account\.showIf: .*found "tlh"\.$/,
    ],
    [
      'an operator that JSON Logic has and rules do not',
      trade,
      `{ "in": ${rule} }`,
      '{ "map": [[1], 1] }',
      'online-trade',
      /showIf\.or\[0\]: expected a rule with one operator: "in", "and", "or", "!" or "var"\.$/,
    ],
    [
      'two operators at once',
      trade,
      `{ "in": ${rule} }`,
      `{ "in": ${rule}, "var": "paid-how" }`,
      'online-trade',
      /showIf\.or\[0\]: expected a rule with one operator/,
    ],
    [
      'a rule of another kind',
      trade,
      `{ "in": ${rule} }`,
      '"always"',
      'online-trade',
      /showIf\.or\[0\]: expected a rule with one operator/,
    ],
    [
      'no Danish words',
      'locales/da/content.json',
      '"stolen-bicycle": {',
      '"stolen-bike": {',
      'stolen-bicycle',
      /^da\/content\.json: type\.stolen-bicycle\.title: expected words/,
    ],
  ])('%s', async (_story, file, from, to, gone, sentence) => {
    folder.edit(file, from, to);
    const { library, said } = await sentences();
    expect(said).toContainEqual(expect.stringMatching(sentence));
    expect(has(gone)(library)).toBe(false);
    expect(library.content.groups.flatMap(({ types }) => types)).not.toContain(gone);
    for (const other of ['burglary', 'tip', 'sexual-abuse']) expect(has(other)(library), other).toBe(true);
  });

  test('a question that no answers lead to', async () => {
    folder.edit(trade, `{ "in": ${rule} }`, `{ "and": [{ "in": ${rule} }, { "!": { "var": "paid-how" } }] }`);
    folder.edit(
      trade,
      /,\s*\{ "in": \["bank-transfer"[^}]*\} *\] *\},\s*\{[^}]*\} *\] *\},\s*\{[^}]*\} *\] *\}/,
      '',
    );
    const { library, said } = await sentences();
    expect(said).toEqual([
      'dk/report-types/online-trade.json: receiving-account.showIf: expected a rule that some answers fulfil.',
    ]);
    expect(has('online-trade')(library)).toBe(false);
  });

  test('two questions that wait for each other', async () => {
    folder.change(theft, (json) => ({
      ...json,
      questions: [
        ...(Array.isArray(json['questions']) ? json['questions'] : []),
        { id: 'hen', kind: 'amount', showIf: { var: 'egg' } },
        { id: 'egg', kind: 'amount', showIf: { var: 'hen' } },
      ],
    }));
    const { library, said } = await sentences();
    expect(said).toContain(
      'dk/report-types/stolen-things.json: hen.showIf: expected an earlier question, found "egg", which comes later.',
    );
    expect(has('stolen-things')(library)).toBe(false);
  });

  test('an option of a shared question twice takes every type that asks it, and nothing else', async () => {
    folder.edit('content/dk/questions.json', '"code": "camera"', '"code": "person"');
    const { library, said } = await sentences();
    expect(said).toContainEqual(expect.stringMatching(/: seen-by: expected "person" only once\.$/));
    expect(has('stolen-things')(library)).toBe(false);
    expect(has('assault')(library)).toBe(true);
  });

  test('a group whose types are all gone is not offered', async () => {
    const { library: before } = await load();
    const group = before.content.groups.find(({ id }) => id === 'people');
    if (group === undefined) throw new Error('the menu has people');
    for (const id of group.types) folder.edit(type(id), '"reviewBy"', '"reviewSometime"');
    const { library } = await load();
    expect(library.content.groups.map(({ id }) => id)).not.toContain('people');
    expect(has('stolen-things')(library)).toBe(true);
  });
});

describe('what else is wrong is left out alone', () => {
  test('a number without a source: its types stay, and do not name it', async () => {
    changeEach('content/dk/phone-numbers.json', 'phoneNumbers', (each) =>
      each['id'] === 'victim-support' ? { ...each, source: '' } : each,
    );
    const { library, said } = await sentences();
    expect(said).toEqual([expect.stringMatching(/^dk\/phone-numbers\.json: phoneNumbers\[\d+\]\.source: /)]);
    const { phoneNumbers, reportTypes, otherTypes } = library.content;
    expect(phoneNumbers.map(({ id }) => id)).not.toContain('victim-support');
    const offered = [...reportTypes, ...otherTypes].flatMap((each) => each.phoneNumbers);
    expect(offered).not.toContain('victim-support');
    expect(has('stolen-things')(library)).toBe(true);
  });

  test.each<[string, string, string | RegExp, string, RegExp, (library: ContentLibrary) => boolean]>([
    [
      'a number nobody knows',
      theft,
      '"victim-support"',
      '"helpline"',
      /: phoneNumbers: expected a known id, found "helpline"\.$/,
      (library) => has('stolen-things')(library) && !JSON.stringify(library.content).includes('"helpline"'),
    ],
    [
      'a statement without a source',
      'content/dk/rights.json',
      '"sources": ["this-screen"]',
      '"sources": ["hearsay"]',
      /: follow-up\.this-slip\.sources: /,
      ({ content }) =>
        !JSON.stringify(content.rightsTopics).includes('this-slip') &&
        content.rightsTopics.some(({ id }) => id === 'follow-up'),
    ],
    [
      'a warning without words',
      theft,
      '"notice": null',
      '"notice": "mind-the-gap"',
      /^da\/content\.json: notice\.mind-the-gap\.title: expected words/,
      ({ content }) => content.reportTypes.find(({ id }) => id === 'stolen-things')?.notice === null,
    ],
    [
      'hours that are no hours',
      'content/demonstration/fjordby.json',
      'Mo-Fr 08:00',
      'weekdays from 8',
      /^demonstration\/fjordby\.json: fjordby\.hours\.rule: expected opening_hours syntax/,
      (library) => library.stationHours('fjordby', new Date('2026-11-20T13:32:00Z')).kind === 'unknown',
    ],
    [
      'a station of no district',
      'content/dk/stations.json',
      '"districtId": "nordjylland"',
      '"districtId": "nord"',
      /^dk\/stations\.json: aalborg: expected the id of a district, found "nord"\.$/,
      (library) => library.station('aalborg') === null && library.station('fjordby') !== null,
    ],
    [
      'a row with a value too many',
      'content/dk/postcode-districts.csv',
      '9000,Aalborg,',
      '9000,Aalborg,Vest,',
      /^dk\/postcode-districts\.csv: line \d+: expected 6 values, found 7\.$/,
      (library) =>
        library.routePlace('9000', null).kind === 'unknown-postcode' &&
        library.routePlace('8000', null).kind === 'district',
    ],
    [
      'a postcode of nobody',
      'content/dk/postcode-districts.csv',
      '9000,Aalborg,nordjylland',
      '9000,Aalborg,nordland',
      /^dk\/postcode-districts\.csv: 9000: expected the id of a district, found "nordland"\.$/,
      (library) => library.routePlace('9000', null).kind === 'unknown-postcode',
    ],
    [
      'a table under another heading',
      'content/dk/postcode-districts.csv',
      /^.*/,
      'a,b,c,d,e,f',
      /^dk\/postcode-districts\.csv: line 2\.postcode: /,
      (library) => library.routePlace('8000', null).kind === 'unknown-postcode',
    ],
    [
      'a key nobody knows, in a file of lists',
      'content/dk/flags.json',
      '"flags"',
      '"flag": 1, "flags"',
      /^dk\/flags\.json: : no key "flag" is known there\.$/,
      ({ content }) => content.flagRules.length > 0,
    ],
    [
      'a list of languages without a source',
      'content/dk/interpreter-languages.json',
      /"source": "[^"]*",/,
      '',
      /^dk\/interpreter-languages\.json: source: /,
      ({ content }) => content.interpreterLanguages.languages.length === 0,
    ],
    [
      'a review that will never be',
      'content/dk/stations.json',
      /"reviewBy": "[^"]*"/,
      '"reviewBy": "2099-01-01"',
      /^dk\/stations\.json: [a-z-]+\.reviewBy: expected a day within a year after /,
      (library) => library.station('fjordby') !== null,
    ],
  ])('%s', async (_story, file, from, to, sentence, isRight) => {
    folder.edit(file, from, to);
    const { library, said } = await sentences();
    expect(said[0]).toMatch(sentence);
    expect(isRight(library)).toBe(true);
  });
});

describe('a part of a thing takes only that part', () => {
  test('112 stays 112 when the words that answer it are wrong', async () => {
    for (const greeting of [
      { words: '' },
      { words: 'Alarm', source: 'x', date: '2026-11-20', reviewBy: '2099-01-01' },
    ]) {
      changeEach('content/dk/phone-numbers.json', 'phoneNumbers', (each) =>
        each['id'] === 'alarm' ? { ...each, greeting } : each,
      );
      const { library, said } = await sentences();
      expect(said).not.toEqual([]);
      const alarm = library.content.phoneNumbers.find(({ id }) => id === 'alarm');
      expect(alarm).toMatchObject({ number: '112' });
      expect(alarm).not.toHaveProperty('greeting');
    }
  });

  const fjordby = 'content/demonstration/fjordby.json';
  const now = new Date('2026-11-20T13:32:00Z');

  test('a station stays when its hours cannot be read', async () => {
    changeEach(fjordby, 'stations', (each) => ({ ...each, hours: { rule: 'Mo-Fr 08:00-18:00' } }));
    const { library, said } = await sentences();
    expect(said).toContainEqual(expect.stringMatching(/fjordby\.json: stations\[0\]\.hours\.source: /));
    expect(library.station('fjordby')).not.toBeNull();
    expect(library.stationHours('fjordby', now)).toEqual({ kind: 'unknown', why: 'never-told' });
  });

  test('an exception on no day of the calendar: nobody knows which day it meant, so no hours are told', async () => {
    folder.edit(fjordby, /"on": "12-24"/, '"on": "02-30"');
    const { library, said } = await sentences();
    expect(said).toEqual([expect.stringMatching(/: fjordby\.exceptions\.[\w-]+: .*found "02-30"\.$/)]);
    expect(library.stationHours('fjordby', now).kind).toBe('unknown');
    expect(library.stationServices('fjordby', now).every(({ hours }) => hours.kind === 'unknown')).toBe(true);
  });

  const door = { id: 'made-up', icon: 'info', isMain: true };
  test.each([
    [
      'a door to a type nobody wrote',
      'doors',
      { ...door, door: 'type', typeId: 'nowhere', passesGates: true },
    ],
    ['a door without words', 'doors', { ...door, door: 'hours' }],
    [
      'a menu at a time that is none',
      'menus',
      { id: 'made-up', when: [{ during: 'after dinner' }], doors: ['hours'], phoneNumbers: [] },
    ],
  ])('the home screen does without %s', async (_story, list, entry) => {
    const before = await sentences();
    const shown = ({ library }: typeof before) =>
      library.menuAt({ stationId: 'fjordby', now, isClockTrusted: true, isStaffed: true });
    folder.change('content/dk/menu.json', (json) => ({
      ...json,
      [list]: [entry, ...(Array.isArray(json[list]) ? json[list] : [])],
    }));
    const after = await sentences();
    expect(after.said.join()).toContain('made-up');
    expect(shown(after)).toEqual(shown(before));
  });

  test('news that ends before it starts is not shown; the other news are', async () => {
    changeEach(fjordby, 'news', (each) => ({ ...each, endsAt: '2020-01-01T00:00' }));
    const { library, said } = await sentences();
    expect(said).toContainEqual(expect.stringMatching(/\.endsAt: expected a time after /));
    const menu = library.menuAt({ stationId: 'fjordby', now, isClockTrusted: true, isStaffed: true });
    expect(menu.news).toEqual([]);
    expect(menu.doors).not.toEqual([]);
  });
});

describe('words that are missing', () => {
  const titleIn = (library: ContentLibrary, language: 'da' | 'en' | 'ar', key: string): string =>
    textAt(library.texts(language).texts.content, key) ?? '';

  test('are said in Danish, and the visitor is told that it is Danish', async () => {
    folder.edit('locales/ar/content.json', /"label": "محفظة"/, '"label": " "');
    const { library, said } = await sentences();
    expect(said).toEqual(['ar/content.json: thing.wallet.label: expected words for this id of content.']);
    const danish = titleIn(library, 'da', 'thing.wallet.label');
    expect(titleIn(library, 'ar', 'thing.wallet.label')).toBe(`بالدنماركية: \u2066${danish}\u2069`);
    expect(has('stolen-things')(library)).toBe(true);
  });

  test('a whole file of them is named once', async () => {
    folder.remove('locales/ar/gates.json');
    const { library, said } = await sentences();
    expect(said).toEqual(['ar/gates.json: : expected a file that can be read.']);
    const [gate] = library.content.gates;
    const title = textAt(library.texts('ar').texts.gates, `${gate?.id ?? ''}.title`);
    expect(title).toContain(textAt(library.texts('da').texts.gates, `${gate?.id ?? ''}.title`));
  });

  test('a hint in Danish alone, and words that Danish does not have, are named', async () => {
    folder.edit(
      'locales/da/content.json',
      '"title": "Hvordan blev der betalt?",',
      '"title": "Hvordan blev der betalt?", "note": "Hvordan?",',
    );
    folder.edit('locales/en/rights.json', '"title"', '"extra": "more", "title"');
    const { library, said } = await sentences();
    expect(said).toEqual([
      'en/content.json: question.paid-how.note: expected words, as in Danish.',
      expect.stringMatching(/^en\/rights\.json: [\w.-]+\.extra: expected the same words in Danish\.$/),
      ...languages
        .filter((language) => language !== 'da' && language !== 'en')
        .map((language) => `${language}/content.json: question.paid-how.note: expected words, as in Danish.`),
    ]);
    expect(titleIn(library, 'en', 'question.paid-how.note')).toBe('In Danish: \u2066Hvordan?\u2069');
  });
});

test('a fact past its day is shown, says so, and is named', async () => {
  const { library, problems, overdue } = await load('2029-01-01');
  expect(problems).toEqual([]);
  expect(overdue.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['alarm', 'stolen-things', 'fjordby.hours']),
  );
  expect(has('stolen-things')(library)).toBe(true);
});

test('several mistakes in several files are all named, each once, and none for what hangs on them', async () => {
  folder.edit(theft, '"seen-by"', '"seen-by-whom"');
  folder.edit(trade, rule, '["mobilepay", { "var": "help" }]');
  folder.edit('content/dk/postcode-districts.csv', '9000,Aalborg,nordjylland', '9000,Aalborg,nordland');
  folder.edit('locales/ar/content.json', /"label": "محفظة"/, '"label": " "');
  const { said } = await sentences();
  expect(said).toHaveLength(4);
});

describe('what no kiosk can run without stops the start with one sentence', () => {
  test.each<[string, string, string | RegExp, string, RegExp]>([
    [
      'gates that are no JSON',
      'content/dk/gates.json',
      '{',
      '',
      /^dk\/gates\.json: \(the whole file\): expected JSON/,
    ],
    [
      'a key nobody knows in a gate',
      'content/dk/gates.json',
      '"takesSeveral"',
      '"takesMany": 1, "takesSeveral"',
      /^dk\/gates\.json: gates\[0\]: no key "takesMany" is known there\.$/,
    ],
    [
      'a gate without a way through',
      'content/dk/gates.json',
      '"leadsTo": "next"',
      '"leadsTo": "stop"',
      /^dk\/gates\.json: danger: expected one answer "none of these"/,
    ],
    [
      'a gate without Danish words',
      'locales/da/gates.json',
      '"title"',
      '"titel"',
      /^da\/gates\.json: \w+\.title: expected words/,
    ],
    [
      'no district for unknown places',
      'content/dk/districts.json',
      '"fallbackDistrictId": "koebenhavn"',
      '"fallbackDistrictId": "kbh"',
      /^dk\/districts\.json: fallbackDistrictId: expected the id of a district, found "kbh"\.$/,
    ],
    [
      'Danish that is no JSON',
      'locales/da/content.json',
      '{',
      '',
      /^da\/content\.json: \(the whole file\): expected JSON/,
    ],
  ])('%s', async (_story, file, from, to, sentence) => {
    folder.edit(file, from, to);
    const failure = await load().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ContentError);
    expect(String(failure).replace('ContentError: ', '')).toMatch(sentence);
  });

  const alarmWith = (change: Record<string, string>): void =>
    changeEach('content/dk/phone-numbers.json', 'phoneNumbers', (each) =>
      each['id'] === 'alarm' ? { ...each, ...change } : each,
    );

  test('112 without a source, or with a review nobody will keep', async () => {
    alarmWith({ source: '' });
    await expect(load()).rejects.toThrow(/^dk\/phone-numbers\.json: phoneNumbers\[0\]\.source: /);
    alarmWith({ source: 'made for this test', reviewBy: '2099-01-01' });
    await expect(load()).rejects.toThrow(
      /^dk\/phone-numbers\.json: alarm\.reviewBy: expected a day within a year after /,
    );
  });

  test('not a single type', async () => {
    folder.remove('content/dk/report-types');
    await expect(
      loadContent({ resourcesDir: folder.path, today: '2026-11-21', isDemonstration: false }),
    ).rejects.toThrow('dk/report-types: (the whole file): expected a folder that can be read.');
  });

  test('but shared questions that cannot be read leave what asks none of them', async () => {
    folder.edit('content/dk/questions.json', '{', '');
    const { library, said } = await sentences();
    expect(said).toEqual([expect.stringMatching(/^dk\/questions\.json: : expected JSON/)]);
    expect(has('stolen-things')(library)).toBe(false);
    expect(has('assault')(library)).toBe(true);
  });
});
