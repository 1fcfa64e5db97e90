import { describe, expect, it } from 'vitest';
import { QUEUE_COUNT_CAP } from '../../../../protocol/limits.ts';
import { summary } from '../summary.fixture.ts';
import { countsAfter, showCount } from './counts.ts';

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
    // Of those who are a hundred or more, one fewer may be as many.
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

it('shows a capped count as «or more»', () => {
  expect(showCount(QUEUE_COUNT_CAP - 1)).toBe('99');
  expect(showCount(QUEUE_COUNT_CAP)).toBe('99+');
});
