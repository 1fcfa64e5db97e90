import { beforeEach, describe, expect, it, vi } from 'vitest';
import { standIn } from '../../../test/stand-in.ts';
import type { Item } from '../../palette/level.ts';
import type { Me } from '../../session/api.ts';
import type { InboxContextValue } from '../context.ts';
import { summary } from '../summary.fixture.ts';
import { type LevelId, levelOf } from './levels.ts';
import type { Triage } from './triage.ts';

/** The lists of the command menu for conversations: what they offer, and what a choice does. */

type Directory = InboxContextValue['directory'];

const calls: unknown[] = [];
const note =
  (name: string) =>
  (...values: unknown[]) =>
    void calls.push([name, ...values]);
const actions: Triage = {
  close: note('close'),
  reopen: note('reopen'),
  snooze: note('snooze'),
  claim: note('claim'),
  assign: note('assign'),
  move: note('move'),
  setPriority: note('setPriority'),
  label: note('label'),
};

const rows = {
  a: summary({
    id: 'a',
    customer: { id: 'w1', full_name: 'Ada', email: null },
    label_ids: ['vip'],
  }),
  b: summary({ id: 'b', assignee: { id: 'tom', name: 'Tom' }, label_ids: ['vip', 'bug'] }),
};

function items(id: LevelId, targets: readonly string[]) {
  const level = levelOf(id, {
    targets,
    actions,
    inbox: standIn<InboxContextValue['inbox']>({
      me: standIn<Me>({ user: standIn<Me['user']>({ id: 'maya', name: 'Maya' }) }),
      conversations: rows,
      presence: () => ({ online: [], away: [] }),
    }),
    directory: standIn<Directory>({
      members: () =>
        ['maya', 'tom'].map((user_id) =>
          standIn<ReturnType<Directory['members']>[number]>({ user_id, name: user_id }),
        ),
      departments: () =>
        ['d1', 'd2'].map((department) =>
          standIn<ReturnType<Directory['departments']>[number]>({
            id: department,
            name: department,
            archived_at: null,
          }),
        ),
      labels: () =>
        ['vip', 'bug'].map((label) =>
          standIn<ReturnType<Directory['labels']>[number]>({
            id: label,
            name: label,
            color: '#112233',
          }),
        ),
    }),
  });
  return { level, all: level.items() };
}

const choose = (all: readonly Item[], label: RegExp) =>
  all.find((item) => label.test(item.label))?.run();
const current = (all: readonly Item[]) =>
  all.filter((item) => item.current).map((item) => item.label);

beforeEach(() => {
  calls.length = 0;
});

describe('assigning', () => {
  it('lists the agent first and “No one” last, and marks the assignee', () => {
    const { level, all } = items('assign', ['b']);
    expect(all.map(({ label }) => label)).toEqual(['Maya (you)', 'tom', 'No one']);
    expect(current(all)).toEqual(['tom']);
    expect(level.subject).toBe('Anonymous Visitor');
  });

  it('claims for oneself, so that the server decides who was first', () => {
    const { all } = items('assign', ['a']);
    choose(all, /you/);
    choose(all, /tom/);
    choose(all, /No one/);
    expect(calls).toEqual([['claim'], ['assign', { id: 'tom', name: 'tom' }], ['assign', null]]);
  });

  it('marks nobody where several have different ones', () => {
    const { level, all } = items('assign', ['a', 'b']);
    expect(current(all)).toEqual([]);
    expect(level.subject).toBe('2 conversations');
  });
});

it('moves to another department only', () => {
  const { all } = items('department', ['a']);
  expect(current(all)).toEqual(['d1']);
  choose(all, /d1/);
  choose(all, /d2/);
  expect(calls).toEqual([['move', 'd2']]);
});

it('sets the priority', () => {
  const { all } = items('priority', ['a']);
  expect(current(all)).toEqual(['Normal']);
  choose(all, /Urgent/);
  expect(calls).toEqual([['setPriority', 'urgent']]);
});

it('adds a label that one of several lacks, and removes one that all have', () => {
  const { level, all } = items('label', ['a', 'b']);
  expect(current(all)).toEqual(['vip']);
  choose(all, /vip/);
  choose(all, /bug/);
  expect(calls).toEqual([
    ['label', 'vip', false],
    ['label', 'bug', true],
  ]);
  expect(level.stays).toBe(true);
});

it('snoozes until a usual time, a typed one, or the reply', () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 25, 14, 5) });
  const { level, all } = items('snooze', ['a']);
  expect(all.map(({ label }) => label)).toEqual([
    'Later today',
    'Tomorrow morning',
    'Monday morning',
    'In a week',
    'Until they reply',
  ]);
  choose(all, /Tomorrow/);
  choose(all, /reply/);
  choose(level.typed?.('fri 14:00') ?? [], /Until/);
  expect(level.typed?.('soon')).toEqual([]);
  expect(calls).toEqual([
    ['snooze', new Date(2026, 10, 26, 9).toISOString()],
    ['snooze', null],
    ['snooze', new Date(2026, 10, 27, 14).toISOString()],
  ]);
  vi.useRealTimers();
});
