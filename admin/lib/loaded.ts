import { createSignal, onCleanup } from 'solid-js';
import { describeError } from '../api/http.ts';

/**
 * Milliseconds within which a list is fetched again after a change. All open dashboards learn of it
 * at once, so each waits a random time. The dashboard that made the change reloads at once.
 */
const SPREAD = { from: 250, to: 2_000 };

/** A value from the server: the last response, and the last error. */
export function createLoaded<Value>(fetchValue: () => Promise<Value>) {
  const [value, setValue] = createSignal<Value | null>(null);
  const [error, setError] = createSignal<string | null>(null);
  let requests = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;

  /** Fetches it again. The last value stays if the request fails. */
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

  /** Fetches it within two seconds, unless `load` is called before. */
  function loadSoon(): void {
    soon ??= setTimeout(load, SPREAD.from + Math.random() * (SPREAD.to - SPREAD.from));
  }

  onCleanup(() => clearTimeout(soon));

  return { value, error, load, loadSoon };
}

export type Loaded<Value> = ReturnType<typeof createLoaded<Value>>;
