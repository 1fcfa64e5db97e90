import type { Activity } from '../../activity/row.ts';
import type { Entry } from '../log/log.ts';

/** What is done with a conversation, as the activity log has it. */
export type ConversationActivity = Extract<Activity, { kind: `conversation.${string}` }>;

/**
 * The activity of an entry: what was done, with the values before and after. Null for messages, and
 * for events that the activity log does not have: a customer's name, their block and their sessions, and
 * the new name of a member are there as activities of their own.
 *
 * It holds no text of a message and nothing that a visitor said about themselves. Agents, departments and
 * labels have the names that they had then. The department before has its id alone: the conversation
 * knows no more.
 *
 * @param entry with what the log still knows of the state before it
 */
export function activityOf({ message, before }: Entry): ConversationActivity | null {
  const { event } = message;
  if (!event) return null;
  switch (event.type) {
    case 'joined':
    case 'assigned': {
      const to = event.type === 'joined' ? event.agent : event.assignee;
      const isOwn = event.type === 'joined';
      return {
        kind: `conversation.${isOwn ? 'taken' : to ? 'assigned' : 'unassigned'}`,
        before: ifKnown('assignee', before.assignee && nameOf(before.assignee)),
        after: { assignee: nameOf(to) },
      };
    }
    case 'department_changed':
      return {
        kind: 'conversation.moved',
        before: ifKnown('department', before.department_id),
        after: { department: event.department.name },
      };
    case 'closed':
      return {
        kind: 'conversation.closed',
        before: ifKnown('status', before.status),
        after: { status: 'closed', reason: event.reason, ...ifKnown('hours', event.hours) },
      };
    case 'reopened':
      return {
        kind: 'conversation.reopened',
        before: { status: 'closed', ...ifKnown('reason', before.closed_reason) },
        after: { status: 'open' },
      };
    case 'snoozed':
      return {
        kind: 'conversation.snoozed',
        before: ifKnown('status', before.status),
        after: { status: 'snoozed', until: event.until },
      };
    case 'woke':
      return {
        kind: 'conversation.woke',
        before: { status: 'snoozed', ...ifKnown('until', before.snoozed_until) },
        after: { status: 'open' },
      };
    case 'labels_changed':
      return {
        kind: 'conversation.labelled',
        before: { labels: event.removed.map(labelName) },
        after: { labels: event.added.map(labelName) },
      };
    case 'priority_changed':
      return {
        kind: 'conversation.prioritized',
        before: ifKnown('priority', before.priority),
        after: { priority: event.priority },
      };
    case 'rated':
      return {
        kind: 'conversation.rated',
        before: ifKnown('score', before.rating?.score),
        after: { score: event.score },
      };
    case 'edited':
      return { kind: 'conversation.message_edited', after: { message: event.seq } };
    case 'deleted':
      return { kind: 'conversation.message_deleted', after: { message: event.seq } };
    default:
      return null;
  }
}

/** The field, where its value is known. */
function ifKnown<Field extends string, Value>(
  field: Field,
  value: Value | undefined,
): Partial<Record<Field, Value>> {
  return value === undefined ? {} : ({ [field]: value } as Record<Field, Value>);
}

const nameOf = (person: { name: string } | null) => person?.name ?? null;

/** A label that the organization no longer had is called by its id. */
const labelName = ({ id, name }: { id: string; name: string | null }) => name ?? id;
