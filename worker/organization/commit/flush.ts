import { decide } from '../../conversation/projection/decision.ts';
import type { RowChange, RowOutcome } from './call.ts';
import { differs, type Rows } from './rows.ts';

/** A flush and each batch of it have at most so many statements. */
export const MOST_STATEMENTS = 40;

/**
 * What a failure says.
 *
 * - `refused`: something about a statement, which another try would repeat
 * - `overloaded`: the database has too much to do, and asks for a pause
 * - `outage`: it did not answer
 */
export type Failure = 'refused' | 'overloaded' | 'outage';

/** How a flush ended: `done`, or what it stopped for. Then some changes have no outcome. */
export type Ending = 'done' | Exclude<Failure, 'refused'>;

export type FlushDeps = {
  rows: Rows;
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
 * 1. Every change gets one outcome, or none where the database is away: then nobody says that it was
 *    written, though it may have been. The versions make that harmless.
 * 2. A batch is refused as a whole, and names no statement: what is not refused in its half is written.
 * 3. An outage never counts against a change: nothing is set aside for it.
 * 4. A batch has MOST_STATEMENTS at most, but for one change that needs more by itself.
 *
 * @param tell is told each outcome as soon as it is known
 * @returns how it ended, and the failure that it stopped for
 */
export async function flush(
  changes: readonly RowChange[],
  deps: FlushDeps,
  tell: Settle,
): Promise<{ ending: Ending; error?: unknown }> {
  const { rows } = deps;
  const settled = new Set<RowChange>();
  const settle: Settle = (change, outcome) => {
    settled.add(change);
    tell(change, outcome);
  };
  try {
    await inHalves(changes.filter(differs), deps, settle, async (batch) => {
      const hit = await rows.update(batch);
      for (const change of batch) if (hit.has(idOf(change))) settle(change, 'written');
    });
    const missed = changes.filter((change) => !settled.has(change));
    if (missed.length === 0) return { ending: 'done' };
    const versions = await unlessAway(deps, () => rows.versions(missed));
    const replaced: RowChange[] = [];
    for (const change of missed) {
      const found = versions.get(idOf(change)) ?? null;
      const decision = decide(found, change.state.version);
      // What was done with it is not in the row: a newer one says nothing of that.
      if (decision === 'newer' && !change.activity) settle(change, 'written');
      else if (decision === 'absent') await alone(change, deps, settle);
      else replaced.push(change);
    }
    for (const batch of batches(replaced, rows)) {
      await inHalves(batch, deps, settle, async (part) => {
        await rows.replace(part);
        for (const change of part) settle(change, 'written');
      });
    }
    return { ending: 'done' };
  } catch (error) {
    if (error instanceof Stopped) return { ending: error.ending, error: error.cause };
    throw error;
  }
}

async function inHalves(
  batch: readonly RowChange[],
  deps: FlushDeps,
  settle: Settle,
  write: (part: readonly RowChange[]) => Promise<void>,
): Promise<void> {
  const [first] = batch;
  if (!first) return;
  try {
    await write(batch);
  } catch (error) {
    const failure = deps.classify(error);
    if (failure !== 'refused') throw new Stopped(failure, error);
    if (batch.length === 1) {
      await alone(first, deps, settle);
      return;
    }
    const middle = Math.ceil(batch.length / 2);
    await inHalves(batch.slice(0, middle), deps, settle, write);
    await inHalves(batch.slice(middle), deps, settle, write);
  }
}

async function alone(change: RowChange, deps: FlushDeps, settle: Settle): Promise<void> {
  try {
    settle(change, await deps.rows.alone(change));
  } catch (error) {
    const failure = deps.classify(error);
    if (failure !== 'refused') throw new Stopped(failure, error);
    deps.report(change, error);
    settle(change, 'set_aside');
  }
}

async function unlessAway<Value>(deps: FlushDeps, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    const failure = deps.classify(error);
    throw failure === 'refused' ? error : new Stopped(failure, error);
  }
}

function batches(changes: readonly RowChange[], rows: Rows): RowChange[][] {
  const all: RowChange[][] = [];
  let statements = MOST_STATEMENTS;
  for (const change of changes) {
    const needs = rows.statementsOf(change);
    if (statements + needs > MOST_STATEMENTS) {
      all.push([]);
      statements = 0;
    }
    all.at(-1)?.push(change);
    statements += needs;
  }
  return all;
}

function idOf({ founding }: RowChange): string {
  return founding.id;
}
