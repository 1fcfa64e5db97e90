import { type Quotas, visitorMessagesOf } from '../../features/quotas/quotas.ts';
import { Bucket } from '../../kernel/bucket.ts';
import { FoyerError } from '../../kernel/errors.ts';

/** What the brake reads of the log when the object has just woken. */
export type Past = {
  /** How many entries the log has. */
  entries: number;
  /** When the conversation began: milliseconds. */
  began: number;
  /** When the entry of that number was written: milliseconds. */
  at: (seq: number) => number;
};

/**
 * How fast the visitor may write in one conversation: one bucket for all of their sockets, browsers
 * and requests. It lives in memory. After a wake it is as full as the log allows: since the entry
 * that is as many entries back as the bucket holds, no more can have been refilled than the time
 * since then gives. Agents' entries count there too, so a visitor may have to wait longer in the first
 * minutes after a wake.
 */
export class Brake {
  readonly #quotas: Quotas;
  readonly #past: () => Past;
  #bucket: Bucket | undefined;

  constructor(quotas: Quotas, past: () => Past) {
    this.#quotas = quotas;
    this.#past = past;
  }

  /**
   * Counts one message of the visitor.
   *
   * @param now milliseconds
   * @throws FoyerError rate_limited, with the seconds after which the next one passes
   */
  count(now: number): void {
    this.#bucket ??= this.#refilled(now);
    if (this.#bucket.take(now)) return;
    throw new FoyerError('rate_limited', { retryAfter: Math.ceil(this.#bucket.wait) });
  }

  #refilled(now: number): Bucket {
    const rate = visitorMessagesOf(this.#quotas);
    const { entries, began, at } = this.#past();
    const since = entries < rate.burst ? began : at(entries - rate.burst + 1);
    const left = Math.max(0, rate.burst - entries);
    const tokens = left + (Math.max(0, now - since) / 1000) * rate.perSecond;
    return new Bucket(rate, now, tokens);
  }
}
