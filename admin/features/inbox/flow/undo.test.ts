import { expect, it } from 'vitest';
import { summary } from '../summary.fixture.ts';
import { undoOf } from './undo.ts';

const NOW = Date.parse('2026-11-12T12:00:00.000Z');
const LATER = '2026-11-13T09:00:00.000Z';
const open = summary({ status: 'active', assignee: { id: 'tom', name: 'Tom' } });
const snoozed = summary({ status: 'snoozed', snoozed_until: LATER });

it('opens what was closed or snoozed', () => {
  expect(undoOf(open, { status: 'closed', closedReason: 'spam' }, NOW)).toEqual([
    { status: 'active' },
  ]);
  expect(undoOf(open, { status: 'snoozed', snoozedUntil: LATER }, NOW)).toEqual([
    { status: 'active' },
  ]);
});

it('puts a snoozed conversation aside again, until the same time', () => {
  // A closed conversation cannot be snoozed, so it opens first.
  expect(undoOf(snoozed, { status: 'closed' }, NOW)).toEqual([
    { status: 'active' },
    { status: 'snoozed', snoozedUntil: LATER },
  ]);
  expect(undoOf(snoozed, { status: 'snoozed', snoozedUntil: null }, NOW)).toEqual([
    { status: 'snoozed', snoozedUntil: LATER },
  ]);
  expect(undoOf({ ...snoozed, snoozed_until: null }, { status: 'closed' }, NOW)).toEqual([
    { status: 'active' },
    { status: 'snoozed', snoozedUntil: null },
  ]);
});

it('does not snooze until a time that has passed', () => {
  const past = { ...snoozed, snoozed_until: '2026-11-12T11:00:00.000Z' };
  expect(undoOf(past, { status: 'closed' }, NOW)).toEqual([{ status: 'active' }]);
});

it('moves back, to the same assignee', () => {
  expect(undoOf(open, { departmentId: 'd2' }, NOW)).toEqual([
    { departmentId: 'd1', assigneeId: 'tom' },
  ]);
  expect(undoOf(summary(), { assigneeId: 'tom' }, NOW)).toEqual([{ assigneeId: null }]);
});
