import { expect, it } from 'vitest';
import type { PreChatField } from '../../../protocol/resources/department.ts';
import { labelledFields } from './custom-fields.ts';

const field = (id: string, label: string): PreChatField => ({
  id,
  label,
  type: 'text',
  required: false,
  options: [],
});

it('shows answers under the form’s labels, in the form’s order, and falls back to the id', () => {
  const sales = [field('name', 'Your name'), field('size', 'Team size')];
  const support = [field('order', 'Order number'), field('name', 'Name')];
  const answers = { old_field: 'kept', order: '7', size: '11–50', name: 'Mia', blank: ' ' };
  expect(labelledFields(answers, sales, [support])).toEqual([
    { id: 'name', label: 'Your name', value: 'Mia' },
    { id: 'size', label: 'Team size', value: '11–50' },
    { id: 'order', label: 'Order number', value: '7' },
    { id: 'old_field', label: 'old_field', value: 'kept' },
  ]);
});
