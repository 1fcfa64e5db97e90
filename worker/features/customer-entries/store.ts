import { and, desc, eq, lt } from 'drizzle-orm';
import { z } from 'zod';
import type { Actor } from '../../../protocol/actor.ts';
import type { CustomerEntry, CustomerEvent } from '../../../protocol/customer-entry.ts';
import { tables } from '../../database/configured.ts';
import { decodeCursor, page } from '../../database/cursor.ts';
import type { Database } from '../../database/database.ts';
import { uuidv7 } from '../../kernel/ids.ts';
import type { WidgetCustomerRow } from '../customers/store.ts';

const { customerEntries } = tables;

/** What happened to a customer (P11): one row for each change, beside their open conversations' entries. */

/** Writes that something happened to a customer. One row. */
export async function noteCustomerEvent(
  db: Database,
  { organization_id, id }: Pick<WidgetCustomerRow, 'organization_id' | 'id'>,
  by: Actor,
  event: CustomerEvent,
): Promise<void> {
  const row = { organization_id, widget_customer_id: id, id: uuidv7(), event, by };
  await db.insert(customerEntries).values({ ...row, created_at: new Date() });
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

/** What of a customer's name and address is another now; null for nothing. */
export function customerChange(
  before: Pick<WidgetCustomerRow, 'full_name' | 'email'>,
  after: Pick<WidgetCustomerRow, 'full_name' | 'email'>,
): CustomerEvent | null {
  const changed = (['full_name', 'email'] as const).filter((key) => before[key] !== after[key]);
  if (changed.length === 0) return null;
  return { type: 'customer_changed', changed, full_name: after.full_name };
}
