/**
 * Milliseconds after a change in which the alarm looks whether the database has it: what a crash
 * between ack and projection leaves behind. One alarm, and so one row, for all changes meanwhile.
 */
export const WATCHDOG = 30 * 60_000;

/** The object's one alarm. It moves only earlier, since each move is a row on the bill. */
export class Alarm {
  readonly #ctx: DurableObjectState;
  /** When it rings, in milliseconds since 1970; null when it is not set. */
  #at: number | null = null;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
    ctx.blockConcurrencyWhile(async () => {
      this.#at = await ctx.storage.getAlarm();
    });
  }

  /** Has it ring in so many milliseconds, unless it rings before. */
  ringIn(milliseconds: number): void {
    const at = Date.now() + milliseconds;
    if (this.#at !== null && this.#at <= at) return;
    this.#at = at;
    this.#ctx.waitUntil(this.#ctx.storage.setAlarm(at));
  }

  /** It rang, and is not set any more. */
  rang(): void {
    this.#at = null;
  }
}
