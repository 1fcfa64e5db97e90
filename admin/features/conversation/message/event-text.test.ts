import { expect, it } from 'vitest';
import type { Actor } from '../../../../protocol/conversation/actor.ts';
import type { Message } from '../../../../protocol/conversation/message.ts';
import type { ConversationEvent } from '../../../../protocol/events/index.ts';
import { eventText } from './event-text.ts';

function happened(event?: ConversationEvent, by?: Actor): Message {
  return {
    seq: 1,
    id: '0193d6a0-0000-7000-8000-000000000001',
    kind: 'event',
    sender: { kind: 'system', id: 'system', name: null },
    body: 'Something newer happened',
    sent_at: '2026-11-12T10:00:00.000Z',
    ...(event ? { event } : {}),
    ...(by ? { by } : {}),
  };
}

const omar = { id: 'a1', name: 'Omar' };

it.each([
  [{ type: 'joined', agent: omar }, 'a2', 'Omar joined'],
  [{ type: 'joined', agent: omar }, 'a1', 'You joined'],
  [{ type: 'assigned', assignee: omar }, 'a2', 'Assigned to Omar'],
  [{ type: 'assigned', assignee: omar }, 'a1', 'Assigned to you'],
  [{ type: 'assigned', assignee: null }, 'a1', 'Unassigned'],
  [{ type: 'department_changed', department: { id: 'd1', name: 'Sales' } }, 'a1', 'Moved to Sales'],
  [{ type: 'closed', reason: 'visitor_left' }, 'a1', 'Closed by the visitor'],
  [{ type: 'reopened' }, 'a1', 'Reopened'],
  [{ type: 'snoozed', until: null }, 'a1', 'Snoozed until the visitor replies'],
  [{ type: 'woke' }, 'a1', 'Snooze ended'],
  [{ type: 'rated', score: 4, comment: 'Quick' }, 'a1', 'Rated 4 of 5: “Quick”'],
] satisfies [ConversationEvent, string, string][])('says %j to %s', (event, me, expected) => {
  expect(eventText(happened(event), me)).toBe(expected);
});

it.each<[Actor, string]>([
  [{ kind: 'visitor', id: 'v1' }, 'Reopened by the visitor'],
  [{ kind: 'agent', id: 'a1', name: 'Omar' }, 'Reopened by you'],
  [{ kind: 'bot', id: 'b1', name: 'Helper' }, 'Reopened by Helper'],
  [{ kind: 'api_key', id: 'k1', name: 'Shop' }, 'Reopened by Shop'],
  [{ kind: 'system', cause: 'rule', id: 'r1', name: 'Escalate' }, 'Reopened by the rule Escalate'],
  [{ kind: 'system', cause: 'rule' }, 'Reopened by a rule'],
  [{ kind: 'system', cause: 'unknown' }, 'Reopened'],
])('P11: of what %j did it says who', (by, expected) => {
  expect(eventText(happened({ type: 'reopened' }, by), 'a1')).toBe(expected);
});

const maya: Actor = { kind: 'agent', id: 'a2', name: 'Maya' };
const label = (name: string) => ({ id: name, name });

it.each([
  [{ type: 'closed', reason: 'resolved' }, maya, 'Closed by Maya'],
  [{ type: 'closed', reason: 'spam' }, maya, 'Closed as spam by Maya'],
  [{ type: 'closed', reason: 'resolved' }, { ...maya, id: 'a1' }, 'Closed by you'],
  [
    { type: 'closed', reason: 'visitor_left' },
    { kind: 'visitor', id: 'v' },
    'Closed by the visitor',
  ],
  [
    { type: 'closed', reason: 'resolved' },
    { kind: 'system', cause: 'unknown' },
    'Closed as resolved',
  ],
  [{ type: 'reopened' }, { kind: 'api_key', id: 'k', name: 'Shop' }, 'Reopened by Shop'],
  [{ type: 'assigned', assignee: omar }, maya, 'Assigned to you by Maya'],
  [{ type: 'assigned', assignee: { id: 'a2', name: 'Maya' } }, maya, 'Claimed by Maya'],
  [{ type: 'woke' }, maya, 'Unsnoozed by Maya'],
  [
    { type: 'labels_changed', added: [label('refund')], removed: [] },
    { ...maya, name: 'Tom' },
    'Label refund added by Tom',
  ],
  [
    { type: 'labels_changed', added: [label('a'), label('b')], removed: [label('c')] },
    maya,
    'Labels a, b added; Label c removed by Maya',
  ],
  [{ type: 'priority_changed', priority: 'high' }, maya, 'Priority set to high by Maya'],
  [
    { type: 'customer_changed', changed: ['full_name', 'email'], full_name: 'Ada' },
    { kind: 'visitor', id: 'v' },
    'Name changed to Ada, e-mail address changed by the visitor',
  ],
  [{ type: 'visitor_blocked', blocked: true }, maya, 'Blocked by Maya'],
  [{ type: 'sessions_ended' }, maya, 'Sessions ended by Maya'],
] satisfies [ConversationEvent, Actor, string][])(
  'says who did it: %j by %j',
  (event, by, expected) => {
    expect(eventText(happened(event, by), 'a1')).toBe(expected);
  },
);

it('uses the text sent with an unknown event', () => {
  expect(eventText(happened(), 'a1')).toBe('Something newer happened');
});

it('uses an event’s English sentence with its actor if it has no text here', () => {
  const newer = { ...happened(undefined, maya), body: 'Put on a map.' };
  expect(eventText(newer, 'a1')).toBe('Put on a map by Maya');
  expect(eventText({ ...newer, by: { kind: 'system', cause: 'unknown' } }, 'a1')).toBe(
    'Put on a map',
  );
});
