import { expect, it } from 'vitest';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import { isSame, moved, newField, toChange, toDraft, toProblems } from './draft.ts';

const SALES: DepartmentRecord = {
  id: 'd1',
  name: 'Sales',
  description: null,
  pre_chat_fields: [
    { id: 'size', label: 'Size', type: 'select', required: true, options: ['1', '2 to 10'] },
  ],
  position: 0,
  visible: true,
  offline: 'show',
  auto_close: 'inherit' as const,
  archived_at: null,
  schedule_id: null,
  translations: {},
  member_ids: ['b', 'a'],
};

it('saves what it was created from', () => {
  expect(toChange(toDraft(SALES))).toEqual({
    name: 'Sales',
    description: '',
    visible: true,
    offline: 'show',
    scheduleId: null,
    autoClose: 'inherit',
    memberIds: ['b', 'a'],
    preChatFields: SALES.pre_chat_fields,
  });
});

it('detects changes', () => {
  const draft = toDraft(SALES);
  expect(isSame(draft, { ...toDraft(SALES), memberIds: ['a', 'b'] })).toBe(true);
  expect(isSame(draft, { ...draft, description: 'New' })).toBe(false);
  expect(isSame(draft, { ...draft, fields: [...draft.fields, newField()] })).toBe(false);
});

it('sends options of dropdowns only, without blank lines', () => {
  const draft = toDraft(SALES);
  const choices = ' S \n\n L\n';
  const fields = [
    { ...newField('select'), label: 'Size', choices },
    { ...newField('text'), label: 'Order', choices },
  ];
  expect(toChange({ ...draft, fields }).preChatFields?.map((field) => field.options)).toEqual([
    ['S', 'L'],
    [],
  ]);
});

it('moves within the list and never beyond its ends', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});

it('maps errors to fields', () => {
  const draft = toDraft(SALES);
  expect(
    toProblems({ name: 'A', 'preChatFields.0.options.1': 'B', preChatFields: 'C' }, draft),
  ).toEqual({ name: 'A', 'size.options': 'B', preChatFields: 'C' });
});
