import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDataDir, projectRoot, runSkranke } from '../helpers/kiosk-process.ts';

/* What others script against: each answer is one line of JSON on standard output, and an exit code. */

async function answer(argv: readonly string[], environment: Record<string, string> = {}) {
  const result = await runSkranke([...argv, '--json'], environment);
  expect(result.err).toBe('');
  return { code: result.code, told: JSON.parse(result.out) };
}

async function refusal(argv: readonly string[]): Promise<string> {
  const result = await runSkranke(argv);
  expect(result).toMatchObject({ code: 2, out: '' });
  expect(result.err).toMatch(/^skranke: [^\n]+\n$/);
  return result.err;
}

/** A day on which nothing that ships is overdue, whenever this runs. */
const on = ['--on', '2026-11-21'];

describe('skranke content', () => {
  let folder: { path: string; remove(): Promise<void> };
  let own: string;
  beforeEach(async () => {
    folder = await makeDataDir();
    own = join(folder.path, 'own-content');
    await cp(join(projectRoot, 'resources/content'), own, { recursive: true });
  });
  afterEach(() => folder.remove());

  it('check finds nothing wrong in what ships, and lists it', async () => {
    const { code, told } = await answer(['content', 'check', ...on]);
    expect(told).toMatchObject({ problems: [] });
    expect(told.types).toEqual(expect.arrayContaining(['stolen-things', 'stolen-bicycle', 'online-trade']));
    expect(told.questions).toBeGreaterThan(10);
    expect(told.facts).toBeGreaterThan(50);
    expect(code).toBe(0);
  });

  it('check names every planted mistake with file, path and sentence', async () => {
    const theft = join(own, 'dk/report-types/stolen-things.json');
    await writeFile(theft, (await readFile(theft, 'utf8')).replace('"seen-by"', '"seen-by-whom"'));
    const numbers = join(own, 'dk/phone-numbers.json');
    await writeFile(numbers, (await readFile(numbers, 'utf8')).replace('"number": "114",', ''));
    await rm(join(own, 'dk/rights.json'));
    const { code, told } = await answer(['content', 'check', own, ...on]);
    expect(code).toBe(1);
    expect(told.problems).toEqual([
      {
        file: 'dk/phone-numbers.json',
        path: 'phoneNumbers[1].number',
        message: expect.stringMatching(/\.$/),
      },
      { file: 'dk/rights.json', path: '', message: 'expected a file that can be read.' },
      {
        file: 'dk/report-types/stolen-things.json',
        path: 'questions',
        message: 'expected the id of a question in questions.json, found "seen-by-whom".',
      },
    ]);
    const spoken = await runSkranke(['content', 'check', own, ...on]);
    expect(spoken.code).toBe(1);
    expect(spoken.out).toContain('dk/rights.json: (the whole file): expected a file that can be read.\n');
    expect(spoken.out).toMatch(/: 3 problems\.\n$/);
  });

  it('walk tells every branch, of what ships and of a type a district wrote itself', async () => {
    const { code, told } = await answer(['content', 'walk', '--type', 'online-trade']);
    expect(code).toBe(0);
    const branches: { questions: string[]; route: string }[] = told.branches;
    expect(branches.length).toBeGreaterThan(1);
    expect(branches.filter(({ questions }) => questions.includes('receiving-account'))).not.toEqual([]);
    expect(branches.filter(({ questions }) => !questions.includes('receiving-account'))).not.toEqual([]);

    const type = JSON.parse(await readFile(join(own, 'dk/report-types/stolen-things.json'), 'utf8'));
    await writeFile(
      join(own, 'dk/report-types/graffiti.json'),
      JSON.stringify({ ...type, id: 'graffiti', questions: ['when', 'where', 'contact'] }),
    );
    expect((await answer(['content', 'walk', own, '--type', 'graffiti'])).told.branches).toEqual([
      { questions: ['when', 'where', 'contact'], answers: {}, route: 'self' },
    ]);
    expect(await refusal(['content', 'walk', '--type', 'graffiti'])).toContain('stolen-bicycle');
  });

  it('schema is a JSON Schema; a wrong folder or action is one sentence', async () => {
    const printed = await runSkranke(['content', 'schema']);
    expect(JSON.parse(printed.out)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $defs: { 'report-type': { type: 'object' } },
    });
    expect(await refusal(['content', 'check', join(folder.path, 'nowhere')])).toContain('nowhere');
    expect(await refusal(['content', 'chekc'])).toContain('content check');
  });
});

