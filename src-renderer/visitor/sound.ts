/** Two soft tones, low enough for a quiet lobby. Silent where the page may not sound yet. */
export function playWarning(): void {
  if (typeof AudioContext === 'undefined') return;
  const context = new AudioContext();
  for (const [index, hertz] of [523, 659].entries()) {
    const at = context.currentTime + index * 0.35;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.12, at + 0.05);
    volume.gain.linearRampToValueAtTime(0, at + 0.3);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.32);
  }
  setTimeout(() => void context.close().catch(() => undefined), 1500);
}
