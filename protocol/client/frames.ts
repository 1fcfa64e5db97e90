import type { ConversationSummary, VisitorConversation } from '../conversation/conversation.ts';
import type { DownFrame } from '../frames/down.ts';

/** A frame from the Worker, with the kind of conversation that this side's sockets carry. */
export type ConversationFrame<Head extends VisitorConversation | ConversationSummary> =
  | Exclude<DownFrame, { conversation: unknown }>
  | (Omit<Extract<DownFrame, { type: 'welcome' }>, 'conversation'> & { conversation: Head })
  | { type: 'conversation'; conversation: Head };

type Fields = Record<string, unknown>;

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

const isMessage = (value: unknown) =>
  isObject(value) &&
  typeof value.seq === 'number' &&
  typeof value.id === 'string' &&
  isObject(value.sender);

/** What each type must have so that reading it cannot throw; the Worker's own tests hold the rest. */
const needed: Record<string, string[]> = {
  welcome: ['conversation', 'messages', 'last_seq'],
  ack: ['id', 'seq'],
  message: ['message'],
  typing: ['sender'],
  viewers: ['viewers'],
  page: ['page'],
  read: ['seq'],
  conversation: ['conversation'],
  error: ['code'],
};

function isFrame<Head extends VisitorConversation | ConversationSummary>(
  value: unknown,
): value is ConversationFrame<Head> {
  if (!isObject(value) || !Object.hasOwn(needed, `${value.type}`)) return false;
  const messages = value.type === 'message' ? [value.message] : (value.messages ?? []);
  return (
    needed[`${value.type}`]?.every((name) => value[name] != null) === true &&
    Array.isArray(messages) &&
    messages.every(isMessage)
  );
}

/** The frame in a text, or null for what this version does not know: it is ignored. */
export function readFrame<Head extends VisitorConversation | ConversationSummary>(
  text: string,
): ConversationFrame<Head> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFrame<Head>(value) ? value : null;
  } catch {
    return null;
  }
}
