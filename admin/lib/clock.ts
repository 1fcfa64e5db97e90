import { createRoot, createSignal } from 'solid-js';

/** Milliseconds between two updates of the clock. The smallest shown unit is a minute. */
const TICK = 10_000;

/**
 * The clock of all relative times, in milliseconds since the epoch. It stops while the tab is
 * hidden.
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
