import { and, desc, eq, inArray } from 'drizzle-orm';
import { tables } from '../../../database/configured.ts';
import type { Database } from '../../../database/database.ts';

const { conversations } = tables;

/** Conversations of one person that are looked at: more than anybody has who answers. */
const MOST = 10_000;

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
        eq(conversations.assignee_id, userId),
        inArray(conversations.shelf, ['open', 'snoozed']),
      ),
    )
    // In the order of the queue and not of the ids, for which SQLite would read the whole tenant.
    .orderBy(desc(conversations.activity_at), desc(conversations.id))
    .limit(MOST);
  return rows
    .map(({ id }) => id)
    .filter((id) => after === null || id > after)
    .sort()
    .slice(0, limit);
}
