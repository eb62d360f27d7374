import type { SpeechFailure } from '../../src-main/contract/speech.ts';

/** Words of their own language: what is drafted stands above its Danish, and each is spoken in its own voice. */
export interface Utterance {
  readonly text: string;
  readonly language: string;
  /** Sign by sign. */
  readonly isSpelled?: boolean;
}

/** `no-sound`: the device has gone, or never was. `unplugged`: the headphones were taken out. */
export type SpeechTrouble = SpeechFailure | 'no-sound' | 'unplugged';

/** What makes the words heard; fetched after the first paint. */
export interface SpeechEngine {
  say(utterances: readonly Utterance[]): void;
  pause(): void;
  resume(): void;
  hush(): void;
  setVolume(gain: number): void;
}

/** Words a minute. */
const rates = [110, 140, 175, 220, 280] as const;
/** Times as loud as the voice is made. */
const volumes = [0.2, 0.45, 0.8, 1.2, 1.8] as const;
const middle = 2;

/** What one visitor wants to hear; gone with the visit, like what they want to see. */
export class VisitSpeech {
  isOn = $state(false);
  /** The first touch on something says it, the second does it. */
  isPointing = $state(false);
  doing = $state<'silent' | 'speaking' | 'paused'>('silent');
  trouble = $state.raw<SpeechTrouble | null>(null);
  #rate = $state(middle);
  #volume = $state(middle);
  /** What was said last, as it reads by now. */
  #last: () => readonly Utterance[] = () => [];
  #engine: SpeechEngine | null = null;

  get wordsPerMinute(): number {
    return rates[this.#rate] ?? rates[middle];
  }

  get gain(): number {
    return volumes[this.#volume] ?? volumes[middle];
  }

  /** The engine that speaks from now on; null before it is there, and once it has gone. */
  useEngine(engine: SpeechEngine | null): void {
    this.#engine = engine;
  }

  turnOn(): void {
    this.trouble = null;
    this.isOn = true;
  }

  turnOff(): void {
    this.hush();
    this.isOn = false;
    this.isPointing = false;
    this.trouble = null;
    this.#last = () => [];
  }

  /** @param again what is said when somebody asks for it once more; left out: the same. */
  say(utterances: readonly Utterance[], again: () => readonly Utterance[] = () => utterances): void {
    if (utterances.length === 0) return;
    this.#last = again;
    this.mention(utterances);
  }

  /** Said beside the matter, such as the name of a button of this panel: "again" does not mean that. */
  mention(utterances: readonly Utterance[]): void {
    if (this.isOn && utterances.length > 0) this.#engine?.say(utterances);
  }

  again(): void {
    this.mention(this.#last());
  }

  pauseOrResume(): void {
    if (this.doing === 'silent') this.again();
    else if (this.doing === 'paused') this.#engine?.resume();
    else this.#engine?.pause();
  }

  hush(): void {
    this.#engine?.hush();
  }

  /** Heard from the next sentence on, so that one is said at the new pace at once. */
  changeRate(step: 1 | -1): void {
    this.#rate = Math.min(Math.max(this.#rate + step, 0), rates.length - 1);
    this.again();
  }

  changeVolume(step: 1 | -1): void {
    this.#volume = Math.min(Math.max(this.#volume + step, 0), volumes.length - 1);
    this.#engine?.setVolume(this.gain);
    if (this.doing === 'silent') this.again();
  }
}
