import { Throttle } from '../../kernel/throttle.ts';
import type { Founding, State } from '../state/state.ts';
import type { Drain, Outlet } from './drain.ts';

/**
 * Keeps the database and the agents in step with the log (P7), after the ack and never before it: one
 * consumer of the conversation's drain, which makes one call for both.
 *
 * Invariants of the spacing, by which a burst of changes costs one call a second, and not one a change:
 * 1. The first change after a pause is told at once; none waits longer than SPACING.
 * 2. A caller that needs the lists (`settle`: creating, claiming, changing, closing, the alarm) waits
 *    for no spacing, and leaves no timer behind.
 * 3. A change that nobody waits for needs no outcome of the database: the organization's object takes the
 *    row, and the object sleeps. The next write's guess shows where it was lost; where none comes, the
 *    alarm looks (K15).
 * 4. A timer exists only while a change waits: it keeps the object awake, for SPACING at most.
 *    An object that has one does not hibernate; one that dies with it is made up for as after any
 *    crash between an ack and the projection, by the alarm or by the next call.
 */

export type Snapshot = {
  founding: Founding;
  /** The newest state, which the agents are told. */
  state: State;
  /**
   * The newest that the log has, which the database is told: after a sleep the object knows of no
   * other, and so guesses right what the row holds.
   */
  storedState: State;
};

/** Which parts of a snapshot are due. */
export type Due = {
  /** For the agents: what they were told last. */
  news: { before: State } | null;
  /**
   * For the database: what it probably holds, so that only what differs is named (an update pays for
   * each index whose columns it names). `certain`: it is known to hold that, or was told. `waits`: somebody
   * waits for the row.
   */
  row: { guess: State; certain: boolean; waits: boolean } | null;
};

/** Whether each part succeeded. One may succeed without the other. */
export type Outcome = { news: boolean; row: boolean; error?: unknown };

type Deps = {
  read: () => Snapshot;
  /** Tells the agents and writes the row, in one call. Never throws. */
  commit: (snapshot: Snapshot, due: Due) => Promise<Outcome>;
  /** Where a failure is reported; never to a client. */
  report: (error: unknown) => void;
};

/**
 * Milliseconds between two calls of a burst: what a reload shows may be two seconds behind what
 * a socket showed, which leaves the second one for the writing.
 */
export const SPACING = 1_000;

/**
 * Milliseconds that a person who changed something waits for the lists. The change is kept already,
 * and the lists follow.
 */
export const LISTS_WITHIN = 2_000;

export class Projector {
  readonly #deps: Deps;
  readonly #outlet: Outlet;
  /** What the database holds, as far as the object knows. */
  #projected: State;
  /** Whether it is known, and not only likely. */
  #certain: boolean;
  /** Whether somebody waits for what the next run does. */
  #isAwaited = false;
  /** How often it was doubted: a doubt that comes during a run is not settled by that run. */
  #doubts = 0;
  /** The version that the agents were told last. */
  #published: number;
  /** The state that they were told last; after a wake what the log has, which is the same but for crashes. */
  #publishedState: State;
  readonly #throttle = new Throttle(SPACING, () => void this.#outlet.request());

  /** @param certain whether the database holds `projected` for certain; else it is checked once */
  constructor(drain: Drain, deps: Deps, projected: State, certain: boolean) {
    this.#deps = deps;
    this.#projected = projected;
    this.#certain = certain;
    this.#published = certain ? projected.version : 0;
    this.#publishedState = projected;
    this.#outlet = drain.add({
      run: () => this.#run(),
      report: (error) => deps.report(error),
      doubt: () => this.doubt(),
    });
  }

  /** Makes the next `settle` look whether the database really holds what it should. */
  doubt(): void {
    this.#certain = false;
    this.#doubts += 1;
  }

  /** Makes the next `settle` tell the agents, changed or not. */
  announce(): void {
    this.#published = 0;
  }

  /** Something changed: it is told at once after a pause, and within SPACING in a burst. */
  changed(): void {
    // A look that has not begun sees this change, too: no timer need keep the object awake for it.
    if (this.#outlet.isRequested) return;
    this.#throttle.request();
  }

  /**
   * Brings the database and the agents up to the newest state, now.
   *
   * @returns whether both have it; when not, a retry is set
   */
  settle(): Promise<boolean> {
    this.#throttle.cancel();
    this.#isAwaited = true;
    return this.#outlet.request();
  }

  /** As `settle`, for a person who looks at the lists next: LISTS_WITHIN at most. */
  async settleSoon(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LISTS_WITHIN);
    });
    await Promise.race([this.settle(), timeout]);
    clearTimeout(timer);
  }

  async #run(): Promise<void> {
    const waits = this.#isAwaited;
    this.#isAwaited = false;
    const snapshot = this.#deps.read();
    const news = snapshot.state.version > this.#published ? { before: this.#publishedState } : null;
    const isRowDue = !this.#certain || snapshot.storedState.version > this.#projected.version;
    const row = isRowDue ? { guess: this.#projected, certain: this.#certain, waits } : null;
    if (!news && !row) return;
    const doubts = this.#doubts;
    const outcome = await this.#deps.commit(snapshot, { news, row });
    if (news && outcome.news) {
      this.#published = snapshot.state.version;
      this.#publishedState = snapshot.state;
    }
    if (row && outcome.row) {
      this.#projected = snapshot.storedState;
      this.#certain = doubts === this.#doubts;
    }
    if ((news && !outcome.news) || (row && !outcome.row))
      throw outcome.error ?? new Error('The projection failed.');
  }
}
