import { expect, it } from 'vitest';
import { queueFilter } from '../queues/queues.ts';
import { summary } from '../summary.fixture.ts';
import { isDoneAfter } from './leaves.ts';

const mine = summary({ assignee: { id: 'me', name: 'Me' }, department_id: 'd1' });
const inMine = queueFilter('mine');
const inDepartment = queueFilter('all', { department: 'd1' });

it.each([
  ['closed', mine, { status: 'closed' }, inMine, true],
  ['closed, in a list that keeps it', mine, { status: 'closed' }, queueFilter('mentions'), true],
  ['snoozed', mine, { status: 'snoozed', snoozedUntil: null }, inMine, true],
  ['reopened', summary({ status: 'closed' }), { status: 'active' }, queueFilter('closed'), false],
  ['moved out of the list', mine, { departmentId: 'd2' }, inDepartment, true],
  ['moved within the list', mine, { departmentId: 'd2' }, inMine, false],
  ['given to a colleague', mine, { assigneeId: 'tom' }, inMine, true],
  ['given to a colleague in All open', mine, { assigneeId: 'tom' }, queueFilter('all'), false],
  ['given back', mine, { assigneeId: null }, inMine, true],
  ['taken', summary(), { assigneeId: 'me' }, queueFilter('unassigned'), false],
  ['labelled', mine, { addLabels: ['l1'] }, inMine, false],
  ['moved, found by its address alone', summary(), { departmentId: 'd2' }, inMine, false],
] as const)('the agent is done with what was %s: %#', (_name, row, change, filter, done) => {
  const { addLabels, ...rest } = { addLabels: undefined, ...change };
  expect(
    isDoneAfter(row, { ...rest, ...(addLabels && { addLabels: [...addLabels] }) }, filter, 'me'),
  ).toBe(done);
});
