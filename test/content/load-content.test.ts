import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { visitorContentSchema } from '../../src-main/contract/content.ts';
import { receiptHelpLines } from '../../src-main/contract/receipt.ts';
import { ContentError } from '../../src-main/content/content-error.ts';
import { loadContent } from '../../src-main/content/load-content.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';
import { icons } from '../../src-renderer/ui/icons.ts';

const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');
const today = '2026-11-21';
const shipped = { resourcesDir, today, isDemonstration: true };

describe('the content that ships', () => {
  test('loads without a warning, and is what the contract promises the screens', async () => {
    const { library, warnings } = await loadContent(shipped);
    expect(warnings).toEqual([]);
    expect(visitorContentSchema.parse(library.content)).toEqual(library.content);
    // The rest of the table is walked in report-types.test.ts.
    expect(library.content.reportTypes.slice(0, 3).map((type) => [type.id, type.route])).toEqual([
      ['stolen-things', 'self'],
      ['stolen-bicycle', 'self'],
      ['trick-theft', 'assisted'],
    ]);
  });

  test('stolen things: at most 12 screens from the type to the reference', async () => {
    const { library } = await loadContent(shipped);
    const theft = library.content.reportTypes.find((type) => type.id === 'stolen-things');
    const afterQuestions = ['check-answers', 'reference'];
    expect((theft?.questions.length ?? 99) + afterQuestions.length).toBeLessThanOrEqual(12);
    expect(theft?.questions.map((question) => question.id)).toEqual([
      ...['things', 'when', 'where', 'what-happened', 'seen-by', 'proof'],
      ...['because-of', 'insurance', 'help', 'contact'],
    ]);
  });

  test('at most three gates; each but the last is passed with one touch', async () => {
    const { library } = await loadContent(shipped);
    const { gates } = library.content;
    expect(gates.map((gate) => gate.id)).toEqual(['danger', 'force', 'place']);
    expect(gates.map((gate) => gate.answers.filter((answer) => answer.isNoneOfThese).length)).toEqual([
      1, 1, 0,
    ]);
    expect(gates[0]?.answers.map((answer) => answer.leadsTo)).toEqual([
      'stop',
      'stop',
      'stop',
      'stop',
      'next',
    ]);
  });

  test('every icon is drawn, and every number has its line on the slip', async () => {
    const { library } = await loadContent(shipped);
    const named = JSON.stringify(library.content).matchAll(/"icon":"([^"]+)"/g);
    for (const [, icon] of named) expect(Object.keys(icons)).toContain(icon);
    for (const { id } of library.content.phoneNumbers) expect(receiptHelpLines).toContain(id);
  });

  test('shared words are the same question: a thing has words in all three languages', async () => {
    const { library } = await loadContent(shipped);
    const key = 'thing.phone.label';
    expect(
      (['da', 'en', 'ar'] as const).map((language) => textAt(library.texts(language).texts.content, key)),
    ).toEqual(['Telefon', 'Phone', 'هاتف']);
  });

  test('Fjordby exists in demonstration only; its hours are an example, all others are unknown', async () => {
    const now = new Date('2026-11-20T13:32:00Z');
    const { library } = await loadContent(shipped);
    expect(library.district('fjordby')).toEqual({ id: 'fjordby', number: '00', name: 'Fjordby Politi' });
    expect(library.stationHours('fjordby', now)).toMatchObject({
      kind: 'known',
      isExample: true,
      isOpen: true,
    });
    expect(library.stationHours('aalborg', now)).toEqual({ kind: 'unknown', why: 'never-told' });
    expect(library.stationHours('nowhere', now).kind).toBe('unknown');
    const real = await loadContent({ ...shipped, isDemonstration: false });
    expect(real.library.station('fjordby')).toBeNull();
    expect(real.library.district('fjordby')).toBeNull();
    expect(real.library.version).not.toBe(library.version);
  });

  test('years later it still starts: facts are named as overdue, hours are unknown', async () => {
    const { library, warnings } = await loadContent({ ...shipped, today: '2029-01-01' });
    expect(warnings).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^dk\/phone-numbers\.json: alarm: should have been checked by \d{4}-/),
      ]),
    );
    expect(library.stationHours('fjordby', new Date('2029-01-01T10:00:00Z'))).toEqual({
      kind: 'unknown',
      why: 'overdue',
    });
    expect(library.content.phoneNumbers.map((phone) => phone.number)).toContain('112');
  });
});

