import { sql } from 'drizzle-orm';
import type { Actor } from '../../protocol/conversation/actor.ts';
import { type JobCounts, jobError, jobKind, jobState } from '../../protocol/resources/job.ts';
import type { Kit } from '../kit.ts';
import type { organizationTables } from './organizations.ts';

/** Long work of an organization (worker/jobs), and how far it is. */
export function jobTables(kit: Kit, { organizations }: ReturnType<typeof organizationTables>) {
  const jobs = kit.table(
    'jobs',
    {
      organization_id: kit.id(),
      /** UUID v7: in order of time. */
      id: kit.id(),
      kind: kit.oneOf(jobKind.options).notNull(),
      state: kit.oneOf(jobState.options).notNull(),
      /** Instances of the Workflow so far. Only the newest may write here. */
      runs: kit.integer().notNull().default(1),
      /** Pages so far, over all instances. */
      steps: kit.integer().notNull().default(0),
      /** Where the next page begins, in the words of the kind; null: at the beginning. */
      cursor: kit.json<unknown>(),
      done: kit.integer().notNull().default(0),
      total: kit.integer(),
      results: kit.json<JobCounts>().notNull().default({}),
      failures: kit.json<JobCounts>().notNull().default({}),
      error: kit.oneOf(jobError.options),
      started_by: kit.json<Actor>().notNull(),
      created_at: kit.time().notNull(),
      updated_at: kit.time().notNull(),
      finished_at: kit.time(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.organization_id, table.id] }),
      // Of a kind one runs at a time.
      kit
        .uniqueIndex('jobs_one_running')
        .on(table.organization_id, table.kind)
        .where(sql`state = 'running'`),
      kit
        .foreignKey({
          name: 'jobs_organization',
          columns: [table.organization_id],
          foreignColumns: [organizations.id],
        })
        .onDelete('cascade'),
    ],
  );
  return { jobs };
}
