import { and, desc, eq, getTableColumns, not } from 'drizzle-orm';
import type { Visibility } from '../../../../protocol/conversation/visibility.ts';
import { tables } from '../../../database/configured.ts';
import type { Database } from '../../../database/database.ts';
import { isOn, newestMarked, SCANNED } from './marked.ts';
import type { ConversationRow } from './rows.ts';
import { isServed } from './visible.ts';

const { conversations } = tables;

/**
 * How many conversations are an agent's though they do not serve the department: assigned to them,
 * or naming them. Looked for among the newest thousand of each.
 */
export async function countElsewhere(
  db: Database,
  organizationId: string,
  visibility: Visibility,
): Promise<{ open: number; snoozed: number }> {
  const served = isServed(db, organizationId, visibility, conversations.department_id);
  const columns = { id: conversations.id, shelf: conversations.shelf };
  const own = eq(conversations.organization_id, organizationId);
  const assigned = (shelf: ConversationRow['shelf']) =>
    db
      .select(getTableColumns(conversations))
      .from(conversations)
      .where(and(own, eq(conversations.assignee_id, visibility.id), isOn(shelf)))
      // As the index has them: without it SQLite would read the tenant.
      .orderBy(desc(conversations.activity_at), desc(conversations.id))
      .limit(SCANNED)
      .as('conversations');
  const named = newestMarked(db, organizationId, { mentioned: visibility.id });
  const outside = served && not(served);
  const results = await Promise.all([
    db.select(columns).from(assigned('open')).where(outside),
    db.select(columns).from(assigned('snoozed')).where(outside),
    named &&
      db
        .select(columns)
        .from(named)
        .crossJoin(conversations)
        .where(and(own, eq(conversations.id, named.id), outside)),
  ]);
  const shelves = new Map(
    results.flatMap((rows) => (rows ?? []).map(({ id, shelf }) => [id, shelf])),
  );
  const on = (name: string) => [...shelves.values()].filter((shelf) => shelf === name).length;
  return { open: on('open'), snoozed: on('snoozed') };
}
