import type { SpeechPart } from '../../../src-main/contract/speech.ts';
import type { PlayEnd, SoundOutput } from '../../state/speaking.ts';

type Sound = Extract<SpeechPart, { kind: 'sound' }>;

/** As the voice is made: nothing has to be converted on the way. */
const sampleRate = 22_050;
const lookEveryMs = 250;
/** A device that plays nothing for so long has gone. */
const longestStillMs = 2000;

function toBuffer(context: BaseAudioContext, { samples, sampleRate: rate }: Sound): AudioBuffer {
  const bytes = atob(samples);
  const wave = new Float32Array(Math.max(bytes.length >> 1, 1));
  for (let at = 0; at < bytes.length >> 1; at += 1) {
    const sample = bytes.charCodeAt(at * 2) | (bytes.charCodeAt(at * 2 + 1) << 8);
    wave[at] = (sample < 32_768 ? sample : sample - 65_536) / 32_768;
  }
  const buffer = context.createBuffer(1, wave.length, rate);
  buffer.copyToChannel(wave, 0);
  return buffer;
}

/** What is being played, piece behind piece without a gap. */
class Playing {
  readonly #context: AudioContext;
  readonly #into: AudioNode;
  readonly #sources = new Set<AudioBufferSourceNode>();
  #endsAt = 0;
  #onSilence: () => void = () => undefined;

  constructor(context: AudioContext, into: AudioNode) {
    this.#context = context;
    this.#into = into;
  }

  get isOver(): boolean {
    return this.#sources.size === 0;
  }

  /** Until nothing sounds any more, or for a while. */
  async silence(longestMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#onSilence = resolve;
      setTimeout(resolve, longestMs);
    });
  }

  add(sound: Sound): void {
    const source = this.#context.createBufferSource();
    source.buffer = toBuffer(this.#context, sound);
    source.connect(this.#into);
    const startsAt = Math.max(this.#context.currentTime, this.#endsAt);
    source.start(startsAt);
    this.#endsAt = startsAt + source.buffer.duration;
    this.#sources.add(source);
    source.onended = () => {
      this.#sources.delete(source);
      if (this.isOver) this.#onSilence();
    };
  }

  stop(): void {
    for (const source of this.#sources) source.stop();
    this.#sources.clear();
    this.#endsAt = 0;
  }
}

/** Whether the clock of a device still runs while it should. */
class Pulse {
  #time = -1;
  #stillMs = 0;

  isDead(context: AudioContext, isPaused: boolean): boolean {
    const { currentTime } = context;
    this.#stillMs = isPaused || currentTime !== this.#time ? 0 : this.#stillMs + lookEveryMs;
    this.#time = currentTime;
    return context.state === 'closed' || this.#stillMs >= longestStillMs;
  }
}

class WebSound implements SoundOutput {
  #context: AudioContext | null = null;
  #volume: GainNode | null = null;
  #playing: Playing | null = null;
  #gain = 1;
  #isPaused = false;
  #isBroken = false;

  async play(parts: AsyncIterable<SpeechPart>, signal: AbortSignal): Promise<PlayEnd> {
    const opened = this.#open();
    if (opened === null) return 'no-sound';
    const { context, volume } = opened;
    if (context.state !== 'running' && !this.#isPaused) void context.resume().catch(() => undefined);
    const playing = new Playing(context, volume);
    this.#playing = playing;
    let end: PlayEnd = 'nothing';
    for await (const part of parts) {
      if (signal.aborted) return 'stopped';
      if (part.kind === 'failed') return part.reason;
      playing.add(part);
      end = 'played';
    }
    return end === 'nothing' ? end : this.#untilOver(context, playing, signal);
  }

  pause(): void {
    this.#isPaused = true;
    void this.#context?.suspend().catch(() => undefined);
  }

  resume(): void {
    this.#isPaused = false;
    void this.#context?.resume().catch(() => undefined);
  }

  stop(): void {
    this.#playing?.stop();
    this.#playing = null;
    this.resume();
  }

  setVolume(gain: number): void {
    this.#gain = gain;
    if (this.#volume !== null) this.#volume.gain.value = gain;
  }

  close(): void {
    this.stop();
    void this.#context?.close().catch(() => undefined);
    this.#context = null;
    this.#volume = null;
  }

  /** A device that has gone may be back: after a failure the next word opens it anew. */
  #open(): { context: AudioContext; volume: GainNode } | null {
    if (this.#isBroken) this.close();
    this.#isBroken = false;
    if (this.#context !== null && this.#volume !== null)
      return { context: this.#context, volume: this.#volume };
    try {
      return this.#connect(new AudioContext({ sampleRate, latencyHint: 'interactive' }));
    } catch {
      // No device takes it.
      return null;
    }
  }

  #connect(context: AudioContext): { context: AudioContext; volume: GainNode } {
    context.addEventListener('error', () => {
      this.#isBroken = true;
    });
    const volume = context.createGain();
    volume.gain.value = this.#gain;
    // Louder than the voice is made, but never beyond what a loudspeaker plays.
    volume.connect(context.createDynamicsCompressor()).connect(context.destination);
    this.#context = context;
    this.#volume = volume;
    return { context, volume };
  }

  async #untilOver(context: AudioContext, playing: Playing, signal: AbortSignal): Promise<PlayEnd> {
    const pulse = new Pulse();
    for (;;) {
      if (signal.aborted) return 'stopped';
      if (playing.isOver) return 'played';
      if (this.#isBroken || pulse.isDead(context, this.#isPaused)) {
        this.#isBroken = true;
        return 'no-sound';
      }
      await playing.silence(lookEveryMs);
    }
  }
}

/** Sound by Web Audio. A browser plays nothing before the first touch on the page, and speech starts with one. */
export function openSound(): SoundOutput {
  return new WebSound();
}
