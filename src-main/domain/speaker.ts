import type { Headphones, SpeechFailure } from '../contract/speech.ts';

export interface SpokenSound {
  readonly kind: 'sound';
  readonly sampleRate: number;
  /** One channel. */
  readonly samples: Int16Array;
}

export interface SpeakerAsk {
  /** As it is to be said: see `spokenText`. */
  readonly text: string;
  /** BCP 47, such as `da`. */
  readonly language: string;
  readonly wordsPerMinute: number;
  readonly isSpelled: boolean;
}

/** A voice. Sound comes as it is made; what cannot be said ends with why. Nothing of it is kept. */
export interface Speaker {
  speak(
    ask: SpeakerAsk,
    signal: AbortSignal,
  ): AsyncIterable<SpokenSound | { readonly kind: 'failed'; readonly reason: SpeechFailure }>;
  close(): Promise<void>;
}

/** Words that a person has read aloud, found by the words themselves: changed words have no recording any more. */
export interface Recordings {
  find(language: string, text: string): Promise<SpokenSound | null>;
}

/** Whether what is said is heard by one person or by the lobby. */
export interface HeadphoneJack {
  state(): Headphones;
  /** Answers what ends it. */
  readonly onChange: (listener: () => void) => () => void;
  close(): void;
}
