import { and, asc, desc, eq, getTableColumns, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import type { ConversationStatus } from '../../../../protocol/conversation/conversation-fields.ts';
import type { Visibility } from '../../../../protocol/conversation/visibility.ts';
import type { VisitorConversationItem } from '../../../../protocol/conversation/visitor-conversation.ts';
import type { Page } from '../../../../protocol/page.ts';
import { tables } from '../../../database/configured.ts';
import { beyond, encodeCursor, page } from '../../../database/cursor.ts';
import type { Database } from '../../../database/database.ts';
import { rowFinder, rowsOf } from '../../../database/row-search.ts';
import { hasLabel, isOn, newestMarked, SCANNED } from './marked.ts';
import {
  type ConversationRow,
  itsAssignee,
  itsCustomer,
  itsDepartment,
  toSummary,
  toVisitorItem,
  type WithCustomer,
} from './rows.ts';
import { isVisible, visibleParts } from './visible.ts';

const { conversations, departments, users, widgetCustomers } = tables;

export type Queue = {
  /** `open`: everything but what is snoozed or closed. `any`: all, where a label or a mention narrows. */
  status: 'open' | 'any' | ConversationStatus;
  /** A user's id, or `none` for unassigned. */
  assignee?: { id: string | null } | undefined;
  department?: string | undefined;
  /** A label; the newest thousand conversations that have it are listed. */
  label?: string | undefined;
  /** A user whom a note names; the newest thousand of such conversations are listed. */
  mentioned?: string | undefined;
  /**
   * Part of a name, an e-mail address, a phone number or the last message, among the newest thousand
   * of the queue.
   */
  q?: string | undefined;
  /** `waiting`: those that nobody has answered yet, longest first. */
  sort: 'activity' | 'waiting';
  cursor?: string | undefined;
  limit: number;
};

/**
 * A page of a queue; with a cursor there is more, also when the page is not full. Reads rows in
 * proportion to the page and never to the table (P8): each order has its index. The page's key is
 * `activity_at`, which moves in steps of at least ten minutes (`ACTIVITY_STEP_MS`), and the id;
 * within the page the exact time of the last message decides. For those who wait it is the time when
 * they began to, and the id.
 *
 * @param visibility the agent: what they do not see is not listed
 */
export async function listConversations(
  db: Database,
  organizationId: string,
  queue: Queue,
  visibility: Visibility = EVERYTHING,
): Promise<Page<ConversationSummary>> {
  const { limit } = queue;
  const order = orderOf(queue);
  const parts = visibleParts(queue, visibility);
  const looks = await Promise.all(
    parts
      ? parts.map((part) =>
          look(db, organizationId, part, Math.max(limit + 1, Math.ceil(SCANNED / parts.length))),
        )
      : [look(db, organizationId, queue, SCANNED, isVisible(db, organizationId, visibility))],
  );
  // Beyond where the first of them ends, another may have rows that belong in between.
  const [end] = looks.flatMap(({ reached }) => (reached ? [reached] : [])).sort(order.compare);
  const byId = new Map<string, WithCustomer>();
  for (const row of looks.flatMap(({ rows }) => rows)) {
    if (!end || order.compare(order.key(row), end) <= 0) byId.set(row.conversation.id, row);
  }
  const rows = [...byId.values()].sort((a, b) => order.compare(order.key(a), order.key(b)));
  const listed = page(rows, limit, order.key, toSummary);
  if (end) listed.next_cursor ??= encodeCursor(end);
  if (!order.byWaiting) listed.items.sort((a, b) => lastActivity(b).localeCompare(lastActivity(a)));
  return listed;
}

/** Whoever sees all. */
const EVERYTHING: Visibility = { id: '' };

type Key = [time: number, id: string];

/** By what a queue is ordered and paged. */
function orderOf({ sort, status }: Queue) {
  const byWaiting = sort === 'waiting' || status === 'waiting';
  const keyOf = ({ created_at, activity_at, id }: Pick<ConversationRow, keyof typeof keyColumns>) =>
    [(byWaiting ? created_at : activity_at).getTime(), id] satisfies Key;
  return {
    byWaiting,
    keyOf,
    key: ({ conversation }: WithCustomer) => keyOf(conversation),
    compare([time, id]: Key, [otherTime, otherId]: Key): number {
      const forward = time - otherTime || (id < otherId ? -1 : Number(id > otherId));
      return byWaiting ? forward : -forward;
    },
  };
}

/**
 * The first rows of a queue, one more than the page has, and how far they go: the key up to which
 * there is no other; null where nothing is behind them.
 *
 * @param most rows that a condition without an index looks through
 * @param only a further condition of that kind
 */
async function look(
  db: Database,
  organizationId: string,
  queue: Queue,
  most: number,
  only?: SQL,
): Promise<{ rows: WithCustomer[]; reached: Key | null }> {
  const { q, limit } = queue;
  const { byWaiting, key, keyOf } = orderOf(queue);
  const order = byWaiting
    ? [asc(conversations.created_at), asc(conversations.id)]
    : [desc(conversations.activity_at), desc(conversations.id)];
  // All are unassigned, but Postgres uses the index only if the order names that column as well.
  if (!byWaiting && queue.assignee?.id === null) order.unshift(desc(conversations.assignee_id));
  const { indexed, scanned } = conditions(queue, byWaiting);
  if (only) scanned.push(only);
  const condition = and(
    eq(conversations.organization_id, organizationId),
    ...indexed,
    after(queue, byWaiting),
  );
  const newest = newestMarked(db, organizationId, queue);
  if (queue.mentioned !== undefined && queue.label !== undefined) {
    scanned.push(hasLabel(db, organizationId, queue.label));
  }
  const candidates = newest
    ? db
        .select(getTableColumns(conversations))
        .from(newest)
        // SQLite takes a cross join as it is written: what is bounded first, then each one's row.
        .crossJoin(conversations)
        .where(and(eq(conversations.id, newest.id), condition, ...scanned))
        .orderBy(...order)
        .limit(q ? most : limit + 1)
        .as('conversations')
    : db
        .select(getTableColumns(conversations))
        .from(conversations)
        .where(condition)
        .orderBy(...order)
        .limit(scanned.length > 0 || q ? most : limit + 1)
        .as('conversations');
  const { full_name, email, phone, city, country } = widgetCustomers;
  const customer = { full_name, email, city, country };
  const within = and(...(newest ? [] : scanned));
  const rows = q
    ? await search(q)
    : await db
        .select({
          conversation: candidates._.selectedFields,
          ...customer,
          assignee_name: users.name,
        })
        .from(candidates)
        .leftJoin(widgetCustomers, itsCustomer)
        .leftJoin(users, itsAssignee)
        .where(within)
        .orderBy(...order)
        .limit(limit + 1);

  async function search(wanted: string): Promise<WithCustomer[]> {
    const { id, last_message_preview } = conversations;
    const looked = await db
      .select({ id, last_message_preview, full_name, email, phone })
      .from(candidates)
      .leftJoin(widgetCustomers, itsCustomer)
      .where(within)
      .orderBy(...order);
    const fits = rowFinder(wanted);
    const ids = looked
      .filter((row) =>
        fits({ texts: [row.full_name, row.email, row.last_message_preview], phone: row.phone }),
      )
      .slice(0, limit + 1)
      .map((row) => row.id);
    const read = (some: string[]) =>
      db
        .select({ conversation: conversations, ...customer, assignee_name: users.name })
        .from(conversations)
        .leftJoin(widgetCustomers, itsCustomer)
        .leftJoin(users, itsAssignee)
        .where(and(eq(conversations.organization_id, organizationId), inArray(id, some)));
    return rowsOf(ids, read, ({ conversation }) => conversation.id);
  }
  const last = rows[limit];
  if (last) return { rows, reached: key(last) };
  if (scanned.length === 0 || q || newest) return { rows, reached: null };
  // Few or none of those looked through fit; there may be more behind the last of them.
  const [scannedLast] = await db
    .select(keyColumns)
    .from(conversations)
    .where(condition)
    .orderBy(...order)
    .limit(1)
    .offset(most - 1);
  return { rows, reached: scannedLast ? keyOf(scannedLast) : null };
}

/** What the queues are ordered and paged by. */
const keyColumns = {
  created_at: conversations.created_at,
  activity_at: conversations.activity_at,
  id: conversations.id,
};

/** Which conditions the order's index covers, and which must look at the rows. */
function conditions({ status, assignee, department }: Queue, byWaiting: boolean) {
  const indexed: SQL[] = [];
  const scanned: (SQL | undefined)[] = [];
  if (byWaiting) indexed.push(sql`${conversations.status} = 'waiting'`);
  else if (status !== 'any') {
    indexed.push(isOn(status === 'closed' || status === 'snoozed' ? status : 'open'));
  }
  if (!byWaiting && status === 'active') scanned.push(eq(conversations.status, status));
  if (assignee) {
    const condition =
      assignee.id === null
        ? isNull(conversations.assignee_id)
        : eq(conversations.assignee_id, assignee.id);
    (byWaiting ? scanned : indexed).push(condition);
  }
  if (department !== undefined) {
    const inDepartment = eq(conversations.department_id, department);
    (byWaiting || assignee ? scanned : indexed).push(inDepartment);
  }
  return { indexed, scanned };
}

function after({ cursor }: Queue, byWaiting: boolean): SQL | undefined {
  if (!cursor) return undefined;
  return byWaiting
    ? beyond('>', conversations.created_at, conversations.id, cursor)
    : beyond('<', conversations.activity_at, conversations.id, cursor);
}

function lastActivity({ last_message_at, created_at }: ConversationSummary): string {
  return last_message_at ?? created_at;
}

/**
 * A page of a customer's conversations, newest first, as agents see them: by the time when they
 * began, which never changes, and the id.
 *
 * @param visibility the agent: what they do not see is not listed
 */
export async function listOfCustomer(
  db: Database,
  organizationId: string,
  customerId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
  visibility: Visibility = EVERYTHING,
): Promise<Page<ConversationSummary>> {
  const rows = await db
    .select({
      conversation: conversations,
      full_name: widgetCustomers.full_name,
      email: widgetCustomers.email,
      city: widgetCustomers.city,
      country: widgetCustomers.country,
      assignee_name: users.name,
    })
    .from(conversations)
    .leftJoin(widgetCustomers, itsCustomer)
    .leftJoin(users, itsAssignee)
    .where(
      and(
        ofCustomer(organizationId, customerId),
        cursor ? beyond('<', conversations.created_at, conversations.id, cursor) : undefined,
        isVisible(db, organizationId, visibility),
      ),
    )
    .orderBy(desc(conversations.created_at), desc(conversations.id))
    .limit(limit + 1);
  return page(
    rows,
    limit,
    ({ conversation: { created_at, id } }) => [created_at.getTime(), id],
    toSummary,
  );
}

/** The ids of a customer's conversations that are not closed: one in each department at most. */
export async function listOpenOfCustomer(
  db: Database,
  organizationId: string,
  customerId: string,
): Promise<string[]> {
  const rows = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(ofCustomer(organizationId, customerId), isNull(conversations.closed_at)))
    // In the order of the customer's index, without which SQLite would read the whole tenant.
    .orderBy(desc(conversations.created_at), desc(conversations.id));
  return rows.map(({ id }) => id);
}

/** A page of a visitor's conversations, newest first: of one customer, or of two (worker/auth/identity.ts). */
export async function listForVisitor(
  db: Database,
  organizationId: string,
  customerIds: readonly string[],
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<VisitorConversationItem>> {
  const rows = await db
    .select({ conversation: conversations, department_name: departments.name })
    .from(conversations)
    .innerJoin(departments, itsDepartment)
    .where(
      and(
        ofCustomer(organizationId, ...customerIds),
        cursor ? beyond('<', conversations.created_at, conversations.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(conversations.created_at), desc(conversations.id))
    .limit(limit + 1);
  return page(
    rows,
    limit,
    ({ conversation: { created_at, id } }) => [created_at.getTime(), id],
    toVisitorItem,
  );
}

/** The condition on conversations that they are of these customers. */
export function ofCustomer(organizationId: string, ...customerIds: string[]) {
  const [only] = customerIds;
  return and(
    eq(conversations.organization_id, organizationId),
    // One customer's are in the order of their index.
    customerIds.length === 1 && only !== undefined
      ? eq(conversations.widget_customer_id, only)
      : inArray(conversations.widget_customer_id, customerIds),
  );
}
