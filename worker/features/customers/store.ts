import { and, eq, exists, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Actor } from '../../../protocol/conversation/actor.ts';
import { MAX_CUSTOM_FIELDS } from '../../../protocol/limits.ts';
import type {
  CustomFields,
  WidgetCustomer,
  WidgetCustomerRecord,
} from '../../../protocol/resources/customer.ts';
import { recordActivity } from '../../activity/record-store.ts';
import { isSameValue } from '../../activity/row.ts';
import { tables } from '../../database/configured.ts';
import { type Database, writeAll } from '../../database/database.ts';
import { customerEntry, nameEntry } from '../customer-entries/store.ts';

const { customers, widgetCustomers } = tables;

export type WidgetCustomerRow = typeof widgetCustomers.$inferSelect;

/** What a person may say of themselves; what is left out stays as it is. */
export type CustomerDetails = { full_name?: string; email?: string; phone?: string };

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

/**
 * Writes what is new of a customer, with the entry of it (P11); null when there is no such customer.
 *
 * @param by who says so
 */
export async function updateCustomer(
  db: Database,
  organizationId: string,
  id: string,
  details: CustomerDetails & { custom_fields?: CustomFields },
  by: Actor,
): Promise<WidgetCustomerRow | null> {
  const before = await findCustomer(db, organizationId, id);
  if (!before || Object.keys(details).length === 0) return before;
  const entry = nameEntry(db, before, by, details, before.full_name);
  const update = db.update(widgetCustomers).set(details).where(isCustomer(organizationId, id));
  const changed = changedFields(before, details);
  const record =
    by.kind !== 'visitor' && changed.length > 0
      ? [
          recordActivity(
            db,
            { organization_id: organizationId, actor: by },
            { kind: 'customer.changed', subject: { id }, after: { fields: changed } },
          ),
        ]
      : [];
  await writeAll(db, entry ? [entry, update, ...record] : [update, ...record]);
  return findCustomer(db, organizationId, id);
}

/** Which details differ, by name: the activity log has no values of visitors. */
function changedFields(before: WidgetCustomerRow, details: object): string[] {
  const values = new Map(Object.entries(before));
  return Object.entries(details).flatMap(([field, value]) =>
    isSameValue(values.get(field), value) ? [] : [field],
  );
}

/**
 * Blocks a customer since `since`, which ends the sessions that they have, or no more (null), with the
 * entry of it (P11). One who is blocked stays so since when, without an entry.
 */
export async function blockCustomer(
  db: Database,
  organizationId: string,
  id: string,
  since: Date | null,
  by: Actor,
): Promise<WidgetCustomerRow | null> {
  const { blocked_at } = widgetCustomers;
  const isNews = since ? isNull(blocked_at) : isNotNull(blocked_at);
  const whose = { organization_id: organizationId, id };
  const event = { type: 'visitor_blocked' as const, blocked: since !== null };
  await writeAll(db, [
    recordActivity(
      db,
      { organization_id: organizationId, actor: by },
      { kind: since ? 'customer.blocked' : 'customer.unblocked', subject: { id } },
      exists(
        db
          .select()
          .from(widgetCustomers)
          .where(and(isCustomer(organizationId, id), isNews)),
      ),
    ),
    customerEntry(db, whose, by, event, isNews),
    db
      .update(widgetCustomers)
      .set({
        blocked_at:
          since === null ? null : sql`coalesce(${blocked_at}, ${sql.param(since, blocked_at)})`,
        ...(since && { sessions_revoked_before: since }),
      })
      .where(isCustomer(organizationId, id)),
  ]);
  return findCustomer(db, organizationId, id);
}

/** The registered customer of that id. */
export async function findRegistered(
  db: Database,
  organizationId: string,
  id: string,
): Promise<{ id: string; external_id: string } | null> {
  const [row] = await db
    .select({ id: customers.id, external_id: customers.external_id })
    .from(customers)
    .where(and(eq(customers.organization_id, organizationId), eq(customers.id, id)));
  return row ?? null;
}

/**
 * New answers over old ones. Beyond the limit the old ones go whose names are the last in order: when
 * each was given nobody knows, since Postgres keeps objects in an order of its own.
 *
 * @param bytes how many the fields may have together (`fieldBytes`); the new ones are checked before
 */
export function mergeFields(old: CustomFields, added: CustomFields, bytes: number): CustomFields {
  const newest = Object.entries(added).slice(0, MAX_CUSTOM_FIELDS);
  let left = bytes - fieldBytes(Object.fromEntries(newest));
  const keptFields = Object.entries(old)
    .filter(([key]) => !Object.hasOwn(added, key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MAX_CUSTOM_FIELDS - newest.length)
    .filter(([key, value]) => {
      left -= fieldBytes({ [key]: value });
      return left >= 0;
    });
  return Object.fromEntries([...keptFields, ...newest]);
}

/** The bytes of fields, their names and values in UTF-8. */
export function fieldBytes(fields: CustomFields): number {
  const encoder = new TextEncoder();
  return Object.entries(fields)
    .flat()
    .reduce((sum, text) => sum + encoder.encode(text).length, 0);
}

/** The record as its own browser sees it. */
export function toCustomer(row: WidgetCustomerRow): WidgetCustomer {
  const { id, visitor_id, email, full_name, phone, custom_fields } = row;
  return { id, visitor_id, email, full_name, phone, custom_fields };
}

/** The record as agents see it. */
export function toRecord(row: WidgetCustomerRow): WidgetCustomerRecord {
  const {
    first_seen_at,
    last_seen_at,
    blocked_at,
    revoked_before: _revoked,
    sessions_revoked_before: _sessions,
    ...rest
  } = row;
  return {
    ...rest,
    first_seen_at: first_seen_at.toISOString(),
    last_seen_at: last_seen_at.toISOString(),
    blocked_at: blocked_at?.toISOString() ?? null,
  };
}

function isCustomer(organizationId: string, id: string) {
  return and(eq(widgetCustomers.organization_id, organizationId), eq(widgetCustomers.id, id));
}
