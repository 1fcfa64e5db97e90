import { expect, it } from 'vitest';
import { newField } from './draft.ts';
import { parseDraft } from './stored-draft.ts';

const DRAFT = {
  name: 'Sales',
  description: '',
  visible: true,
  offline: 'hide',
  scheduleId: null,
  autoClose: { choice: 'own', hours: '5' },
  memberIds: ['a'],
  fields: [newField('select')],
};

it('restores the stored draft', () => {
  expect(parseDraft(JSON.stringify(DRAFT))).toEqual(DRAFT);
});

it('C12: restores a draft from before departments had their own time', () => {
  const { autoClose: _, ...before } = DRAFT;
  expect(parseDraft(JSON.stringify(before))).toEqual({
    ...DRAFT,
    autoClose: { choice: 'inherit', hours: '48' },
  });
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
