import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SHORTCUTS } from './commands.ts';
import { keyName } from './key-names.ts';
import { PREFIX, shortcutFor } from './table.ts';

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

const LIST = { inField: false };
const FIELD = { inField: true };

describe('the table of shortcuts', () => {
  it('gives every key one meaning', () => {
    const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is the one that docs/agents.md prints', () => {
    const docs = readFileSync(new URL('../../../docs/agents.md', import.meta.url), 'utf8');
    const [table = ''] = docs.split('\n## Keys\n')[1]?.split('\n\n') ?? [];
    const printed = [...table.matchAll(/`([^`]+)`/g)].map(([, key]) => key);
    const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys.map(keyName));
    expect(printed.toSorted()).toEqual(keys.toSorted());
  });

  it('decides what the keys do', () => {
    for (const { id, keys } of SHORTCUTS) {
      for (const name of keys) {
        const words = name.split(' ');
        const after = words[0] === PREFIX ? PREFIX : null;
        const key = words.at(-1) ?? '';
        const pressed = press(/^[A-Z]$/.test(key) ? key.toLowerCase() : key, {
          ctrlKey: words.includes('Ctrl'),
          shiftKey: words.includes('Shift'),
        });
        expect(shortcutFor(pressed, { inField: false, after }), name).toBe(id);
      }
    }
  });

  it('waits for a second key after g, and takes no other meaning then', () => {
    expect(shortcutFor(press('g'), LIST)).toBe(PREFIX);
    expect(shortcutFor(press('m'), { inField: false, after: PREFIX })).toBe('goMine');
    expect(shortcutFor(press('c'), { inField: false, after: PREFIX })).toBe('goClosed');
    expect(shortcutFor(press('x'), { inField: false, after: PREFIX })).toBeNull();
    expect(shortcutFor(press('Escape'), { inField: false, after: PREFIX })).toBe('back');
    expect(shortcutFor(press('g'), FIELD)).toBeNull();
  });

  it('keeps only Escape and keys with Ctrl if single keys are off', () => {
    const off = { inField: false, single: false };
    for (const key of ['c', 'j', '/', '?', 'g', 'Enter']) {
      expect(shortcutFor(press(key), off)).toBeNull();
    }
    expect(shortcutFor(press('k', { ctrlKey: true }), off)).toBe('palette');
    expect(shortcutFor(press('Escape'), off)).toBe('back');
  });

  it('tells Shift apart where it is not needed to type the sign', () => {
    expect(shortcutFor(press('C', { code: 'KeyC', shiftKey: true }), LIST)).toBe('spam');
    expect(shortcutFor(press('ArrowDown', { shiftKey: true }), LIST)).toBe('extendDown');
    expect(shortcutFor(press('ArrowDown'), LIST)).toBeNull();
    expect(shortcutFor(press('J', { code: 'KeyJ', shiftKey: true }), LIST)).toBeNull();
  });

  it.each([
    ['German', '[', 'Digit8', { ctrlKey: true, altKey: true, getModifierState: () => true }],
    ['Russian', 'х', 'BracketLeft', {}],
    ['American', '[', 'BracketLeft', {}],
  ])('has the brackets on a layout: %s', (_layout, key, code, more) => {
    expect(shortcutFor(press(key, { code, ...more }), LIST)).toBe('queues');
  });

  it('leaves keys with a modifier to the browser', () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) {
      expect(shortcutFor(press('c', { [modifier]: true }), LIST)).toBeNull();
    }
  });

  it('only handles Escape while someone types', () => {
    expect(shortcutFor(press('r'), FIELD)).toBeNull();
    expect(shortcutFor(press('Escape'), FIELD)).toBe('back');
  });

  it('leaves an input method alone', () => {
    expect(shortcutFor(press('Escape', { isComposing: true }), FIELD)).toBeNull();
    expect(shortcutFor(press('Escape', { keyCode: 229 }), FIELD)).toBeNull();
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
    expect(shortcutFor(press(key, { code, shiftKey }), LIST)).toBe(id);
  });

  it('A13: uses the letter if it is Latin', () => {
    expect(shortcutFor(press('q', { code: 'KeyA' }), LIST)).toBeNull();
    // Dvorak writes w where others have a comma, and ö of a German keyboard is no letter of ours.
    expect(shortcutFor(press('w', { code: 'Comma' }), LIST)).toBeNull();
    expect(shortcutFor(press('ö', { code: 'KeyL' }), LIST)).toBeNull();
    // Shift with another letter is the letter with Shift, on Caps Lock too, where it comes small.
    expect(shortcutFor(press('С', { code: 'KeyC', shiftKey: true }), LIST)).toBe('spam');
    expect(shortcutFor(press('c', { code: 'KeyC', shiftKey: true }), LIST)).toBe('spam');
    expect(shortcutFor(press('S', { code: 'KeyS', shiftKey: true }), LIST)).toBeNull();
    expect(shortcutFor(press('.', { code: 'Slash' }), LIST)).toBeNull();
  });

  it('A13: opens the palette by the place of K, on Caps Lock too', () => {
    for (const [key, code] of [
      ['k', 'KeyK'],
      ['K', 'KeyK'],
      ['л', 'KeyK'],
      ['Λ', 'KeyK'],
      ['k', 'KeyV'],
    ]) {
      expect(shortcutFor(press(`${key}`, { code, ctrlKey: true }), FIELD)).toBe('palette');
      expect(shortcutFor(press(`${key}`, { code, metaKey: true }), FIELD)).toBe('palette');
      expect(shortcutFor(press(`${key}`, { code, ctrlKey: true, altKey: true }), FIELD)).toBeNull();
    }
    expect(shortcutFor(press('t', { code: 'KeyK', ctrlKey: true }), FIELD)).toBeNull();
  });

  it('A13: accepts a sign typed with AltGr, but no letter', () => {
    const altGraph = { ctrlKey: true, altKey: true, getModifierState: () => true };
    expect(shortcutFor(press('/', altGraph), LIST)).toBe('search');
    expect(shortcutFor(press('c', altGraph), LIST)).toBeNull();
  });
});
