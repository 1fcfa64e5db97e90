import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import type { Actor } from '../../../protocol/conversation/actor.ts';
import type { CustomerEntry, CustomerEvent } from '../../../protocol/resources/customer-entry.ts';
import { databaseKind, tables } from '../../database/configured.ts';
import { decodeCursor, page } from '../../database/cursor.ts';
import type { Database, Write } from '../../database/database.ts';
import { uuidv7 } from '../../kernel/ids.ts';
import type { WidgetCustomerRow } from '../customers/store.ts';

const { customerEntries, widgetCustomers } = tables;

/** What happened to a customer (P11): one row for each change, beside their open conversations' entries. */

type Whose = Pick<WidgetCustomerRow, 'organization_id' | 'id'>;

/**
 * The write of an entry. It belongs before the write of the record, in the same `writeAll`: so both are
 * there or neither is, and `where` looks at the record as it was. On Postgres it locks the record, so
 * that of two who change it at once the second one compares with what the first one made of it.
 *
 * @param where what must hold of the record; left out: the entry is written whenever there is one
 */
export function customerEntry(
  db: Database,
  whose: Whose,
  by: Actor,
  event: CustomerEvent,
  where?: SQL,
): Write {
  return entryWrite(db, whose, by, value(event, customerEntries.event), where);
}

/** What a change says of a customer's name and address. */
export type NameAndAddress = { full_name?: string | undefined; email?: string | undefined };

/**
 * The write of the entry for a new name or address: `customerEntry` of whatever differs from the
 * record. Null where the change says nothing of them.
 *
 * @param fullName what the customer is called afterwards, where the change has no name
 */
export function nameEntry(
  db: Database,
  whose: Whose,
  by: Actor,
  { full_name, email }: NameAndAddress,
  fullName: string | null,
): Write | null {
  const event = (...changed: ('full_name' | 'email')[]) =>
    value(
      { type: 'customer_changed', changed, full_name: full_name ?? fullName },
      customerEntries.event,
    );
  const isNewName = full_name !== undefined && differs(widgetCustomers.full_name, full_name);
  const isNewEmail = email !== undefined && differs(widgetCustomers.email, email);
  if (isNewName && isNewEmail) {
    const both = sql`CASE WHEN ${isNewName} AND ${isNewEmail} THEN ${event('full_name', 'email')}
      WHEN ${isNewName} THEN ${event('full_name')} ELSE ${event('email')} END`;
    return entryWrite(db, whose, by, both, sql`(${isNewName} OR ${isNewEmail})`);
  }
  if (isNewName) return entryWrite(db, whose, by, event('full_name'), isNewName);
  if (isNewEmail) return entryWrite(db, whose, by, event('email'), isNewEmail);
  return null;
}

function entryWrite(
  db: Database,
  { organization_id, id }: Whose,
  by: Actor,
  event: SQL,
  where?: SQL,
): Write {
  const isWhose = and(
    eq(widgetCustomers.organization_id, organization_id),
    eq(widgetCustomers.id, id),
    where,
  );
  // SQLite has one writer at a time, and no word for a lock.
  const locked = databaseKind === 'postgres' ? sql`FOR UPDATE` : sql``;
  // The columns stand in the order of the table.
  return db.insert(customerEntries).select(sql`
    SELECT ${widgetCustomers.organization_id}, ${widgetCustomers.id},
      ${value(uuidv7(), customerEntries.id)}, ${event}, ${value(by, customerEntries.by)},
      ${value(new Date(), customerEntries.created_at)}
    FROM ${widgetCustomers} WHERE ${isWhose} ${locked}`);
}

function differs(column: SQLiteColumn, text: string): SQL {
  return sql`${column} IS DISTINCT FROM ${sql.param(text, column)}`;
}

/** A value as the column stores it. Postgres cannot tell the type of a parameter in a SELECT list. */
function value(of: unknown, column: SQLiteColumn): SQL {
  return sql`CAST(${sql.param(of, column)} AS ${sql.raw(column.getSQLType())})`;
}

/**
 * A page of what happened to a customer, newest first.
 *
 * @throws FoyerError validation_failed for a cursor that is not one of this list's
 */
export async function listCustomerEntries(
  db: Database,
  organizationId: string,
  customerId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: CustomerEntry[]; next_cursor: string | null }> {
  const before = cursor === undefined ? undefined : decodeCursor(cursor, z.tuple([z.uuid()]))[0];
  const rows = await db
    .select()
    .from(customerEntries)
    .where(
      and(
        eq(customerEntries.organization_id, organizationId),
        eq(customerEntries.widget_customer_id, customerId),
        before === undefined ? undefined : lt(customerEntries.id, before),
      ),
    )
    .orderBy(desc(customerEntries.id))
    .limit(limit + 1);
  return page(
    rows,
    limit,
    ({ id }) => [id],
    ({ id, event, by, created_at }) => ({ id, event, by, created_at: created_at.toISOString() }),
  );
}
