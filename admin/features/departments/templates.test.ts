import { expect, test } from 'vitest';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import { planOf, templates } from './templates.ts';

const department = (name: string, more: Partial<DepartmentRecord> = {}): DepartmentRecord => ({
  id: name,
  name,
  description: null,
  pre_chat_fields: [],
  position: 0,
  visible: true,
  offline: 'show',
  auto_close: 'inherit',
  archived_at: null,
  schedule_id: null,
  member_ids: [],
  translations: {},
  ...more,
});
const templateOf = (id: string) => {
  const template = templates().find((candidate) => candidate.id === id);
  if (!template) throw new Error(`No template ${id}.`);
  return template;
};
const email = { id: 'e', label: 'E-mail', type: 'email', required: true, options: [] } as const;

test('Support asks for name and e-mail, Sales for four things', () => {
  expect(templateOf('support').fields.map(({ type }) => type)).toEqual(['name', 'email']);
  expect(templateOf('sales').fields).toHaveLength(4);
});

test('a template becomes a new department', () => {
  const plan = planOf(templateOf('sales'), [department('Support')]);
  expect(plan).toMatchObject({ id: null, change: { name: 'Sales' } });
  expect(plan?.change.preChatFields?.[0]).toMatchObject({ id: null, type: 'name', options: [] });
});

test('the department that there is from the start gets the form, and keeps its name', () => {
  const [plain] = [department('SUPPORT ', { description: 'Ask us' })];
  expect(planOf(templateOf('support'), [plain])).toMatchObject({
    id: 'SUPPORT ',
    change: { name: 'SUPPORT ', description: 'Ask us' },
  });
});

test('one that has a form is left alone, and an archived one counts as none', () => {
  const own = { ...email, options: [] };
  expect(planOf(templateOf('support'), [department('Support', { pre_chat_fields: [own] })])).toBe(
    null,
  );
  const archived = department('Support', { archived_at: '2026-01-01T00:00:00.000Z' });
  expect(planOf(templateOf('support'), [archived])?.id).toBe(null);
});
