import { and, desc, eq, exists, type SQL } from 'drizzle-orm';
import { tables } from '../../../database/configured.ts';
import type { Database } from '../../../database/database.ts';
import type { ConversationRow } from './rows.ts';

const { conversationLabels, conversationMentions, conversations } = tables;

/** Rows that a condition without an index looks through at most, so that a page stays a page. */
export const SCANNED = 1_000;

/**
 * The ids of the newest thousand conversations with a label, or with a note that names somebody;
 * null where neither narrows the queue. A conversation's id says when it began, so that both are
 * read backwards along their index.
 */
export function newestMarked(
  db: Database,
  organizationId: string,
  { label, mentioned }: { label?: string | undefined; mentioned?: string | undefined },
) {
  if (mentioned !== undefined) {
    return db
      .select({ id: conversationMentions.conversation_id })
      .from(conversationMentions)
      .where(
        and(
          eq(conversationMentions.organization_id, organizationId),
          eq(conversationMentions.user_id, mentioned),
        ),
      )
      .orderBy(desc(conversationMentions.conversation_id))
      .limit(SCANNED)
      .as('newest');
  }
  if (label === undefined) return null;
  return db
    .select({ id: conversationLabels.conversation_id })
    .from(conversationLabels)
    .where(
      and(
        eq(conversationLabels.organization_id, organizationId),
        eq(conversationLabels.label_id, label),
      ),
    )
    .orderBy(desc(conversationLabels.conversation_id))
    .limit(SCANNED)
    .as('newest');
}

/** A condition: the conversation has the label. */
export function hasLabel(db: Database, organizationId: string, label: string): SQL {
  return exists(
    db
      .select({ one: conversationLabels.label_id })
      .from(conversationLabels)
      .where(
        and(
          eq(conversationLabels.organization_id, organizationId),
          eq(conversationLabels.conversation_id, conversations.id),
          eq(conversationLabels.label_id, label),
        ),
      ),
  );
}

/** A condition: which of the lists it is in. */
export function isOn(shelf: ConversationRow['shelf']): SQL {
  return eq(conversations.shelf, shelf);
}
