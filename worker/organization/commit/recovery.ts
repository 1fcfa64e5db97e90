/**
 * Remembers which conversations could not be written while the database was away, and calls them once it
 * is back, so that the lists do not wait for the alarms of the conversations, which ring later each time.
 *
 *   well ──missed──► away ──a read or a flush is answered──► well, and the conversations are called
 *
 * Invariants:
 * 1. While away, the database is asked twice a second, and after LONG less often. Where nothing was missed,
 *    it is never asked, and there is no timer (P15).
 * 2. Each conversation that was missed is called once, and not waited for by anybody who calls here. One
 *    that does not answer has its own alarm.
 * 3. Where the conversations that were called are missed again at once, as when the database answers reads
 *    alone, it is asked later each time, up to ASK_SELDOM.
 * 4. All of it is in memory: after a crash the alarms do the same.
 */

/** Milliseconds between two questions whether the database is back: a quarter of what the lists may take. */
export const ASK_EVERY = 500;

/** Milliseconds of an outage after which it is asked less often, and how often then. */
export const LONG = 5 * 60_000;
export const ASK_SELDOM = 10_000;

/** Milliseconds for an answer; a later one is none. */
const ANSWER_WITHIN = 5_000;

/** Conversations that are remembered: as many as an object may call in one go. The others have their alarms. */
export const MOST = 900;

type Deps = {
  /** Asks the database something; throws where it is away. */
  ask: () => Promise<unknown>;
  /** Calls the conversations. */
  call: (conversationIds: readonly string[]) => void;
  /** Milliseconds since 1970. */
  now: () => number;
};

export class Recovery {
  readonly #deps: Deps;
  #missed = new Set<string>();
  #awaySince = 0;
  #answeredAt = Number.NEGATIVE_INFINITY;
  /** How often, one after the other, it was back and was not. */
  #mistakes = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Whether the database is away, as far as is known. */
  get isAway(): boolean {
    return this.#timer !== undefined;
  }

  /** The database was away for these. */
  missed(conversationIds: Iterable<string>): void {
    for (const id of conversationIds) if (this.#missed.size < MOST) this.#missed.add(id);
    if (this.#missed.size === 0 || this.#timer !== undefined) return;
    this.#awaySince = this.#deps.now();
    const isMistake = this.#awaySince - this.#answeredAt < ASK_SELDOM;
    this.#mistakes = isMistake ? this.#mistakes + 1 : 0;
    this.#askLater();
  }

  /** The database answered. */
  answered(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#missed.size === 0) return;
    const ids = [...this.#missed];
    this.#missed = new Set();
    this.#answeredAt = this.#deps.now();
    this.#deps.call(ids);
  }

  #askLater(): void {
    const isLong = this.#deps.now() - this.#awaySince >= LONG;
    const wait = isLong ? ASK_SELDOM : Math.min(ASK_SELDOM, ASK_EVERY * 2 ** this.#mistakes);
    this.#timer = setTimeout(() => void this.#ask(), wait);
  }

  async #ask(): Promise<void> {
    const timer = this.#timer;
    const isBack = await inTime(this.#deps.ask());
    // A flush may have been answered meanwhile.
    if (this.#timer !== timer) return;
    if (isBack) this.answered();
    else this.#askLater();
  }
}

/** Whether it succeeds within ANSWER_WITHIN. */
async function inTime(work: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_WITHIN);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  const answer = await Promise.race([done, late]);
  clearTimeout(timer);
  return answer;
}
