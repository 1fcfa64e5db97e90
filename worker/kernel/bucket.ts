/**
 * A token bucket: how fast one socket may speak. A person types a few messages in ten seconds;
 * a client that comes back after an hour offline sends all it has kept, hence the burst.
 */
export const FRAMES_PER_SECOND = 10;
export const BURST = 100;

/** Refused frames in a row after which the socket is closed. */
export const STRIKES = 50;

export class Bucket {
  #tokens = BURST;
  #at: number;

  /** @param now milliseconds */
  constructor(now: number) {
    this.#at = now;
  }

  /** Takes a token; false when there is none. A clock that went back refills nothing. */
  take(now: number): boolean {
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#tokens = Math.min(BURST, this.#tokens + seconds * FRAMES_PER_SECOND);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
