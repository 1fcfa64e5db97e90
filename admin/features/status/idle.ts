import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';

/** What a person does with a page. Nothing here happens by itself, as scrolling or focus may. */
const INPUTS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Whether nobody has touched this tab for a while. Told by the clock and not by a timer alone: a laptop that slept
 * is idle as soon as it wakes, unless somebody touches it first.
 *
 * @param minutes without input until it is idle; 0: it never is
 */
export function createIdle(minutes: Accessor<number>): Accessor<boolean> {
  const [idle, setIdle] = createSignal(false);
  let touchedAt = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    clearTimeout(timer);
    const limit = minutes() * 60_000;
    const left = touchedAt + limit - Date.now();
    setIdle(limit > 0 && left <= 0);
    if (limit > 0 && left > 0) timer = setTimeout(look, left);
  }

  function touched(): void {
    touchedAt = Date.now();
    if (idle()) look();
  }

  for (const type of INPUTS) {
    addEventListener(type, touched, { capture: true, passive: true });
    onCleanup(() => removeEventListener(type, touched, { capture: true }));
  }
  createEffect(look);
  onCleanup(() => clearTimeout(timer));
  return idle;
}
