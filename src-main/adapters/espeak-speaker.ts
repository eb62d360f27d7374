import { Worker } from 'node:worker_threads';
import type { SpeechFailure } from '../contract/speech.ts';
import type { Speaker, SpeakerAsk, SpokenSound } from '../domain/speaker.ts';
import { fromVoiceSchema, type ToVoice } from './espeak-messages.ts';

type Part = SpokenSound | { readonly kind: 'failed'; readonly reason: SpeechFailure };

/** One listener hears one thing at a time; what waits beyond this was asked for by nobody. */
const mostWaiting = 8;
/** A sentence takes hundredths of a second. */
const longestMs = 15_000;
/** How the engine calls voices that have another name than their language. */
const voiceNames: Readonly<Record<string, string>> = { no: 'nb', zh: 'cmn' };

/** In a clone the thread is a file beside this one; built, an entry beside this chunk. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './espeak-worker.ts' : './espeak-worker.js',
  import.meta.url,
);

/** One thing to say, and who waits for its sound. */
class Job {
  readonly ask: SpeakerAsk;
  readonly #parts: Part[] = [];
  #isOver = false;
  #wake: () => void = () => undefined;

  constructor(ask: SpeakerAsk) {
    this.ask = ask;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  put(part: Part): void {
    if (this.#isOver) return;
    this.#parts.push(part);
    this.#wake();
  }

  end(reason?: SpeechFailure): void {
    if (reason !== undefined) this.put({ kind: 'failed', reason });
    this.#isOver = true;
    this.#wake();
  }

  async *parts(): AsyncGenerator<Part, void> {
    for (;;) {
      const next = this.#parts.shift();
      if (next !== undefined) yield next;
      else if (this.#isOver) return;
      else {
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#wake = resolve;
        await promise;
      }
    }
  }
}

/** Names each sign, also those that a sentence passes over in silence. */
const spelled = (text: string): string => `<say-as interpret-as="characters">${text}</say-as>`;

class EspeakSpeaker implements Speaker {
  #worker: Worker | null = null;
  #current: Job | null = null;
  #waiting: Job[] = [];
  #id = 0;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  readonly #file: URL;

  constructor(file: URL) {
    this.#file = file;
  }

  async *speak(ask: SpeakerAsk, signal: AbortSignal): AsyncGenerator<Part, void> {
    if (signal.aborted) return;
    const job = new Job(ask);
    if (this.#isClosed || this.#waiting.length >= mostWaiting) {
      job.end(this.#isClosed ? 'broken' : 'busy');
      yield* job.parts();
      return;
    }
    const drop = (): void => {
      job.end();
      this.#waiting = this.#waiting.filter((waiting) => waiting !== job);
    };
    signal.addEventListener('abort', drop, { once: true });
    this.#waiting.push(job);
    this.#next();
    try {
      yield* job.parts();
    } finally {
      signal.removeEventListener('abort', drop);
      drop();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#failAll();
    await this.#worker?.terminate();
    this.#worker = null;
  }

  #next(): void {
    if (this.#current !== null) return;
    const job = this.#waiting.shift();
    if (job === undefined) {
      // Idle, it keeps no program alive.
      this.#worker?.unref();
      return;
    }
    this.#current = job;
    const { text, language, wordsPerMinute, isSpelled } = job.ask;
    this.#id += 1;
    const message: ToVoice = {
      id: this.#id,
      text: isSpelled ? spelled(text) : text,
      voice: voiceNames[language] ?? language,
      wordsPerMinute,
    };
    this.#worker ??= this.#open();
    this.#worker.ref();
    this.#worker.postMessage(message);
    this.#timer = setTimeout(() => void this.#giveUp(), longestMs);
  }

  #open(): Worker {
    const worker = new Worker(this.#file, { name: 'voice' });
    worker.on('message', (message: unknown) => {
      if (worker === this.#worker) this.#hear(message);
    });
    // A dead voice is told to who waits; the next thing to say starts another.
    const onEnd = (): void => {
      if (worker !== this.#worker) return;
      this.#worker = null;
      this.#failAll();
    };
    worker.on('error', onEnd);
    worker.on('exit', onEnd);
    return worker;
  }

  #hear(message: unknown): void {
    const told = fromVoiceSchema.parse(message);
    const job = this.#current;
    if (job === null || told.id !== this.#id) return;
    if (told.kind === 'sound') {
      job.put({ kind: 'sound', sampleRate: told.sampleRate, samples: told.samples });
      return;
    }
    clearTimeout(this.#timer);
    job.end(told.kind === 'no-voice' ? 'no-voice' : undefined);
    this.#current = null;
    this.#next();
  }

  /** It hangs: nobody can ask a busy thread to stop. */
  async #giveUp(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    this.#failAll();
    await worker?.terminate();
  }

  #failAll(): void {
    clearTimeout(this.#timer);
    const jobs = [...(this.#current === null ? [] : [this.#current]), ...this.#waiting];
    this.#current = null;
    this.#waiting = [];
    for (const job of jobs) job.end('broken');
  }
}

/** eSpeak NG in a thread of its own, opened when something is to be said. */
export function createEspeakSpeaker(file: URL = workerFile): Speaker {
  return new EspeakSpeaker(file);
}
