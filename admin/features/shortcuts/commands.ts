import { runnerOf } from './shortcuts.ts';
import { keysOf, type ShortcutId } from './table.ts';

/**
 * All commands of the help sheet and the palette. Commands without keys are only in the palette.
 * Commands with `ofFocus` are only for the keyboard, since they act on the focused element.
 */
const COMMANDS = [
  { id: 'next', label: 'Next conversation', group: 'List', ofFocus: true },
  { id: 'previous', label: 'Previous conversation', group: 'List', ofFocus: true },
  { id: 'open', label: 'Open the conversation', group: 'List', ofFocus: true },
  { id: 'select', label: 'Select', group: 'List', ofFocus: true },
  { id: 'search', label: 'Search', group: 'List' },
  { id: 'reply', label: 'Reply', group: 'Conversation' },
  { id: 'note', label: 'Write a private note', group: 'Conversation' },
  { id: 'assign', label: 'Assign', group: 'Conversation' },
  { id: 'label', label: 'Label', group: 'Conversation' },
  { id: 'snooze', label: 'Snooze', group: 'Conversation' },
  { id: 'unread', label: 'Mark as unread', group: 'Conversation' },
  { id: 'edit', label: 'Edit your last message', group: 'Conversation' },
  { id: 'close', label: 'Close', group: 'Conversation' },
  { id: 'claim', label: 'Claim', group: 'Conversation' },
  { id: 'release', label: 'Unassign', group: 'Conversation' },
  { id: 'spam', label: 'Close as spam', group: 'Conversation' },
  { id: 'reopen', label: 'Reopen', group: 'Conversation' },
  { id: 'customer', label: 'Show or hide the customer', group: 'Conversation' },
  {
    id: 'back',

    label: 'Back',
    group: 'Anywhere',
    ofFocus: true,
  },
  {
    id: 'palette',

    label: 'Command menu',
    group: 'Anywhere',
    ofFocus: true,
  },
  { id: 'help', label: 'Show all shortcuts', group: 'Anywhere' },
  { id: 'signOut', label: 'Sign out', group: 'Anywhere' },
] as const satisfies readonly {
  id: ShortcutId;
  label: string;
  group: 'List' | 'Conversation' | 'Anywhere';
  ofFocus?: true;
}[];

/** All commands with their keys. */
export const SHORTCUTS = COMMANDS.map((command) => ({ ...command, keys: keysOf(command.id) }));

/** The commands that are available now, with their actions. */
export function commandsNow(): { command: (typeof SHORTCUTS)[number]; run(): void }[] {
  return SHORTCUTS.flatMap((command) => {
    const run = runnerOf(command.id);
    return run ? [{ command, run }] : [];
  });
}
