import type { PageInfo } from './messages.ts';

/** What the page's commands say to the frame, over a port of their own that opens when one is used. */
export type CommandToFrame =
  | { type: 'identify'; token: string }
  | { type: 'say'; name?: string; email?: string; phone?: string; customFields?: Fields }
  | { type: 'department'; department: string | null }
  | { type: 'start'; text: string }
  | { type: 'page'; page: PageInfo }
  | { type: 'shutdown' };

type Fields = Record<string, string>;

/** What the frame tells of what happened there. */
export type EventToPage =
  | { type: 'identity'; state: 'verified' | 'expired' | 'invalid' | null }
  | { type: 'message'; detail: MessageDetail }
  | { type: 'conversation_started'; detail: Detail }
  | { type: 'conversation_closed'; detail: Detail }
  | { type: 'warning'; text: string }
  /** Nothing is left in here. */
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

const KNOWN: Record<CommandToFrame['type'], true> = {
  identify: true,
  say: true,
  department: true,
  start: true,
  page: true,
  shutdown: true,
};

/** Both sides are of one build and one version; what is of neither is dropped. */
export function isCommand(value: unknown): value is CommandToFrame {
  return typeof value === 'object' && value !== null && 'type' in value && `${value.type}` in KNOWN;
}
