import type { IconName } from '../../components/Icon.tsx';
import { keysOf, type ShortcutId } from './table.ts';

/**
 * All commands of the help sheet and the palette. Commands without keys are only in the palette.
 * Commands with `ofFocus` are only for the keyboard, since they act on the focused element.
 */
const COMMANDS = [
  { id: 'next', label: 'Next conversation', group: 'List', icon: 'list', ofFocus: true },
  { id: 'previous', label: 'Previous conversation', group: 'List', icon: 'list', ofFocus: true },
  { id: 'open', label: 'Open the conversation', group: 'List', icon: 'inbox', ofFocus: true },
  { id: 'select', label: 'Select', group: 'List', icon: 'check', ofFocus: true },
  { id: 'extendDown', label: 'Select down', group: 'List', icon: 'check', ofFocus: true },
  { id: 'extendUp', label: 'Select up', group: 'List', icon: 'check', ofFocus: true },
  { id: 'search', label: 'Search', group: 'List', icon: 'search' },
  { id: 'goUnassigned', label: 'Go to Unassigned', group: 'List', icon: 'inbox', ofFocus: true },
  { id: 'goMine', label: 'Go to Mine', group: 'List', icon: 'inbox', ofFocus: true },
  { id: 'goAll', label: 'Go to All open', group: 'List', icon: 'inbox', ofFocus: true },
  { id: 'goSnoozed', label: 'Go to Snoozed', group: 'List', icon: 'inbox', ofFocus: true },
  { id: 'goClosed', label: 'Go to Closed', group: 'List', icon: 'inbox', ofFocus: true },
  { id: 'reply', label: 'Reply', group: 'Conversation', icon: 'reply' },
  { id: 'note', label: 'Write a private note', group: 'Conversation', icon: 'lock' },
  { id: 'send', label: 'Send', group: 'Conversation', icon: 'send', ofFocus: true },
  {
    id: 'sendAndClose',
    label: 'Send and close',
    group: 'Conversation',
    icon: 'send',
    ofFocus: true,
  },
  { id: 'claim', label: 'Assign to me', group: 'Conversation', icon: 'person' },
  { id: 'assign', label: 'Assign', group: 'Conversation', icon: 'people' },
  { id: 'release', label: 'Unassign', group: 'Conversation', icon: 'person' },
  { id: 'department', label: 'Move to a department', group: 'Conversation', icon: 'folder' },
  { id: 'priority', label: 'Set the priority', group: 'Conversation', icon: 'flag' },
  { id: 'label', label: 'Label', group: 'Conversation', icon: 'tag' },
  { id: 'snooze', label: 'Snooze', group: 'Conversation', icon: 'clock' },
  { id: 'close', label: 'Close', group: 'Conversation', icon: 'check' },
  { id: 'spam', label: 'Close as spam', group: 'Conversation', icon: 'alert' },
  { id: 'reopen', label: 'Reopen', group: 'Conversation', icon: 'inbox' },
  { id: 'undo', label: 'Undo', group: 'Conversation', icon: 'back' },
  { id: 'unread', label: 'Mark as unread', group: 'Conversation', icon: 'inbox' },
  { id: 'edit', label: 'Edit your last message', group: 'Conversation', icon: 'edit' },
  { id: 'customer', label: 'Show or hide the customer', group: 'Conversation', icon: 'info' },
  { id: 'queues', label: 'Show or hide the queues', group: 'Anywhere', icon: 'menu' },
  { id: 'back', label: 'Back', group: 'Anywhere', icon: 'back', ofFocus: true },
  { id: 'palette', label: 'Command menu', group: 'Anywhere', icon: 'search', ofFocus: true },
  { id: 'help', label: 'Show all shortcuts', group: 'Anywhere', icon: 'keyboard' },
  { id: 'signOut', label: 'Sign out', group: 'Anywhere', icon: 'signOut' },
] as const satisfies readonly {
  id: ShortcutId;
  label: string;
  group: 'List' | 'Conversation' | 'Anywhere';
  icon: IconName;
  ofFocus?: true;
}[];

/** All commands with their keys. */
export const SHORTCUTS = COMMANDS.map((command) => ({ ...command, keys: keysOf(command.id) }));
