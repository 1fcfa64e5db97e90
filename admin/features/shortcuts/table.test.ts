import { describe, expect, it } from 'vitest';
import { SHORTCUTS, shortcutFor } from './table.ts';

const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  defaultPrevented: false,
  ...more,
});

describe('the table of shortcuts', () => {
  it('gives every key one meaning', () => {
    const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is what the keys do', () => {
    for (const { id, keys } of SHORTCUTS) {
      for (const key of keys) expect(shortcutFor(press(key), false)).toBe(id);
    }
  });

  it('leaves keys with a modifier to the browser', () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) {
      expect(shortcutFor(press('c', { [modifier]: true }), false)).toBeNull();
    }
  });

  it('hears only Escape while somebody types', () => {
    expect(shortcutFor(press('r'), true)).toBeNull();
    expect(shortcutFor(press('Escape'), true)).toBe('back');
  });

  it('leaves an input method alone', () => {
    expect(shortcutFor(press('Escape', { isComposing: true }), true)).toBeNull();
  });
});
