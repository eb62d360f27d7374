import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromWav } from '../../src-main/adapters/wav.ts';
import { runSkranke } from '../helpers/kiosk-process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'say-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('skranke say', () => {
  test('writes what the screen would say as a file that any player opens', async () => {
    const out = path.join(folder, 'uk.wav');
    const said = await runSkranke(['say', '--lang', 'uk', 'Телефонуйте 112.', '--out', out, '--json']);
    expect(said).toMatchObject({ code: 0, err: '' });
    const sound = fromWav(readFileSync(out));
    const seconds = (sound?.samples.length ?? 0) / (sound?.sampleRate ?? 1);
    expect(JSON.parse(said.out)).toEqual({
      ...{ file: out, language: 'uk', isRecording: false },
      seconds: Number(seconds.toFixed(2)),
    });
    expect(seconds).toBeGreaterThan(1);
    expect(sound?.samples.some((sample) => Math.abs(sample) > 5000)).toBe(true);
  });

  test.each([
    [['--lang', 'so', 'hej', '--out', 'x.wav'], 2, 'expected one of da, en'],
    [['--lang', 'da', ' ', '--out', 'x.wav'], 2, 'expected the words'],
    [['--lang', 'da', 'hej'], 2, 'expected --out'],
    [['--lang', 'da', 'hej', '--out', 'x.wav', '--rate', 'quick'], 2, 'words a minute from 80 to 400'],
    [['--lang', 'da', '…', '--out', 'x.wav'], 1, 'nothing of this text can be heard'],
    [['--lang', 'da', 'hej', '--out', '/no/such/folder/x.wav'], 1, 'the file could not be written'],
  ])('say %j ends with %i and one sentence', async (argv, code, sentence) => {
    const said = await runSkranke(['say', ...argv]);
    expect(said.code).toBe(code);
    expect(said.err).toContain(sentence);
    expect(said.err.trim().split('\n')).toHaveLength(1);
  });
});
