import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Headphones } from '../contract/speech.ts';
import type { HeadphoneJack } from '../domain/speaker.ts';

/** Short beside a word. */
const lookEveryMs = 150;

/** Nobody can tell: speech is for who asked for it by touch. */
export function createUnknownJack(): HeadphoneJack {
  return { state: () => 'unknown', onChange: () => () => undefined, close: () => undefined };
}

/**
 * A file in which the system keeps `plugged` or `unplugged`. No program without rights can ask a sound card, but a line of
 * acpid or udev can write this file. Anything else in it, or no file, is unknown.
 */
export function createFileJack(file: string): HeadphoneJack {
  const listeners = new Set<() => void>();
  const read = (): Headphones => {
    try {
      const word = readFileSync(file, 'utf8').trim();
      return word === 'plugged' || word === 'unplugged' ? word : 'unknown';
    } catch {
      return 'unknown';
    }
  };
  let state = read();
  const look = (): void => {
    const now = read();
    if (now === state) return;
    state = now;
    for (const listener of [...listeners]) listener();
  };
  watchFile(file, { interval: lookEveryMs, persistent: false }, look);
  return {
    state: () => state,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => unwatchFile(file, look),
  };
}
