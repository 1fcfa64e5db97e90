import { type Accessor, createSignal } from 'solid-js';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import type { QueueCounts } from '../../../../protocol/resources/queue-counts.ts';
import { countsAfter, expectedOf } from './counts.ts';

/** Milliseconds between two requests that only ask what has become late. */
const LATE_STEP = 60_000;

/** Milliseconds after which they are requested at the latest: a timer holds 24 days at most. */
const LATE_AT_MOST = 12 * 3_600_000;

export type LiveCounts = {
  counts: Accessor<QueueCounts | null>;
  /** Seconds within which a department is expected to answer. */
  expectedSeconds(departmentId: string): number;
  /** Requests the counts after so many milliseconds, or with an earlier request. */
  recount(delay: number): void;
  /** Follows a conversation's change. Returns whether the server has to be asked. */
  follow(before: ConversationSummary | undefined, after: ConversationSummary): boolean;
  stop(): void;
};

/**
 * The counts of the queues: requested from the server, and kept up to date with each change.
 *
 * Invariants:
 * 1. A count that only the server knows is requested; until then, and where that fails, the last one
 *    stays.
 * 2. The numbers of late conversations hold for the moment `as_of`. They are requested again when the
 *    next one becomes late, at most once in LATE_STEP; while nobody waits, never.
 */
export function createLiveCounts(me: string, load: () => Promise<QueueCounts>): LiveCounts {
  const [counts, setCounts] = createSignal<QueueCounts | null>(null);
  /** The pending request: at most one. */
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lateTimer: ReturnType<typeof setTimeout> | undefined;
  /** When the late ones were counted, by this browser's clock. */
  let countedAt = 0;

  function take(next: QueueCounts): void {
    setCounts(next);
    clearTimeout(lateTimer);
    const wait = next.late?.next_in ?? null;
    if (wait === null) return;
    const due = countedAt + Math.min(Math.max(wait, LATE_STEP), LATE_AT_MOST);
    lateTimer = setTimeout(() => recount(0), Math.max(0, due - Date.now()));
  }

  function recount(delay: number): void {
    if (timer !== undefined && delay > 0) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      timer = undefined;
      const loaded = await load().catch(() => null);
      if (!loaded) return;
      countedAt = Date.now();
      take(loaded);
    }, delay);
  }

  return {
    counts,
    expectedSeconds: (departmentId) => expectedOf(counts(), departmentId),
    recount,
    follow(before, after) {
      const current = counts();
      const next = current && countsAfter(current, before, after, me);
      if (next) take(next);
      return next !== null;
    },
    stop() {
      clearTimeout(timer);
      clearTimeout(lateTimer);
    },
  };
}
