import type { Page } from 'playwright';
import { expect } from 'vitest';
import { z } from 'zod';
import { sayingSchema, speechPartSchema, type Saying } from '../../src-main/contract/speech.ts';

/** One thing that was heard: what was said, in which language, and how loud what came out was (of 32,768). */
export interface Heard {
  readonly text: string;
  readonly language: string;
  readonly loudest: number;
  /** Pieces of sound so far; who goes on after the first has heard a tenth of a second. */
  readonly pieces: number;
}

const asked = z.object({
  i: z.string(),
  p: z.object({ u: z.literal('/speak'), b: z.object({ json: sayingSchema }) }),
});
const answered = z.object({
  i: z.string(),
  p: z.object({ e: z.literal('message'), d: z.object({ json: speechPartSchema }) }),
});
const patienceMs = 30_000;

function parse<T>(schema: z.ZodType<T>, payload: string | Buffer): T | null {
  const text = payload.toString();
  if (!text.startsWith('{')) return null;
  return schema.safeParse(JSON.parse(text)).data ?? null;
}

/** The same number for the same sound, on the line and at the loudspeaker. */
function markOf(samples: Int16Array): string {
  let sum = 0;
  for (const [at, sample] of samples.entries()) sum = (sum + sample * ((at % 997) + 1)) % 1_000_000_007;
  return `${samples.length} ${sum}`;
}

/**
 * Somebody before a screen that is switched off. What they hear is what the page hands to the sound device: the very
 * samples, found again among those that the kiosk sent, so that each is known by its words and its language. They act with
 * Tab, arrows, Enter and letters, and never see the page.
 */
export class Ears {
  readonly heard: Heard[] = [];
  readonly #page: Page;
  readonly #sayings = new Map<string, Saying>();
  /** By the mark of each sound that came over the line. */
  readonly #sounds = new Map<string, { readonly id: string; readonly loudest: number }>();
  readonly #begun = new Map<string, number>();

  constructor(page: Page) {
    this.#page = page;
  }

  /** Before the page is loaded. */
  async listen(): Promise<void> {
    this.#page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => {
        const call = parse(asked, payload);
        if (call !== null) this.#sayings.set(call.i, call.p.b.json);
      });
      socket.on('framereceived', ({ payload }) => this.#receive(payload));
    });
    await this.#page.exposeBinding('toTheEar', (_, mark: string) => this.#hear(mark));
    await this.#page.addInitScript(() => {
      // eslint-disable-next-line @typescript-eslint/unbound-method -- called below with its own node
      const { start } = AudioBufferSourceNode.prototype;
      AudioBufferSourceNode.prototype.start = function (...when) {
        const wave = this.buffer?.getChannelData(0) ?? new Float32Array();
        let sum = 0;
        wave.forEach((sample, at) => {
          sum = (sum + Math.round(sample * 32_768) * ((at % 997) + 1)) % 1_000_000_007;
        });
        const ear: unknown = Reflect.get(window, 'toTheEar');
        if (typeof ear === 'function') ear(`${wave.length} ${sum}`);
        start.apply(this, when);
      };
    });
  }

  #receive(payload: string | Buffer): void {
    const part = parse(answered, payload);
    if (part?.p.d.json.kind !== 'sound') return;
    const bytes = Buffer.from(part.p.d.json.samples, 'base64');
    const samples = Int16Array.from({ length: bytes.length / 2 }, (_, at) => bytes.readInt16LE(at * 2));
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    this.#sounds.set(markOf(samples), { id: part.i, loudest });
  }

  #hear(mark: string): void {
    const sound = this.#sounds.get(mark);
    const saying = sound === undefined ? undefined : this.#sayings.get(sound.id);
    // Not from the voice: the two tones of the warning.
    if (sound === undefined || saying === undefined) return;
    const before = this.#begun.get(sound.id);
    const known = before === undefined ? undefined : this.heard[before];
    if (before === undefined || known === undefined) {
      this.#begun.set(sound.id, this.heard.length);
      const { text, language } = saying;
      this.heard.push({ text, language, loudest: sound.loudest, pieces: 1 });
    } else {
      const loudest = Math.max(known.loudest, sound.loudest);
      this.heard[before] = { ...known, loudest, pieces: known.pieces + 1 };
    }
  }

  /** Waits until something is heard that fits, from the `since`-th on. */
  async until(since: number, fits: (heard: Heard) => boolean, wanted: string): Promise<Heard> {
    const deadline = performance.now() + patienceMs;
    while (performance.now() < deadline) {
      const found = this.heard.slice(since).find(fits);
      if (found !== undefined) return found;
      await this.#page.waitForTimeout(10);
    }
    const told = this.heard.slice(Math.max(0, since - 8)).map(({ text }) => text);
    throw new Error(`never heard ${wanted}; heard last: ${told.join(' | ')}`);
  }

  /** Presses a key and waits for the first words that answer it. */
  async press(key: string): Promise<Heard> {
    const since = this.heard.length;
    await this.#page.keyboard.press(key);
    return this.until(since, () => true, `anything after ${key}`);
  }

  /** Goes on with Tab until these words are heard. */
  async tabTo(words: string, most = 60): Promise<void> {
    const passed: string[] = [];
    for (let step = 0; step < most; step += 1) {
      const { text } = await this.press('Tab');
      if (text === words) return;
      passed.push(text);
    }
    throw new Error(`Tab never came to "${words}"; it came to: ${passed.join(' | ')}`);
  }

  /** Presses Enter, and waits for the words with which the next page begins. */
  async enter(next: string): Promise<void> {
    const since = this.heard.length;
    await this.#page.keyboard.press('Enter');
    await this.until(since, ({ text }) => text === next, `"${next}"`);
  }

  /** Nothing was silent, and each script came out of a mouth that speaks it. */
  expectOwnVoices(language: string): void {
    const silent = this.heard.filter(({ loudest, pieces }) => loudest < 1000 && pieces > 1);
    expect(this.heard.filter(({ loudest }) => loudest >= 1000).length).toBeGreaterThan(
      this.heard.length * 0.9,
    );
    expect(silent.map(({ text }) => text)).toEqual([]);
    const scripts: readonly (readonly [RegExp, string])[] = [
      [/\p{Script=Arabic}/u, 'ar'],
      [/\p{Script=Cyrillic}/u, 'uk'],
      [/[æøå]/iu, 'da'],
    ];
    for (const [script, own] of scripts) {
      const strangers = this.heard.filter((heard) => script.test(heard.text) && heard.language !== own);
      expect(strangers.map(({ text, language: mouth }) => `${mouth}: ${text}`)).toEqual([]);
    }
    const own = this.heard.filter((heard) => heard.language === language).length;
    expect(own / this.heard.length).toBeGreaterThan(0.5);
  }

  /** On a screen that nobody has touched: Tab comes to "listen" first, Enter begins it. */
  async startListening(firstWords: string): Promise<void> {
    await this.#page.keyboard.press('Tab');
    await this.enter(firstWords);
  }

  /** Letter by letter, as on a keyboard of any script; each is heard before the next. */
  async type(letters: string): Promise<void> {
    for (const letter of letters) {
      const since = this.heard.length;
      await this.#page.keyboard.insertText(letter);
      await this.until(since, () => true, `the key ${letter}`);
    }
  }
}
