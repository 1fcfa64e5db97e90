import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router';
import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal, Show } from 'solid-js';
import { beforeEach, expect, test, vi } from 'vitest';
import { type Live, LiveContext } from '../../live/live.ts';
import { standIn } from '../../test/stand-in.ts';
import type { Me } from '../session/api.ts';
import { type Session, SessionContext } from '../session/session.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import type { Level } from './level.ts';
import Palette from './Palette.tsx';

/** The command menu and its lists, by keyboard. */

const assign = vi.fn();
const label = vi.fn();

const people = (): Level => ({
  title: 'Assign',
  subject: 'Ada Lovelace',
  placeholder: 'Assign to whom?',
  items: () =>
    ['Maya', 'Tom', 'No one'].map((name) => ({
      id: name,
      label: name,
      icon: 'person',
      current: name === 'Tom',
      run: () => assign(name),
    })),
});

const [on, setOn] = createSignal<readonly string[]>([]);
const labels = (): Level => ({
  title: 'Label',
  subject: '2 conversations',
  placeholder: 'Add or remove which label?',
  stays: true,
  items: () =>
    ['bug', 'vip'].map((name) => ({
      id: name,
      label: name,
      icon: 'tag',
      current: on().includes(name),
      run(): void {
        label(name);
        setOn(on().includes(name) ? on().filter((other) => other !== name) : [...on(), name]);
      },
    })),
});

beforeEach(() => {
  localStorage.clear();
  assign.mockClear();
  label.mockClear();
  setOn([]);
});

function show(level: Level | null = null, pressed: readonly string[] = []) {
  const onClose = vi.fn();
  const session = standIn<Session>({
    me: standIn<Me>({ role: 'agent', user: standIn<Me['user']>({ id: 'maya' }) }),
  });
  const live = standIn<Live>({
    directory: standIn<Live['directory']>({ shown: () => [] }),
  });
  const [open, setOpen] = createSignal(false);
  const Page = () => {
    useShortcuts({
      assign: { run: () => undefined, when: () => true, level: async () => people() },
    });
    return (
      <SessionContext.Provider value={session}>
        <LiveContext.Provider value={live}>
          <Show when={open()}>
            <Palette level={level} pressed={pressed} onClose={onClose} />
          </Show>
        </LiveContext.Provider>
      </SessionContext.Provider>
    );
  };
  render(() => (
    <MemoryRouter history={createMemoryHistory()}>
      <Route path="*" component={Page} />
    </MemoryRouter>
  ));
  setOpen(true);
  const field = () => screen.getByRole('combobox');
  if (pressed.length === 0) field().focus();
  const active = () =>
    document.getElementById(field().getAttribute('aria-activedescendant') ?? '')?.textContent;
  return { user: userEvent.setup(), onClose, field, active };
}

test('a list begins at what holds now, and Enter chooses', async () => {
  const { user, onClose, active } = show(people());
  screen.getByText('Ada Lovelace');
  expect(active()).toContain('Tom');
  await user.keyboard('{ArrowDown}{Enter}');
  expect(assign.mock.calls).toEqual([['No one']]);
  expect(onClose).toHaveBeenCalledOnce();
});

test('digits choose by the place; typing filters', async () => {
  const byDigit = show(people());
  await byDigit.user.keyboard('1');
  expect(assign.mock.calls).toEqual([['Maya']]);
});

test('typing filters', async () => {
  const { user, active } = show(people());
  await user.keyboard('no');
  expect(screen.getAllByRole('option')).toHaveLength(1);
  expect(active()).toContain('No one');
  await user.keyboard('{Enter}');
  expect(assign.mock.calls).toEqual([['No one']]);
});

test('a command with a list opens it, and Backspace goes back', async () => {
  const { user, field } = show();
  await user.keyboard('assi{Enter}');
  await vi.waitFor(() => expect(field().getAttribute('aria-label')).toBe('Assign to whom?'));
  expect(screen.getAllByRole('option')).toHaveLength(3);
  await user.keyboard('x{Backspace}{Backspace}');
  expect(field().getAttribute('aria-label')).toBe('Command menu');
  expect(assign).not.toHaveBeenCalled();
});

test('a list for several stays open, at what was chosen', async () => {
  const { user, onClose, active } = show(labels());
  await user.keyboard('v{Enter}');
  expect(label.mock.calls).toEqual([['vip']]);
  expect(active()).toContain('vip');
  // Pressed again, it is taken back.
  await user.keyboard('{Enter}');
  expect(on()).toEqual([]);
  expect(onClose).not.toHaveBeenCalled();
});

test('what was typed while it loaded counts', () => {
  show(people(), ['m', 'a', 'Enter']);
  return vi.waitFor(() => expect(assign.mock.calls).toEqual([['Maya']]));
});

test('where a time can be typed, digits write, and the time comes first', async () => {
  const snooze = vi.fn();
  const { user, active } = show({
    title: 'Snooze',
    subject: 'Ada',
    placeholder: 'Until when?',
    digitsWrite: true,
    items: () => [{ id: 'later', label: 'Later', icon: 'clock', run: () => snooze('later') }],
    typed: (text) =>
      text === '3d'
        ? [{ id: 'typed', label: 'Until', icon: 'clock', run: () => snooze(text) }]
        : [],
  });
  await user.keyboard('3d');
  expect(active()).toContain('Until');
  await user.keyboard('{Enter}');
  expect(snooze.mock.calls).toEqual([['3d']]);
});
