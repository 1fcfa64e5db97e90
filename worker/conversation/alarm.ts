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

  /** Has it ring at a time, in milliseconds since 1970, unless it rings before. */
  ringAt(time: number): void {
    if (this.#at !== null && this.#at <= time) return;
    this.#at = time;
    this.#ctx.waitUntil(this.#ctx.storage.setAlarm(time));
  }

  /** It rang, and is not set any more. */
  clear(): void {
    this.#at = null;
  }
}
