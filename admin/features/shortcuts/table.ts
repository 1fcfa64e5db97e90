import { type Press as CompositionPress, isComposition } from '../../../protocol/client/keys.ts';
import { isCommand, isModified, type KeyPress, keyOf } from './key.ts';

/** What each key stands for. What the commands are called loads with what shows them. */
const MEANINGS = {
  j: 'next',
  k: 'previous',
  Enter: 'open',
  x: 'select',
  '/': 'search',
  r: 'reply',
  n: 'note',
  a: 'assign',
  l: 'label',
  s: 'snooze',
  u: 'unread',
  e: 'edit',
  c: 'close',
  Escape: 'back',
  // Not the name of a key: `shortcutFor` knows it from anywhere.
  'Ctrl K': 'palette',
  '?': 'help',
} as const;

type WithoutKeys = 'claim' | 'release' | 'spam' | 'reopen' | 'customer' | 'signOut';
export type ShortcutId = (typeof MEANINGS)[keyof typeof MEANINGS] | WithoutKeys;

const meanings = new Map<string, ShortcutId>(Object.entries(MEANINGS));

/** The keys of a command, as they are shown; a command of the palette alone has none. */
export function keysOf(id: ShortcutId): readonly string[] {
  return [...meanings].flatMap(([key, meaning]) => (meaning === id ? key : []));
}

type Press = KeyPress & CompositionPress & Pick<KeyboardEvent, 'defaultPrevented'>;

/**
 * What a press means, or null when it is not a shortcut: with a modifier it is the browser's, while a
 * character is composed it is the input method's, and in a field only Escape counts. The palette's
 * own key opens it from anywhere. `keyOf` says which key a press is on each layout.
 */
export function shortcutFor(press: Press, inField: boolean): ShortcutId | null {
  if (press.defaultPrevented || isComposition(press)) return null;
  if (isCommand(press, 'k')) return 'palette';
  if (isModified(press)) return null;
  if (inField && press.key !== 'Escape') return null;
  const pressed = keyOf(press);
  // With Shift a letter is another key; a sign is written with it on most layouts.
  if (press.shiftKey && /^[a-z]$/.test(pressed)) return null;
  return meanings.get(pressed) ?? null;
}
