import { render, screen, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createStore } from 'solid-js/store';
import { expect, test } from 'vitest';
import { MAX_FORM_FIELDS } from '../../../protocol/limits.ts';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import { type Draft, newField, toDraft } from './draft.ts';
import { FormBuilder } from './FormBuilder.tsx';

/** The form before a conversation, as an owner builds it. */

function build(types: DepartmentRecord['pre_chat_fields'][number]['type'][]) {
  const fields = types.map((type) => ({ ...newField(type), label: `My ${type}` }));
  const [draft, setDraft] = createStore<Draft>({ ...toDraft(null), fields });
  const [problems, setProblems] = createStore<Record<string, string>>({});
  render(() => <FormBuilder draft={draft} setDraft={setDraft} problems={problems} />);
  return { draft, setProblems, labels: () => draft.fields.map(({ label }) => label) };
}

const field = (number: number) => within(screen.getByRole('listitem', { name: `Field ${number}` }));
const button = (name: string) => screen.getByRole('button', { name });

test('a new form asks for name and address first, and each new label is ready to be written over', async () => {
  const user = userEvent.setup();
  const { draft } = build([]);
  for (const type of ['name', 'email', 'text']) {
    await user.click(button('Add field'));
    expect(draft.fields.at(-1)?.type).toBe(type);
  }
  const label = field(3).getByRole('textbox', { name: 'Label' });
  expect(document.activeElement).toBe(label);
  await user.keyboard('Order number');
  expect(draft.fields[2]?.label).toBe('Order number');
});

test('fields move and are removed, and the focus stays where a key can go on', async () => {
  const user = userEvent.setup();
  const { labels } = build(['name', 'email', 'text']);
  expect(button('Move field 1 up')).toHaveProperty('disabled', true);
  expect(button('Move field 3 down')).toHaveProperty('disabled', true);

  await user.click(button('Move field 1 down'));
  expect(labels()).toEqual(['My email', 'My name', 'My text']);
  expect(document.activeElement).toBe(button('Move field 2 down'));
  await user.keyboard('{Enter}');
  expect(labels()).toEqual(['My email', 'My text', 'My name']);
  // It cannot go further: the focus is on what it can do.
  expect(document.activeElement).toBe(button('Move field 3 up'));

  await user.click(button('Remove field 2'));
  expect(labels()).toEqual(['My email', 'My name']);
  expect(document.activeElement).toBe(field(2).getByRole('textbox', { name: 'Label' }));
  await user.click(button('Remove field 2'));
  await user.click(button('Remove field 1'));
  expect(labels()).toEqual([]);
  expect(document.activeElement).toBe(button('Add field'));
});

test('a choice has its lines, and a problem stands at its field', async () => {
  const user = userEvent.setup();
  const { draft, setProblems } = build(['text']);
  expect(screen.queryByRole('textbox', { name: 'Options, one per line' })).toBe(null);
  await user.selectOptions(field(1).getByRole('combobox', { name: 'Type' }), 'select');
  const choices = field(1).getByRole('textbox', { name: 'Options, one per line' });
  await user.type(choices, 'Small{Enter}Large');
  expect(draft.fields[0]?.choices).toBe('Small\nLarge');
  await user.click(field(1).getByRole('checkbox', { name: 'Required' }));
  expect(draft.fields[0]?.required).toBe(true);

  setProblems(`${draft.fields[0]?.key}.options`, 'Each choice once.');
  expect(choices.getAttribute('aria-invalid')).toBe('true');
  field(1).getByText('Each choice once.');
});

test('a full form says how many fields it may have', () => {
  build(Array.from({ length: MAX_FORM_FIELDS }, () => 'text' as const));
  expect(screen.queryByRole('button', { name: 'Add field' })).toBe(null);
  screen.getByText(`A form can have up to ${MAX_FORM_FIELDS} fields.`);
});
