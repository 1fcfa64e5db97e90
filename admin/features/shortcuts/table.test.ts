import { describe, expect, it } from 'vitest';
import { SHORTCUTS } from './commands.ts';
import { shortcutFor } from './table.ts';

const press = (key: string, more = {}) => ({
  key,
  code: '',
  keyCode: 0,
  shiftKey: false,
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

  it('decides what the keys do', () => {
    for (const { id, keys } of SHORTCUTS) {
      for (const key of keys) {
        const pressed = key === 'Ctrl K' ? press('k', { ctrlKey: true }) : press(key);
        expect(shortcutFor(pressed, false)).toBe(id);
      }
    }
  });

  it('leaves keys with a modifier to the browser', () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) {
      expect(shortcutFor(press('c', { [modifier]: true }), false)).toBeNull();
    }
  });

  it('only handles Escape while someone types', () => {
    expect(shortcutFor(press('r'), true)).toBeNull();
    expect(shortcutFor(press('Escape'), true)).toBe('back');
  });

  it('leaves an input method alone', () => {
    expect(shortcutFor(press('Escape', { isComposing: true }), true)).toBeNull();
    expect(shortcutFor(press('Escape', { keyCode: 229 }), true)).toBeNull();
  });

  it.each([
    ['Russian', 'с', 'KeyC', 'close'],
    ['Russian', 'о', 'KeyJ', 'next'],
    ['Russian, Caps Lock', 'Ы', 'KeyS', 'snooze'],
    ['Greek', 'ρ', 'KeyR', 'reply'],
    ['Hebrew', 'ש', 'KeyA', 'assign'],
    ['Arabic', 'ؤ', 'KeyC', 'close'],
    ['Persian', 'ن', 'KeyK', 'previous'],
    ['Thai, a vowel sign', '\u0e37', 'KeyN', 'note'],
    ['Korean', 'ㅣ', 'KeyL', 'label'],
    ['Caps Lock', 'C', 'KeyC', 'close'],
    ['AZERTY', 'a', 'KeyQ', 'assign'],
    ['Dvorak', 'j', 'KeyC', 'next'],
    ['German', '/', 'Digit7', 'search'],
    ['German', '?', 'Minus', 'help'],
    ['Russian', '/', 'Backslash', 'search'],
    ['Russian', '?', 'Digit7', 'help'],
    ['Hebrew', '/', 'KeyQ', 'search'],
  ])('A13: works on a layout: %s, %s on %s', (_layout, key, code, id) => {
    const shiftKey = /^[/?]$/.test(key);
    expect(shortcutFor(press(key, { code, shiftKey }), false)).toBe(id);
  });

  it('A13: uses the letter if it is Latin, and ignores letters with Shift', () => {
    expect(shortcutFor(press('q', { code: 'KeyA' }), false)).toBeNull();
    // Dvorak writes w where others have a comma, and ö of a German keyboard is no letter of ours.
    expect(shortcutFor(press('w', { code: 'Comma' }), false)).toBeNull();
    expect(shortcutFor(press('ö', { code: 'KeyL' }), false)).toBeNull();
    expect(shortcutFor(press('C', { code: 'KeyC', shiftKey: true }), false)).toBeNull();
    expect(shortcutFor(press('С', { code: 'KeyC', shiftKey: true }), false)).toBeNull();
    // A shifted letter with Caps Lock on comes small.
    expect(shortcutFor(press('c', { code: 'KeyC', shiftKey: true }), false)).toBeNull();
    expect(shortcutFor(press('.', { code: 'Slash' }), false)).toBeNull();
  });

  it('A13: opens the palette by the place of K, on Caps Lock too', () => {
    for (const [key, code] of [
      ['k', 'KeyK'],
      ['K', 'KeyK'],
      ['л', 'KeyK'],
      ['Λ', 'KeyK'],
      ['k', 'KeyV'],
    ]) {
      expect(shortcutFor(press(`${key}`, { code, ctrlKey: true }), true)).toBe('palette');
      expect(shortcutFor(press(`${key}`, { code, metaKey: true }), true)).toBe('palette');
      expect(shortcutFor(press(`${key}`, { code, ctrlKey: true, altKey: true }), true)).toBeNull();
    }
    expect(shortcutFor(press('t', { code: 'KeyK', ctrlKey: true }), true)).toBeNull();
  });

  it('A13: accepts a sign typed with AltGr, but no letter', () => {
    const altGraph = { ctrlKey: true, altKey: true, getModifierState: () => true };
    expect(shortcutFor(press('/', altGraph), false)).toBe('search');
    expect(shortcutFor(press('c', altGraph), false)).toBeNull();
  });
});
