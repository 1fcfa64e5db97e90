import type { Message } from '../../../protocol/conversation/message.ts';

/** The most entries that are kept, and letters of their texts: what a dropped connection misses. */
const MOST_ENTRIES = 32;
const MOST_LETTERS = 16_384;

/**
 * The newest entries of a log, as they were written, in memory: whoever comes back after a moment is
 * answered without a read. They are consecutive, and the last one is the log's last.
 */
export class Tail {
  #entries: Message[] = [];
  #letters = 0;

  /** Takes in the entry that was just written. */
  add(entry: Message): void {
    const last = this.#entries.at(-1);
    if (last && entry.seq !== last.seq + 1) this.clear();
    this.#entries.push(entry);
    this.#letters += entry.body.length;
    while (this.#entries.length > MOST_ENTRIES || this.#letters > MOST_LETTERS) {
      this.#letters -= this.#entries.shift()?.body.length ?? 0;
    }
  }

  /** Forgets all: an entry that it has may have changed. */
  clear(): void {
    this.#entries = [];
    this.#letters = 0;
  }

  /** All entries after a number, in order; null where it does not have all of them. */
  after(seq: number): readonly Message[] | null {
    const [first] = this.#entries;
    if (!first || seq < first.seq - 1) return null;
    return this.#entries.filter((entry) => entry.seq > seq);
  }
}
