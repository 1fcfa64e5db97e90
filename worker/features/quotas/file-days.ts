import { z } from 'zod';
import type { Quotas } from './quotas.ts';

/** Visitors whose files are counted on one day; beyond them only the organization's sum is. */
const MOST_VISITORS = 5_000;

/** Milliseconds between two writes while files come. */
const WRITE_EVERY = 60_000;

const DAY = 86_400_000;

const KEY = 'file-days';

const day = z.object({
  /** Days since 1970, UTC. */
  day: z.int(),
  bytes: z.number(),
  visitors: z.record(z.string(), z.number()),
});
type Day = z.infer<typeof day>;

/** The part of a Durable Object's storage that this needs. */
type Kv = { get(key: string): unknown; put(key: string, value: unknown): void };

/**
 * The bytes of files that an organization's visitors sent today. Kept in memory and written once a
 * minute while files come: an organization without files has no row, and what a crash forgets is a
 * minute's files at most.
 */
export class FileDays {
  readonly #quotas: Quotas;
  readonly #kv: Kv;
  #today: Day | undefined;
  #written = 0;

  constructor(quotas: Quotas, kv: Kv) {
    this.#quotas = quotas;
    this.#kv = kv;
  }

  /**
   * Counts a file before its bytes come; one that is refused is not counted.
   *
   * @param visitor who sends it
   * @param now milliseconds since the epoch
   * @param most bytes of one visitor in a day; left out: the installation's number
   * @returns seconds until the next day if it is too much, or null
   */
  take(
    visitor: string,
    bytes: number,
    now: number,
    most = this.#quotas.visitor_file_bytes_per_day,
  ): number | null {
    const today = this.#on(Math.floor(now / DAY));
    const before = today.visitors[visitor] ?? 0;
    const { organization_file_bytes_per_day } = this.#quotas;
    if (before + bytes > most || today.bytes + bytes > organization_file_bytes_per_day) {
      return Math.ceil(((today.day + 1) * DAY - now) / 1_000);
    }
    today.bytes += bytes;
    if (before > 0 || Object.keys(today.visitors).length < MOST_VISITORS) {
      today.visitors[visitor] = before + bytes;
    }
    if (now - this.#written >= WRITE_EVERY || now < this.#written) {
      this.#kv.put(KEY, today);
      this.#written = now;
    }
    return null;
  }

  #on(number: number): Day {
    this.#today ??= day.safeParse(this.#kv.get(KEY)).data;
    if (this.#today?.day !== number) this.#today = { day: number, bytes: 0, visitors: {} };
    return this.#today;
  }
}
