/** How fast a bucket refills, in tokens a second, and how many tokens it holds. */
export type Rate = { perSecond: number; burst: number };

/** A token bucket: a burst at once, then a steady rate per second. */
export class Bucket {
  readonly #rate: Rate;
  #tokens: number;
  #at: number;

  /**
   * @param now milliseconds
   * @param tokens how many there are now; full where nothing is said
   */
  constructor(rate: Rate, now: number, tokens = rate.burst) {
    this.#rate = rate;
    this.#tokens = Math.min(rate.burst, tokens);
    this.#at = now;
  }

  /** Takes a token; false when there is none. A clock that went back refills nothing. */
  take(now: number): boolean {
    const { perSecond, burst } = this.#rate;
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#tokens = Math.min(burst, this.#tokens + seconds * perSecond);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Seconds until the next token, as of the last `take`; 0 when there is one. */
  get wait(): number {
    return Math.max(0, 1 - this.#tokens) / this.#rate.perSecond;
  }
}
