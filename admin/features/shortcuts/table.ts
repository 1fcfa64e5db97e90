import { type Press as CompositionPress, isComposition } from '../../../protocol/client/keys.ts';
import { isCommand, isModified, type KeyPress, keyOf } from './key.ts';

/**
 * Every command: what handles its keys, lists them in the help sheet and offers it in the palette.
 * One without keys is in the palette alone; one that is `ofFocus` is of the keyboard's alone, since it
 * is about what has the focus.
 */
export const SHORTCUTS = [
  { id: 'next', keys: ['j'], label: 'Next conversation', group: 'List', ofFocus: true },
  { id: 'previous', keys: ['k'], label: 'Previous conversation', group: 'List', ofFocus: true },
  { id: 'open', keys: ['Enter'], label: 'Open the conversation', group: 'List', ofFocus: true },
  { id: 'select', keys: ['x'], label: 'Select, for several at once', group: 'List', ofFocus: true },
  { id: 'search', keys: ['/'], label: 'Search', group: 'List' },
  { id: 'reply', keys: ['r'], label: 'Reply', group: 'Conversation' },
  { id: 'note', keys: ['n'], label: 'Write a private note', group: 'Conversation' },
  { id: 'assign', keys: ['a'], label: 'Assign', group: 'Conversation' },
  { id: 'label', keys: ['l'], label: 'Label', group: 'Conversation' },
  { id: 'snooze', keys: ['s'], label: 'Snooze', group: 'Conversation' },
  { id: 'unread', keys: ['u'], label: 'Mark as unread', group: 'Conversation' },
  { id: 'edit', keys: ['e'], label: 'Edit your last message', group: 'Conversation' },
  { id: 'close', keys: ['c'], label: 'Close', group: 'Conversation' },
  { id: 'claim', keys: [], label: 'Claim', group: 'Conversation' },
  { id: 'release', keys: [], label: 'Give back to the queue', group: 'Conversation' },
  { id: 'spam', keys: [], label: 'Close as spam', group: 'Conversation' },
  { id: 'reopen', keys: [], label: 'Reopen', group: 'Conversation' },
  { id: 'customer', keys: [], label: 'Show or hide the customer', group: 'Conversation' },
  {
    id: 'back',
    keys: ['Escape'],
    label: 'Leave the field, then the conversation',
    group: 'Anywhere',
    ofFocus: true,
  },
  {
    id: 'palette',
    keys: ['Ctrl K'],
    label: 'Find and do anything',
    group: 'Anywhere',
    ofFocus: true,
  },
  { id: 'help', keys: ['?'], label: 'Show all shortcuts', group: 'Anywhere' },
  { id: 'signOut', keys: [], label: 'Sign out', group: 'Anywhere' },
] as const satisfies readonly {
  id: string;
  keys: readonly string[];
  label: string;
  group: 'List' | 'Conversation' | 'Anywhere';
  ofFocus?: true;
}[];

export type ShortcutId = (typeof SHORTCUTS)[number]['id'];

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
  return SHORTCUTS.find(({ keys }) => keys.some((key) => key === pressed))?.id ?? null;
}
