import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';

/** Milliseconds for which something must be looked at before it counts as read. */
export const LOOK_MS = 1_000;

/**
 * Whether something has been looked at for a second without a break, so that passing over it reads
 * nothing. Stays true while it is looked at.
 *
 * @param looking whether it is in sight now
 */
export function createLooked(looking: Accessor<boolean>): Accessor<boolean> {
  const [looked, setLooked] = createSignal(false);
  createEffect(() => {
    if (!looking()) {
      setLooked(false);
      return;
    }
    const timer = setTimeout(() => setLooked(true), LOOK_MS);
    onCleanup(() => clearTimeout(timer));
  });
  return looked;
}
