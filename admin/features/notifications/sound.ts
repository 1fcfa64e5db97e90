/** Milliseconds between two sounds: many messages at once are one. */
const REST = 1_500;

let context: AudioContext | undefined;
let last = 0;

/** Two soft notes. Silent until the page was touched once, which browsers ask for. */
export function ring(): void {
  if (Date.now() - last < REST || !('AudioContext' in window)) return;
  last = Date.now();
  context ??= new AudioContext();
  void context.resume().catch(() => undefined);
  note(context, 660, 0);
  note(context, 880, 0.12);
}

function note(audio: AudioContext, frequency: number, after: number): void {
  const at = audio.currentTime + after;
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.frequency.value = frequency;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.12, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.35);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.4);
}
