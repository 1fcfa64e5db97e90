/** Keys that a tally remembers at most; beyond them the oldest windows are forgotten. */
const MOST_KEYS = 20_000;

/**
 * Counts by key, each in a window that begins with its first count. In memory: what forgets it
 * (an object that sleeps, an isolate that ends) begins again, which its quotas accept.
 */
export class Tally {
  readonly #milliseconds: number;
  readonly #windows = new Map<string, { count: number; ends: number }>();

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /** Counts `more` and answers the new count. */
  add(key: string, now: number, more = 1): number {
    const window = this.#windows.get(key);
    if (window && window.ends > now) {
      window.count += more;
      return window.count;
    }
    // Set again, so that the map's order is the order in which windows began.
    this.#windows.delete(key);
    this.#windows.set(key, { count: more, ends: now + this.#milliseconds });
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > MOST_KEYS && oldest !== undefined) this.#windows.delete(oldest);
    return more;
  }

  count(key: string, now: number): number {
    const window = this.#windows.get(key);
    return window && window.ends > now ? window.count : 0;
  }

  /** When the key's window ends, in milliseconds since the epoch; `now` where there is none. */
  ends(key: string, now: number): number {
    return Math.max(now, this.#windows.get(key)?.ends ?? now);
  }
}
