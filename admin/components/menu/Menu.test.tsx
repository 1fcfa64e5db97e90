import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { Menu } from './Menu.tsx';
import type { MenuChoice } from './menu-parts.ts';

/** A menu and its keys. What a pointer does is in e2e/dashboard/menus.test.ts. */

const choicesOf = (...labels: string[]): MenuChoice[] =>
  labels.map((label) => ({ value: label.toLowerCase(), label }));

const PRIORITIES = choicesOf('Urgent', 'High', 'Normal', 'Low');
const CITIES = choicesOf(
  ...['Athens', 'Berlin', 'Córdoba', 'Dublin', 'Essen', 'Florence', 'Ghent', 'Hamburg', 'Lisbon'],
);

function open(choices: readonly MenuChoice[], value: string | null = null) {
  const onChoose = vi.fn();
  render(() => (
    <Menu label="Choose one" value={value} choices={choices} onChoose={onChoose}>
      Choose
    </Menu>
  ));
  const button = screen.getByRole('button', { name: 'Choose one' });
  button.focus();
  return { user: userEvent.setup(), onChoose, button };
}

const focused = () => document.activeElement?.textContent;

test('opened by a key, it is at its first choice, or at the current one', async () => {
  const first = open(PRIORITIES);
  await first.user.keyboard('{Enter}');
  await vi.waitFor(() => expect(focused()).toBe('Urgent'));
  await first.user.keyboard('{Escape}');
  expect(document.activeElement).toBe(first.button);
  expect(screen.queryByRole('menu')).toBe(null);
  // The last one for the arrow up.
  await first.user.keyboard('{ArrowUp}');
  await vi.waitFor(() => expect(focused()).toBe('Low'));
});

test('Enter chooses, and the focus goes back to the button', async () => {
  const { user, onChoose, button } = open(PRIORITIES, 'normal');
  await user.keyboard('{Enter}');
  await vi.waitFor(() => expect(focused()).toBe('Normal'));
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
  expect(onChoose.mock.calls).toEqual([['high']]);
  expect(document.activeElement).toBe(button);
  expect(button.getAttribute('aria-expanded')).toBe('false');
});

test('digits choose by the place, letters go to the name', async () => {
  const { user, onChoose } = open(PRIORITIES);
  await user.keyboard('{Enter}');
  await screen.findByRole('menu');
  await user.keyboard('lo');
  expect(focused()).toBe('Low');
  await user.keyboard('2');
  expect(onChoose.mock.calls).toEqual([['high']]);
});

test('a choice that is not available is passed over', async () => {
  const { user, onChoose } = open([
    { value: 'a', label: 'Away', disabled: true },
    { value: 'b', label: 'Back' },
  ]);
  await user.keyboard('{Enter}');
  await vi.waitFor(() => expect(focused()).toBe('Back'));
  await user.click(screen.getByRole('menuitem', { name: 'Away' }));
  expect(onChoose).not.toHaveBeenCalled();
});

test('what can be switched on and off stays open, at the same choice', async () => {
  const [on, setOn] = createSignal<readonly string[]>([]);
  const user = userEvent.setup();
  render(() => (
    <Menu
      label="Labels"
      value={null}
      choices={['vip', 'bug'].map((value) => ({
        value,
        label: value,
        checked: on().includes(value),
      }))}
      onChoose={(value) => setOn([...on(), value])}
    >
      Labels
    </Menu>
  ));
  screen.getByRole('button', { name: 'Labels' }).focus();
  await user.keyboard('{Enter}');
  await screen.findByRole('menu');
  await user.keyboard('{ArrowDown}{Enter}');
  expect(on()).toEqual(['bug']);
  const bug = screen.getByRole('menuitemcheckbox', { name: 'bug' });
  expect(bug.getAttribute('aria-checked')).toBe('true');
  expect(document.activeElement).toBe(bug);
});

test('more than seven choices have a field that finds one, whatever its accents', async () => {
  const { user, onChoose, button } = open(CITIES, 'dublin');
  await user.keyboard('{Enter}');
  const field = await screen.findByRole('combobox');
  expect(document.activeElement).toBe(field);
  const active = () => {
    const id = field.getAttribute('aria-activedescendant') ?? '';
    return document.getElementById(id)?.textContent;
  };
  expect(active()).toBe('Dublin');
  await user.keyboard('cordo');
  expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['Córdoba']);
  await user.keyboard('{Enter}');
  expect(onChoose.mock.calls).toEqual([['córdoba']]);
  expect(document.activeElement).toBe(button);

  // Digits choose while nothing is typed.
  await user.keyboard('{Enter}');
  await screen.findByRole('combobox');
  await user.keyboard('2');
  expect(onChoose.mock.calls.at(-1)).toEqual(['berlin']);
});
