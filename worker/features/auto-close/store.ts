import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { tables } from '../../database/configured.ts';
import { beyond, page } from '../../database/cursor.ts';
import type { Database } from '../../database/database.ts';
import type { AutoClosePolicy } from '../../organization/policy.ts';

const { conversations, departments, organizations, widgetSettings } = tables;

/** What an organization has set for closing by itself; null where no conversation does. */
export async function readAutoClose(
  db: Database,
  organizationId: string,
): Promise<AutoClosePolicy | null> {
  const [[settings], own] = await Promise.all([
    db
      .select({
        hours: widgetSettings.auto_close_hours,
        message: widgetSettings.auto_close_message,
        reopens: widgetSettings.auto_close_reopens,
        sender: organizations.name,
      })
      .from(widgetSettings)
      .innerJoin(organizations, eq(organizations.id, widgetSettings.organization_id))
      .where(eq(widgetSettings.organization_id, organizationId)),
    db
      .select({ id: departments.id, hours: departments.auto_close_hours })
      .from(departments)
      .where(
        and(
          eq(departments.organization_id, organizationId),
          isNotNull(departments.auto_close_hours),
        ),
      ),
  ]);
  if (!settings) return null;
  const times = own.map(({ id, hours }) => [id, hours ?? 0] as const);
  if (settings.hours === null && times.every(([, hours]) => hours === 0)) return null;
  return { ...settings, departments: Object.fromEntries(times) };
}

/**
 * A page of the open conversations that an agent has answered, those with the oldest activity first,
 * and the cursor of the next page.
 */
export async function listAnswered(
  db: Database,
  organizationId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ ids: string[]; next: string | null }> {
  const { activity_at, id, organization_id, shelf, status } = conversations;
  // Pages of what is open, by the index of its queue; who has been answered is looked at afterwards.
  const rows = await db
    .select({ id, activity_at, status })
    .from(conversations)
    .where(
      and(
        eq(organization_id, organizationId),
        eq(shelf, 'open'),
        after === null ? undefined : beyond('>', activity_at, id, after),
      ),
    )
    .orderBy(asc(activity_at), asc(id))
    .limit(limit + 1);
  const { items, next_cursor } = page(
    rows,
    limit,
    (row) => [row.activity_at.getTime(), row.id],
    (row) => row,
  );
  const ids = items.filter((row) => row.status === 'active').map((row) => row.id);
  return { ids, next: next_cursor };
}
