/**
 * Work that a burst asks for again and again: done at once after a pause, and once every so many
 * milliseconds while it goes on. What was asked last is never left out. A timer exists only while
 * something waits, since it keeps its object awake.
 */
export class Spaced {
  readonly #milliseconds: number;
  readonly #work: () => void;
  #doneAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(milliseconds: number, work: () => void) {
    this.#milliseconds = milliseconds;
    this.#work = work;
  }

  /** Does the work now or, when it was done a moment ago, as soon as it is due again. */
  ask(): void {
    if (this.#timer !== null) return;
    // A clock that went back prolongs nothing.
    const wait = Math.min(this.#milliseconds, this.#doneAt + this.#milliseconds - Date.now());
    if (wait <= 0) this.#do();
    else this.#timer = setTimeout(() => this.#do(), wait);
  }

  /** Forgets what waits: it was done by other means. */
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
