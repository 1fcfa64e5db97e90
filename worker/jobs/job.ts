import type { z } from 'zod';
import type { JobCounts } from '../../protocol/resources/job.ts';
import type { Database } from '../database/database.ts';
import type { Env } from '../env.ts';

/**
 * What a kind of job is: a page of work after the other, each of which may run twice. How pages are
 * run, tried again and counted is workflow.ts's.
 *
 * @example
 * // worker/jobs/x.ts; add its kind to `jobKind` (protocol/resources/job.ts) and to `JOBS` (jobs.ts).
 * export const x = defineJob({
 *   cursor: z.string(),
 *   total: ({ db, organization }) => countThem(db, organization),
 *   async page({ env, db, organization, attempt }, after) {
 *     const ids = await listThem(db, organization, after, AT_ONCE);
 *     const { failures } = await onConversations({ env, organization, attempt }, ids, (one) => one.x());
 *     return { next: ids.at(-1) ?? null, done: ids.length, failures };
 *   },
 * });
 */

/** What a page works with. `attempt`: how often it was begun, from 1. */
export type JobContext = { env: Env; db: Database; organization: string; attempt: number };

/** What a page brought. `next`: where the next one begins; null where this was the last. */
export type Page<Cursor> = {
  next: Cursor | null;
  done: number;
  results?: JobCounts;
  failures?: JobCounts;
};

/** A kind of job, whatever its cursor is. */
export type JobDefinition = {
  /** How many things there are; null where that is not known. Asked once, before the first page. */
  total(context: JobContext): Promise<number | null>;
  /** @param cursor where it begins; null for the first one */
  page(context: JobContext, cursor: unknown): Promise<Page<unknown>>;
};

type Definition<Cursor> = {
  /** The schema of the cursor as it is kept, as JSON. */
  cursor: z.ZodType<Cursor>;
  total(context: JobContext): Promise<number | null>;
  page(context: JobContext, cursor: Cursor | null): Promise<Page<Cursor>>;
};

export function defineJob<Cursor>(definition: Definition<Cursor>): JobDefinition {
  return {
    total: (context) => definition.total(context),
    page: (context, cursor) =>
      definition.page(context, cursor === null ? null : definition.cursor.parse(cursor)),
  };
}
