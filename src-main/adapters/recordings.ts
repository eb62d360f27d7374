import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Recordings } from '../domain/speaker.ts';
import { fromWav } from './wav.ts';

/** A minute and a half at 22 kHz: no sentence is longer. */
const mostBytes = 4_000_000;

/** Where the recording of words lies: `da/0f3c5ab1c2d3e4f5.wav`. Named by the words, so that changed words have none. */
export function recordingName(language: string, text: string): string {
  const words = text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  return `${language}/${createHash('sha256').update(words).digest('hex').slice(0, 16)}.wav`;
}

/** Read as it is asked for: what somebody says is looked up by its hash and kept nowhere. Of two folders the first wins. */
export function createRecordings(folders: readonly string[]): Recordings {
  const present = folders.filter((folder) => existsSync(folder));
  return {
    async find(language, text) {
      for (const folder of present) {
        const bytes = await readFile(join(folder, recordingName(language, text))).catch(() => null);
        const sound = bytes === null || bytes.length > mostBytes ? null : fromWav(bytes);
        if (sound !== null) return sound;
      }
      return null;
    },
  };
}

export interface RecordingFiles {
  readonly good: number;
  /** Files in the place of recordings that are none. */
  readonly bad: readonly string[];
}

/** Looks at every file once, for whoever wants to know whether they can be played. */
export async function inspectRecordings(folders: readonly string[]): Promise<RecordingFiles> {
  let good = 0;
  const bad: string[] = [];
  for (const folder of folders.filter((one) => existsSync(one))) {
    const names = await readdir(folder, { recursive: true });
    for (const name of names.filter((one) => one.endsWith('.wav'))) {
      const isNamed = /^[a-z]{2,3}[/\\][0-9a-f]{16}\.wav$/.test(name);
      const bytes = await readFile(join(folder, name));
      if (isNamed && bytes.length <= mostBytes && fromWav(bytes) !== null) good += 1;
      else bad.push(join(folder, name));
    }
  }
  return { good, bad };
}
