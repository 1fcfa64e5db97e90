import { expect, it } from 'vitest';
import type { PreChatField } from '../../../protocol/resources/department.ts';
import { labelledFields, withoutRepeats } from './custom-fields.ts';

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

it('leaves out answers that repeat the name, the e-mail address or the phone number', () => {
  const answers = ['Ada Byron', ' ADA@mail.example ', '+44 20', 'Engines', 'Ada'].map((value) => ({
    value,
  }));
  const ada = { full_name: 'Ada Byron', email: 'ada@mail.example', phone: '+44 20' };
  expect(withoutRepeats(answers, ada).map(({ value }) => value)).toEqual(['Engines', 'Ada']);
  const nobody = { full_name: null, email: null, phone: null };
  expect(withoutRepeats(answers, nobody)).toHaveLength(5);
});
