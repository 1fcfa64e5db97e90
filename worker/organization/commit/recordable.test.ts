import { expect, test } from 'vitest';
import { activityRow } from '../../activity/row.ts';
import { initialState } from '../../conversation/state/state.ts';
import { idAt } from '../../kernel/ids.ts';
import { FOUNDING } from '../../test/server.ts';
import { NO_POLICY } from '../policy.ts';
import type { RowChange } from './call.ts';
import { recordable } from './recordable.ts';

const state = initialState(FOUNDING);
const by = { organization_id: 'acme', actor: { kind: 'visitor', id: 'ada' } } as const;
const rowAt = (time: string) => ({
  ...activityRow(by, { kind: 'conversation.reopened', subject: { id: FOUNDING.id } }),
  id: idAt(new Date(time)),
});

const before = rowAt('2026-11-29T09:59:59.999Z');
const after = rowAt('2026-11-29T10:00:00.000Z');
const change: RowChange = { founding: FOUNDING, state, guess: state };
const since = { ...NO_POLICY, activity_since: '2026-11-29T10:00:00.000Z' };

test('Y6: a conversation that does not know that recording ended or began records nothing of then', () => {
  expect(recordable({ ...change, activity: [before, after] }, since).activity).toEqual([after]);
  expect(recordable({ ...change, activity: [before] }, since)).toEqual(change);
  expect(recordable({ ...change, activity: [after] }, NO_POLICY)).toEqual(change);
  expect(recordable(change, since)).toBe(change);
});
