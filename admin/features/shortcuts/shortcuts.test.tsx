import { fireEvent, render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../../protocol/resources/preference-choices.ts';
import { adoptPreferences } from '../profile/preferences.ts';
import { beforeCommands, useShortcuts } from './shortcuts.ts';

/** When a key runs a command, and when it is left to the page. */

afterEach(() => adoptPreferences(DEFAULT_PREFERENCES));

function show(settle?: () => Promise<void> | null) {
  const ran: string[] = [];
  const Page = () => {
    if (settle) beforeCommands(settle);
    useShortcuts({
      next: () => ran.push('next'),
      close: () => ran.push('close'),
      goMine: () => ran.push('mine'),
      palette: () => ran.push('palette'),
      reopen: { run: () => ran.push('reopen'), when: () => false },
    });
    return (
      <>
        <input aria-label="Search" />
        <div role="menu" popover="auto" tabindex="-1" aria-label="Menu" />
        <button type="button">Elsewhere</button>
      </>
    );
  };
  render(() => <Page />);
  screen.getByRole('button').focus();
  return { ran, user: userEvent.setup() };
}

test('no key acts while a field or a menu has the focus, but those with Ctrl', async () => {
  const { ran, user } = show();
  screen.getByRole('textbox').focus();
  await user.keyboard('cj{Control>}k{/Control}');
  expect(ran).toEqual(['palette']);
  screen.getByRole('menu').focus();
  await user.keyboard('c');
  expect(ran).toEqual(['palette']);
});

test('no key acts while an input method composes', () => {
  const { ran } = show();
  fireEvent.keyDown(document.body, { key: 'c', isComposing: true });
  fireEvent.keyDown(document.body, { key: 'c', keyCode: 229 });
  expect(ran).toEqual([]);
});

test('a key that is held down moves on, and closes one conversation only', () => {
  const { ran } = show();
  for (const key of ['j', 'c']) {
    fireEvent.keyDown(document.body, { key });
    fireEvent.keyDown(document.body, { key, repeat: true });
  }
  expect(ran).toEqual(['next', 'next', 'close']);
});

test('g and then m goes to Mine; what comes between ends it', async () => {
  const { ran, user } = show();
  await user.keyboard('gm');
  await user.keyboard('gxm');
  await user.keyboard('{Tab}m');
  expect(ran).toEqual(['mine']);
});

test('a command that is not available leaves its key to the page', () => {
  show();
  expect(fireEvent.keyDown(document.body, { key: 'o' })).toBe(true);
  expect(fireEvent.keyDown(document.body, { key: 'c' })).toBe(false);
});

test('single keys can be switched off', async () => {
  adoptPreferences({ ...DEFAULT_PREFERENCES, single_keys: false });
  const { ran, user } = show();
  await user.keyboard('jc{Control>}k{/Control}');
  expect(ran).toEqual(['palette']);
});

test('a command waits until its conversation has loaded; until then no key acts', async () => {
  let arrive = () => {};
  const { ran, user } = show(
    vi
      .fn<() => Promise<void> | null>(() => null)
      .mockImplementationOnce(
        () =>
          new Promise((resolve) => {
            arrive = resolve;
          }),
      ),
  );
  await user.keyboard('cj');
  expect(ran).toEqual([]);
  arrive();
  await vi.waitFor(() => expect(ran).toEqual(['close']));
  await user.keyboard('j');
  expect(ran).toEqual(['close', 'next']);
});
