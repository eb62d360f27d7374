import { writeFile } from 'node:fs/promises';
import { createEspeakSpeaker } from '../adapters/espeak-speaker.ts';
import { createRecordings, recordingName } from '../adapters/recordings.ts';
import { toWav } from '../adapters/wav.ts';
import { languages, type Language } from '../contract/ids.ts';
import { longestSaying, type SpeechFailure } from '../contract/speech.ts';
import type { Speaker, SpokenSound } from '../domain/speaker.ts';
import { sayings, spokenText } from '../domain/spoken-text.ts';
import { isHeard, tryVoice, type VoiceState } from '../services/speech.ts';
import { readConfig } from './config.ts';
import { recordingFolders } from './recording-folders.ts';

export interface SayRequest {
  readonly language: Language;
  readonly text: string;
  readonly wordsPerMinute: number;
  readonly out: string;
  readonly configFile: string | null;
}

export type SayOutcome =
  | { readonly kind: 'written'; readonly seconds: number; readonly isRecording: boolean }
  | { readonly kind: 'failed'; readonly reason: SpeechFailure }
  | { readonly kind: 'nothing-heard' }
  | { readonly kind: 'not-written'; readonly why: string };

type Heard = SpokenSound | SpeechFailure | null;

function joined(sounds: readonly SpokenSound[]): SpokenSound | null {
  const [first] = sounds;
  if (first === undefined) return null;
  const samples = new Int16Array(sounds.reduce((sum, sound) => sum + sound.samples.length, 0));
  let at = 0;
  for (const sound of sounds) {
    samples.set(sound.samples, at);
    at += sound.samples.length;
  }
  return { kind: 'sound', sampleRate: first.sampleRate, samples };
}

/** All pieces of a text, one after the other, in the voice that the screen has. */
async function speakAll(speaker: Speaker, { text, language, wordsPerMinute }: SayRequest): Promise<Heard> {
  const sounds: SpokenSound[] = [];
  for (const piece of sayings(text, longestSaying)) {
    const ask = { text: spokenText(piece, language), language, wordsPerMinute, isSpelled: false };
    for await (const part of speaker.speak(ask, new AbortController().signal)) {
      if (part.kind === 'failed') return part.reason;
      sounds.push(part);
    }
  }
  return joined(sounds);
}

/** Writes what the screen would say of these words: the recording of a person where there is one, else the voice. */
export async function sayToFile(request: SayRequest): Promise<SayOutcome> {
  const { content, resourcesDir } = await readConfig({ configFile: request.configFile, dataDir: null });
  const recordings = createRecordings(recordingFolders(resourcesDir, content.districtDir));
  const recorded = await recordings.find(request.language, request.text);
  const speaker = createEspeakSpeaker();
  try {
    const sound = recorded ?? (await speakAll(speaker, request));
    if (typeof sound === 'string') return { kind: 'failed', reason: sound };
    if (sound === null || !isHeard(sound)) return { kind: 'nothing-heard' };
    const fault = await writeFile(request.out, toWav(sound)).catch((error: unknown) => error);
    if (fault instanceof Error) return { kind: 'not-written', why: fault.message };
    const seconds = Number((sound.samples.length / sound.sampleRate).toFixed(2));
    return { kind: 'written', seconds, isRecording: recorded !== null };
  } finally {
    await speaker.close();
  }
}

/** The name under which a recording of these words is found, below `recordings`. */
export const nameOfRecording = recordingName;

/** How the voice of each language of the screen is, tried here and now. */
export async function tryVoices(): Promise<ReadonlyMap<Language, VoiceState>> {
  const speaker = createEspeakSpeaker();
  try {
    const states = new Map<Language, VoiceState>();
    for (const language of languages) states.set(language, await tryVoice(speaker, language));
    return states;
  } finally {
    await speaker.close();
  }
}
