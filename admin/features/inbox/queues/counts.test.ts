import { describe, expect, it } from 'vitest';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { QUEUE_COUNT_CAP } from '../../../../protocol/limits.ts';
import { minute, summary } from '../summary.fixture.ts';
import { countOf, countsAfter, showCount } from './counts.ts';
import { queueFilter } from './queues.ts';

const CAPPED = QUEUE_COUNT_CAP;
const me = { id: 'a1', name: 'Ada' };
const counts = {
  unassigned: 3,
  mine: 2,
  mentions: 0,
  all: 9,
  snoozed: 0,
  departments: {},
  labels: {},
};

describe('countsAfter', () => {
  it('follows a claim, a close and a reopening', () => {
    const before = summary();
    const claimed = summary({ assignee: me, version: 2 });
    const closed = summary({ assignee: me, status: 'closed', version: 3 });
    expect(countsAfter(counts, before, claimed, me.id)).toMatchObject({
      unassigned: 2,
      mine: 3,
      all: 9,
    });
    expect(countsAfter(counts, claimed, closed, me.id)).toMatchObject({
      unassigned: 3,
      mine: 1,
      all: 8,
    });
    expect(countsAfter(counts, closed, claimed, me.id)).toMatchObject({
      unassigned: 3,
      mine: 3,
      all: 10,
    });
  });

  it('follows departments, labels, snoozing and mentions', () => {
    const counts = {
      unassigned: 1,
      mine: 0,
      mentions: 0,
      all: 1,
      snoozed: 0,
      departments: { d1: 1 },
      labels: { l1: 1, l2: CAPPED },
    };
    const named = [{ user_id: me.id, seq: 1, seen: false }];
    const after = summary({ department_id: 'd2', label_ids: ['l3'], mentions: named });
    expect(countsAfter(counts, summary({ label_ids: ['l1'] }), after, me.id)).toMatchObject({
      mentions: 1,
      departments: { d1: 0, d2: 1 },
      labels: { l1: 0, l3: 1 },
    });
    const snoozed = summary({ status: 'snoozed' });
    expect(countsAfter(counts, summary(), snoozed, me.id)).toMatchObject({
      unassigned: 0,
      snoozed: 1,
      departments: { d1: 0 },
    });
    // Of those who are as many as are counted, one fewer may be as many.
    expect(countsAfter(counts, summary({ label_ids: ['l2'] }), snoozed, me.id)).toBeNull();
  });

  it('stays the same if nothing moved', () => {
    expect(countsAfter(counts, summary(), summary({ version: 2, last_seq: 2 }), me.id)).toEqual(
      counts,
    );
  });

  it('returns null if only the server knows', () => {
    expect(countsAfter(counts, undefined, summary(), me.id)).toBeNull();
    const capped = { ...counts, unassigned: QUEUE_COUNT_CAP };
    expect(countsAfter(capped, summary(), summary({ assignee: me }), me.id)).toBeNull();
  });
});

it.each([
  [7, '7'],
  [999, '999'],
  [1_000, '1k'],
  [1_249, '1.2k'],
  [QUEUE_COUNT_CAP - 1, '1.9k'],
  [QUEUE_COUNT_CAP, '2k+'],
])('shows %i as %s: exact to 999, and a capped one as «or more»', (count, text) => {
  expect(showCount(count)).toBe(text);
});

describe('countOf', () => {
  const all = { ...counts, departments: { d1: 4 }, labels: { l1: 5 } };
  it.each([
    ['a queue', queueFilter('mine'), 2],
    ['a department', queueFilter('all', { department: 'd1' }), 4],
    ['a department without any', queueFilter('all', { department: 'd2' }), 0],
    ['a label', queueFilter('all', { label: 'l1' }), 5],
    ['two filters', queueFilter('all', { label: 'l1', department: 'd1' }), null],
    ['a part of a queue', queueFilter('mine', { department: 'd1' }), null],
    ['a search', queueFilter('all', { q: 'x' }), null],
    ['the order of waiting', queueFilter('all', { sort: 'waiting' }), null],
    ['what is closed', queueFilter('closed'), null],
  ])('of %s', (_, filter, expected) => expect(countOf(all, filter)).toBe(expected));
});

describe('late conversations', () => {
  const AS_OF = Date.parse(minute(30));
  const waitingSince = (value: number, change: Partial<ConversationSummary> = {}) =>
    summary({ waiting_since: minute(value), ...change });
  const late = { unassigned: 2, mine: 0, as_of: minute(30), next_in: null };
  const withLate = { ...counts, late, expected_seconds: { d1: 600 } };
  const lateAfter = (before: ConversationSummary, next: ConversationSummary) =>
    countsAfter(withLate, before, next, me.id)?.late;

  it('follow what is claimed, answered and asked, as of when they were counted', () => {
    const claimed = waitingSince(10, { assignee: me, version: 2 });
    expect(lateAfter(waitingSince(10), claimed)).toMatchObject({ unassigned: 1, mine: 1 });
    const answered = summary({ waiting_since: null, status: 'active', assignee: me, version: 2 });
    expect(lateAfter(waitingSince(10), answered)).toMatchObject({ unassigned: 1, mine: 0 });
    // Ten minutes ago to the minute: late; a moment later: not yet.
    expect(lateAfter(waitingSince(20), answered)).toMatchObject({ unassigned: 1 });
    expect(lateAfter(waitingSince(21), answered)).toMatchObject({ unassigned: 2 });
    const closed = waitingSince(10, { status: 'closed', version: 2 });
    expect(lateAfter(waitingSince(10), closed)).toMatchObject({ unassigned: 1 });
  });

  it('are question for again when the next one is late', () => {
    const question = waitingSince(29, { version: 2 });
    expect(lateAfter(summary({ waiting_since: null }), question)?.next_in).toBe(9 * 60_000);
    const other = waitingSince(29, { department_id: 'd2', version: 2 });
    const inAnHour = Date.parse(minute(29)) + 3_600_000 - AS_OF;
    expect(lateAfter(summary({ waiting_since: null }), other)?.next_in).toBe(inAnHour);
  });
});
