import type { ClosedReason } from '../../../protocol/events/closed.ts';
import { MAX_RATING } from '../../../protocol/limits.ts';
import type { Message } from '../../../protocol/message.ts';
import { absoluteTime } from '../../lib/relative-time.ts';

const CLOSED: Record<ClosedReason, string> = {
  resolved: 'Closed as resolved',
  department_changed: 'Closed: the visitor went on in another department',
  visitor_left: 'Closed by the visitor',
  inactive: 'Closed after a long silence',
  spam: 'Closed as spam',
};

/** Why a conversation is closed, as a sentence without its full stop. */
export function closedText(reason: ClosedReason | null): string {
  return reason ? CLOSED[reason] : 'Closed';
}

/** What an event says to the agent `me`; one that this version does not know says its body. */
export function eventText(message: Message, me: string): string {
  const { event } = message;
  const name = (agent: { id: string; name: string }) => (agent.id === me ? 'You' : agent.name);
  switch (event?.type) {
    case 'joined':
      return `${name(event.agent)} joined`;
    case 'assigned':
      if (!event.assignee) return 'Given back to the queue';
      return `Assigned to ${event.assignee.id === me ? 'you' : event.assignee.name}`;
    case 'department_changed':
      return `Moved to ${event.department.name}`;
    case 'closed':
      return closedText(event.reason);
    case 'reopened':
      return 'Reopened';
    case 'snoozed':
      return event.until
        ? `Snoozed until ${absoluteTime(event.until)}`
        : 'Snoozed until the visitor writes';
    case 'woke':
      return 'Back from snoozing';
    case 'rated': {
      const said = event.comment ? `: “${event.comment}”` : '';
      return `Rated ${event.score} of ${MAX_RATING}${said}`;
    }
    default:
      return message.body;
  }
}
