import {
  and,
  desc,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  type SQL,
  sql,
} from 'drizzle-orm';
import { z } from 'zod';
import type { Visibility } from '../../../protocol/conversation/visibility.ts';
import type { Page } from '../../../protocol/page.ts';
import type { WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import { tables } from '../../database/configured.ts';
import { beyond, decodeCursor, encodeCursor, page } from '../../database/cursor.ts';
import type { Database } from '../../database/database.ts';
import { rowFinder, rowsOf } from '../../database/row-search.ts';
import { isVisible } from '../conversations/store/visible.ts';
import { toRecord, type WidgetCustomerRow } from './store.ts';

const { conversationLabels, conversations, widgetCustomers } = tables;

export type CustomerFilter = {
  /** Part of a name, an e-mail address or a phone number. */
  q?: string | undefined;
  /** Customers who were seen since then. */
  seenSince?: Date | undefined;
  hasEmail?: boolean | undefined;
  /** Customers who wrote to that department. */
  department?: string | undefined;
  /** Customers with a conversation that has that label. */
  label?: string | undefined;
  /** `last_seen`: who was here last comes first; `first_seen`: who came last. */
  sort: 'last_seen' | 'first_seen';
  /** The caller: customers without a conversation that they see are not listed. */
  visibility?: Visibility | undefined;
};

export type CustomerQuery = CustomerFilter & { cursor?: string | undefined; limit: number };

/** Rows that a condition without an index looks through at most, so that a page stays a page. */
const SCANNED = 1_000;

/** Conversations of a customer among which a filter looks: the newest. */
const OF_EACH = 50;

/**
 * A page of the customers, each order by its index and paged by its key: the time of the last visit,
 * or the id, which is made in the order of the first. A filter without an index looks through a
 * thousand rows a page; with a cursor there is more, also when the page is not full.
 */
export async function listCustomers(
  db: Database,
  organizationId: string,
  query: CustomerQuery,
): Promise<Page<WidgetCustomerRecord>> {
  const { limit } = query;
  const order = orders[query.sort];
  const scanned = filters(query);
  const visible = query.visibility && isSeen(db, organizationId, query.visibility);
  if (visible) scanned.push(visible);
  const condition = and(
    eq(widgetCustomers.organization_id, organizationId),
    query.sort === 'last_seen' && query.seenSince
      ? gte(widgetCustomers.last_seen_at, query.seenSince)
      : undefined,
    query.cursor ? order.after(query.cursor) : undefined,
  );
  const candidates = db
    .select(getTableColumns(widgetCustomers))
    .from(widgetCustomers)
    .where(condition)
    .orderBy(...order.by)
    .limit(scanned.length > 0 || query.q ? SCANNED : limit + 1)
    // Named as the table is, so that its columns are the conditions' and the order's.
    .as('widget_customers');
  const rows: WidgetCustomerRow[] = query.q
    ? await search(query.q)
    : await db
        .select()
        .from(candidates)
        .where(and(...scanned))
        .orderBy(...order.by)
        .limit(limit + 1);

  async function search(q: string): Promise<WidgetCustomerRow[]> {
    const { id, full_name, email, phone } = widgetCustomers;
    const looked = await db
      .select({ id, full_name, email, phone })
      .from(candidates)
      .where(and(...scanned))
      .orderBy(...order.by);
    const fits = rowFinder(q);
    const ids = looked
      .filter((row) => fits({ texts: [row.full_name, row.email], phone: row.phone }))
      .slice(0, limit + 1)
      .map((row) => row.id);
    const read = (some: string[]) =>
      db
        .select()
        .from(widgetCustomers)
        .where(and(eq(widgetCustomers.organization_id, organizationId), inArray(id, some)));
    return rowsOf(ids, read, (row) => row.id);
  }
  const isScanned = scanned.length > 0 || Boolean(query.q);
  const listed = page(rows, limit, order.key, toRecord);
  if (listed.next_cursor === null && isScanned) {
    // Few or none of those looked through fit; there may be more behind the last of them.
    const [last] = await db
      .select(keyColumns)
      .from(widgetCustomers)
      .where(condition)
      .orderBy(...order.by)
      .limit(1)
      .offset(SCANNED - 1);
    if (last) listed.next_cursor = encodeCursor(order.key(last));
  }
  return listed;
}

const keyColumns = { id: widgetCustomers.id, last_seen_at: widgetCustomers.last_seen_at };
type Key = Pick<WidgetCustomerRow, keyof typeof keyColumns>;

/** What a page is ordered by, its last row's key, and the rows beyond a cursor. */
const orders = {
  last_seen: {
    by: [desc(widgetCustomers.last_seen_at), desc(widgetCustomers.id)],
    key: ({ last_seen_at, id }: Key): (string | number)[] => [last_seen_at.getTime(), id],
    after: (cursor: string): SQL =>
      beyond('<', widgetCustomers.last_seen_at, widgetCustomers.id, cursor),
  },
  first_seen: {
    by: [desc(widgetCustomers.id)],
    key: ({ id }: Key): (string | number)[] => [id],
    after: (cursor: string): SQL =>
      lt(widgetCustomers.id, decodeCursor(cursor, z.tuple([z.uuid()]))[0]),
  },
};

/** A condition: the agent sees one of the customer's newest conversations; nothing for whom sees all. */
export function isSeen(
  db: Database,
  organizationId: string,
  visibility: Visibility,
): SQL | undefined {
  const visible = isVisible(db, organizationId, visibility);
  return visible && wrote(visible);
}

/** The conditions that no index covers; what is asked for by a text is compared here (row-search.ts). */
function filters({ seenSince, hasEmail, department, label, sort }: CustomerFilter): SQL[] {
  const { email, last_seen_at } = widgetCustomers;
  const conditions = [
    seenSince && sort === 'first_seen' ? gte(last_seen_at, seenSince) : undefined,
    hasEmail === undefined ? undefined : hasEmail ? isNotNull(email) : isNull(email),
    department ? wrote(eq(conversations.department_id, department)) : undefined,
    label ? wrote(labelled(label)) : undefined,
  ];
  return conditions.filter((condition) => condition !== undefined);
}

/** A condition: one of the customer's newest conversations fits. */
const wrote = (fits: SQL): SQL => sql`EXISTS (SELECT 1 FROM ${amongNewest(fits)})`;

/**
 * A part of FROM, with its WHERE: those of a customer's newest conversations that fit. They are read
 * in the order of their index, without which SQLite would look through the tenant's for each customer.
 */
export function amongNewest(fits: SQL): SQL {
  const { organization_id, widget_customer_id, created_at, id } = conversations;
  return sql`(SELECT * FROM ${conversations}
    WHERE ${organization_id} = ${widgetCustomers.organization_id}
    AND ${widget_customer_id} = ${widgetCustomers.id}
    ORDER BY ${created_at} DESC, ${id} DESC LIMIT ${OF_EACH}) AS ${conversations} WHERE ${fits}`;
}

function labelled(label: string): SQL {
  return sql`EXISTS (SELECT 1 FROM ${conversationLabels}
    WHERE ${conversationLabels.organization_id} = ${conversations.organization_id}
    AND ${conversationLabels.conversation_id} = ${conversations.id}
    AND ${eq(conversationLabels.label_id, label)})`;
}
