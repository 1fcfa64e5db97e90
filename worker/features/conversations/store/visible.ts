import { and, type Column, eq, exists, inArray, or, type SQL } from 'drizzle-orm';
import type { Visibility } from '../../../../protocol/conversation/visibility.ts';
import { tables } from '../../../database/configured.ts';
import type { Database } from '../../../database/database.ts';
import type { Queue } from './lists.ts';

const { conversationMentions, conversations, departmentMembers } = tables;

/**
 * A condition: the agent sees the conversation, as `sees` of protocol/conversation/visibility.ts has it; nothing for
 * whom sees everything. It looks at the row and has no index: whoever asks reads a bounded number.
 */
export function isVisible(
  db: Database,
  organizationId: string,
  visibility: Visibility,
): SQL | undefined {
  if (!visibility.departments) return undefined;
  return or(
    isServed(db, organizationId, visibility, conversations.department_id),
    eq(conversations.assignee_id, visibility.id),
    isNamedIn(db, organizationId, visibility.id),
  );
}

/** A condition: the agent serves the department; nothing for whom sees everything. */
export function isServed(
  db: Database,
  organizationId: string,
  { id, departments }: Visibility,
  department: Column,
): SQL | undefined {
  if (!departments) return undefined;
  const served = db
    .select({ id: departmentMembers.department_id })
    .from(departmentMembers)
    .where(
      and(eq(departmentMembers.organization_id, organizationId), eq(departmentMembers.user_id, id)),
    );
  return inArray(department, served);
}

/** A condition: one of the conversation's notes names the user. */
function isNamedIn(db: Database, organizationId: string, userId: string): SQL {
  return exists(
    db
      .select({ one: conversationMentions.seq })
      .from(conversationMentions)
      .where(
        and(
          eq(conversationMentions.organization_id, organizationId),
          eq(conversationMentions.user_id, userId),
          eq(conversationMentions.conversation_id, conversations.id),
        ),
      ),
  );
}

/**
 * The queues that together hold what the agent sees of one, each of which an index covers: one for
 * each department that they serve, what is assigned to them, and what names them. Null where there
 * is no such way, and the rows must be looked at.
 */
export function visibleParts(
  queue: Queue,
  { id, departments }: Visibility,
): readonly Queue[] | null {
  if (!departments || queue.assignee?.id === id || queue.mentioned === id) return [queue];
  const { assignee, department, label, status, sort } = queue;
  if (department !== undefined && departments.includes(department)) return [queue];
  const byWaiting = sort === 'waiting' || status === 'waiting';
  if (assignee || department !== undefined || label !== undefined || byWaiting) return null;
  return [
    ...departments.map((departmentId) => ({ ...queue, department: departmentId })),
    { ...queue, assignee: { id } },
    { ...queue, mentioned: id },
  ];
}
