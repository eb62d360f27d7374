import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { textTreeSchema } from '../../src-main/contract/content.ts';
import { languages } from '../../src-main/contract/ids.ts';
import { loadContent } from '../../src-main/content/load-content.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';

const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');
const shipped = { resourcesDir, today: '2026-11-21', isDemonstration: false };

it('what police must tell a victim is ticked off item by item, in every language; the family of somebody who died has its own', async () => {
  const { library } = await loadContent(shipped);
  const { rightsItems } = library.desk;
  expect(rightsItems.map(({ id }) => id)).toEqual([
    'lawyer',
    'damages',
    'state-compensation',
    'victim-support',
    'witness',
    'decisions',
    'relatives',
  ]);
  expect(rightsItems.filter(({ isForRelatives }) => isForRelatives).map(({ id }) => id)).toEqual([
    'relatives',
  ]);
  for (const language of languages)
    for (const { id } of rightsItems)
      expect(textAt(library.texts(language).texts.rights, `given.${id}`)).toMatch(/\S/);
});

it('why a report is not taken further is said in every language, and never with a day that was counted', async () => {
  const { library } = await loadContent(shipped);
  expect(library.desk.rejections.length).toBeGreaterThan(3);
  for (const language of languages) {
    const { rights } = library.texts(language).texts;
    for (const { id } of library.desk.rejections) {
      expect(textAt(rights, `rejection.${id}.text`), `${language} ${id}`).toMatch(/\S/);
      expect(textAt(rights, `rejection.${id}.text`)).not.toMatch(/\{\{|!/);
    }
    expect(textAt(rights, 'rejection.closing')).toContain('114');
  }
});

it('every flag that content can raise has a sentence at the desk that says what it means', async () => {
  const { library } = await loadContent(shipped);
  const { flag } = library.texts('da').texts.content;
  const desk: unknown = JSON.parse(readFileSync(path.join(resourcesDir, 'locales/da/desk.json'), 'utf8'));
  const means = textTreeSchema.parse(desk);
  const flags = typeof flag === 'object' ? Object.keys(flag) : [];
  expect(flags.length).toBeGreaterThan(20);
  expect(flags.filter((id) => textAt(means, `entries.flag.${id}`) === null)).toEqual([]);
});

it.each([
  [
    'a source nobody described',
    '"prosecution-victims"',
    '"hearsay"',
    /abroad\.sources: expected the id of a source/,
  ],
  ['no words', '"id": "too-little"', '"id": "too-long"', /rejection\.too-long\.text: expected words/],
  ['a review nobody will keep', '"reviewBy": "2027-02-20"', '"reviewBy": "2099-01-01"', /lawyer\.reviewBy/],
])('%s: that one is left out and named, the others stay', async (_name, from, to, sentence) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'skranke-desk-content-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(path.join(resourcesDir, 'content'), path.join(folder, 'content'), { recursive: true });
  cpSync(path.join(resourcesDir, 'locales'), path.join(folder, 'locales'), { recursive: true });
  const file = path.join(folder, 'content', 'dk', 'desk.json');
  const before = readFileSync(file, 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
  const { library, problems } = await loadContent({ ...shipped, resourcesDir: folder });
  expect(problems.map(({ path: place, message }) => `${place}: ${message}`)).toContainEqual(
    expect.stringMatching(sentence),
  );
  const left = [...library.desk.rightsItems, ...library.desk.rejections].length;
  expect(left).toBe(12);
});
