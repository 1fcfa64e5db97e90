/**
 * Loads what a click or a key can open before that happens: once the first screen is there, part by
 * part, while the browser has nothing to do. With the browser's data saver on, each part loads when
 * it is opened.
 */

type Load = () => Promise<unknown>;

/** What is on the screen already, and what can be opened. */
const shown: Load[] = [];
const openable: Load[] = [];
let state: 'early' | 'waiting' | 'busy' = 'early';

declare global {
  interface Navigator {
    /** Only in Chromium (https://wicg.github.io/netinfo/). */
    readonly connection?: { readonly saveData?: boolean };
  }
}

const savesData = () => navigator.connection?.saveData === true;

/** Milliseconds after which a busy browser loads all the same: what is shown must not wait for long. */
const PATIENCE = 1_000;

// Safari has no `requestIdleCallback`.
const whenIdle = (run: () => void) =>
  'requestIdleCallback' in window
    ? requestIdleCallback(run, { timeout: PATIENCE })
    : setTimeout(run, 500);

function next(): void {
  const load = shown.shift() ?? (savesData() ? undefined : openable.shift());
  state = load ? 'busy' : 'waiting';
  if (!load) {
    // Seen in the browser's profile; the tests and benches wait for it.
    performance.mark('foyer:loaded-ahead');
    return;
  }
  whenIdle(() => {
    // What failed, as offline, loads when it is opened.
    load().then(next, () => {
      state = 'waiting';
    });
  });
}

/** Adds a part that can be opened. */
export function loadAhead(load: Load): void {
  openable.push(load);
  if (state === 'waiting') next();
}

/** Adds a part that is shown, but that the first screen does not wait for. */
export function loadAfterFirstScreen(load: Load): void {
  shown.push(load);
  if (state === 'waiting') next();
}

/** Called when the first screen is there: what loads from now on delays nothing. */
export function startLoadingAhead(): void {
  if (state === 'early') next();
}
