import { expect, test } from 'vitest';
import { holdKeys } from './hold-keys.ts';

const press = (key: string, more: KeyboardEventInit = {}) =>
  window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true, ...more }));

test('A12: keys are held until the menu is there, but those of an input method and commands', () => {
  const release = holdKeys();
  press('a');
  press('k', { isComposing: true });
  press('k', { ctrlKey: true });
  press('Enter');
  expect(release()).toEqual(['a', 'Enter']);
  // Let through again: nobody prevents it.
  expect(press('b')).toBe(true);
});
