import type { Rate } from '../../kernel/bucket.ts';
import type { RowChange, RowOutcome } from './call.ts';
import { type Ending, type FlushDeps, flush } from './flush.ts';

/**
 * Rows that the organization's object hands to an invocation of the Worker (row-writer.ts), so that no object
 * waits for the database: an object's waiting is billed, an invocation's is not.
 *
 *   change ──nothing waits, and few rows come──► handed over ──written──► nothing more
 *      │                                             └──missed, restored, slow──► handed back
 *      └──a flush is on its way, many rows come, the database was slow or is away──► the next flush
 *
 * Invariants:
 * 1. Only a caller that goes on without the outcome has its row handed over; it is answered once the
 *    invocation has the row.
 * 2. HANDED_OVER bounds how many go in a second, and so how many write at once. What comes beyond that is
 *    gathered in flushes, one at a time, whose waiting all conversations share.
 * 3. After one that took longer than SLOW, rows are gathered for GATHER_FOR.
 * 4. What could not be written is handed back, and treated as what a flush could not write (K14). Nothing is
 *    said of what was written.
 * 5. An invocation, or an organization's object, that dies with a row loses it. The conversation has it: it
 *    writes all columns with its next change, since its guess is wrong, and otherwise when it wakes without
 *    sockets or its alarm rings, half an hour after the change at most.
 */

/** Rows that are handed over: ten conversations at once whose people write every second. */
export const HANDED_OVER: Rate = { perSecond: 10, burst: 10 };

/** Milliseconds of a write that holds up others, so that gathering is better for the database. */
export const SLOW = 1_000;

/** Milliseconds for which rows are gathered after a slow one. */
export const GATHER_FOR = 60_000;

/** Milliseconds for one: an invocation ends 30 seconds after its answer (developers.cloudflare.com/workers/platform/limits). */
export const WRITE_WITHIN = 20_000;

/** What is to be done about rows that were handed over. */
export type HandedBack = {
  /** The database was away for these. */
  missed: readonly RowChange[];
  /** Their rows were gone, and are there again. */
  restored: readonly RowChange[];
  isSlow: boolean;
};

type Deps = Omit<FlushDeps, 'doubts'> & {
  /** Milliseconds since 1970. */
  now: () => number;
};

/**
 * Writes rows that were handed over. Never throws.
 *
 * @returns what is to be handed back, and the failure behind it; null where there is nothing
 */
export async function writeHandedOver(
  changes: readonly RowChange[],
  { now, ...deps }: Deps,
): Promise<{ back: HandedBack; error?: unknown } | null> {
  const since = now();
  const missed = new Set(changes);
  const restored: RowChange[] = [];
  const settle = (change: RowChange, outcome: RowOutcome) => {
    missed.delete(change);
    if (outcome === 'restored') restored.push(change);
  };
  const doubts = new WeakMap();
  let ended: { ending: Ending; error?: unknown };
  do {
    ended = await inTime(flush([...missed], { ...deps, doubts }, settle));
  } while (ended.ending === 'full' && now() - since < WRITE_WITHIN);
  const isSlow = now() - since > SLOW;
  if (missed.size === 0 && restored.length === 0 && !isSlow) return null;
  return { back: { missed: [...missed], restored, isSlow }, error: ended.error };
}

/** A flush that hangs, or fails in an unforeseen way, is an outage. */
async function inTime(work: ReturnType<typeof flush>): ReturnType<typeof flush> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<{ ending: 'outage'; error: Error }>((resolve) => {
    const error = new Error('Failed query: the database did not answer in time');
    timer = setTimeout(() => resolve({ ending: 'outage', error }), WRITE_WITHIN);
  });
  const failed = (error: unknown) => ({ ending: 'outage' as const, error });
  const ended = await Promise.race([work.catch(failed), late]);
  clearTimeout(timer);
  return ended;
}
