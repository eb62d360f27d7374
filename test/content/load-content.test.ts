import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { visitorContentSchema } from '../../src-main/contract/content.ts';
import { receiptHelpLines } from '../../src-main/contract/receipt.ts';
import { loadContent } from '../../src-main/content/load-content.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';
import { icons } from '../../src-renderer/ui/icons.ts';

const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');
const today = '2026-11-21';
const shipped = { resourcesDir, today, isDemonstration: true };

describe('the content that ships', () => {
  test('loads without a warning, and is what the contract promises the screens', async () => {
    const { library, problems, overdue } = await loadContent(shipped);
    expect([...problems, ...overdue]).toEqual([]);
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
    const { library, problems, overdue } = await loadContent({ ...shipped, today: '2029-01-01' });
    expect(problems).toEqual([]);
    expect(overdue).toContainEqual({
      file: 'dk/phone-numbers.json',
      path: 'alarm',
      message: expect.stringMatching(/^should have been checked by \d{4}-/),
    });
    expect(library.stationHours('fjordby', new Date('2029-01-01T10:00:00Z'))).toEqual({
      kind: 'unknown',
      why: 'overdue',
    });
    expect(library.content.phoneNumbers.map((phone) => phone.number)).toContain('112');
  });
});
