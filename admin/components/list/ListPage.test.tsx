import { screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { renderInRouter } from '../../test/in-router.tsx';
import { ListPage } from './ListPage.tsx';
import { Row } from './Rows.tsx';

/** What every list of the settings does alike. */

type Item = { id: string; name: string };

function open() {
  const [value, setValue] = createSignal<readonly Item[] | null>(null);
  const [error, setError] = createSignal<string | null>(null);
  const load = vi.fn(async () => {});
  const [add, edit, remove] = [vi.fn(), vi.fn(), vi.fn()];
  renderInRouter(() => (
    <ListPage
      of={{ value, error, load }}
      what="labels"
      icon="flag"
      title="Labels"
      text="What it is about"
      add={{ label: 'New label', run: add }}
      empty={{ title: 'No labels', text: 'None yet.' }}
    >
      {(item) => (
        <Row
          name={item.name}
          onOpen={() => edit(item.id)}
          remove={{ busy: false, run: () => remove(item.id) }}
        />
      )}
    </ListPage>
  ));
  return { setValue, setError, load, add, edit, remove, user: userEvent.setup() };
}

const ITEMS = ['One', 'Two', 'Three'].map((name) => ({ id: name, name }));

test('it loads, says what failed, and tries again', async () => {
  const { setError, load, user } = open();
  screen.getByText('Loading labels');
  setError('You’re offline.');
  screen.getByRole('alert');
  screen.getByText('Couldn’t load labels');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(load).toHaveBeenCalledTimes(1);
});

test('empty, it says what would be there and has the one button that adds it', async () => {
  const { setValue, add, user } = open();
  setValue([]);
  screen.getByText('No labels');
  await user.click(screen.getByRole('button', { name: 'New label' }));
  setValue(ITEMS);
  await user.click(screen.getByRole('button', { name: 'New label' }));
  expect(add).toHaveBeenCalledTimes(2);
});

test('keys move between rows and open one; removing asks again', async () => {
  const { setValue, edit, remove, user } = open();
  setValue(ITEMS);
  const name = (text: string) => screen.getByRole('button', { name: text });
  name('One').focus();
  await user.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(name('Two'));
  await user.keyboard('{End}{ArrowDown}');
  expect(document.activeElement).toBe(name('Three'));
  await user.keyboard('{ArrowUp}{Enter}');
  expect(edit.mock.calls).toEqual([['Two']]);
  await user.keyboard('{Home}');
  expect(document.activeElement).toBe(name('One'));

  const [first] = screen.getAllByRole('button', { name: 'Remove' });
  if (!first) throw new Error('There is nothing to remove.');
  await user.click(first);
  expect(remove).not.toHaveBeenCalled();
  await user.click(screen.getByRole('button', { name: 'Remove permanently?' }));
  expect(remove.mock.calls).toEqual([['One']]);
});
