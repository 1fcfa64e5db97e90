import { and, eq, isNull, or } from 'drizzle-orm';
import { v7 } from 'uuid';
import type { SavedView } from '../../protocol/resources.ts';
import { savedViews } from './configured.ts';
import type { Database } from './database.ts';

/** Queues that somebody put together: an agent sees their own and the team's, and may change both. */

export type NewView = Omit<SavedView, 'id'>;

/** In the order in which they were made. */
export async function listViews(
  db: Database,
  organizationId: string,
  userId: string,
): Promise<SavedView[]> {
  const rows = await db.select().from(savedViews).where(isSeenBy(organizationId, userId));
  return rows
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
    .map(({ id, name, query, user_id }) => ({ id, name, query, shared: user_id === null }));
}

export async function createView(
  db: Database,
  organization_id: string,
  userId: string,
  { name, query, shared }: NewView,
  position: number,
): Promise<SavedView> {
  const id = v7();
  await db
    .insert(savedViews)
    .values({ organization_id, id, user_id: shared ? null : userId, name, query, position });
  return { id, name, query, shared };
}

/** Changes what is named; null when this user sees no such view. */
export async function updateView(
  db: Database,
  organizationId: string,
  userId: string,
  id: string,
  { name, query, shared }: { [Key in keyof NewView]?: NewView[Key] | undefined },
): Promise<SavedView | null> {
  const [row] = await db
    .update(savedViews)
    .set({
      // Something is always set, so that an empty change answers what is.
      id,
      ...(name !== undefined && { name }),
      ...(query !== undefined && { query }),
      ...(shared !== undefined && { user_id: shared ? null : userId }),
    })
    .where(and(isSeenBy(organizationId, userId), eq(savedViews.id, id)))
    .returning();
  return row ? { id, name: row.name, query: row.query, shared: row.user_id === null } : null;
}

/** Whether there was one to remove. */
export async function removeView(
  db: Database,
  organizationId: string,
  userId: string,
  id: string,
): Promise<boolean> {
  const rows = await db
    .delete(savedViews)
    .where(and(isSeenBy(organizationId, userId), eq(savedViews.id, id)))
    .returning({ id: savedViews.id });
  return rows.length > 0;
}

function isSeenBy(organizationId: string, userId: string) {
  return and(
    eq(savedViews.organization_id, organizationId),
    or(isNull(savedViews.user_id), eq(savedViews.user_id, userId)),
  );
}
