import { createSignal, onCleanup } from 'solid-js';
import { describeError } from '../api/http.ts';

/**
 * Milliseconds within which a list is fetched again after somebody changed it. Every open dashboard
 * hears of a change at the same moment: each waits for a time of its own, so that they do not all
 * ask at once, and the one that made the change asks by itself meanwhile.
 */
const SPREAD = { from: 250, to: 2_000 };

/** Something that the server has: what was last heard, and why nothing was. */
export function createLoaded<Value>(fetchValue: () => Promise<Value>) {
  const [value, setValue] = createSignal<Value | null>(null);
  const [error, setError] = createSignal<string | null>(null);
  let requests = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;

  /** Fetches it again; what was known stays when the answer does not come. */
  async function load(): Promise<void> {
    const number = ++requests;
    clearTimeout(soon);
    soon = undefined;
    try {
      const answer = await fetchValue();
      if (number < requests) return;
      setValue(() => answer);
      setError(null);
    } catch (failure) {
      if (number === requests) setError(describeError(failure));
    }
  }

  /** Fetches it within two seconds; a `load` before that does it, too. */
  function loadSoon(): void {
    soon ??= setTimeout(load, SPREAD.from + Math.random() * (SPREAD.to - SPREAD.from));
  }

  onCleanup(() => clearTimeout(soon));

  return { value, error, load, loadSoon };
}

export type Loaded<Value> = ReturnType<typeof createLoaded<Value>>;
