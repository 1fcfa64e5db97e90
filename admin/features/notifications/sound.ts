/** Minimum milliseconds between two sounds. */
const REST = 1_500;

let context: AudioContext | undefined;
let last = 0;

/** Plays two soft notes. Browsers keep it silent until the first interaction with the page. */
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
