import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createEspeakSpeaker } from '../../src-main/adapters/espeak-speaker.ts';
import { stringsOf } from '../../src-main/content/locale-strings.ts';
import { languages } from '../../src-main/contract/ids.ts';
import type { Speaker, SpeakerAsk } from '../../src-main/domain/speaker.ts';
import { spokenText } from '../../src-main/domain/spoken-text.ts';

const localesDir = path.resolve(import.meta.dirname, '..', '..', 'resources', 'locales');
const never = new AbortController().signal;
const usual = { wordsPerMinute: 175, isSpelled: false };

interface Heard {
  readonly seconds: number;
  /** Root mean square of the loudest tenth of a second, of 32,768. */
  readonly loudness: number;
  readonly parts: number;
  readonly samples: readonly number[];
  readonly failure: string | null;
}

async function hear(speaker: Speaker, ask: SpeakerAsk, signal = never): Promise<Heard> {
  const samples: number[] = [];
  let [parts, rate, failure]: [number, number, string | null] = [0, 1, null];
  for await (const part of speaker.speak(ask, signal)) {
    if (part.kind === 'failed') failure = part.reason;
    else {
      parts += 1;
      rate = part.sampleRate;
      samples.push(...part.samples);
    }
  }
  const tenth = Math.ceil(rate / 10);
  const windows = Array.from({ length: Math.ceil(samples.length / tenth) }, (_, at) =>
    samples.slice(at * tenth, (at + 1) * tenth),
  );
  const loudness = Math.max(
    0,
    ...windows.map((window) => Math.sqrt(window.reduce((sum, one) => sum + one * one, 0) / window.length)),
  );
  return { seconds: samples.length / rate, loudness, parts, samples, failure };
}

describe('the voice that travels with the program', () => {
  let speaker: Speaker;
  beforeAll(() => {
    speaker = createEspeakSpeaker();
  });
  afterAll(() => speaker.close());

  test.each(languages)('%s: what the screens say can be heard, at the pace of speech', async (language) => {
    const strings = stringsOf(localesDir, language).filter(({ words }) => (words ?? '').length > 30);
    // Every sixtieth, from all over the kiosk.
    for (const { words, key } of strings.filter((_, at) => at % 60 === 0)) {
      const text = spokenText((words ?? '').replaceAll(/\{\{.*?\}\}/g, '7'), language);
      const heard = await hear(speaker, { ...usual, text, language });
      expect.soft(heard.failure, key).toBeNull();
      expect.soft(heard.loudness, key).toBeGreaterThan(1500);
      const perSign = heard.seconds / text.length;
      expect.soft(perSign, `${key}: ${text}`).toBeGreaterThan(0.03);
      expect.soft(perSign, `${key}: ${text}`).toBeLessThan(0.25);
    }
  });

  test('each language has a mouth of its own, and no language borrows that of the one before', async () => {
    const text = '1 2 3';
    const heard = new Map<string, Heard>();
    for (const language of languages) heard.set(language, await hear(speaker, { ...usual, text, language }));
    const lengths = [...heard.values()].map(({ samples }) => `${samples.length} ${samples[4000] ?? 0}`);
    expect(new Set(lengths).size).toBe(languages.length);
    // There is no Somali voice: silence that is said to be one, not Somali in German.
    expect(await hear(speaker, { ...usual, text, language: 'so' })).toMatchObject({
      failure: 'no-voice',
      parts: 0,
    });
    const arabic = { ...usual, text: 'هل حدث هذا الآن؟', language: 'ar' };
    const own = await hear(speaker, arabic);
    const danish = await hear(speaker, { ...arabic, language: 'da' });
    // A Danish voice spells Arabic letter by letter.
    expect(danish.seconds).toBeGreaterThan(own.seconds * 2);
  });

  test('faster is shorter, and spelling names signs that a sentence passes over', async () => {
    const slow = await hear(speaker, {
      ...usual,
      text: 'Hvad skete der?',
      language: 'da',
      wordsPerMinute: 90,
    });
    const fast = await hear(speaker, {
      ...usual,
      text: 'Hvad skete der?',
      language: 'da',
      wordsPerMinute: 300,
    });
    expect(fast.seconds).toBeLessThan(slow.seconds / 2);
    const dot = { text: '.', language: 'da', wordsPerMinute: 175 };
    expect((await hear(speaker, { ...dot, isSpelled: false })).loudness).toBe(0);
    expect((await hear(speaker, { ...dot, isSpelled: true })).loudness).toBeGreaterThan(1500);
  });

  test('the first sound of a long sentence comes before the rest is made', async () => {
    const text = 'Fortæl det med dine egne ord, på dit eget sprog, og skriv kun det, du kan huske.';
    const heard = await hear(speaker, { ...usual, text, language: 'da' });
    expect(heard.parts).toBeGreaterThan(2);
  });

  test('more than anybody listens to is turned away; what nobody waits for any more is not made', async () => {
    const leaving = new AbortController();
    const asks = Array.from({ length: 12 }, () =>
      hear(speaker, { ...usual, text: 'Vent her, til nogen kommer.', language: 'da' }, leaving.signal),
    );
    leaving.abort();
    const failures = (await Promise.all(asks)).map(({ failure }) => failure);
    expect(failures).toContain('busy');
    const after = await hear(speaker, { ...usual, text: 'Ja', language: 'da' });
    expect(after).toMatchObject({ failure: null });
  });
});

describe('a voice that dies', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'voice-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  let speaker: Speaker | null = null;
  afterEach(() => speaker?.close());

  function worker(name: string, source: string): URL {
    const file = path.join(folder, `${name}.mjs`);
    writeFileSync(file, `import { parentPort } from 'node:worker_threads';\n${source}`);
    return pathToFileURL(file);
  }

  const ask = { ...usual, text: 'hej', language: 'da' };

  test('is told to who waits for it, and the next thing to say has a new one', async () => {
    speaker = createEspeakSpeaker(
      worker(
        'dies',
        `parentPort.on('message', ({ id, text }) => {
          if (text === 'die') process.exit(1);
          parentPort.postMessage({ kind: 'sound', id, sampleRate: 8000, samples: new Int16Array(8000) });
          parentPort.postMessage({ kind: 'end', id });
        });`,
      ),
    );
    const [dying, waiting] = await Promise.all([hear(speaker, { ...ask, text: 'die' }), hear(speaker, ask)]);
    expect([dying.failure, waiting.failure]).toEqual(['broken', 'broken']);
    expect(await hear(speaker, ask)).toMatchObject({ failure: null, seconds: 1 });
  });

  test('is told too when it cannot even start', async () => {
    speaker = createEspeakSpeaker(worker('never', "throw new Error('no data');"));
    expect((await hear(speaker, ask)).failure).toBe('broken');
    expect((await hear(speaker, ask)).failure).toBe('broken');
  });
});
