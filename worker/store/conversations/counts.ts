import { and, count, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { QUEUE_COUNT_CAP, type QueueCounts } from '../../../protocol/resources.ts';
import {
  conversationLabels,
  conversationMentions,
  conversations,
  departments,
} from '../configured.ts';
import type { Database } from '../database.ts';
import { isOn, SCANNED } from './marked.ts';

/**
 * How many conversations are in each queue, counted to the cap and no further: what is open, but for
 * `snoozed` and for `mentions`, which are the ones that the user has not seen. Labels are counted
 * among the newest thousand open ones, which all labels share.
 */
export async function countQueues(
  db: Database,
  organizationId: string,
  userId: string,
): Promise<QueueCounts> {
  const [queues, byDepartment, byLabel] = await Promise.all([
    countFew(db, organizationId, userId),
    countDepartments(db, organizationId),
    countLabels(db, organizationId),
  ]);
  return { ...queues, departments: byDepartment, labels: byLabel };
}

type Few = Omit<QueueCounts, 'departments' | 'labels'>;

async function countFew(db: Database, organizationId: string, userId: string): Promise<Few> {
  const own = eq(conversations.organization_id, organizationId);
  const named = (queue: keyof Few) => sql<keyof Few>`CAST(${queue} AS text)`.as('queue');
  const one = { one: sql`1`.as('one') };
  const counted = (queue: keyof Few, condition: SQL | undefined) => {
    const capped = db
      .select(one)
      .from(conversations)
      .where(and(own, condition))
      .limit(QUEUE_COUNT_CAP)
      .as('capped');
    return db.select({ queue: named(queue), number: count() }).from(capped);
  };
  const newest = db
    .select({ seen: conversationMentions.seen })
    .from(conversationMentions)
    .where(
      and(
        eq(conversationMentions.organization_id, organizationId),
        eq(conversationMentions.user_id, userId),
      ),
    )
    .orderBy(desc(conversationMentions.conversation_id))
    .limit(SCANNED)
    .as('newest');
  const unseen = db
    .select(one)
    .from(newest)
    .where(eq(newest.seen, false))
    .limit(QUEUE_COUNT_CAP)
    .as('unseen');
  const rows = await counted('unassigned', and(isNull(conversations.assignee_id), isOn('open')))
    .unionAll(counted('mine', and(eq(conversations.assignee_id, userId), isOn('open'))))
    .unionAll(counted('all', isOn('open')))
    .unionAll(counted('snoozed', isOn('snoozed')))
    .unionAll(db.select({ queue: named('mentions'), number: count() }).from(unseen));
  const counts: Few = { unassigned: 0, mine: 0, mentions: 0, all: 0, snoozed: 0 };
  for (const { queue, number } of rows) counts[queue] = number;
  return counts;
}

/** By the department's id; the index of a department's queue is read to the cap, for each. */
async function countDepartments(
  db: Database,
  organizationId: string,
): Promise<Record<string, number>> {
  const capped = db
    .select({ one: sql`1`.as('one') })
    .from(conversations)
    .where(
      and(
        eq(conversations.organization_id, departments.organization_id),
        eq(conversations.department_id, departments.id),
        isOn('open'),
      ),
    )
    .limit(QUEUE_COUNT_CAP)
    .as('capped');
  const rows = await db
    .select({
      id: departments.id,
      number: sql<number>`(SELECT count(*) FROM ${capped})`.mapWith(Number),
    })
    .from(departments)
    .where(eq(departments.organization_id, organizationId));
  return toRecord(rows);
}

/** By the label's id. */
async function countLabels(db: Database, organizationId: string): Promise<Record<string, number>> {
  const newest = db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.organization_id, organizationId), isOn('open')))
    .orderBy(desc(conversations.activity_at), desc(conversations.id))
    .limit(SCANNED)
    .as('newest');
  const rows = await db
    .select({ id: conversationLabels.label_id, number: count() })
    .from(newest)
    .crossJoin(conversationLabels)
    .where(
      and(
        eq(conversationLabels.organization_id, organizationId),
        eq(conversationLabels.conversation_id, newest.id),
      ),
    )
    .groupBy(conversationLabels.label_id);
  return toRecord(rows);
}

function toRecord(rows: readonly { id: string; number: number }[]): Record<string, number> {
  return Object.fromEntries(
    rows.map(({ id, number }) => [id, Math.min(number, QUEUE_COUNT_CAP)] as const),
  );
}
