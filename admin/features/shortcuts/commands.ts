import type { IconName } from '../../components/Icon.tsx';
import { t } from '../../texts/commands.ts';
import { keysOf, type ShortcutId } from './table.ts';

/**
 * All commands of the help sheet and the palette. Commands without keys are only in the palette.
 * Commands with `ofFocus` are only for the keyboard, since they act on the focused element.
 */
const COMMANDS = [
  { id: 'next', group: 'List', icon: 'list', ofFocus: true },
  { id: 'previous', group: 'List', icon: 'list', ofFocus: true },
  { id: 'open', group: 'List', icon: 'inbox', ofFocus: true },
  { id: 'select', group: 'List', icon: 'check', ofFocus: true },
  { id: 'extendDown', group: 'List', icon: 'check', ofFocus: true },
  { id: 'extendUp', group: 'List', icon: 'check', ofFocus: true },
  { id: 'search', group: 'List', icon: 'search' },
  { id: 'goUnassigned', group: 'List', icon: 'inbox', ofFocus: true },
  { id: 'goMine', group: 'List', icon: 'inbox', ofFocus: true },
  { id: 'goAll', group: 'List', icon: 'inbox', ofFocus: true },
  { id: 'goSnoozed', group: 'List', icon: 'inbox', ofFocus: true },
  { id: 'goClosed', group: 'List', icon: 'inbox', ofFocus: true },
  { id: 'reply', group: 'Conversation', icon: 'reply' },
  { id: 'note', group: 'Conversation', icon: 'lock' },
  { id: 'send', group: 'Conversation', icon: 'send', ofFocus: true },
  {
    id: 'sendAndClose',

    group: 'Conversation',
    icon: 'send',
    ofFocus: true,
  },
  { id: 'claim', group: 'Conversation', icon: 'person' },
  { id: 'assign', group: 'Conversation', icon: 'people' },
  { id: 'release', group: 'Conversation', icon: 'person' },
  { id: 'department', group: 'Conversation', icon: 'folder' },
  { id: 'priority', group: 'Conversation', icon: 'flag' },
  { id: 'label', group: 'Conversation', icon: 'tag' },
  { id: 'snooze', group: 'Conversation', icon: 'clock' },
  { id: 'close', group: 'Conversation', icon: 'check' },
  { id: 'spam', group: 'Conversation', icon: 'alert' },
  { id: 'reopen', group: 'Conversation', icon: 'inbox' },
  { id: 'undo', group: 'Conversation', icon: 'back' },
  { id: 'unread', group: 'Conversation', icon: 'inbox' },
  { id: 'edit', group: 'Conversation', icon: 'edit' },
  { id: 'customer', group: 'Conversation', icon: 'info' },
  { id: 'queues', group: 'Anywhere', icon: 'menu' },
  { id: 'back', group: 'Anywhere', icon: 'back', ofFocus: true },
  { id: 'palette', group: 'Anywhere', icon: 'search', ofFocus: true },
  { id: 'help', group: 'Anywhere', icon: 'keyboard' },
  { id: 'signOut', group: 'Anywhere', icon: 'signOut' },
] as const satisfies readonly {
  id: ShortcutId;
  group: 'List' | 'Conversation' | 'Anywhere';
  icon: IconName;
  ofFocus?: true;
}[];

/** All commands with their keys. */
export const SHORTCUTS = COMMANDS.map((command) => ({ ...command, keys: keysOf(command.id) }));

/** The name of a command. */
export const nameOf = (id: ShortcutId): string => t.names[id];
