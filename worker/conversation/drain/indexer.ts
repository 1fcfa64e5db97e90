import type { ConversationText } from '../../features/search/index-store.ts';
import type { Drain, Outlet } from './drain.ts';

/**
 * Keeps the search in step with what was said, in few writes: a conversation's text goes there when
 * it closes, when a text was changed or taken back, and when the alarm rings. What that missed, the
 * next ring makes up for: an index that has it already is asked, and not written.
 *
 * Nobody waits for the text of a conversation that closes, so it is handed over (K15), unless somebody asks
 * for a write meanwhile.
 */
type Deps = {
  write: (read: () => ConversationText) => Promise<void>;
  /** Has somebody else write it, whom nobody waits for; false where there is nobody. */
  handOver: (read: () => ConversationText) => Promise<boolean>;
  read: () => ConversationText;
  report: (error: unknown) => void;
};

export class Indexer {
  readonly #outlet: Outlet;
  #closedAt: string | null;
  /** Whether the next run need not wait for the index. */
  #mayHandOver = false;

  /** @param closedAt when the conversation was closed, as far as the index was told */
  constructor(drain: Drain, { write, handOver, read, report }: Deps, closedAt: string | null) {
    this.#closedAt = closedAt;
    this.#outlet = drain.add({
      run: async () => {
        const mayHandOver = this.#mayHandOver;
        this.#mayHandOver = false;
        if (!(mayHandOver && (await handOver(read)))) await write(read);
      },
      report,
      doubt: () => {
        this.#mayHandOver = false;
      },
    });
  }

  /**
   * Something changed: a closing is written to the index at once, anything else when the alarm rings.
   *
   * @returns the writing; null where there is none
   */
  changed(closedAt: string | null): Promise<boolean> | null {
    const isNews = closedAt !== null && closedAt !== this.#closedAt;
    this.#closedAt = closedAt;
    if (!isNews) return null;
    this.#mayHandOver = !this.#outlet.isRequested;
    return this.#outlet.request();
  }

  /** Brings the index up to the newest text; when not, a retry is set. */
  settle(): Promise<boolean> {
    this.#mayHandOver = false;
    return this.#outlet.request();
  }
}
