/**
 * What follows the log after the ack: the projection, the search index, and later the stream.
 *
 * The log is the outbox, so nothing is queued here: a consumer reads the newest state and tells it
 * once. States of a consumer:
 *
 *   idle ──ask──► asked ──its turn──► running ──success──► idle, or asked where it was asked meanwhile
 *                                        └────failure───► failing ──ask or retry──► asked
 *
 * Invariants:
 * 1. One consumer runs at a time, and each has its turn: one that is asked again and again does not
 *    hold up another.
 * 2. A request during a run is part of the next run. No request is left out.
 * 3. A failure stops no other consumer. It asks for a retry, later each time, from FIRST_RETRY up to
 *    LAST_RETRY; only `retry` counts as a try, so somebody who talks on does not wait longer.
 * 4. After a crash nothing is known of what was asked: the alarm calls `retry`, which asks all of
 *    them, and each looks for itself whether it has something to do.
 */
export type Consumer = {
  /** Brings its target up to the newest state; throws where it could not. */
  run(): Promise<void>;
  /** Where a failure is reported; never to a client. */
  report(error: unknown): void;
  /** Makes the next run look whether the target really has what it should. */
  doubt?(): void;
};

/** Milliseconds before the first retry, doubled up to the last. */
export const FIRST_RETRY = 1_000;
export const LAST_RETRY = 5 * 60_000;

export class Drain {
  readonly #retryIn: (milliseconds: number) => void;
  readonly #outlets: Outlet[] = [];
  #running = false;
  /** The index of the outlet whose turn is next. */
  #next = 0;

  /** @param retryIn asks for a `retry` in so many milliseconds */
  constructor(retryIn: (milliseconds: number) => void) {
    this.#retryIn = retryIn;
  }

  add(consumer: Consumer): Outlet {
    const outlet = new Outlet(consumer, this.#retryIn, () => this.#start());
    this.#outlets.push(outlet);
    return outlet;
  }

  /** The retry after a failure or a crash. Returns whether each outlet succeeded, in the order of `add`. */
  retry(): Promise<boolean[]> {
    return Promise.all(this.#outlets.map((outlet) => outlet.retry()));
  }

  #start(): void {
    if (this.#running) return;
    this.#running = true;
    // Not before the turn is over: what changes in it is told at once.
    queueMicrotask(() => void this.#run());
  }

  async #run(): Promise<void> {
    for (let outlet = this.#take(); outlet; outlet = this.#take()) await outlet.run();
    // In the same turn as the last check: a later request starts the next run.
    this.#running = false;
  }

  #take(): Outlet | undefined {
    const { length } = this.#outlets;
    for (let step = 0; step < length; step += 1) {
      const index = (this.#next + step) % length;
      const outlet = this.#outlets[index];
      if (!outlet?.isRequested) continue;
      this.#next = (index + 1) % length;
      return outlet;
    }
    return undefined;
  }
}

/** The drain's end for one consumer. */
export class Outlet {
  readonly #consumer: Consumer;
  readonly #retryIn: (milliseconds: number) => void;
  readonly #start: () => void;
  #isRequested = false;
  #answer: Answer | null = null;
  /** Tries that failed one after the other; changes that come meanwhile are no tries of their own. */
  #failures = 0;
  #failing = false;

  constructor(consumer: Consumer, retryIn: (milliseconds: number) => void, start: () => void) {
    this.#consumer = consumer;
    this.#retryIn = retryIn;
    this.#start = start;
  }

  get isRequested(): boolean {
    return this.#isRequested;
  }

  /**
   * Asks for a run with all that was changed until now.
   *
   * @returns whether it succeeded; when not, a retry is set
   */
  request(): Promise<boolean> {
    this.#isRequested = true;
    this.#answer ??= pending();
    this.#start();
    return this.#answer.promise;
  }

  retry(): Promise<boolean> {
    if (this.#failing) this.#failures += 1;
    this.#consumer.doubt?.();
    return this.request();
  }

  /** Called by the drain, one at a time. */
  async run(): Promise<void> {
    this.#isRequested = false;
    try {
      await this.#consumer.run();
    } catch (error) {
      this.#failing = true;
      this.#isRequested = false;
      this.#finish(false);
      this.#consumer.report(error);
      this.#retryIn(Math.min(LAST_RETRY, FIRST_RETRY * 2 ** this.#failures));
      return;
    }
    this.#failing = false;
    this.#failures = 0;
    if (!this.#isRequested) this.#finish(true);
  }

  #finish(succeeded: boolean): void {
    this.#answer?.resolve(succeeded);
    this.#answer = null;
  }
}

type Answer = { promise: Promise<boolean>; resolve: (succeeded: boolean) => void };

function pending(): Answer {
  let resolve: Answer['resolve'] = () => {};
  const promise = new Promise<boolean>((settled) => {
    resolve = settled;
  });
  return { promise, resolve };
}
