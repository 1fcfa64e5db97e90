import { and, count, desc, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm';
import { EXPECTED_SECONDS, expectedSeconds } from '../../../../protocol/conversation/late.ts';
import type { Visibility } from '../../../../protocol/conversation/visibility.ts';
import { QUEUE_COUNT_CAP } from '../../../../protocol/limits.ts';
import type { QueueCounts } from '../../../../protocol/resources/queue-counts.ts';
import { databaseKind, tables } from '../../../database/configured.ts';
import type { Database } from '../../../database/database.ts';
import { replyTimes } from '../../departments/reply-times.ts';
import { countElsewhere } from './elsewhere.ts';
import { isOn, SCANNED } from './marked.ts';
import type { ConversationRow } from './rows.ts';
import { isServed, isVisible } from './visible.ts';

const { conversationLabels, conversationMentions, conversations, departments } = tables;

/**
 * How many conversations are in each queue, counted to the cap: what is open, except for
 * `snoozed` and for `mentions`, which are the ones that the user has not seen. Labels are counted
 * among the newest thousand open ones, which all labels share. What is late is counted with
 * `unassigned` and `mine`, in the same statement.
 *
 * @param visibility the agent: what they do not see is not counted
 * @param options.cap where counting ends
 */
export async function countQueues(
  db: Database,
  organizationId: string,
  visibility: Visibility,
  { now = new Date(), cap = QUEUE_COUNT_CAP } = {},
): Promise<QueueCounts> {
  const [departments, labels, restricted] = await Promise.all([
    countDepartments(db, organizationId, visibility, 'open', cap),
    countLabels(db, organizationId, visibility),
    visibility.departments && countRestricted(db, organizationId, visibility, cap),
  ]);
  const busiestFirst = Object.keys(departments).sort(
    (a, b) => (departments[b] ?? 0) - (departments[a] ?? 0),
  );
  const times = await replyTimes(db, organizationId, busiestFirst);
  const expected = new Map([...times].map(([id, seconds]) => [id, expectedSeconds(seconds)]));
  const left = timeLeft(expected, now);
  const few = await countFew(db, organizationId, visibility, { left, cap });
  const numberOf = (queue: Few) => few.get(queue)?.number ?? 0;
  const lateOf = (queue: Few) => few.get(queue)?.late ?? 0;
  const nexts = [...few.values()].flatMap(({ next }) => next ?? []);
  return {
    unassigned: numberOf('unassigned'),
    mine: numberOf('mine'),
    mentions: numberOf('mentions'),
    all: Math.min(sum(departments) + (restricted?.elsewhere.open ?? 0), cap),
    snoozed: restricted ? restricted.snoozed : numberOf('snoozed'),
    departments,
    labels,
    late: {
      unassigned: lateOf('unassigned'),
      mine: lateOf('mine'),
      as_of: now.toISOString(),
      next_in: nexts.length === 0 ? null : Math.min(...nexts),
    },
    expected_seconds: Object.fromEntries(expected),
  };
}

/** What an agent who does not see everything has beside the open ones of their departments. */
async function countRestricted(
  db: Database,
  organizationId: string,
  visibility: Visibility,
  cap: number,
) {
  const [departments, outsideDepartments] = await Promise.all([
    countDepartments(db, organizationId, visibility, 'snoozed', cap),
    countElsewhere(db, organizationId, visibility),
  ]);
  const snoozed = Math.min(sum(departments) + outsideDepartments.snoozed, cap);
  return { elsewhere: outsideDepartments, snoozed };
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);

/** The queues that are counted in one statement. */
type Few = 'unassigned' | 'mine' | 'snoozed' | 'mentions';

/** How many there are; how many of them are late, and the milliseconds until the next one is. */
type Counted = { number: number; late: number | null; next: number | null };

/** @param options.left milliseconds until a conversation is late, as `timeLeft` */
async function countFew(
  db: Database,
  organizationId: string,
  visibility: Visibility,
  { left, cap }: { left: SQL<number>; cap: number },
): Promise<ReadonlyMap<Few, Counted>> {
  const { id: userId } = visibility;
  const own = eq(conversations.organization_id, organizationId);
  const named = (queue: Few) => sql<Few>`CAST(${queue} AS text)`.as('queue');
  const row = { one: sql`1`.as('one') };
  const waiting = { left: left.as('left_ms') };
  const numbers = (queue: Few) => ({
    queue: named(queue),
    number: count(),
    late: sql<number | null>`CAST(NULL AS bigint)`.mapWith(Number).as('late'),
    next: sql<number | null>`CAST(NULL AS bigint)`.mapWith(Number).as('next'),
  });
  const numbersWithLate = (queue: Few, { left: ms }: { left: SQL.Aliased<number> }) => ({
    queue: named(queue),
    number: count(),
    late: sql<number | null>`CAST(sum(CASE WHEN ${ms} <= 0 THEN 1 ELSE 0 END) AS bigint)`
      .mapWith(Number)
      .as('late'),
    next: sql<number | null>`CAST(min(CASE WHEN ${ms} > 0 THEN ${ms} END) AS bigint)`
      .mapWith(Number)
      .as('next'),
  });
  const { assignee_id, activity_at, id } = conversations;
  // As the index has them: without it SQLite would read the tenant.
  const asIndexed = [desc(assignee_id), desc(activity_at), desc(id)];
  const openOf = (queue: Few, whose: SQL) => {
    const few = db
      .select(waiting)
      .from(conversations)
      .where(and(own, whose, isOn('open')))
      .orderBy(...asIndexed)
      .limit(cap)
      .as('few');
    return db.select(numbersWithLate(queue, few)).from(few);
  };
  const nobodys = isNull(conversations.assignee_id);
  /** Of the newest thousand unassigned, those that a restricted agent sees. */
  const looked = () => {
    const newest = db
      .select(getTableColumns(conversations))
      .from(conversations)
      .where(and(own, nobodys, isOn('open')))
      .orderBy(...asIndexed)
      .limit(SCANNED)
      .as('conversations');
    const visible = isVisible(db, organizationId, visibility);
    const few = db.select(waiting).from(newest).where(visible).limit(cap).as('few');
    return db.select(numbersWithLate('unassigned', few)).from(few);
  };
  const snoozed = db
    .select(row)
    .from(conversations)
    .where(and(own, isOn('snoozed')))
    .limit(cap)
    .as('few');
  const newestMentions = db
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
    .from(newestMentions)
    .where(eq(newestMentions.seen, false))
    .limit(cap)
    .as('unseen');
  const mine = openOf('mine', eq(conversations.assignee_id, userId));
  const mentions = db.select(numbers('mentions')).from(unseen);
  // Of a restricted agent the rest is counted by department.
  const rows = await (visibility.departments
    ? looked().unionAll(mine).unionAll(mentions)
    : openOf('unassigned', nobodys)
        .unionAll(mine)
        .unionAll(db.select(numbers('snoozed')).from(snoozed))
        .unionAll(mentions));
  return new Map(rows.map(({ queue, ...counted }) => [queue, counted]));
}

/**
 * Milliseconds until the answer to a conversation is late, as `lateAt` of
 * protocol/conversation/late.ts has it for one that is open; zero or less: it is late; null: no visitor
 * waits.
 *
 * @param expected seconds within which a department usually answers, by its id
 */
function timeLeft(expected: ReadonlyMap<string, number>, now: Date): SQL<number> {
  const { department_id, waiting_since } = conversations;
  const before = (seconds: number) => now.getTime() - seconds * 1_000;
  const usual = before(EXPECTED_SECONDS);
  // One value for all departments, since D1 binds 100 in a statement.
  const deadlines = JSON.stringify(
    Object.fromEntries([...expected].map(([id, seconds]) => [id, before(seconds)])),
  );
  return databaseKind === 'postgres'
    ? sql<number>`(extract(epoch FROM ${waiting_since}) * 1000)::bigint
        - coalesce((${deadlines}::jsonb ->> ${department_id}::text)::bigint, ${usual}::bigint)`
    : sql<number>`${waiting_since}
        - coalesce(json_extract(${deadlines}, '$."' || ${department_id} || '"'), ${usual})`;
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
  cap: number,
): Promise<Record<string, number>> {
  const few = db
    .select({ one: sql`1`.as('one') })
    .from(conversations)
    .where(
      and(
        eq(conversations.organization_id, departments.organization_id),
        eq(conversations.department_id, departments.id),
        isOn(shelf),
      ),
    )
    .limit(cap)
    .as('few');
  const rows = await db
    .select({
      id: departments.id,
      number: sql<number>`(SELECT count(*) FROM ${few})`.mapWith(Number),
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
  return Object.fromEntries(rows.map(({ id, number }) => [id, number]));
}
