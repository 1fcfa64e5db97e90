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
  const its = { id: conversations.id, shelf: conversations.shelf };
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
  const elsewhere = served && not(served);
  const found = await Promise.all([
    db.select(its).from(assigned('open')).where(elsewhere),
    db.select(its).from(assigned('snoozed')).where(elsewhere),
    named &&
      db
        .select(its)
        .from(named)
        .crossJoin(conversations)
        .where(and(own, eq(conversations.id, named.id), elsewhere)),
  ]);
  const shelves = new Map(
    found.flatMap((rows) => (rows ?? []).map(({ id, shelf }) => [id, shelf])),
  );
  const on = (wanted: string) => [...shelves.values()].filter((shelf) => shelf === wanted).length;
  return { open: on('open'), snoozed: on('snoozed') };
}
