import { sayings } from '../../src-main/domain/spoken-text.ts';
import type { SpeechFailure, SpeechPart } from '../../src-main/contract/speech.ts';
import type { VisitorClient } from '../api/visitor-line.ts';
import type { SpeechEngine, SpeechTrouble, Utterance, VisitSpeech } from './visit-speech.svelte.ts';

/** `nothing`: there was nothing in it that could be heard. */
export type PlayEnd = 'played' | 'stopped' | 'nothing' | 'no-sound' | SpeechFailure;

/** What sound comes out of. */
export interface SoundOutput {
  /** Until the last of it was heard. */
  play(parts: AsyncIterable<SpeechPart>, signal: AbortSignal): Promise<PlayEnd>;
  pause(): void;
  resume(): void;
  /** Silence at once, in the middle of a word. */
  stop(): void;
  setVolume(gain: number): void;
  close(): void;
}

/** Short enough that the first sentence sounds while the next is made. */
const longestPiece = 220;

/** Says one thing after the other; whatever is said next ends what is being said. */
export class Speaking implements SpeechEngine {
  readonly #speech: VisitSpeech;
  readonly #client: Pick<VisitorClient, 'speak'>;
  readonly #output: SoundOutput;
  #run = new AbortController();

  constructor(speech: VisitSpeech, client: Pick<VisitorClient, 'speak'>, output: SoundOutput) {
    this.#speech = speech;
    this.#client = client;
    this.#output = output;
    output.setVolume(speech.gain);
  }

  say(utterances: readonly Utterance[]): void {
    this.hush();
    const run = new AbortController();
    this.#run = run;
    this.#speech.trouble = null;
    this.#speech.doing = 'speaking';
    void this.#sayAll(utterances.flatMap(toPieces), run.signal);
  }

  pause(): void {
    this.#speech.doing = 'paused';
    this.#output.pause();
  }

  resume(): void {
    this.#speech.doing = 'speaking';
    this.#output.resume();
  }

  hush(): void {
    this.#run.abort();
    this.#output.stop();
    this.#speech.doing = 'silent';
  }

  setVolume(gain: number): void {
    this.#output.setVolume(gain);
  }

  async #sayAll(pieces: readonly Utterance[], signal: AbortSignal): Promise<void> {
    let missing: SpeechTrouble | null = null;
    for (const piece of pieces) {
      const end = await this.#sayOne(piece, signal);
      if (signal.aborted) return;
      // A name in a language without a voice is passed over; the rest can still be heard, and the screen says what was not.
      if (end === 'no-voice') missing = end;
      else if (end !== 'played' && end !== 'nothing' && end !== 'stopped') {
        this.#end(end);
        return;
      }
    }
    this.#end(missing);
  }

  async #sayOne({ text, language, isSpelled = false }: Utterance, signal: AbortSignal): Promise<PlayEnd> {
    const { wordsPerMinute } = this.#speech;
    try {
      const parts = await this.#client.speak({ text, language, wordsPerMinute, isSpelled }, { signal });
      return await this.#output.play(parts, signal);
    } catch {
      // The line has fallen, or this was ended: either way nothing of it is heard.
      return signal.aborted ? 'stopped' : 'broken';
    }
  }

  #end(trouble: SpeechTrouble | null): void {
    this.#output.stop();
    this.#speech.doing = 'silent';
    this.#speech.trouble = trouble;
  }
}

function toPieces(utterance: Utterance): Utterance[] {
  return sayings(utterance.text, longestPiece).map((text) => ({ ...utterance, text }));
}
