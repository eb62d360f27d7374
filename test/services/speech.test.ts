import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Saying, SpeechFailure, SpeechPart } from '../../src-main/contract/speech.ts';
import type { Recordings, Speaker, SpeakerAsk, SpokenSound } from '../../src-main/domain/speaker.ts';
import { createSpeech } from '../../src-main/services/speech.ts';

const sound: SpokenSound = { kind: 'sound', sampleRate: 8000, samples: Int16Array.from([0, 4000]) };
const never = new AbortController().signal;
const saying: Saying = { text: 'Ring 114', language: 'da', wordsPerMinute: 175, isSpelled: false };

class FakeSpeaker implements Speaker {
  readonly asked: SpeakerAsk[] = [];
  readonly signals: AbortSignal[] = [];
  failure: SpeechFailure | null = null;
  mute: readonly string[] = [];

  async *speak(ask: SpeakerAsk, signal: AbortSignal) {
    this.asked.push(ask);
    this.signals.push(signal);
    if (this.failure !== null) yield { kind: 'failed' as const, reason: this.failure };
    else yield this.mute.includes(ask.language) ? { ...sound, samples: new Int16Array(100) } : sound;
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }
}

function open(recordings: Recordings = { find: async () => null }) {
  const speaker = new FakeSpeaker();
  const logged: unknown[] = [];
  let tryNow = (): void => undefined;
  const speech = createSpeech({
    speaker,
    recordings,
    timers: {
      after(_, run) {
        tryNow = run;
        return () => undefined;
      },
    },
    log: { note: (...told) => logged.push(told), warn: (...told) => logged.push(told) },
  });
  return { speaker, speech, logged, tryNow: () => tryNow() };
}

async function all(parts: AsyncIterable<SpeechPart>): Promise<SpeechPart[]> {
  const heard: SpeechPart[] = [];
  for await (const part of parts) heard.push(part);
  return heard;
}

afterEach(() => vi.restoreAllMocks());

describe('speech for the visitor before the screen', () => {
  test('numbers to copy go to the voice digit by digit; the log never holds what was said', async () => {
    const { speech, speaker, logged } = open();
    expect(await all(speech.say(saying, never))).toEqual([
      { kind: 'sound', sampleRate: 8000, samples: Buffer.from([0, 0, 160, 15]).toString('base64') },
    ]);
    expect(speaker.asked[0]?.text).toBe('Ring 1 1 4');
    speaker.failure = 'broken';
    expect(await all(speech.say(saying, never))).toEqual([{ kind: 'failed', reason: 'broken' }]);
    expect(logged).toEqual([['speech-failed', { language: 'da', reason: 'broken' }]]);
  });

  test('a person who read the words comes before the voice, but not where letters are named', async () => {
    const read: SpokenSound = { ...sound, sampleRate: 16_000 };
    const { speech, speaker } = open({ find: async (_, text) => (text === 'Ring 114' ? read : null) });
    const [part] = await all(speech.say(saying, never));
    expect(part).toMatchObject({ sampleRate: 16_000 });
    expect(speaker.asked).toEqual([]);
    await all(speech.say({ ...saying, isSpelled: true }, never));
    expect(speaker.asked).toHaveLength(1);
  });

  test('whoever leaves is not spoken to any more; the next visitor is', async () => {
    const { speech, speaker } = open();
    await all(speech.say(saying, never));
    speech.leave();
    await all(speech.say(saying, never));
    expect(speaker.signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  test('a language whose voice is silent is not counted, and is told once at start', async () => {
    const { speech, speaker, logged, tryNow } = open();
    speaker.mute = ['ar'];
    let told = 0;
    speech.onVoices(() => (told += 1));
    speech.start();
    expect(speech.voices()).toBeNull();
    tryNow();
    await vi.waitFor(() => expect(told).toBe(1));
    expect(speech.voices()).toEqual(['da', 'en', 'uk', 'pl', 'tr', 'ro', 'de']);
    expect(logged).toEqual([['no-voice', { language: 'ar', reason: 'broken' }]]);
  });
});
