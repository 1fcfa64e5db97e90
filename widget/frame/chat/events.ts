import type { Message } from '../../../protocol/message.ts';
import { t } from '../strings/index.ts';

/** What an event says in the reader's language; one that this version does not know, in English. */
export function eventText({ event, body }: Message): string {
  switch (event?.type) {
    case 'joined':
      return t.joined(event.agent.name);
    case 'department_changed':
      return t.moved(event.department.name);
    case 'closed':
      return t.closed[event.reason];
    case 'reopened':
      return t.reopened;
    default:
      return body;
  }
}
