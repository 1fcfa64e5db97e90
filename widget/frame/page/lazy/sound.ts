import { keep, kept } from '../../state/keep.ts';

const MUTED = 'muted';

/** Seconds for which a message rings in no other tab, however late that tab gets it. */
const ONCE = 5;

export const isMuted = (): boolean => kept(MUTED) !== '';
export const mute = (muted: boolean): void => keep(MUTED, muted ? '1' : '');

/** Two soft notes, the second a fourth above the first. */
function play(): void {
  const audio = new AudioContext();
  const loudness = audio.createGain();
  loudness.connect(audio.destination);
  [587.33, 783.99].forEach((pitch, index) => {
    const at = audio.currentTime + index * 0.12;
    const note = audio.createOscillator();
    note.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.0001, at);
    loudness.gain.exponentialRampToValueAtTime(0.08, at + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, at + (index + 1) * 0.2);
    note.connect(loudness);
    note.start(at);
    note.stop(at + 0.4);
    note.onended = () => index > 0 && void audio.close();
  });
}

/**
 * Plays the sound for a message, unless it is muted or the visitor has not interacted with the chat, when
 * browsers block sound. Of several tabs the one that gets the message's lock rings.
 */
export async function ring(id: string): Promise<void> {
  if (isMuted() || !navigator.userActivation?.hasBeenActive) return;
  const { locks } = navigator;
  if (!locks) return play();
  await locks.request(`foyer:ring:${id}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    play();
    await new Promise((resolve) => setTimeout(resolve, ONCE * 1_000));
  });
}
