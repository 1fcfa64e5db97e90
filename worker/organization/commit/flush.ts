import { decide } from '../../conversation/projection/decision.ts';
import type { RowChange, RowOutcome } from './call.ts';
import { differs, type Rows } from './rows.ts';

/**
 * A flush has at most so many statements, the read and the halves of a refused batch included: on D1's
 * free plan an invocation may have 50 (developers.cloudflare.com/d1/platform/limits).
 */
export const MOST_STATEMENTS = 40;

/**
 * Statements that are counted for a row that is written alone: the update, two reads, the row with what it
 * refers to, and all columns. Only one whose values are refused needs more, as it is written in parts.
 */
const ALONE_STATEMENTS = 20;

/**
 * What a failure says.
 *
 * - `refused`: something about a statement, which another try would repeat
 * - `overloaded`: the database has too much to do, and asks for a pause
 * - `outage`: it did not answer
 */
export type Failure = 'refused' | 'overloaded' | 'outage';

/**
 * How a flush ended: `done`, `full` where the rest is for the next one, or what it stopped for. Where it
 * is not done, some changes have no outcome.
 */
export type Ending = 'done' | 'full' | Exclude<Failure, 'refused'>;

/** What is known of a change that an earlier flush did not finish. */
type Doubt = {
  /** Its row is not as guessed. */
  isMissed: boolean;
  /** Changes that its batch may have, since a larger one was refused; 0: it is written alone. */
  most: number;
};

/** Kept from one flush to the next, so that each one gets further. */
export type Doubts = WeakMap<RowChange, Doubt>;

export type FlushDeps = {
  rows: Rows;
  doubts: Doubts;
  classify: (error: unknown) => Failure;
  /** A change that cannot be written was set aside. */
  report: (change: RowChange, error: unknown) => void;
};

type Settle = (change: RowChange, outcome: RowOutcome) => void;

class Stopped extends Error {
  readonly ending: Exclude<Failure, 'refused'>;

  constructor(ending: Exclude<Failure, 'refused'>, cause: unknown) {
    super('The database is away.', { cause });
    this.ending = ending;
  }
}

/**
 * Writes the changes of a flush, one conversation each.
 *
 *   change ──differs──► update ──row was as guessed──► written
 *      │                   └──not hit──┐
 *      └──whole row──────────────────► read ──newer──► written
 *                                        ├──same, older──► replace ──► written
 *                                        └──absent──► alone ──► restored or set aside
 *   A batch that is refused is written in halves, and a change that is refused alone goes to `alone`.
 *
 * Invariants:
 * 1. Every change gets one outcome, or none where the flush did not end with `done`: then nobody says
 *    that it was written, though it may have been. The versions make that harmless.
 * 2. A batch is refused as a whole, and names no statement: what is not refused in its half is written.
 * 3. An outage never counts against a change: nothing is set aside for it.
 * 4. It has at most MOST_STATEMENTS in all, but for one change that needs more by itself. What does not
 *    fit is for the next flush, which goes on where this one stopped.
 * 5. The first change gets as far as a flush can bring it. So each flush brings the rest further.
 *
 * @param tell is told each outcome as soon as it is known
 * @returns how it ended, and the failure that it stopped for
 */
export async function flush(
  changes: readonly RowChange[],
  deps: FlushDeps,
  tell: Settle,
): Promise<{ ending: Ending; error?: unknown }> {
  const run = new Run(changes, deps, tell);
  try {
    return { ending: (await run.all()) ? 'done' : 'full' };
  } catch (error) {
    if (error instanceof Stopped) return { ending: error.ending, error: error.cause };
    throw error;
  }
}

class Run {
  readonly #changes: readonly RowChange[];
  readonly #deps: FlushDeps;
  readonly #tell: Settle;
  readonly #open: Set<RowChange>;
  /** Whose rows were looked at. */
  readonly #looked = new Set<RowChange>();
  #left = MOST_STATEMENTS;
  #hasWritten = false;

  constructor(changes: readonly RowChange[], deps: FlushDeps, tell: Settle) {
    this.#changes = changes;
    this.#deps = deps;
    this.#tell = tell;
    this.#open = new Set(changes);
  }