describe('content with a mistake in it', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'content-'));
    cpSync(path.join(resourcesDir, 'content'), path.join(folder, 'content'), { recursive: true });
    cpSync(path.join(resourcesDir, 'locales'), path.join(folder, 'locales'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function edit(file: string, from: string | RegExp, to: string): void {
    const whole = path.join(folder, file);
    const before = readFileSync(whole, 'utf8');
    const after = before.replace(from, to);
    expect(after, `the test changes ${file}`).not.toBe(before);
    writeFileSync(whole, after);
  }

  const load = () => loadContent({ ...shipped, resourcesDir: folder });
  const theft = 'content/dk/report-types/stolen-things.json';

  test.each<[string, string, string | RegExp, string, RegExp]>([
    [
      'a fact without a source',
      'content/dk/phone-numbers.json',
      /"source": "[^"]*",/,
      '',
      /^dk\/phone-numbers\.json: phoneNumbers\[0\]\.source: /,
    ],
    [
      'an empty source',
      'content/dk/rights.json',
      '"sources": ["e-justice-dk"]',
      '"sources": []',
      /^dk\/rights\.json: rightsTopics\[0\]\.claims\[0\]\.sources: /,
    ],
    [
      'a review that will never be',
      'content/dk/phone-numbers.json',
      '2027-05-20',
      '2099-01-01',
      /^dk\/phone-numbers\.json: alarm\.reviewBy: expected a day within a year after 2026-11-20\.$/,
    ],
    [
      'a file that is no JSON',
      'content/dk/gates.json',
      '{',
      '',
      /^dk\/gates\.json: \(the whole file\): expected JSON/,
    ],
    [
      'a key nobody knows',
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
      'a question nobody wrote',
      theft,
      '"seen-by"',
      '"seen-by-whom"',
      /^dk\/report-types\/stolen-things\.json: questions: expected the id of a question in questions\.json, found "seen-by-whom"\.$/,
    ],
    [
      'a question asked twice',
      theft,
      '"seen-by"',
      '"when"',
      /stolen-things\.json: questions: expected "when" only once\.$/,
    ],
    [
      'a number that is not there',
      theft,
      '"victim-support"',
      '"helpline"',
      /stolen-things\.json: phoneNumbers: expected a known id, found "helpline"\.$/,
    ],
    [
      'a condition on a later question',
      'content/dk/report-types/online-trade.json',
      '["mobilepay", { "var": "paid-how" }]',
      '["mobilepay", { "var": "help" }]',
      /online-trade\.json: receiving-account\.showIf: expected an earlier question, found "help", which comes later\.$/,
    ],
    [
      'a condition on a code that is not there',
      'content/dk/report-types/online-trade.json',
      '["mobilepay", { "var": "paid-how" }]',
      '["cheque", { "var": "paid-how" }]',
      /online-trade\.json: receiving-account\.showIf: expected a code of "paid-how", found "cheque"\.$/,
    ],
    [
      'an option twice',
      'content/dk/questions.json',
      '"code": "camera"',
      '"code": "person"',
      /^dk\/report-types\/[\w-]+\.json: seen-by: expected "person" only once\.$/,
    ],
    [
      'a group that the menu does not have',
      theft,
      '"group": "theft"',
      '"group": "thefts"',
      /stolen-things\.json: group: expected a group of menu\.json, found "thefts"\.$/,
    ],
    [
      'a type that asks nothing and has no officer',
      'content/dk/report-types/assault.json',
      '"route": "officer"',
      '"route": "self"',
      /assault\.json: questions: expected at least one question on the route "self"\.$/,
    ],
    [
      'a warning without words',
      theft,
      '"notice": null',
      '"notice": "mind-the-gap"',
      /^da\/content\.json: notice\.mind-the-gap\.title: expected words for this id of content\.$/,
    ],
    [
      'no Arabic words for an answer',
      'locales/ar/content.json',
      /"label": "محفظة"/,
      '"label": " "',
      /^ar\/content\.json: thing\.wallet\.label: expected words for this id of content\.$/,
    ],
    [
      'a hint in Danish alone',
      'locales/da/content.json',
      '"title": "Hvordan blev der betalt?",',
      '"title": "Hvordan blev der betalt?", "note": "Hvordan?",',
      /^en\/content\.json: question\.paid-how\.note: expected words, as in Danish\.$/,
    ],
    [
      'words Danish does not have',
      'locales/en/rights.json',
      '"title"',
      '"extra": "more", "title"',
      /^en\/rights\.json: report-a-crime\.extra: expected the same words in Danish\.$/,
    ],
    [
      'hours that are no hours',
      'content/demonstration/fjordby.json',
      'Mo-Fr 08:00',
      'weekdays from 8',
      /^demonstration\/fjordby\.json: fjordby\.hours\.rule: expected opening_hours syntax/,
    ],
    [
      'a row with a value too many',
      'content/dk/postcode-districts.csv',
      '9000,Aalborg,',
      '9000,Aalborg,Vest,',
      /^dk\/postcode-districts\.csv: line \d+: expected 6 values, found 7\.$/,
    ],
    [
      'a postcode of nobody',
      'content/dk/postcode-districts.csv',
      '9000,Aalborg,nordjylland',
      '9000,Aalborg,nordland',
      /^dk\/postcode-districts\.csv: 9000: expected the id of a district, found "nordland"\.$/,
    ],
    [
      'a station of no district',
      'content/dk/stations.json',
      '"districtId": "nordjylland"',
      '"districtId": "nord"',
      /^dk\/stations\.json: aalborg: expected the id of a district, found "nord"\.$/,
    ],
    [
      'a fallback that is not there',
      'content/dk/districts.json',
      '"fallbackDistrictId": "koebenhavn"',
      '"fallbackDistrictId": "kbh"',
      /^dk\/districts\.json: fallbackDistrictId: expected the id of a district, found "kbh"\.$/,
    ],
  ])('%s stops the start with one sentence', async (_what, file, from, to, sentence) => {
    edit(file, from, to);
    const failure = await load().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ContentError);
    expect(String(failure).replace('ContentError: ', '')).toMatch(sentence);
  });

  test('a missing file is named', async () => {
    rmSync(path.join(folder, 'locales', 'ar', 'gates.json'));
    await expect(load()).rejects.toThrow(
      'ar/gates.json: (the whole file): expected a file that can be read.',
    );
  });

  test('one changed word is another version', async () => {
    const before = await load();
    edit('locales/da/content.json', 'Telefon, pung', 'Mobil, pung');
    expect((await load()).library.version).not.toBe(before.library.version);
  });

  test('a district adds a type with one file and its words', async () => {
    const type = JSON.parse(readFileSync(path.join(folder, theft), 'utf8'));
    writeFileSync(
      path.join(folder, 'content/dk/report-types/graffiti.json'),
      JSON.stringify({ ...type, id: 'graffiti', questions: ['when', 'where', 'what-happened', 'contact'] }),
    );
    for (const language of ['da', 'en', 'ar'])
      edit(
        `locales/${language}/content.json`,
        '"type": {',
        '"type": { "graffiti": { "title": "G", "help": "g" },',
      );
    const { library } = await load();
    expect(library.content.reportTypes.map((entry) => entry.id)).toContain('graffiti');
  });
});
