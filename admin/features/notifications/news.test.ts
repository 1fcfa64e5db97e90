import { describe, expect, test } from 'vitest';
import { minute, summary } from '../inbox/summary.fixture.ts';
import { needsAttention, newsIn } from './news.ts';

const mine = { id: 'me', name: 'I' };
const other = { id: 'other', name: 'Other' };
const mention = { user_id: 'me', seq: 2, seen: false };
const before = summary({ version: 1 });
const said = { last_seq: 2, message_count: 2, version: 2 };

describe('newsIn', () => {
  test.each([
    ['a visitor’s message in one that nobody has', summary(said), 'message'],
    ['in an own one', summary({ ...said, assignee: mine }), 'message'],
    ['a message by an agent', summary({ ...said, last_sender: 'agent' }), null],
    ['an event', summary({ last_seq: 2, version: 2 }), null],
    ['a message that somebody has seen', summary({ ...said, agent_read_seq: 2 }), null],
    ['a late frame', summary({ ...said, version: 1 }), null],
    ['a closed one', summary({ ...said, status: 'closed' }), null],
    ['a colleague’s', summary({ ...said, assignee: other }), null],
    [
      'a mention in a colleague’s',
      summary({ ...said, assignee: other, mentions: [mention] }),
      'mention',
    ],
  ])('%s', (_, after, expected) => {
    expect(newsIn(before, after, 'me', 'mine_and_unassigned')).toBe(expected);
  });

  test('follows the preference', () => {
    const after = summary({ ...said, assignee: other });
    expect(newsIn(before, after, 'me', 'all')).toBe('message');
    expect(newsIn(before, summary(said), 'me', 'mentions')).toBe(null);
  });

  test('of an unknown conversation, a message is new and a later change is not', () => {
    const at = Date.parse(minute(0));
    const told = (version: number) => summary({ last_message_at: minute(0), version });
    expect(newsIn(undefined, told(at), 'me', 'all')).toBe('message');
    expect(newsIn(undefined, told(at + 60_000), 'me', 'all')).toBe(null);
  });
});

test('counts waiting conversations by the same preference, and a mention until it was seen', () => {
  const theirs = summary({ assignee: other });
  expect(needsAttention(theirs, 'me', 'mine_and_unassigned')).toBe(false);
  expect(needsAttention(theirs, 'me', 'all')).toBe(true);
  expect(needsAttention(summary(), 'me', 'mentions')).toBe(false);
  expect(needsAttention(summary({ mentions: [mention] }), 'me', 'mentions')).toBe(true);
  const seen = summary({ mentions: [{ ...mention, seen: true }] });
  expect(needsAttention(seen, 'me', 'mentions')).toBe(false);
});
