import type { DeskSound } from '../state/desk-ports.ts';

interface Tone {
  /** Hertz. */
  readonly pitch: number;
  /** Seconds from the start. */
  readonly at: number;
  readonly length: number;
  readonly loudness: number;
}

/*
 * Drawn, not recorded: three rising pairs for the alarm. All other calls make no sound, because a desk is heard in the
 * lobby, where the person stands whom somebody is afraid of.
 */
const alarm: readonly Tone[] = [0, 0.5, 1].flatMap((at) => [
  { pitch: 660, at, length: 0.18, loudness: 0.5 },
  { pitch: 990, at: at + 0.2, length: 0.22, loudness: 0.5 },
]);

function playTone(context: AudioContext, tone: Tone): void {
  const start = context.currentTime + tone.at;
  const voice = context.createOscillator();
  const volume = context.createGain();
  voice.frequency.value = tone.pitch;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(tone.loudness, start + 0.02);
  volume.gain.linearRampToValueAtTime(0, start + tone.length);
  voice.connect(volume).connect(context.destination);
  voice.start(start);
  voice.stop(start + tone.length + 0.05);
}

/** Sound by WebAudio. A browser plays nothing before the first click on the page; `wake` uses it. */
export function createDeskSound(): DeskSound {
  let context: AudioContext | null = null;
  const running = (): AudioContext => (context ??= new AudioContext());
  return {
    get canPlay() {
      return context?.state === 'running';
    },
    wake() {
      if (running().state === 'suspended') void running().resume();
    },
    playAlarm() {
      const audio = running();
      if (audio.state !== 'running') return;
      for (const tone of alarm) playTone(audio, tone);
    },
  };
}
