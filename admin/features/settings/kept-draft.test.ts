import { expect, it } from 'vitest';
import { newField } from './draft.ts';
import { parseDraft } from './kept-draft.ts';

const DRAFT = {
  name: 'Sales',
  description: '',
  visible: true,
  offline: 'hide',
  memberIds: ['a'],
  fields: [newField('select')],
};

it('takes up what was kept', () => {
  expect(parseDraft(JSON.stringify(DRAFT))).toEqual(DRAFT);
});

it.each([
  'x',
  'null',
  '{}',
  JSON.stringify({ ...DRAFT, name: 7 }),
  JSON.stringify({ ...DRAFT, memberIds: [7] }),
  JSON.stringify({ ...DRAFT, fields: [null] }),
  JSON.stringify({ ...DRAFT, fields: [{ ...newField(), type: 'date' }] }),
])('takes %j for nothing', (text) => {
  expect(parseDraft(text)).toBe(null);
});
