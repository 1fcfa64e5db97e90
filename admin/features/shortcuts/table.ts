import {
  type Press as CompositionPress,
  isComposition,
} from '../../../protocol/client/input/keys.ts';
import { isCommand, isModified, type KeyPress, keyOf } from './key.ts';

/** The command of each key. The names of the commands load separately. */
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
  // Not the name of a key. `shortcutFor` handles it everywhere.
  'Ctrl K': 'palette',
  '?': 'help',
} as const;

type WithoutKeys = 'claim' | 'release' | 'spam' | 'reopen' | 'customer' | 'signOut';
export type ShortcutId = (typeof MEANINGS)[keyof typeof MEANINGS] | WithoutKeys;

const meanings = new Map<string, ShortcutId>(Object.entries(MEANINGS));

/** The keys of a command as they are shown. Palette-only commands have none. */
export function keysOf(id: ShortcutId): readonly string[] {
  return [...meanings].flatMap(([key, meaning]) => (meaning === id ? key : []));
}

type Press = KeyPress & CompositionPress & Pick<KeyboardEvent, 'defaultPrevented'>;

/**
 * The command of a key press, or null. Presses with a modifier belong to the browser, presses
 * during composition to the input method, and in a field only Escape counts. The palette's key
 * works everywhere. `keyOf` maps keys of all layouts.
 */
export function shortcutFor(press: Press, inField: boolean): ShortcutId | null {
  if (press.defaultPrevented || isComposition(press)) return null;
  if (isCommand(press, 'k')) return 'palette';
  if (isModified(press)) return null;
  if (inField && press.key !== 'Escape') return null;
  const pressed = keyOf(press);
  // Letters with Shift are no shortcuts. Signs need Shift on most layouts.
  if (press.shiftKey && /^[a-z]$/.test(pressed)) return null;
  return meanings.get(pressed) ?? null;
}
