import type { ConversationText } from '../../features/search/index-store.ts';
import type { Drain, Outlet } from './drain.ts';

/**
 * Keeps the search in step with what was said, in few writes: a conversation's text goes there when
 * it closes, when a text was changed or taken back, and when the alarm rings. What that missed, the
 * next ring makes up for: an index that has it already is asked, and not written.
 */
type Deps = {
  write: (read: () => ConversationText) => Promise<void>;
  read: () => ConversationText;
  report: (error: unknown) => void;
};

export class Indexer {
  readonly #outlet: Outlet;
  #closedAt: string | null;

  /** @param closedAt when the conversation was closed, as far as the index was told */
  constructor(drain: Drain, { write, read, report }: Deps, closedAt: string | null) {
    this.#closedAt = closedAt;
    this.#outlet = drain.add({ run: () => write(read), report });
  }

  /**
   * Something changed: a closing is written to the index at once, anything else when the alarm rings.
   *
   * @returns the writing; null where there is none
   */
  changed(closedAt: string | null): Promise<boolean> | null {
    const isNews = closedAt !== null && closedAt !== this.#closedAt;
    this.#closedAt = closedAt;
    return isNews ? this.settle() : null;
  }

  /** Brings the index up to the newest text; when not, a retry is set. */
  settle(): Promise<boolean> {
    return this.#outlet.request();
  }
}
