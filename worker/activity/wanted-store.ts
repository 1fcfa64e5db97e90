import { eq } from 'drizzle-orm';
import { tables } from '../database/configured.ts';
import type { Database } from '../database/database.ts';

const { organizations } = tables;

/** Whether an organization wants what is done with conversations in its activity log. */
export async function recordsConversations(db: Database, organizationId: string): Promise<boolean> {
  const [row] = await db
    .select({ wanted: organizations.activity_conversations })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  return row?.wanted ?? false;
}
