/**
 * Limits how often a piece of work runs: at once after a pause, then at most once per interval. The
 * last request always runs. A timer exists only while a request waits, because a timer keeps its
 * object awake.
 */
export class Throttle {
  readonly #milliseconds: number;
  readonly #work: () => void;
  #doneAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(milliseconds: number, work: () => void) {
    this.#milliseconds = milliseconds;
    this.#work = work;
  }

  /** Runs the work now or, if it ran within the interval, when the interval ends. */
  request(): void {
    if (this.#timer !== null) return;
    // If the clock was set back, the wait is still at most one interval.
    const wait = Math.min(this.#milliseconds, this.#doneAt + this.#milliseconds - Date.now());
    if (wait <= 0) this.#do();
    else this.#timer = setTimeout(() => this.#do(), wait);
  }

  /** Drops the waiting request, for example because the work was done elsewhere. */
  cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #do(): void {
    this.#timer = null;
    this.#doneAt = Date.now();
    this.#work();
  }
}
