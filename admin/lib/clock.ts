import { createRoot, createSignal } from 'solid-js';

/** Milliseconds between two looks at the clock; the finest relative time shown is a minute. */
const TICK = 10_000;

/**
 * The one clock that every relative time on the screen follows, in milliseconds since the epoch.
 * It rests while nobody can see it.
 */
export const now = createRoot(() => {
  const [time, setTime] = createSignal(Date.now());
  const tick = () => {
    if (document.visibilityState === 'visible') setTime(Date.now());
  };
  setInterval(tick, TICK);
  document.addEventListener('visibilitychange', tick);
  return time;
});
