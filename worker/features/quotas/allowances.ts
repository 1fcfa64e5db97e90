/** Keys that are remembered at most; beyond them those that were used longest ago are forgotten. */
const MOST_KEYS = 20_000;

/**
 * An allowance for each key: so much at once, and as much again over the period, evenly. Unlike a
 * window it makes nobody wait for the whole period. In memory, as a Tally.
 */
export class Allowances {
  readonly #most: number;
  readonly #perMillisecond: number;
  /** What was taken and has not come back yet, at that time. */
  readonly #taken = new Map<string, { amount: number; at: number }>();

  /**
   * @param most at once, and in one period
   * @param period milliseconds
   */
  constructor(most: number, period: number) {
    this.#most = most;
    this.#perMillisecond = most / period;
  }

  /** Counts an amount, also beyond the allowance. */
  add(key: string, amount: number, now: number): void {
    const total = this.#now(key, now) + amount;
    // Set again, so that the map's order is the order of use.
    this.#taken.delete(key);
    if (total > 0) this.#taken.set(key, { amount: total, at: now });
    const [oldest] = this.#taken.keys();
    if (this.#taken.size > MOST_KEYS && oldest !== undefined) this.#taken.delete(oldest);
  }

  /** Milliseconds until an amount is within the allowance; 0 where it is now. */
  wait(key: string, amount: number, now: number): number {
    // An amount above the whole allowance waits until all of it is free.
    const over = this.#now(key, now) + Math.min(amount, this.#most) - this.#most;
    return over > 0 ? Math.ceil(over / this.#perMillisecond) : 0;
  }

  /** Counts an amount if it is within the allowance; otherwise returns the milliseconds to wait. */
  take(key: string, amount: number, now: number): number {
    const wait = this.wait(key, amount, now);
    if (wait === 0) this.add(key, amount, now);
    return wait;
  }

  #now(key: string, now: number): number {
    const usage = this.#taken.get(key);
    if (!usage) return 0;
    // A clock that went back gives nothing back.
    return Math.max(0, usage.amount - Math.max(0, now - usage.at) * this.#perMillisecond);
  }
}
