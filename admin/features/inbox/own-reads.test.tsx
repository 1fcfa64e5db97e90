import { beforeEach, describe, expect, test } from 'vitest';
import { isUnreadBy } from '../../../protocol/conversation/read-marks.ts';
import { createOwnReads, readBy } from './own-reads.ts';
import { summary } from './summary.fixture.ts';

const question = (last_seq: number) =>
  summary({ last_seq, agent_read_seq: last_seq, agent_reads: { tom: last_seq } });

beforeEach(() => localStorage.clear());

describe('what this browser has read', () => {
  test('stays read where the server does not know it, until the visitor writes again', () => {
    createOwnReads('me').keep('c1', 3);
    // After a reload.
    const reads = createOwnReads('me');
    expect(isUnreadBy(question(3), 'me')).toBe(true);
    expect(isUnreadBy(reads.addTo(question(3)), 'me')).toBe(false);
    expect(isUnreadBy(reads.addTo(question(4)), 'me')).toBe(true);
    expect(isUnreadBy(createOwnReads('other').addTo(question(3)), 'other')).toBe(true);
  });

  test('is bounded: the oldest goes first', () => {
    const reads = createOwnReads('me');
    for (let index = 0; index <= 300; index += 1) reads.keep(`c${index}`, 3);
    const read = (id: string) => !isUnreadBy(reads.addTo({ ...question(3), id }), 'me');
    expect([read('c0'), read('c1'), read('c300')]).toEqual([false, true, true]);
  });

  test.each(['{', 'null', '[1, "c1"]', '{"c1": "3"}'])('what is stored may be %s', (stored) => {
    localStorage.setItem('foyer:read:me', stored);
    const conversation = question(3);
    expect(createOwnReads('me').addTo(conversation)).toBe(conversation);
  });
});

test('reading moves one’s own mark and the team’s, and neither back', () => {
  const conversation = summary({ last_seq: 5, agent_read_seq: 4, agent_reads: { tom: 4 } });
  expect(readBy(conversation, 'me', 5)).toMatchObject({
    agent_read_seq: 5,
    agent_reads: { tom: 4, me: 5 },
  });
  expect(readBy(conversation, 'me', 2)).toMatchObject({
    agent_read_seq: 4,
    agent_reads: { tom: 4, me: 2 },
  });
  const read = readBy(conversation, 'me', 5);
  expect(readBy(read, 'me', 3)).toBe(read);
});
