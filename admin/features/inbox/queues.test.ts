import { describe, expect, it } from 'vitest';
import { findQueue, inList, inQueue, QUEUES, toQuery } from './queues.ts';
import { summary } from './summary.fixture.ts';

const me = { id: 'a1', name: 'Ada' };
const other = { id: 'a2', name: 'Omar' };

describe('inQueue', () => {
  it.each([
    ['waiting', null, ['unassigned', 'all']],
    ['active', null, ['unassigned', 'all']],
    ['waiting', me, ['mine', 'all']],
    ['active', me, ['mine', 'all']],
    ['snoozed', me, ['mine', 'all']],
    ['active', other, ['all']],
    ['closed', null, ['closed']],
    ['closed', me, ['closed']],
    ['closed', other, ['closed']],
  ] as const)('puts %s of %j into %j', (status, assignee, queues) => {
    const conversation = summary({ status, assignee });
    const found = QUEUES.filter(({ id }) => inQueue(conversation, id, me.id)).map(({ id }) => id);
    expect(found).toEqual(queues);
  });
});

describe('inList', () => {
  it('keeps to the chosen department', () => {
    const filter = { queue: 'unassigned', department: 'd1', q: '', sort: 'activity' } as const;
    expect(inList(summary({ department_id: 'd1' }), filter, me.id)).toBe(true);
    expect(inList(summary({ department_id: 'd2' }), filter, me.id)).toBe(false);
    expect(inList(summary({ department_id: 'd2' }), { ...filter, department: null }, me.id)).toBe(
      true,
    );
  });
});

it('holds those who wait alone, where they are asked for', () => {
  const filter = { queue: 'all', department: null, q: '', sort: 'waiting' } as const;
  expect(inList(summary({ status: 'waiting' }), filter, me.id)).toBe(true);
  expect(inList(summary({ status: 'active' }), filter, me.id)).toBe(false);
});

describe('toQuery', () => {
  it.each([
    ['unassigned', { status: 'open', assignee: 'none' }],
    ['mine', { status: 'open', assignee: 'me' }],
    ['all', { status: 'open' }],
    ['closed', { status: 'closed' }],
  ] as const)('asks for %s with %j', (queue, expected) => {
    expect(toQuery({ queue, department: 'd1', q: 'mia', sort: 'waiting' }, 'x')).toEqual({
      ...expected,
      department: 'd1',
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
