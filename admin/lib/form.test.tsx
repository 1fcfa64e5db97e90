import { screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { RequestError } from '../../protocol/client/http.ts';
import { Field } from '../components/fields/Field.tsx';
import { FormNotes, SaveBar } from '../components/SaveBar.tsx';
import { renderInRouter } from '../test/in-router.tsx';
import { createForm } from './form.ts';

/** The one manner in which forms are saved. */

type Draft = { name: string };

function open(save: (draft: Draft) => Promise<Draft>) {
  const [saved, setSaved] = createSignal<Draft>({ name: 'Sales' });
  renderInRouter(() => {
    const form = createForm<Draft>({
      saved,
      isSame: (a, b) => a.name === b.name,
      check: ({ name }) => (name === '' ? { name: 'Required' } : {}),
      save,
      toProblems: ({ title, ...others }) => ({ ...others, ...(title && { name: title }) }),
    });
    return (
      <form ref={form.ref} onSubmit={form.submit}>
        <FormNotes form={form} />
        <Field
          label="Name"
          value={form.draft.name}
          error={form.problems().name}
          onInput={(event) => form.setDraft('name', event.currentTarget.value)}
        />
        <SaveBar form={form} />
      </form>
    );
  });
  const user = userEvent.setup();
  const field = screen.getByLabelText<HTMLInputElement>('Name');
  return {
    user,
    field,
    setSaved,
    async write(text: string) {
      await user.clear(field);
      if (text) await user.type(field, text);
    },
    save: () => user.click(screen.getByRole('button', { name: 'Save' })),
    status: () =>
      screen
        .getAllByRole('status')
        .map(({ textContent }) => textContent)
        .join(),
  };
}

test('it says what is unsaved, and that it is saved', async () => {
  const save = vi.fn(async (draft: Draft) => ({ name: draft.name.trim() }));
  const { write, save: press, field, status } = open(save);
  expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
  await write('Returns ');
  expect(status()).toBe('Unsaved changes');
  await press();
  expect(save).toHaveBeenCalledWith({ name: 'Returns ' });
  // What the server made of it.
  expect(field.value).toBe('Returns');
  expect(status()).toBe('Saved');
});

test('P9: a refusal keeps what was typed, and stands at its field, which gets the focus', async () => {
  const { write, save, field } = open(async () => {
    throw new RequestError(409, 'conflict', 'Taken.', { fields: { title: 'That name is taken.' } });
  });
  await write('');
  await save();
  expect(screen.getByText('Required').id).toBe(field.getAttribute('aria-describedby'));
  await write('Billing');
  await save();
  screen.getByText('Not saved. Taken.');
  screen.getByText('That name is taken.');
  expect(document.activeElement).toBe(field);
  expect(field.value).toBe('Billing');
});

test('it follows others until it is edited, then says so and offers their version', async () => {
  const { write, field, setSaved, user } = open(async (draft) => draft);
  setSaved({ name: 'Service' });
  await screen.findByDisplayValue('Service');
  await write('Mine');
  setSaved({ name: 'Theirs' });
  expect(field.value).toBe('Mine');
  await user.click(screen.getByRole('button', { name: 'Show their version' }));
  expect(field.value).toBe('Theirs');
});

test('unsaved changes are guarded when the page is left, and discarded on request', async () => {
  const { write, field, user } = open(async (draft) => draft);
  const leaves = () => dispatchEvent(new Event('beforeunload', { cancelable: true }));
  expect(leaves()).toBe(true);
  await write('Mine');
  expect(leaves()).toBe(false);
  await user.click(screen.getByRole('button', { name: 'Discard changes' }));
  expect(field.value).toBe('Sales');
  expect(leaves()).toBe(true);
});
