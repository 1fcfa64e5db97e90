import { MAX_RATING } from '../../protocol/limits.ts';
import type { ConversationEvent } from '../../protocol/message.ts';

/** What an event says in English, for readers that do not know its type. */
export function describe(event: ConversationEvent): string {
  switch (event.type) {
    case 'joined':
      return `${event.agent.name} joined the conversation.`;
    case 'assigned':
      return event.assignee ? `Assigned to ${event.assignee.name}.` : 'Unassigned.';
    case 'department_changed':
      return `Moved to ${event.department.name}.`;
    case 'closed':
      return 'The conversation was closed.';
    case 'reopened':
      return 'The conversation was reopened.';
    case 'snoozed':
      return event.until ? `Snoozed until ${event.until}.` : 'Snoozed until the next reply.';
    case 'woke':
      return 'Back in the inbox.';
    case 'rated':
      return `Rated ${event.score} of ${MAX_RATING}.`;
    case 'edited':
      return 'A message was edited.';
    case 'deleted':
      return 'A message was deleted.';
  }
}
