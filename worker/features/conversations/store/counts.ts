import { and, count, desc, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm';
import type { Visibility } from '../../../../protocol/conversation/visibility.ts';
import { QUEUE_COUNT_CAP } from '../../../../protocol/limits.ts';
import type { QueueCounts } from '../../../../protocol/resources/queue-counts.ts';
import { tables } from '../../../database/configured.ts';
import type { Database } from '../../../database/database.ts';
import { countElsewhere } from './elsewhere.ts';
import { isOn, SCANNED } from './marked.ts';
import type { ConversationRow } from './rows.ts';
import { isServed, isVisible } from './visible.ts';

const { conversationLabels, conversationMentions, conversations, departments } = tables;

/**
 * How many conversations are in each queue, counted to the cap: what is open, except for
 * `snoozed` and for `mentions`, which are the ones that the user has not seen. Labels are counted
 * among the newest thousand open ones, which all labels share.
 *
 * @param visibility the agent: what they do not see is not counted
 */
export async function countQueues(
  db: Database,
  organizationId: string,
  visibility: Visibility,
): Promise<QueueCounts> {
  const [queues, departments, labels, restricted] = await Promise.all([
    countFew(db, organizationId, visibility),
    countDepartments(db, organizationId, visibility, 'open'),
    countLabels(db, organizationId, visibility),
    visibility.departments && countRestricted(db, organizationId, visibility),
  ]);
  if (!restricted) return { ...queues, departments, labels };
  const all = Math.min(sum(departments) + restricted.elsewhere.open, QUEUE_COUNT_CAP);
  return { ...queues, all, snoozed: restricted.snoozed, departments, labels };
}

/** What an agent who does not see everything has beside the open ones of their departments. */
async function countRestricted(db: Database, organizationId: string, visibility: Visibility) {
  const [departments, outsideDepartments] = await Promise.all([
    countDepartments(db, organizationId, visibility, 'snoozed'),
    countElsewhere(db, organizationId, visibility),
  ]);
  const snoozed = Math.min(sum(departments) + outsideDepartments.snoozed, QUEUE_COUNT_CAP);
  return { elsewhere: outsideDepartments, snoozed };
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);

type Few = Omit<QueueCounts, 'departments' | 'labels'>;

async function countFew(
  db: Database,
  organizationId: string,
  visibility: Visibility,
): Promise<Few> {
  const { id: userId } = visibility;
  const own = eq(conversations.organization_id, organizationId);
  const named = (queue: keyof Few) => sql<keyof Few>`CAST(${queue} AS text)`.as('queue');
  const row = { one: sql`1`.as('one') };
  const counted = (queue: keyof Few, condition: SQL | undefined) => {
    const capped = db
      .select(row)
      .from(conversations)
      .where(and(own, condition))
      .limit(QUEUE_COUNT_CAP)
      .as('capped');
    return db.select({ queue: named(queue), number: count() }).from(capped);
  };
  /** Of the newest thousand unassigned, those that a restricted agent sees. */
  const looked = (condition: SQL | undefined) => {
    const { assignee_id, activity_at, id } = conversations;
    const newest = db
      .select(getTableColumns(conversations))
      .from(conversations)
      .where(and(own, condition))
      .orderBy(desc(assignee_id), desc(activity_at), desc(id))
      .limit(SCANNED)
      .as('conversations');
    const visible = isVisible(db, organizationId, visibility);
    const capped = db.select(row).from(newest).where(visible).limit(QUEUE_COUNT_CAP).as('capped');
    return db.select({ queue: named('unassigned'), number: count() }).from(capped);
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
    .select(row)
    .from(newest)
    .where(eq(newest.seen, false))
    .limit(QUEUE_COUNT_CAP)
    .as('unseen');
  const mineCount = counted('mine', and(eq(conversations.assignee_id, userId), isOn('open')));
  const mentions = db.select({ queue: named('mentions'), number: count() }).from(unseen);
  const nobodys = and(isNull(conversations.assignee_id), isOn('open'));
  // Of a restricted agent the rest is counted by department.
  const rows = await (visibility.departments
    ? looked(nobodys).unionAll(mineCount).unionAll(mentions)
    : counted('unassigned', nobodys)
        .unionAll(mineCount)
        .unionAll(counted('all', isOn('open')))
        .unionAll(counted('snoozed', isOn('snoozed')))
        .unionAll(mentions));
  const counts: Few = { unassigned: 0, mine: 0, mentions: 0, all: 0, snoozed: 0 };
  for (const { queue, number } of rows) counts[queue] = number;
  return counts;
}

/**
 * By the department's id, of those that the agent sees; the index of a department's queue is read to
 * the cap, for each.
 */
async function countDepartments(
  db: Database,
  organizationId: string,
  visibility: Visibility,
  shelf: ConversationRow['shelf'],
): Promise<Record<string, number>> {
  const capped = db
    .select({ one: sql`1`.as('one') })
    .from(conversations)
    .where(
      and(
        eq(conversations.organization_id, departments.organization_id),
        eq(conversations.department_id, departments.id),
        isOn(shelf),
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
    .where(
      and(
        eq(departments.organization_id, organizationId),
        isServed(db, organizationId, visibility, departments.id),
      ),
    );
  return toRecord(rows);
}

/** By the label's id. */
async function countLabels(
  db: Database,
  organizationId: string,
  visibility: Visibility,
): Promise<Record<string, number>> {
  const looked = db
    .select(getTableColumns(conversations))
    .from(conversations)
    .where(and(eq(conversations.organization_id, organizationId), isOn('open')))
    .orderBy(desc(conversations.activity_at), desc(conversations.id))
    .limit(SCANNED)
    .as('conversations');
  const newest = db
    .select({ id: conversations.id })
    .from(looked)
    .where(isVisible(db, organizationId, visibility))
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
