import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFileJack } from '../../src-main/adapters/headphone-jack.ts';
import { createRecordings, inspectRecordings, recordingName } from '../../src-main/adapters/recordings.ts';
import { fromWav, toWav } from '../../src-main/adapters/wav.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'recordings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const voice = {
  kind: 'sound',
  sampleRate: 16_000,
  samples: Int16Array.from([0, 9000, -9000, 32_767]),
} as const;

function record(place: string, language: string, text: string, bytes = toWav(voice)): void {
  const file = path.join(folder, place, recordingName(language, text));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

describe('words read by a person', () => {
  test('are found by the words in their language, those of the district first, and no longer once the words change', async () => {
    record('shipped', 'da', 'Hvad skete der?');
    record('district', 'da', 'Hvor skete det?', toWav({ ...voice, sampleRate: 8000 }));
    record('shipped', 'da', 'Hvor skete det?');
    const recordings = createRecordings(['district', 'none', 'shipped'].map((one) => path.join(folder, one)));
    expect(await recordings.find('da', 'Hvad skete  der?')).toEqual(voice);
    expect((await recordings.find('da', 'Hvor skete det?'))?.sampleRate).toBe(8000);
    expect(await recordings.find('da', 'Hvad skete der nu?')).toBeNull();
    expect(await recordings.find('uk', 'Hvad skete der?')).toBeNull();
  });

  test('are passed over, and named, when the file is not what a screen can play', async () => {
    const stereo = Buffer.from(toWav(voice));
    stereo.writeUInt16LE(2, 22);
    record('shipped', 'da', 'to', stereo);
    record('shipped', 'da', 'tom', Buffer.from('RIFF'));
    record('shipped', 'da', 'god');
    writeFileSync(path.join(folder, 'shipped', 'da', 'hej.wav'), toWav(voice));
    const folders = [path.join(folder, 'shipped')];
    expect(await createRecordings(folders).find('da', 'to')).toBeNull();
    const { good, bad } = await inspectRecordings(folders);
    expect([good, bad.length]).toEqual([1, 3]);
  });

  test('may hold what editors add, and come out as they went in', () => {
    const plain = Buffer.from(toWav(voice));
    const extra = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
    expect(fromWav(Buffer.concat([plain.subarray(0, 36), extra, plain.subarray(36)]))).toEqual(voice);
  });
});

test('headphones: what the system writes is told within a word, and anything else is unknown', async () => {
  const file = path.join(folder, 'headphones');
  const jack = createFileJack(file);
  let changes = 0;
  const stop = jack.onChange(() => (changes += 1));
  try {
    expect(jack.state()).toBe('unknown');
    for (const [written, state] of [
      ['plugged\n', 'plugged'],
      ['unplugged', 'unplugged'],
      ['perhaps', 'unknown'],
    ] as const) {
      writeFileSync(file, written);
      await vi.waitFor(() => expect(jack.state()).toBe(state), 20_000);
    }
    expect(changes).toBe(3);
  } finally {
    stop();
    jack.close();
  }
});
