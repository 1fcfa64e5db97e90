import { Spaced } from '../kernel/spaced.ts';
import type { Founding, State } from './state.ts';

/**
 * Keeps the database and the inbox in step with the log (P7), after the ack and never before it.
 *
 * The log is its own outbox: what is to be said is the newest state, so whatever was missed is made
 * up for by saying it once. One run at a time; changes that come meanwhile are in the next run.
 * When a run fails, the alarm tries again, later each time, and the chat goes on.
 *
 * Invariants of the spacing, by which a burst of changes costs the database and the inbox one call
 * a second each, and not one a change:
 * 1. The first change after a pause is told at once; none waits longer than SPACING.
 * 2. Whoever waits for the lists (`settle`: founding, claiming, changing, closing, the alarm) waits
 *    for no timer, and leaves none behind.
 * 3. A timer exists only while a change waits: it keeps the object awake, for SPACING at most.
 *    An object that has one does not hibernate; one that dies with it is made up for as after any
 *    crash between an ack and the projection, by the alarm or by whoever opens it next.
 */

export type Snapshot = {
  founding: Founding;
  /** The newest state, which the inbox is told. */
  state: State;
  /**
   * The newest that the log has, which the database is told: after a sleep the object knows of no
   * other, and so guesses right what the row holds.
   */
  kept: State;
};

type Deps = {
  read: () => Snapshot;
  /**
   * Writes the kept state to the database if that has an older one. `guess` is what it probably
   * holds, so that only what differs is named: an update pays for each index whose columns it names.
   * `certain`: it is known to hold that.
   */
  project: (snapshot: Snapshot, guess: State, certain: boolean) => Promise<void>;
  /** Tells the organization's agents; `before` is what they were told last. */
  publish: (snapshot: Snapshot, before: State) => Promise<void>;
  /** Asks for another `settle` in so many milliseconds. */
  retryIn: (milliseconds: number) => void;
  /** Where the failure goes; never to a client. */
  report: (error: unknown) => void;
};

/**
 * Milliseconds between two tellings of a burst: what a reload shows may be two seconds behind what
 * a socket showed, which leaves the second one for the writing.
 */
export const SPACING = 1_000;

/** Milliseconds before the first retry, doubled up to the last. */
export const FIRST_RETRY = 1_000;
export const LAST_RETRY = 5 * 60_000;

export class Projector {
  readonly #deps: Deps;
  /** What the database holds, as far as the object knows. */
  #projected: State;
  /** Whether it is known, and not only likely. */
  #certain: boolean;
  /** The version that the inbox was told last. */
  #published: number;
  /** The state that it was told last; after a wake what the log has, which is the same but for crashes. */
  #told: State;
  #running: Promise<boolean> | null = null;
  /** Whether something changed since the last look. What only the visitor has read does not count. */
  #asked = false;
  /** Tries that failed one after the other; changes that come meanwhile are no tries of their own. */
  #failures = 0;
  #failing = false;
  readonly #spaced = new Spaced(SPACING, () => void this.settle());

  /** @param certain whether the database holds `projected` for certain; else it is checked once */
  constructor(deps: Deps, projected: State, certain: boolean) {
    this.#deps = deps;
    this.#projected = projected;
    this.#certain = certain;
    this.#published = certain ? projected.version : 0;
    this.#told = projected;
  }

  /** Makes the next `settle` look whether the database really holds what it should. */
  doubt(): void {
    this.#certain = false;
  }

  /** Makes the next `settle` tell the inbox, changed or not. */
  announce(): void {
    this.#published = 0;
  }

  /** Something changed: it is told at once after a pause, and within SPACING in a burst. */
  changed(): void {
    this.#spaced.ask();
  }

  /**
   * Brings database and inbox up to the newest state, now.
   *
   * @returns whether both have it; when not, a retry was asked for
   */
  settle(): Promise<boolean> {
    this.#spaced.cancel();
    this.#asked = true;
    // Not before the turn is over: what changes in it is said at once.
    this.#running ??= Promise.resolve().then(() => this.#run());
    return this.#running;
  }

  /** Looks whether the database really holds what it should: the try that a failure asked for. */
  retry(): Promise<boolean> {
    if (this.#failing) this.#failures += 1;
    this.doubt();
    return this.settle();
  }

  async #run(): Promise<boolean> {
    try {
      while (this.#asked) {
        this.#asked = false;
        const snapshot = this.#deps.read();
        const work: Promise<void>[] = [];
        if (snapshot.state.version > this.#published) work.push(this.#publish(snapshot));
        if (!this.#certain || snapshot.kept.version > this.#projected.version) {
          work.push(this.#project(snapshot));
        }
        const results = await Promise.allSettled(work);
        const failure = results.find(({ status }) => status === 'rejected');
        if (failure) {
          this.#deps.report('reason' in failure ? failure.reason : failure);
          this.#deps.retryIn(Math.min(LAST_RETRY, FIRST_RETRY * 2 ** this.#failures));
          this.#failing = true;
          return false;
        }
        this.#failing = false;
        this.#failures = 0;
      }
      return true;
    } finally {
      // In the same turn as the last look: a change after it starts the next run.
      this.#running = null;
    }
  }

  async #project(snapshot: Snapshot): Promise<void> {
    await this.#deps.project(snapshot, this.#projected, this.#certain);
    this.#projected = snapshot.kept;
    this.#certain = true;
  }

  async #publish(snapshot: Snapshot): Promise<void> {
    await this.#deps.publish(snapshot, this.#told);
    this.#published = snapshot.state.version;
    this.#told = snapshot.state;
  }
}
