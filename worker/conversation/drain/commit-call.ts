import type { Standing } from '../../features/quotas/addresses.ts';
import type { Answer, Commit, RowChange, RowOutcome } from '../../organization/commit/call.ts';
import type { Policy } from '../../organization/policy.ts';
import type { Projected } from '../projection/store.ts';

/**
 * A conversation's one call after a change, to its organization's object.
 *
 * States: `near` (the last call was answered), `once` (it failed once), `direct` (it failed twice or
 * more, one after the other).
 *
 * Invariants:
 * 1. A call that fails is made again at once, once, unless it ran out of time. An answer leads to `near`.
 * 2. In `direct` a change is offered to the organization's object once; where that fails, the
 *    conversation writes its row itself, so that the lists do not wait for that object (P7).
 * 3. A database that is away is no failure of the organization's object: the answer says so, and the
 *    conversation's alarm tries again. The direct way would not help.
 * 4. A call waits ANSWER_WITHIN at most, so that an object that hangs never holds up the drain.
 * 5. An organization's object of a version before this call gets the former one, and the row is written
 *    directly.
 */

/**
 * Milliseconds for an answer: the organization's object answers within 10 s by itself, so one that
 * takes longer hangs.
 */
export const ANSWER_WITHIN = 15_000;

/** Failures in a row after which the conversation writes its row itself. */
const DIRECT_AFTER = 2;

export type Committed = {
  /** Whether the agents were isPublished, where there was news. */
  isPublished: boolean;
  /** Left out where there was no row. */
  row?: RowOutcome | undefined;
  regards: Standing[];
  /** The organization's policy, where it is news. */
  policy?: Policy | undefined;
  /** Why something was not done. */
  error?: unknown;
};

type Deps = {
  call: (commit: Commit) => Promise<Answer>;
  /** The agents' part of it, as versions before `call` take it. */
  publish: (commit: Commit) => Promise<Standing[]>;
  /** Writes the row without the organization's object. */
  write: (row: RowChange) => Promise<Projected>;
};

/** The database did not answer the organization's object: an outage of the database for the caller. */
export class DatabaseAway extends Error {
  constructor() {
    super('Failed query: the organization’s object could not write the row');
    this.name = 'DatabaseAway';
  }
}

class NoAnswer extends Error {
  /** As the platform marks what may be tried again (http/refusal.ts). */
  readonly retryable = true;

  constructor() {
    super('The object did not answer in time.');
    this.name = 'NoAnswer';
  }
}

export class CommitCall {
  readonly #deps: Deps;
  #failures = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Makes the call. Never throws: the result says what was not done. */
  async make(commit: Commit): Promise<Committed> {
    const tries = this.#failures === 0 ? 2 : 1;
    let failure: unknown;
    for (let attempt = 0; attempt < tries; attempt += 1) {
      try {
        const { regards, row, policy } = await inTime(this.#deps.call(commit));
        this.#failures = 0;
        const error = row === 'unavailable' ? new DatabaseAway() : undefined;
        return { isPublished: true, row, regards, policy, error };
      } catch (error) {
        failure = error;
        this.#failures += 1;
        if (error instanceof NoAnswer || isUnknown(error)) break;
      }
    }
    if (isUnknown(failure)) return this.#formerly(commit);
    if (this.#failures < DIRECT_AFTER || !commit.row) {
      return { isPublished: false, row: commit.row && 'unavailable', regards: [], error: failure };
    }
    return { isPublished: false, ...(await this.#direct(commit.row)), regards: [], error: failure };
  }

  /** The organization's object is of a version that does not know the call. */
  async #formerly(commit: Commit): Promise<Committed> {
    const published = commit.news
      ? inTime(this.#deps.publish(commit)).then(
          (standings) => ({ isPublished: true, regards: standings }),
          (error: unknown) => ({ isPublished: false, regards: [], error }),
        )
      : { isPublished: true, regards: [] };
    const written = commit.row ? this.#direct(commit.row) : {};
    const [first, second] = await Promise.all([published, written]);
    return { ...second, ...first };
  }

  async #direct(row: RowChange): Promise<{ row: RowOutcome; error?: unknown }> {
    try {
      return { row: await this.#deps.write(row) };
    } catch (error) {
      return { row: 'unavailable', error };
    }
  }
}

/** How the runtime refuses a method that the other side does not have. */
function isUnknown(error: unknown): boolean {
  return error instanceof TypeError && /does not implement/.test(error.message);
}

async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer()), ANSWER_WITHIN);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