  /** @returns whether every change has an outcome */
  async all(): Promise<boolean> {
    const [first] = this.#changes;
    // What waits longest comes first, so that the others leave it statements.
    if (first && this.#isAlone(first)) await this.#writeEachAlone();
    else if (first && !this.#isUpdate(first)) await this.#writeWhole();
    await this.#update();
    await this.#writeWhole();
    await this.#writeEachAlone();
    return this.#open.size === 0;
  }

  async #update(): Promise<void> {
    const updates = [...this.#open].filter((change) => this.#isUpdate(change));
    const parts = this.#parts(updates, () => 1);
    await this.#write(
      parts,
      () => 1,
      async (part) => {
        const hit = await this.#deps.rows.update(part);
        for (const change of part) {
          if (hit.has(idOf(change))) this.#settle(change, 'written');
          else this.#doubt(change, { isMissed: true });
        }
      },
    );
  }

  /** What is not as guessed, or cannot be guessed: by what a read says. */
  async #writeWhole(): Promise<void> {
    const looked = [...this.#open].filter(
      (change) => !this.#isUpdate(change) && !this.#isAlone(change) && !this.#looked.has(change),
    );
    if (looked.length === 0 || !this.#take(1)) return;
    const versions = await this.#unlessAway(() => this.#deps.rows.versions(looked));
    const replaced: RowChange[] = [];
    for (const change of looked) {
      this.#looked.add(change);
      const decision = decide(versions.get(idOf(change)) ?? null, change.state.version);
      // What was done with it is not in the row: a newer one says nothing of that.
      if (decision === 'newer' && !change.activity) this.#settle(change, 'written');
      else if (decision === 'absent') this.#doubt(change, { most: 0 });
      else replaced.push(change);
    }
    const statementsOf = (change: RowChange) => this.#deps.rows.statementsOf(change);
    await this.#write(this.#parts(replaced, statementsOf), statementsOf, async (part) => {
      await this.#deps.rows.replace(part);
      for (const change of part) this.#settle(change, 'written');
    });
  }

  async #writeEachAlone(): Promise<void> {
    for (const change of [...this.#open].filter((change) => this.#isAlone(change))) {
      if (this.#take(ALONE_STATEMENTS)) await this.#writeAlone(change);
    }
  }

  /** Writes the parts that there are statements for; one that is refused in halves. */
  async #write(
    parts: readonly RowChange[][],
    statementsOf: (change: RowChange) => number,
    write: (part: readonly RowChange[]) => Promise<void>,
  ): Promise<void> {
    const left = parts.toReversed();
    for (let part = left.pop(); part; part = left.pop()) {
      if (!this.#take(sum(part, statementsOf))) {
        // It needs more than there are by itself: in a flush of its own.
        if (this.#hasWritten) continue;
        this.#left = 0;
      }
      this.#hasWritten = true;
      try {
        await write(part);
      } catch (error) {
        this.#mustBeRefused(error);
        const half = part.length === 1 ? 0 : Math.ceil(part.length / 2);
        for (const change of part) this.#doubt(change, { most: half });
        if (half > 0) left.push(part.slice(half), part.slice(0, half));
      }
    }
  }

  async #writeAlone(change: RowChange): Promise<void> {
    this.#hasWritten = true;
    try {
      this.#settle(change, await this.#deps.rows.alone(change));
    } catch (error) {
      this.#mustBeRefused(error);
      this.#deps.report(change, error);
      this.#settle(change, 'set_aside');
    }
  }

  /** Batches, each with no more than there are statements for, and than its changes were refused in. */
  #parts(
    changes: readonly RowChange[],
    statementsOf: (change: RowChange) => number,
  ): RowChange[][] {
    const parts: RowChange[][] = [];
    for (const change of changes) {
      const last = parts.at(-1);
      const longer = [...(last ?? []), change];
      const most = Math.min(...longer.map((each) => this.#doubtOf(each).most));
      if (last && longer.length <= most && sum(longer, statementsOf) <= this.#left)
        last.push(change);
      else parts.push([change]);
    }
    return parts;
  }

  /** Whether there are so many statements left; takes them. */
  #take(statements: number): boolean {
    const isLeft = statements <= this.#left;
    if (isLeft) this.#left -= statements;
    return isLeft;
  }

  #isUpdate(change: RowChange): boolean {
    return differs(change) && !this.#doubtOf(change).isMissed && !this.#isAlone(change);
  }

  #isAlone(change: RowChange): boolean {
    return this.#doubtOf(change).most === 0;
  }

  #doubtOf(change: RowChange): Doubt {
    return this.#deps.doubts.get(change) ?? NO_DOUBT;
  }

  #doubt(change: RowChange, more: Partial<Doubt>): void {
    this.#deps.doubts.set(change, { ...this.#doubtOf(change), ...more });
  }

  #settle(change: RowChange, outcome: RowOutcome): void {
    this.#open.delete(change);
    this.#tell(change, outcome);
  }

  async #unlessAway<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await work();
    } catch (error) {
      this.#mustBeRefused(error);
      throw error;
    }
  }

  #mustBeRefused(error: unknown): void {
    const failure = this.#deps.classify(error);
    if (failure !== 'refused') throw new Stopped(failure, error);
  }
}

const NO_DOUBT: Doubt = { isMissed: false, most: Number.POSITIVE_INFINITY };

/** The statements of a batch: what was done with its conversations is one more. */
function sum(part: readonly RowChange[], statementsOf: (change: RowChange) => number): number {
  const record = part.some(({ activity }) => activity) ? 1 : 0;
  return part.reduce((all, change) => all + statementsOf(change), record);
}

function idOf({ founding }: RowChange): string {
  return founding.id;
}
