import { describe, expect, it } from 'vitest';
import { summary } from '../summary.fixture.ts';
import {
  findQueue,
  fromSavedQuery,
  inList,
  inQueue,
  pathOf,
  QUEUES,
  queueFilter,
  toQuery,
  toSavedQuery,
} from './queues.ts';

const me = { id: 'a1', name: 'Ada' };
const other = { id: 'a2', name: 'Omar' };

describe('inQueue', () => {
  it.each([
    ['waiting', null, ['unassigned', 'all']],
    ['active', null, ['unassigned', 'all']],
    ['waiting', me, ['mine', 'all']],
    ['active', me, ['mine', 'all']],
    ['snoozed', me, ['snoozed']],
    ['snoozed', null, ['snoozed']],
    ['active', other, ['all']],
    ['closed', null, ['closed']],
    ['closed', me, ['closed']],
    ['closed', other, ['closed']],
  ] as const)('puts %s of %j into %j', (status, assignee, queues) => {
    const conversation = summary({ status, assignee });
    const matching = QUEUES.filter(({ id }) => inQueue(conversation, id, me.id)).map(
      ({ id }) => id,
    );
    expect(matching).toEqual(queues);
  });
});

describe('inList', () => {
  it('is limited to the chosen department', () => {
    const filter = queueFilter('unassigned', { department: 'd1' });
    expect(inList(summary({ department_id: 'd1' }), filter, me.id)).toBe(true);
    expect(inList(summary({ department_id: 'd2' }), filter, me.id)).toBe(false);
    expect(inList(summary({ department_id: 'd2' }), { ...filter, department: null }, me.id)).toBe(
      true,
    );
  });
});

it('finds conversations by label, and by mention, seen or not', () => {
  const labelled = queueFilter('all', { label: 'l1' });
  expect(inList(summary({ label_ids: ['l2', 'l1'] }), labelled, me.id)).toBe(true);
  expect(inList(summary({ label_ids: ['l2'] }), labelled, me.id)).toBe(false);
  const named = queueFilter('mentions');
  const mentions = [{ user_id: me.id, seq: 2, seen: true }];
  expect(inList(summary({ mentions, status: 'closed' }), named, me.id)).toBe(true);
  expect(inList(summary({ mentions }), named, other.id)).toBe(false);
});

it('a saved view restores the same filter', () => {
  for (const { id } of QUEUES) {
    const filter = queueFilter(id, { department: 'd1', label: 'l1', q: 'mia' });
    expect(fromSavedQuery(toSavedQuery(filter))).toEqual(filter);
  }
  expect(fromSavedQuery({})).toEqual(queueFilter('all'));
  expect(fromSavedQuery({ status: 'closed', sort: 'waiting' }).sort).toBe('activity');
  const filter = queueFilter('mine', { label: 'l1', sort: 'waiting' });
  expect(pathOf(filter, 'c1', 'v1')).toBe('/inbox/mine/c1?label=l1&sort=waiting&view=v1');
});

it('sorted by waiting, shows only unanswered conversations', () => {
  const filter = queueFilter('all', { sort: 'waiting' });
  expect(inList(summary({ status: 'waiting' }), filter, me.id)).toBe(true);
  expect(inList(summary({ status: 'active' }), filter, me.id)).toBe(false);
});

describe('toQuery', () => {
  it.each([
    ['unassigned', { status: 'open', assignee: 'none' }],
    ['mine', { status: 'open', assignee: 'me' }],
    ['all', { status: 'open' }],
    ['mentions', { mentioned: 'me' }],
    ['snoozed', { status: 'snoozed' }],
    ['closed', { status: 'closed' }],
  ] as const)('asks for %s with %j', (queue, expected) => {
    expect(
      toQuery({ queue, department: 'd1', label: 'l1', q: 'mia', sort: 'waiting' }, 'x'),
    ).toEqual({
      ...expected,
      department: 'd1',
      label: 'l1',
      q: 'mia',
      sort: 'waiting',
      cursor: 'x',
    });
  });
});

it('knows no other queue', () => {
  expect(findQueue('mine')?.label).toBe('Mine');
  expect(findQueue('constructor')).toBeUndefined();
  expect(findQueue(undefined)).toBeUndefined();
});
