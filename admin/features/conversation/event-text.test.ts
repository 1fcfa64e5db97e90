import { expect, it } from 'vitest';
import type { ConversationEvent } from '../../../protocol/events/index.ts';
import type { Message } from '../../../protocol/message.ts';
import { eventText } from './event-text.ts';

function happened(event?: ConversationEvent): Message {
  return {
    seq: 1,
    id: '0193d6a0-0000-7000-8000-000000000001',
    kind: 'event',
    sender: { kind: 'system', id: 'system', name: null },
    body: 'Something newer happened',
    sent_at: '2026-11-12T10:00:00.000Z',
    ...(event ? { event } : {}),
  };
}

const omar = { id: 'a1', name: 'Omar' };

it.each([
  [{ type: 'joined', agent: omar }, 'a2', 'Omar joined'],
  [{ type: 'joined', agent: omar }, 'a1', 'You joined'],
  [{ type: 'assigned', assignee: omar }, 'a2', 'Assigned to Omar'],
  [{ type: 'assigned', assignee: omar }, 'a1', 'Assigned to you'],
  [{ type: 'assigned', assignee: null }, 'a1', 'Given back to the queue'],
  [{ type: 'department_changed', department: { id: 'd1', name: 'Sales' } }, 'a1', 'Moved to Sales'],
  [{ type: 'closed', reason: 'visitor_left' }, 'a1', 'Closed by the visitor'],
  [{ type: 'reopened' }, 'a1', 'Reopened'],
  [{ type: 'snoozed', until: null }, 'a1', 'Snoozed until the visitor writes'],
  [{ type: 'woke' }, 'a1', 'Back from snoozing'],
  [{ type: 'rated', score: 4, comment: 'Quick' }, 'a1', 'Rated 4 of 5: “Quick”'],
] satisfies [ConversationEvent, string, string][])('says %j to %s', (event, me, expected) => {
  expect(eventText(happened(event), me)).toBe(expected);
});

it('says what it does not know in the words that came with it', () => {
  expect(eventText(happened(), 'a1')).toBe('Something newer happened');
});
