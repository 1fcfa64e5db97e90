import { and, count, eq, isNull, sql } from 'drizzle-orm';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';

const { conversations, departments, invitations, members } = tables;

/** What an organization has of all that a new one begins with. It reads a few rows, however large it is. */
export async function readProgress(db: Database, organizationId: string) {
  const [talks, open, people, invited] = await Promise.all([
    db
      .select({ id: conversations.id })
      .from(conversations)
      .where(eq(conversations.organization_id, organizationId))
      .limit(1),
    // At most MAX_DEPARTMENTS and those that were archived.
    db
      .select({ fields: departments.pre_chat_fields })
      .from(departments)
      .where(and(eq(departments.organization_id, organizationId), isNull(departments.archived_at))),
    db.select({ count: count() }).from(
      db
        .select({ one: sql`1`.as('one') })
        .from(members)
        .where(eq(members.organizationId, organizationId))
        .limit(2)
        .as('two'),
    ),
    db
      .select({ id: invitations.id })
      .from(invitations)
      .where(and(eq(invitations.organizationId, organizationId), eq(invitations.status, 'pending')))
      .limit(1),
  ]);
  return {
    conversation: talks.length > 0,
    departments: open.length > 1 || open.some(({ fields }) => fields.length > 0),
    team: (people[0]?.count ?? 0) > 1 || invited.length > 0,
  };
}
