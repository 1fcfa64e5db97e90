import { expect, it, test } from 'vitest';
import type { PreviewMessage } from '../../protocol/widget/preview.ts';
import { isPreview } from './messages.ts';

const right: PreviewMessage = {
  type: 'foyer:preview',
  view: 'home',
  phone: false,
  theme: 'auto',
  position: null,
  launcherText: null,
  accent: '#0f766e',
  greeting: null,
  organization: 'Acme',
  departments: [
    {
      id: 'sales',
      name: 'Sales',
      description: null,
      presence: '',
      fields: [{ id: 'e', label: 'E-mail', type: 'email', required: true, options: [] }],
    },
  ],
  departmentId: null,
  agent: 'Maya',
  messages: [{ from: 'agent', body: 'Hello' }],
};

test('the preview takes what the dashboard sends', () => {
  expect(isPreview(right)).toBe(true);
  expect(isPreview({ ...right, accent: null, position: 'left', departments: [] })).toBe(true);
});

it.each([
  ['nothing', null],
  ['a word', 'foyer:preview'],
  ['another message', { ...right, type: 'init' }],
  ['a view that there is not', { ...right, view: 'history' }],
  ['a colour that is a rule', { ...right, accent: 'red;background:url(//evil)' }],
  ['a theme', { ...right, theme: 'blue' }],
  ['a department without fields', { ...right, departments: [{ id: 'a', name: 'A' }] }],
  ['somebody else', { ...right, messages: [{ from: 'system', body: 'x' }] }],
])('refuses %s', (_what, value) => {
  expect(isPreview(value)).toBe(false);
});
