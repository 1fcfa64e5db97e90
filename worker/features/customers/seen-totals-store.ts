import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Visibility } from '../../../protocol/conversation/visibility.ts';
import type { WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';
import { isVisible } from '../conversations/store/visible.ts';
import { amongNewest } from './list-store.ts';

const { widgetCustomers } = tables;

/** Customers of one statement, which binds their ids and what decides who sees: D1 binds 100 values. */
const AT_ONCE = 50;

/**
 * Customers as an agent may know them: where they do not see everything, `total_conversations` counts
 * those of the newest that they see, so that it tells nothing of others.
 */
export async function withSeenTotals(
  db: Database,
  organizationId: string,
  visibility: Visibility,
  customers: readonly WidgetCustomerRecord[],
): Promise<WidgetCustomerRecord[]> {
  const visible = isVisible(db, organizationId, visibility);
  if (!visible) return [...customers];
  const totals = new Map<string, number>();
  for (let start = 0; start < customers.length; start += AT_ONCE) {
    const ids = customers.slice(start, start + AT_ONCE).map(({ id }) => id);
    const rows = await db
      .select({
        id: widgetCustomers.id,
        total: sql<number>`(SELECT count(*) FROM ${amongNewest(visible)})`.mapWith(Number),
      })
      .from(widgetCustomers)
      .where(
        and(eq(widgetCustomers.organization_id, organizationId), inArray(widgetCustomers.id, ids)),
      );
    for (const { id, total } of rows) totals.set(id, total);
  }
  return customers.map((customer) => ({
    ...customer,
    total_conversations: totals.get(customer.id) ?? 0,
  }));
}

/** The same of one. */
export async function withSeenTotal<Record extends WidgetCustomerRecord | null>(
  db: Database,
  organizationId: string,
  visibility: Visibility,
  customer: Record,
): Promise<Record> {
  if (!customer || !visibility.departments) return customer;
  const [counted] = await withSeenTotals(db, organizationId, visibility, [customer]);
  return { ...customer, total_conversations: counted?.total_conversations ?? 0 };
}
