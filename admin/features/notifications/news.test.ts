import { describe, expect, test } from 'vitest';
import { minute, summary } from '../inbox/summary.fixture.ts';
import { needsAttention, newsIn } from './news.ts';

const mine = { id: 'me', name: 'I' };
const other = { id: 'other', name: 'Other' };
const mention = { user_id: 'me', seq: 2, seen: false };
const before = summary({ version: 1 });
const withMessage = { last_seq: 2, message_count: 2, version: 2 };

describe('newsIn', () => {
  test.each([
    ['a visitor’s message in one that nobody has', summary(withMessage), 'message'],
    ['in an own one', summary({ ...withMessage, assignee: mine }), 'message'],
    ['a message by an agent', summary({ ...withMessage, last_sender: 'agent' }), null],
    ['an event', summary({ last_seq: 2, version: 2 }), null],
    ['a message that somebody has seen', summary({ ...withMessage, agent_read_seq: 2 }), null],
    [
      'a message in an own one that only a colleague has seen',
      summary({ ...withMessage, assignee: mine, agent_read_seq: 2, agent_reads: { other: 2 } }),
      'message',
    ],
    [
      'a message in an own one that I have seen',
      summary({ ...withMessage, assignee: mine, agent_read_seq: 2, agent_reads: { me: 2 } }),
      null,
    ],
    ['a late frame', summary({ ...withMessage, version: 1 }), null],
    ['a closed one', summary({ ...withMessage, status: 'closed' }), null],
    ['a colleague’s', summary({ ...withMessage, assignee: other }), null],
    [
      'a mention in a colleague’s',
      summary({ ...withMessage, assignee: other, mentions: [mention] }),
      'mention',
    ],
  ])('%s', (_, after, expected) => {
    expect(newsIn(before, after, 'me', 'mine_and_unassigned')).toBe(expected);
  });

  test('follows the preference', () => {
    const after = summary({ ...withMessage, assignee: other });
    expect(newsIn(before, after, 'me', 'all')).toBe('message');
    expect(newsIn(before, summary(withMessage), 'me', 'mentions')).toBe(null);
  });

  test('of an unknown conversation, a message is new and a later change is not', () => {
    const at = Date.parse(minute(0));
    const atVersion = (version: number) => summary({ last_message_at: minute(0), version });
    expect(newsIn(undefined, atVersion(at), 'me', 'all')).toBe('message');
    expect(newsIn(undefined, atVersion(at + 60_000), 'me', 'all')).toBe(null);
  });
});

test('counts waiting conversations by the same preference, and a mention until it was seen', () => {
  const theirs = summary({ assignee: other });
  expect(needsAttention(theirs, 'me', 'mine_and_unassigned')).toBe(false);
  expect(needsAttention(theirs, 'me', 'all')).toBe(true);
  expect(needsAttention(summary(), 'me', 'mentions')).toBe(false);
  expect(needsAttention(summary({ mentions: [mention] }), 'me', 'mentions')).toBe(true);
  const seenByOther = { agent_read_seq: 1, agent_reads: { other: 1 } };
  expect(needsAttention(summary(seenByOther), 'me', 'all')).toBe(false);
  expect(needsAttention(summary({ ...seenByOther, assignee: mine }), 'me', 'all')).toBe(true);
  const seen = summary({ mentions: [{ ...mention, seen: true }] });
  expect(needsAttention(seen, 'me', 'mentions')).toBe(false);
});
