import { addCounts, type JobCounts } from '../../protocol/resources/job.ts';
import type { Page } from './job.ts';

/**
 * How a job goes on, as rules of its row alone.
 *
 * States: running → done | failed | cancelled; failed and cancelled → running, in a new run.
 *
 * Invariants:
 * 1. The row says where the next page begins. What an instance of the Workflow remembers is only how
 *    many pages it took.
 * 2. A page counts once, however often it runs: it is written only where the row is where it began
 *    (run, steps, running).
 * 3. One run at a time may write: a later one has a higher number.
 * 4. A job that was cancelled writes nothing more, and stops after the page that it is at.
 */

/**
 * Pages of one instance. With 40 conversations a page and four queries it makes fewer than the 1,000
 * calls of other services that one invocation may make on the free plan
 * (developers.cloudflare.com/workers/platform/limits), and stays below the 1,024 steps that an
 * instance may have there (developers.cloudflare.com/workflows/reference/limits).
 */
export const PAGES_AN_INSTANCE = 20;

/** Conversations of a page. */
export const CONVERSATIONS_A_PAGE = 40;

/** Tries of a page in which some failed and others did not, before those are counted as failures. */
const TRIES_OF_SOME = 3;

/** How far a job is. */
export type Progress = { done: number; results: JobCounts; failures: JobCounts };

/** How far it is after one more page, and whether that was the last one. */
export function progressAfter(
  { done, results, failures }: Progress,
  page: Page<unknown>,
): Progress & { cursor: unknown; state: 'running' | 'done' } {
  return {
    cursor: page.next,
    done: done + page.done,
    results: addCounts(results, page.results),
    failures: addCounts(failures, page.failures),
    state: page.next === null ? 'done' : 'running',
  };
}

/**
 * Whether a page in which some things failed is to be tried again. Where all of several failed, what
 * they need is away: that is always tried again, until the job gives up.
 *
 * @param attempt how often the page was begun, from 1
 */
export function mustTryAgain(failed: number, all: number, attempt: number): boolean {
  if (failed === 0) return false;
  return attempt < TRIES_OF_SOME || (all > 1 && failed === all);
}