describe('skranke hours', () => {
  const hours = (station: string, at: string, environment: Record<string, string> = {}) =>
    answer(['hours', '--station', station, '--at', at], environment);

  it.each(['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati'])(
    'means Copenhagen on a machine set to %s',
    async (TZ) => {
      expect((await hours('fjordby', '2026-11-20T17:59', { TZ })).told).toEqual({
        state: 'open',
        until: '2026-11-20T18:00',
        next: null,
        source: expect.stringMatching(/./),
      });
      // Maundy Thursday; Good Friday is closed too.
      expect((await hours('fjordby', '2027-03-25T10:00', { TZ })).told).toMatchObject({
        state: 'closed',
        until: null,
        next: '2027-03-27T10:00',
      });
      // The night in which 02:30 does not exist.
      expect((await hours('fjordby', '2027-03-28T02:30', { TZ })).told).toMatchObject({ state: 'closed' });
    },
  );

  it('of another service, and on days that are unlike others', async () => {
    const of = async (service: string, at: string) =>
      (await answer(['hours', '--station', 'fjordby', '--service', service, '--at', at])).told;
    expect(await of('counter', '2026-12-03T10:00')).toMatchObject({
      state: 'open',
      until: '2026-12-03T18:00',
    });
    expect(await of('permits', '2026-12-02T10:00')).toMatchObject({
      state: 'open',
      until: '2026-12-02T15:00',
    });
    // Closed for training that Thursday.
    expect(await of('permits', '2026-12-03T10:00')).toMatchObject({
      state: 'closed',
      next: '2026-12-04T09:00',
    });
    expect(await of('lost-property', '2026-12-24T10:30')).toMatchObject({ next: '2026-12-29T10:00' });
    expect(await refusal(['hours', '--station', 'fjordby', '--service', 'passport'])).toContain(
      '--service passport: expected one of counter, permits, lost-property.',
    );
  });

  it('are unknown without a source, and a mistake is one sentence', async () => {
    expect((await hours('aalborg', '2026-11-20T10:00')).told).toEqual({
      ...{ state: 'unknown', until: null, next: null, source: null },
    });
    expect(await refusal(['hours', '--station', 'atlantis'])).toContain('--station atlantis');
    expect(await refusal(['hours', '--station', 'fjordby', '--at', '2027-02-29T10:00'])).toContain('--at');
    expect(await refusal(['hours', '--at', '2027-03-25T10:00'])).toContain('--station');
  });
});

describe('skranke route', () => {
  const route = async (...argv: string[]) => (await answer(['route', ...argv])).told;

  it('reads a postcode as people write it', async () => {
    for (const typed of ['9000', 'DK-9000', '٩٠٠٠', '9000 Aalborg'])
      expect(await route('--postcode', typed)).toEqual({ district: 'nordjylland', confidence: 'exact' });
    expect(await route('--postcode', '9999')).toEqual({ district: 'koebenhavn', confidence: 'fallback' });
    expect(await refusal(['route', '--postcode', '900'])).toContain('--postcode 900');
    expect(await refusal(['route'])).toContain('--postcode');
  });

  it('asks for the municipality where a postcode spans districts', async () => {
    const asked = await route('--postcode', '4682');
    expect(asked).toMatchObject({ confidence: 'ambiguous' });
    expect(asked.municipalities).toContainEqual({
      ...{ code: '0336', name: 'Stevns', district: 'midt-vestsjaelland' },
    });
    expect(await route('--postcode', '4682', '--municipality', '0336')).toEqual({
      district: 'midt-vestsjaelland',
      confidence: 'exact',
    });
    expect(await route('--postcode', '4682', '--municipality', '0101')).toMatchObject({
      confidence: 'ambiguous',
    });
  });
});
