/** What a key does. This table both handles the keys and lists them in the help sheet. */
export const SHORTCUTS = [
  { id: 'next', keys: ['j'], label: 'Next conversation', group: 'List' },
  { id: 'previous', keys: ['k'], label: 'Previous conversation', group: 'List' },
  { id: 'open', keys: ['Enter'], label: 'Open the conversation', group: 'List' },
  { id: 'select', keys: ['x'], label: 'Select, for several at once', group: 'List' },
  { id: 'search', keys: ['/'], label: 'Search', group: 'List' },
  { id: 'reply', keys: ['r'], label: 'Reply', group: 'Conversation' },
  { id: 'note', keys: ['n'], label: 'Write a private note', group: 'Conversation' },
  { id: 'assign', keys: ['a'], label: 'Assign', group: 'Conversation' },
  { id: 'label', keys: ['l'], label: 'Label', group: 'Conversation' },
  { id: 'snooze', keys: ['s'], label: 'Snooze', group: 'Conversation' },
  { id: 'edit', keys: ['e'], label: 'Edit your last message', group: 'Conversation' },
  { id: 'close', keys: ['c'], label: 'Close', group: 'Conversation' },
  {
    id: 'back',
    keys: ['Escape'],
    label: 'Leave the field, then the conversation',
    group: 'Anywhere',
  },
  { id: 'help', keys: ['?'], label: 'Show this sheet', group: 'Anywhere' },
] as const satisfies readonly {
  id: string;
  keys: readonly string[];
  label: string;
  group: 'List' | 'Conversation' | 'Anywhere';
}[];

export type ShortcutId = (typeof SHORTCUTS)[number]['id'];

type Press = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'defaultPrevented'
>;

/**
 * What a press means, or null when it is not a shortcut: with a modifier it is the browser's, in
 * the middle of composing a character it is the input method's, and in a field only Escape counts.
 */
export function shortcutFor(press: Press, inField: boolean): ShortcutId | null {
  if (press.defaultPrevented || press.isComposing) return null;
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (inField && press.key !== 'Escape') return null;
  return SHORTCUTS.find(({ keys }) => keys.some((key) => key === press.key))?.id ?? null;
}
