import type { Actor } from '../../../../protocol/conversation/actor.ts';
import type { ClosedReason } from '../../../../protocol/conversation/closed-reason.ts';
import type { Message } from '../../../../protocol/conversation/message.ts';
import type { ConversationEvent } from '../../../../protocol/events/index.ts';
import { MAX_RATING } from '../../../../protocol/limits.ts';
import { absoluteTime } from '../../../lib/relative-time.ts';
import { byText } from '../by-text.ts';

const CLOSED: Record<ClosedReason, string> = {
  resolved: 'Closed as resolved',
  department_changed: 'Closed: the visitor switched departments',
  visitor_left: 'Closed by the visitor',
  inactive: 'Closed: no reply',
  spam: 'Closed as spam',
};

/** Why a conversation was closed and which agent closed it, without a full stop. */
export function closedText(
  reason: ClosedReason | null,
  by: Actor | null | undefined,
  me: string,
): string {
  const who = by?.kind === 'visitor' ? '' : byText(by, me);
  return (reason && !(who && reason === 'resolved') ? CLOSED[reason] : 'Closed') + who;
}

/** `Label refund added`, `Labels bug, vip removed`; empty without labels. */
function labelsText(labels: readonly { name: string | null }[], what: string): string[] {
  const [first, ...more] = labels;
  if (!first) return [];
  const names = labels.map(({ name }) => name ?? 'unknown').join(', ');
  return [`Label${more.length > 0 ? 's' : ''} ${names} ${what}`];
}

/** The changes to a customer. */
function changedText(changed: readonly string[], name: string | null): string {
  const nameText = name ? `Name changed to ${name}` : 'Name removed';
  if (!changed.includes('full_name')) return 'E-mail address changed';
  return changed.length > 1 ? `${nameText}, e-mail address changed` : nameText;
}

/**
 * The text of an event for the agent `me`. For an event without a text here, or one that this
 * version does not know, its English sentence and the actor.
 */
export function eventText(message: Message, me: string): string {
  return happenedText(message, me) ?? message.body.replace(/\.$/, '') + byText(message.by, me);
}

/** The text of an event with its actor, for the agent `me`. Null if it has no text here. */
export function happenedText(
  entry: { event?: ConversationEvent | undefined; by?: Actor | undefined },
  me: string,
): string | null {
  const { event } = entry;
  const by = byText(entry.by, me);
  const name = (agent: { id: string; name: string }) => (agent.id === me ? 'You' : agent.name);
  switch (event?.type) {
    case 'joined':
      return `${name(event.agent)} joined`;
    case 'assigned':
      if (!event.assignee) return `Unassigned${by}`;
      // Claiming is assigning it to oneself.
      if (entry.by?.id === event.assignee.id) return `Claimed${by}`;
      return `Assigned to ${event.assignee.id === me ? 'you' : event.assignee.name}${by}`;
    case 'department_changed':
      return `Moved to ${event.department.name}${by}`;
    case 'closed':
      return closedText(event.reason, entry.by, me);
    case 'reopened':
      return `Reopened${by}`;
    case 'snoozed':
      return `Snoozed until ${event.until ? absoluteTime(event.until) : 'the visitor replies'}${by}`;
    case 'woke':
      return by ? `Unsnoozed${by}` : 'Snooze ended';
    case 'rated': {
      const comment = event.comment ? `: “${event.comment}”` : '';
      return `Rated ${event.score} of ${MAX_RATING}${comment}`;
    }
    case 'labels_changed':
      return (
        [...labelsText(event.added, 'added'), ...labelsText(event.removed, 'removed')].join('; ') +
        by
      );
    case 'priority_changed':
      return `Priority set to ${event.priority}${by}`;
    case 'customer_changed':
      return `${changedText(event.changed, event.full_name)}${by}`;
    case 'visitor_blocked':
      return `${event.blocked ? 'Blocked' : 'Unblocked'}${by}`;
    case 'sessions_ended':
      return `Sessions ended${by}`;
    default:
      return null;
  }
}
