import { z } from 'zod';

/** What an installation does by itself, and remembers how it went. */
export type Remembered = 'sweep_rows' | 'sweep_files' | 'mail';

const outcome = z.object({
  /** When it succeeded and failed the last time: milliseconds since the epoch. */
  done_at: z.number().nullable(),
  failed_at: z.number().nullable(),
  /** A word of the log for the last failure (kernel/log/log-error.ts). */
  code: z.string().nullable(),
});
export type Outcome = z.infer<typeof outcome>;

/** The part of a Durable Object's storage that this needs. */
type Kv = { get(key: string): unknown; put(key: string, value: unknown): void };

const keyOf = (what: Remembered) => `outcome:${what}`;

/** The last outcomes, one row each: in an object and not in the database, which may be what failed. */
export class Outcomes {
  readonly #kv: Kv;

  constructor(kv: Kv) {
    this.#kv = kv;
  }

  /** @param failure a word of the log; null for a success */
  note(what: Remembered, failure: string | null, now: number): void {
    const last = this.#read(what);
    this.#kv.put(
      keyOf(what),
      failure === null ? { ...last, done_at: now } : { ...last, failed_at: now, code: failure },
    );
  }

  all(): Record<Remembered, Outcome> {
    return {
      sweep_rows: this.#read('sweep_rows'),
      sweep_files: this.#read('sweep_files'),
      mail: this.#read('mail'),
    };
  }

  #read(what: Remembered): Outcome {
    const stored = outcome.safeParse(this.#kv.get(keyOf(what)));
    return stored.success ? stored.data : { done_at: null, failed_at: null, code: null };
  }
}
