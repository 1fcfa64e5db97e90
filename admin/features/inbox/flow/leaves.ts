import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import type { ConversationChange } from '../../conversation/api.ts';
import { type Filter, inList } from '../queues/queues.ts';

/**
 * Whether an agent is done with a conversation after this change, so that the next one opens: it is
 * closed or snoozed, or it leaves the list because it was moved or given to somebody else.
 *
 * @param me the id of the agent. Who takes a conversation wants to answer it, and stays.
 */
export function isDoneAfter(
  row: ConversationSummary,
  { status, departmentId, assigneeId }: ConversationChange,
  filter: Filter,
  me: string,
): boolean {
  if (status === 'closed' || status === 'snoozed') return true;
  if (status !== undefined || assigneeId === me) return false;
  if (departmentId === undefined && assigneeId === undefined) return false;
  const assignee =
    assigneeId === undefined ? row.assignee : assigneeId && { id: assigneeId, name: '' };
  const changed = {
    ...row,
    department_id: departmentId ?? row.department_id,
    assignee: assignee || null,
  };
  return inList(row, filter, me) && !inList(changed, filter, me);
}
