import { parentPort } from 'node:worker_threads';
import openEspeak from '@echogarden/espeak-ng-emscripten';
import { toVoiceSchema, type FromVoice } from './espeak-messages.ts';

/*
 * A thread of its own for eSpeak NG: synthesis keeps a processor busy for as long as it lasts, and its licence (GPL-3.0)
 * keeps it apart. It holds nothing of what it said.
 */

/** A tenth of a second is enough to start with; after that fewer, larger pieces. */
const firstPart = 0.1;
const laterParts = 1.5;

const { eSpeakNGWorker: Voice } = await openEspeak();
const voice = new Voice();
const sampleRate = voice.get_samplerate();

function tell(message: FromVoice, sounds: readonly Int16Array<ArrayBuffer>[] = []): void {
  parentPort?.postMessage(
    message,
    sounds.map(({ buffer }) => buffer),
  );
}

/** Gathers what the engine gives in tiny pieces. */
class Parts {
  #pieces: Int16Array[] = [];
  #length = 0;
  #seconds = firstPart;
  readonly #id: number;

  constructor(id: number) {
    this.#id = id;
  }

  add(samples: Int16Array): void {
    this.#pieces.push(samples);
    this.#length += samples.length;
    if (this.#length >= this.#seconds * sampleRate) this.flush();
  }

  flush(): void {
    if (this.#length === 0) return;
    const samples = new Int16Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      samples.set(piece, at);
      at += piece.length;
    }
    this.#pieces = [];
    this.#length = 0;
    this.#seconds = laterParts;
    tell({ kind: 'sound', id: this.#id, sampleRate, samples }, [samples]);
  }
}

parentPort?.on('message', (message: unknown) => {
  const { id, text, voice: name, wordsPerMinute } = toVoiceSchema.parse(message);
  // Unasked, the engine would go on in the voice of before: Arabic words in a Danish mouth.
  if (voice.set_voice(name) !== 0) {
    tell({ kind: 'no-voice', id });
    return;
  }
  voice.set_rate(wordsPerMinute);
  const parts = new Parts(id);
  voice.synthesize(text, (samples) => {
    if (samples !== null) parts.add(samples);
    return false;
  });
  parts.flush();
  tell({ kind: 'end', id });
});
