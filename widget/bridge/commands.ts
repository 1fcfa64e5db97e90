import type { PageInfo } from './messages.ts';

/** Messages of the page's commands to the frame, over their own port, which opens with the first command. */
export type CommandToFrame =
  | { type: 'identify'; token: string }
  | { type: 'say'; name?: string; email?: string; phone?: string; customFields?: Fields }
  | { type: 'department'; department: string | null }
  | { type: 'start'; text: string }
  | { type: 'page'; page: PageInfo }
  | { type: 'shutdown' };

type Fields = Record<string, string>;

/** Messages of the frame about what happened in it. */
export type EventToPage =
  | { type: 'identity'; state: 'verified' | 'expired' | 'invalid' | null }
  | { type: 'message'; detail: MessageDetail }
  | { type: 'conversation_started'; detail: Detail }
  | { type: 'conversation_closed'; detail: Detail }
  | { type: 'warning'; text: string }
  /** Everything that the frame stored is deleted. */
  | { type: 'gone' };

type Detail = Record<string, string>;

type MessageDetail = {
  conversationId: string;
  id: string;
  from: 'visitor' | 'agent';
  text: string;
  sentAt: string;
  file?: { name: string; type: string; size: number };
};

const COMMAND_TYPES: Record<CommandToFrame['type'], true> = {
  identify: true,
  say: true,
  department: true,
  start: true,
  page: true,
  shutdown: true,
};

/** Checks the type alone: both sides are of one build. Anything else is dropped. */
export function isCommand(value: unknown): value is CommandToFrame {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    `${value.type}` in COMMAND_TYPES
  );
}
