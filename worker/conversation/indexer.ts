import type { Spoken } from '../features/search/index-store.ts';
import { FIRST_RETRY, LAST_RETRY } from './projector.ts';

/**
 * Keeps the search in step with what was said, in few writes: a conversation's text goes there when
 * it closes, when a text was changed or taken back, and when the alarm rings. What that missed, the
 * next ring makes up for: an index that has it already is asked, and not written.
 */
type Deps = {
  write: (read: () => Spoken) => Promise<void>;
  read: () => Spoken;
  retryIn: (milliseconds: number) => void;
  report: (error: unknown) => void;
};

export class Indexer {
  readonly #deps: Deps;
  #running: Promise<void> | null = null;
  #asked = false;
  #closedAt: string | null;
  #failures = 0;

  /** @param closedAt when the conversation was closed, as far as the index was told */
  constructor(deps: Deps, closedAt: string | null) {
    this.#deps = deps;
    this.#closedAt = closedAt;
  }

  /**
   * Something changed: a closing is told to the index, anything else waits for the alarm.
   *
   * @returns the telling, when there is one
   */
  changed(closedAt: string | null): Promise<void> | null {
    const isNews = closedAt !== null && closedAt !== this.#closedAt;
    this.#closedAt = closedAt;
    return isNews ? this.settle() : null;
  }

  /** Brings the index up to the newest text; when it could not, a retry was asked for. */
  settle(): Promise<void> {
    this.#asked = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#asked) {
        this.#asked = false;
        await this.#deps.write(this.#deps.read);
        this.#failures = 0;
      }
    } catch (error) {
      this.#deps.report(error);
      this.#deps.retryIn(Math.min(LAST_RETRY, FIRST_RETRY * 2 ** this.#failures));
      this.#failures += 1;
    }
  }
}
