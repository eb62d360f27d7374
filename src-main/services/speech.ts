import { languages, type Language } from '../contract/ids.ts';
import type { Saying, SpeechFailure, SpeechPart } from '../contract/speech.ts';
import type { Log } from '../domain/ports.ts';
import type { Recordings, Speaker, SpokenSound } from '../domain/speaker.ts';
import { spokenText } from '../domain/spoken-text.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import type { Timers } from './timers.ts';

export interface SpeechOptions {
  readonly speaker: Speaker;
  readonly recordings: Recordings;
  readonly timers: Timers;
  readonly log: Log;
}

export type VoiceState = 'spoken' | SpeechFailure;

export interface Speech {
  /** Speaks one thing to the visitor before the screen. Nothing of it is logged or kept. */
  say(saying: Saying, signal: AbortSignal): AsyncIterable<SpeechPart>;
  /** The visitor has gone: nothing more is made for them. */
  leave(): void;
  /** Languages that were tried and sounded; null before all were tried. */
  voices(): readonly Language[] | null;
  /** Soon tries the voice of each language, one after the other, and says what is missing. */
  start(): void;
  readonly onVoices: (listener: () => void) => Unsubscribe;
  stop(): Promise<void>;
}

/** Numbers are words in every language. */
const probe = { text: '1 2 3', wordsPerMinute: 175, isSpelled: false } as const;
/** Below this nobody hears anything (of 32,768). */
const leastLoud = 300;
/** A kiosk that opens has more urgent work, and nobody listens yet. */
const tryAfterMs = 2000;

/** Whether a sound is more than silence. */
export function isHeard({ samples }: SpokenSound): boolean {
  return samples.some((sample) => Math.abs(sample) >= leastLoud);
}

/** Whether a language can be heard: sound that is not silence. */
export async function tryVoice(speaker: Speaker, language: string): Promise<VoiceState> {
  let wasHeard = false;
  for await (const part of speaker.speak({ ...probe, language }, new AbortController().signal)) {
    if (part.kind === 'failed') return part.reason;
    wasHeard ||= isHeard(part);
  }
  return wasHeard ? 'spoken' : 'broken';
}

function toPart(sound: SpokenSound): SpeechPart {
  const { buffer, byteOffset, byteLength } = sound.samples;
  const samples = Buffer.from(buffer, byteOffset, byteLength).toString('base64');
  return { kind: 'sound', sampleRate: sound.sampleRate, samples };
}

class VisitorSpeech implements Speech {
  readonly #options: SpeechOptions;
  readonly #changes = createListeners<void>();
  readonly onVoices = this.#changes.add;
  #voices: readonly Language[] | null = null;
  #visit = new AbortController();
  #isStopped = false;
  #takeBack = (): void => undefined;

  constructor(options: SpeechOptions) {
    this.#options = options;
  }

  async *say(saying: Saying, signal: AbortSignal): AsyncGenerator<SpeechPart, void> {
    const { recordings, speaker, log } = this.#options;
    const { text, language, wordsPerMinute, isSpelled } = saying;
    const either = AbortSignal.any([signal, this.#visit.signal]);
    const recorded = isSpelled ? null : await recordings.find(language, text);
    if (recorded !== null) {
      yield toPart(recorded);
      return;
    }
    const said = spokenText(text, language);
    if (said === '') return;
    for await (const part of speaker.speak({ text: said, language, wordsPerMinute, isSpelled }, either)) {
      if (part.kind === 'failed') log.warn('speech-failed', { language, reason: part.reason });
      yield part.kind === 'failed' ? part : toPart(part);
    }
  }

  leave(): void {
    this.#visit.abort();
    this.#visit = new AbortController();
  }

  voices(): readonly Language[] | null {
    return this.#voices;
  }

  start(): void {
    this.#takeBack = this.#options.timers.after(tryAfterMs, () => void this.#tryAll());
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#takeBack();
    this.#visit.abort();
    await this.#options.speaker.close();
  }

  async #tryAll(): Promise<void> {
    const { speaker, log } = this.#options;
    const heard: Language[] = [];
    for (const language of languages) {
      const state = await tryVoice(speaker, language);
      // A voice that was closed with the kiosk is not missing.
      if (this.#isStopped) return;
      if (state === 'spoken') heard.push(language);
      else log.warn('no-voice', { language, reason: state });
    }
    this.#voices = heard;
    this.#changes.tell();
  }
}

export function createSpeech(options: SpeechOptions): Speech {
  return new VisitorSpeech(options);
}
