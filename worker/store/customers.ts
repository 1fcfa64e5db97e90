import { and, desc, eq, inArray, lt, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { storable } from '../../drizzle/storable.ts';
import { MAX_CUSTOM_FIELDS } from '../../protocol/limits.ts';
import type {
  CustomFields,
  Page,
  WidgetCustomer,
  WidgetCustomerRecord,
} from '../../protocol/resources.ts';
import { widgetCustomers } from './configured.ts';
import { decodeCursor, page } from './cursor.ts';
import type { Database } from './database.ts';

export type WidgetCustomerRow = typeof widgetCustomers.$inferSelect;

/** What a person may say of themselves; what is left out stays as it is. */
export type CustomerDetails = { full_name?: string; email?: string; phone?: string };

/** Customers that a text search looks through: the newest. */
const SEARCHED = 1_000;

/** The customer that a browser is; null before it has opened a conversation. */
export async function findByVisitor(
  db: Database,
  organizationId: string,
  visitorId: string,
): Promise<WidgetCustomerRow | null> {
  const [row] = await db
    .select()
    .from(widgetCustomers)
    .where(
      and(
        eq(widgetCustomers.organization_id, organizationId),
        eq(widgetCustomers.visitor_id, visitorId),
      ),
    );
  return row ?? null;
}

/** The customers that some visitor_ids are; those that have opened no conversation are not there. */
export async function findByVisitors(
  db: Database,
  organizationId: string,
  visitorIds: readonly string[],
): Promise<WidgetCustomerRow[]> {
  return db
    .select()
    .from(widgetCustomers)
    .where(
      and(
        eq(widgetCustomers.organization_id, organizationId),
        inArray(widgetCustomers.visitor_id, visitorIds),
      ),
    );
}

export async function findCustomer(
  db: Database,
  organizationId: string,
  id: string,
): Promise<WidgetCustomerRow | null> {
  const [row] = await db.select().from(widgetCustomers).where(isCustomer(organizationId, id));
  return row ?? null;
}

/** Writes what a customer said of themselves; null when there is no such customer. */
export async function updateCustomer(
  db: Database,
  organizationId: string,
  id: string,
  details: CustomerDetails & { custom_fields?: CustomFields },
): Promise<WidgetCustomerRow | null> {
  if (Object.keys(details).length === 0) return findCustomer(db, organizationId, id);
  const [row] = await db
    .update(widgetCustomers)
    .set(details)
    .where(isCustomer(organizationId, id))
    .returning();
  return row ?? null;
}

/**
 * Customers, newest first by when they were first seen (their ids are made in that order). `q` looks
 * for a part of name or e-mail among the newest thousand.
 */
export async function listCustomers(
  db: Database,
  organizationId: string,
  { cursor, limit, q }: { cursor?: string | undefined; limit: number; q?: string | undefined },
): Promise<Page<WidgetCustomerRecord>> {
  const before = cursor ? decodeCursor(cursor, z.tuple([z.uuid()]))[0] : undefined;
  const own = and(
    eq(widgetCustomers.organization_id, organizationId),
    before === undefined ? undefined : lt(widgetCustomers.id, before),
  );
  const newest = db
    .select()
    .from(widgetCustomers)
    .where(own)
    .orderBy(desc(widgetCustomers.id))
    .limit(q ? SEARCHED : limit + 1)
    .as('newest');
  const rows = await db
    .select()
    .from(newest)
    .where(q ? or(contains(newest.full_name, q), contains(newest.email, q)) : undefined)
    .orderBy(desc(newest.id))
    .limit(limit + 1);
  return page(rows, limit, (row) => [row.id], toRecord);
}

/**
 * A condition: the column contains the text, in any case that the database knows. Not by LIKE: D1
 * refuses patterns of more than 50 bytes.
 */
export function contains(column: unknown, text: string) {
  return sql`replace(lower(${column}), lower(${storable(text)}), '') <> lower(${column})`;
}

/** New answers over old ones; beyond the limit the oldest go. */
export function mergeFields(old: CustomFields, added: CustomFields): CustomFields {
  const kept = Object.entries(old).filter(([key]) => !(key in added));
  return Object.fromEntries([...kept, ...Object.entries(added)].slice(-MAX_CUSTOM_FIELDS));
}

/** The record as its own browser sees it. */
export function toCustomer(row: WidgetCustomerRow): WidgetCustomer {
  const { id, visitor_id, email, full_name, phone, custom_fields } = row;
  return { id, visitor_id, email, full_name, phone, custom_fields };
}

/** The record as agents see it. */
export function toRecord(row: WidgetCustomerRow): WidgetCustomerRecord {
  const { customer_id: _, first_seen_at, last_seen_at, ...rest } = row;
  return {
    ...rest,
    first_seen_at: first_seen_at.toISOString(),
    last_seen_at: last_seen_at.toISOString(),
  };
}

function isCustomer(organizationId: string, id: string) {
  return and(eq(widgetCustomers.organization_id, organizationId), eq(widgetCustomers.id, id));
}
