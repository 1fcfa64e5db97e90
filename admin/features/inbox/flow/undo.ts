import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import type { ConversationChange } from '../../conversation/api.ts';

type Before = Pick<ConversationSummary, 'status' | 'snoozed_until' | 'assignee' | 'department_id'>;

/**
 * The changes, one after the other, that bring a conversation back to how it was before a change
 * that took it from the list.
 *
 * @param before how it was
 * @param now in milliseconds since the epoch: a snooze whose time has passed does not come back
 */
export function undoOf(
  before: Before,
  change: ConversationChange,
  now = Date.now(),
): ConversationChange[] {
  const undo: ConversationChange[] = [];
  const wasSnoozed =
    before.status === 'snoozed' &&
    (before.snoozed_until === null || Date.parse(before.snoozed_until) > now);
  if (change.status === 'closed' || (change.status === 'snoozed' && !wasSnoozed)) {
    undo.push({ status: 'active' });
  }
  if (change.status !== undefined && wasSnoozed) {
    undo.push({ status: 'snoozed', snoozedUntil: before.snoozed_until });
  }
  if (change.departmentId !== undefined || change.assigneeId !== undefined) {
    undo.push({
      ...(change.departmentId !== undefined && { departmentId: before.department_id }),
      assigneeId: before.assignee?.id ?? null,
    });
  }
  return undo;
}
