import type { Message } from '../../../protocol/message.ts';
import { holdPlace } from './hold-place.ts';
import { fill, r } from './strings.ts';

/** What an event says in the reader's language; one that this version does not know, in English. */
export function eventText({ event, body }: Message): string {
  switch (event?.type) {
    case 'joined':
      return fill(r.joined, { name: event.agent.name });
    case 'department_changed':
      return fill(r.moved, { department: event.department.name });
    case 'closed':
      return r.closed[event.reason];
    case 'reopened':
      return r.reopened;
    default:
      return body;
  }
}

export default function EventText(props: { message: Message }) {
  holdPlace();
  return <>{eventText(props.message)}</>;
}
