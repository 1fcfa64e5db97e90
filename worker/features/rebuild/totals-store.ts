import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';

const { conversations, widgetCustomers } = tables;

/** What customers' rows say of their conversations, counted again. */

export async function countCustomers(db: Database, organizationId: string): Promise<number> {
  return db.$count(widgetCustomers, eq(widgetCustomers.organization_id, organizationId));
}

/**
 * Corrects, of a page of customers, how many conversations they have, and since when they are known:
 * not later than their first conversation. What is right is not written. A total that changed since it
 * was counted stays: the conversation that begins meanwhile counted itself.
 *
 * @returns `next`: the id from which to go on; null at the end
 */
export async function correctTotals(
  db: Database,
  organizationId: string,
  after: string | null,
  limit: number,
): Promise<{ next: string | null; looked: number; corrected: number }> {
  const ofCustomer = sql`FROM ${conversations}
    WHERE ${conversations.organization_id} = ${widgetCustomers.organization_id}
    AND ${conversations.widget_customer_id} = ${widgetCustomers.id}`;
  const rows = await db
    .select({
      id: widgetCustomers.id,
      total: widgetCustomers.total_conversations,
      since: widgetCustomers.first_seen_at,
      counted: sql<number>`(SELECT count(*) ${ofCustomer})`.mapWith(Number),
      first: sql<Date | null>`(SELECT min(${conversations.created_at}) ${ofCustomer})`.mapWith(
        conversations.created_at,
      ),
    })
    .from(widgetCustomers)
    .where(
      and(
        eq(widgetCustomers.organization_id, organizationId),
        after === null ? undefined : gt(widgetCustomers.id, after),
      ),
    )
    .orderBy(asc(widgetCustomers.id))
    .limit(limit);
  let corrected = 0;
  for (const { id, total, since, counted, first } of rows) {
    const first_seen_at = first && first < since ? first : since;
    if (total === counted && first_seen_at === since) continue;
    await db
      .update(widgetCustomers)
      .set({ total_conversations: counted, first_seen_at })
      .where(
        and(
          eq(widgetCustomers.organization_id, organizationId),
          eq(widgetCustomers.id, id),
          eq(widgetCustomers.total_conversations, total),
        ),
      );
    corrected += 1;
  }
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return { next: last?.id ?? null, looked: rows.length, corrected };
}
