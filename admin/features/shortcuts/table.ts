import {
  type Press as CompositionPress,
  isComposition,
} from '../../../protocol/client/input/keys.ts';
import { isModified, type KeyPress, keyOf } from './key.ts';

/**
 * The command of each key. `Shift` stands before letters and named keys, not before signs, which
 * need it on some layouts. Keys with a space between them are pressed one after the other. The
 * names of the commands load separately.
 */
const MEANINGS = {
  j: 'next',
  k: 'previous',
  Enter: 'open',
  x: 'select',
  'Shift ArrowDown': 'extendDown',
  'Shift ArrowUp': 'extendUp',
  '/': 'search',
  r: 'reply',
  n: 'note',
  // The composer handles the two that send.
  'Ctrl Enter': 'send',
  'Ctrl Shift Enter': 'sendAndClose',
  i: 'claim',
  a: 'assign',
  d: 'department',
  p: 'priority',
  l: 'label',
  s: 'snooze',
  c: 'close',
  'Shift C': 'spam',
  o: 'reopen',
  z: 'undo',
  u: 'unread',
  e: 'edit',
  ']': 'customer',
  '[': 'queues',
  'g u': 'goUnassigned',
  'g m': 'goMine',
  'g a': 'goAll',
  'g c': 'goClosed',
  'g s': 'goSnoozed',
  Escape: 'back',
  'Ctrl K': 'palette',
  '?': 'help',
} as const;

/** The key that waits for another one. */
export const PREFIX = 'g';

type WithoutKeys = 'release' | 'signOut';
export type ShortcutId = (typeof MEANINGS)[keyof typeof MEANINGS] | WithoutKeys;

/** Commands that only move in the list. A key that is held down repeats them and no others. */
export const MOVES: readonly ShortcutId[] = ['next', 'previous', 'extendDown', 'extendUp'];

const meanings = new Map<string, ShortcutId>(Object.entries(MEANINGS));

/** The keys of a command as the table names them. Palette-only commands have none. */
export function keysOf(id: ShortcutId): readonly string[] {
  return [...meanings].flatMap(([key, meaning]) => (meaning === id ? key : []));
}

type Press = KeyPress & CompositionPress & Pick<KeyboardEvent, 'defaultPrevented'>;

/** The name of a key press in the table. Null for what belongs to the browser. */
function nameOf(press: Press): string | null {
  const key = keyOf(press);
  const letter = /^[a-z]$/.test(key);
  const withCommand = (press.ctrlKey || press.metaKey) && !press.altKey;
  const shift = press.shiftKey && (letter || key.length > 1) ? 'Shift ' : '';
  const name = shift + (letter && (shift || withCommand) ? key.toUpperCase() : key);
  if (withCommand) return `Ctrl ${name}`;
  return isModified(press) ? null : name;
}

/**
 * The command of a key press; `PREFIX` for the first key of two; null if it has none.
 *
 * Presses with a modifier belong to the browser, but for those in the table; presses during
 * composition to the input method; in a field only Escape and keys with Ctrl count. `keyOf` maps
 * keys of all layouts.
 *
 * @param where.inField whether a text field has the focus
 * @param where.after `PREFIX`, if that was the key before
 * @param where.single whether keys without Ctrl are shortcuts, but for Escape
 */
export function shortcutFor(
  press: Press,
  where: { inField: boolean; after?: typeof PREFIX | null; single?: boolean },
): ShortcutId | typeof PREFIX | null {
  if (press.defaultPrevented || isComposition(press)) return null;
  const name = nameOf(press);
  if (name === null) return null;
  const always = name === 'Escape' || name.startsWith('Ctrl ');
  if (!always && (where.inField || where.single === false)) return null;
  if (name === PREFIX) return PREFIX;
  return meanings.get(where.after && !always ? `${where.after} ${name}` : name) ?? null;
}
