import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { conversations } from '../configured.ts';
import type { Database } from '../database.ts';

/**
 * The ids of the conversations that somebody has and that are not closed, in order: `limit` at most,
 * behind `after`. Reads what they have, by the index of their queue.
 */
export async function listAssigned(
  db: Database,
  organizationId: string,
  userId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> {
  const rows = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.organization_id, organizationId),
        inArray(conversations.shelf, ['open', 'snoozed']),
        eq(conversations.assignee_id, userId),
        after === null ? undefined : gt(conversations.id, after),
      ),
    )
    .orderBy(asc(conversations.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}
