import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { inspectContent } from '../../src-main/content/inspect-content.ts';
import { contentJsonSchema } from '../../src-main/content/json-schema.ts';

const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');
const today = '2026-11-21';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'content-'));
  for (const part of ['content', 'locales'])
    cpSync(path.join(resourcesDir, part), path.join(folder, part), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function edit(file: string, from: string | RegExp, to: string): void {
  const whole = path.join(folder, file);
  const before = readFileSync(whole, 'utf8');
  const after = before.replace(from, to);
  expect(after, `the test changes ${file}`).not.toBe(before);
  writeFileSync(whole, after);
}

async function inspect(on = today): Promise<string[]> {
  const { problems } = await inspectContent({
    contentDir: path.join(folder, 'content'),
    localesDir: path.join(folder, 'locales'),
    today: on,
    isDemonstration: true,
  });
  return problems.map(({ message }) => message);
}

test('what ships has no problem', async () => {
  expect(await inspect()).toEqual([]);
});

test('mistakes in many files are all named, each once, and none for what hangs on them', async () => {
  edit('content/dk/flags.json', '"id": "urgent", ', '');
  edit('content/dk/gates.json', '"leadsTo": "next"', '"leadsTo": "stop"');
  edit('content/dk/report-types/stolen-things.json', '"seen-by"', '"seen-by-whom"');
  edit('content/dk/postcode-districts.csv', '9000,Aalborg,nordjylland', '9000,Aalborg,nordland');
  edit('content/demonstration/fjordby.json', 'Mo-Fr 08:00', 'weekdays from 8');
  edit('locales/ar/content.json', /"label": "محفظة"/, '"label": " "');
  rmSync(path.join(folder, 'locales/en/gates.json'));
  expect((await inspect()).toSorted()).toEqual([
    'ar/content.json: thing.wallet.label: expected words for this id of content.',
    expect.stringMatching(/^demonstration\/fjordby\.json: fjordby\.hours\.rule: /),
    expect.stringMatching(/^dk\/flags\.json: flags\[0\]\.id: /),
    expect.stringMatching(/^dk\/gates\.json: danger: /),
    'dk/postcode-districts.csv: 9000: expected the id of a district, found "nordland".',
    expect.stringMatching(/^dk\/report-types\/stolen-things\.json: questions: .*"seen-by-whom"\.$/),
    'en/gates.json: (the whole file): expected a file that can be read.',
  ]);
});

test('a mistake inside a question is named where it is', async () => {
  edit('content/dk/report-types/online-trade.json', '"kind": "text"', '"kind": "words"');
  expect(await inspect()).toContainEqual(
    expect.stringMatching(/^dk\/report-types\/online-trade\.json: questions\[\d+\]\.kind: .*'text'/),
  );
});

test('dates: one that no calendar has, and facts nobody checked in time', async () => {
  edit('content/dk/phone-numbers.json', /("id": "victim-support"[^}]*"date": )"[^"]*"/, '$1"2026-02-29"');
  expect(await inspect()).toEqual([
    'dk/phone-numbers.json: victim-support.date: expected a day of the calendar, found "2026-02-29".',
  ]);
  expect(await inspect('2029-01-01')).toContainEqual(
    expect.stringMatching(/^demonstration\/fjordby\.json: fjordby\.hours: should have been checked by /),
  );
});

test('an empty folder is many problems and no crash', async () => {
  rmSync(path.join(folder, 'content'), { recursive: true });
  rmSync(path.join(folder, 'locales'), { recursive: true });
  const problems = await inspect();
  expect(problems).toContain('dk/gates.json: (the whole file): expected a file that can be read.');
  expect(problems).toContain('dk/report-types: (the whole file): expected a folder that can be read.');
});

describe('the published JSON Schema', () => {
  const defs = contentJsonSchema().$defs ?? {};
  const files: readonly [string, string][] = [
    ['gates', 'content/dk/gates.json'],
    ['menu', 'content/dk/menu.json'],
    ['questions', 'content/dk/questions.json'],
    ['report-type', 'content/dk/report-types/online-trade.json'],
    ['phone-numbers', 'content/dk/phone-numbers.json'],
    ['rights', 'content/dk/rights.json'],
    ['districts', 'content/dk/districts.json'],
    ['stations', 'content/dk/stations.json'],
    ['tables', 'content/dk/tables.json'],
    ['demonstration', 'content/demonstration/fjordby.json'],
    ['texts', 'locales/ar/content.json'],
  ];

  test.each(files)('%s fits what ships, and not a file of another kind', (kind, file) => {
    const schema = z.fromJSONSchema({ $ref: `#/$defs/${kind}`, $defs: defs });
    const shipped = JSON.parse(readFileSync(path.join(resourcesDir, file), 'utf8'));
    expect(schema.safeParse(shipped).error).toBeUndefined();
    expect(schema.safeParse({ ...shipped, extra: 1 }).success).toBe(false);
  });

  test('stands in resources as it is', () => {
    const file = readFileSync(path.join(resourcesDir, 'schemas', 'content.schema.json'), 'utf8');
    const advice = 'npm run -s skranke -- content schema > resources/schemas/content.schema.json';
    expect(file === `${JSON.stringify(contentJsonSchema(), null, 2)}\n`, `write it anew: ${advice}`).toBe(
      true,
    );
  });

  test('knows the operators of rules and no others', () => {
    const schema = z.fromJSONSchema({ $ref: '#/$defs/questions', $defs: defs });
    const asking = (showIf: unknown) => ({ questions: [{ id: 'q', kind: 'place', showIf }] });
    const deep = { and: [{ '!': { in: ['a', { var: 'b' }] } }, { or: [{ var: 'visit.isUnder18' }] }] };
    expect(schema.safeParse(asking(deep)).success).toBe(true);
    for (const wrong of [{ log: 'x' }, { and: [] }, { var: 'visit.name' }, { in: ['a', 'b'] }, true])
      expect(schema.safeParse(asking(wrong)).success, JSON.stringify(wrong)).toBe(false);
  });

  test('covers every kind there is', () => {
    expect(Object.keys(defs)).toEqual(expect.arrayContaining(files.map(([kind]) => kind)));
  });
});
