import { z } from 'zod';
import { conversationSummary, visitorConversation } from '../conversation/conversation.ts';
import { message, sender } from '../conversation/message.ts';

const seq = z.number().int().nonnegative();

/**
 * The answer to `hello`: what came after `after`, in order. With `more`, this is a page: say
 * `hello` again with the last seq received.
 */
export const welcome = z.object({
  type: z.literal('welcome'),
  protocol: z.number().int(),
  conversation: z.union([conversationSummary, visitorConversation]),
  last_seq: seq,
  messages: z.array(message),
  more: z.boolean(),
});

/** To the sender, once the message is durable (P2). */
export const ack = z.object({
  type: z.literal('ack'),
  id: z.uuid(),
  seq: z.number().int().positive(),
  sent_at: z.iso.datetime(),
});

/** To everyone else, and to the sender's other tabs. */
export const messageDown = z.object({ type: z.literal('message'), message });

/** `note`: what they type is a private note; only agents are told. */
export const typingDown = z.object({
  type: z.literal('typing'),
  sender,
  typing: z.boolean(),
  note: z.boolean().optional(),
});

/** To agents: who of them has the conversation open; the whole list each time. */
export const viewersDown = z.object({
  type: z.literal('viewers'),
  viewers: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** To agents: where the visitor is now. */
export const pageDown = z.object({
  type: z.literal('page'),
  page: z.object({ url: z.string(), title: z.string() }),
});

export const readDown = z.object({
  type: z.literal('read'),
  reader: z.enum(['visitor', 'agent']),
  seq,
});

/** The conversation's head changed: status, assignee, department. */
export const conversationDown = z.object({
  type: z.literal('conversation'),
  conversation: z.union([conversationSummary, visitorConversation]),
});

/** `id` is the refused message's, when the frame was a `send`. The socket stays open. */
export const errorDown = z.object({
  type: z.literal('error'),
  code: z.string(),
  message: z.string(),
  id: z.string().optional(),
  /** Seconds after which the same may be tried again. */
  retry_after: z.number().optional(),
  /** With human_check_required: the public key with which a browser shows the check. */
  site_key: z.string().optional(),
});

/** What the Worker says on a conversation's socket. A browser ignores types it does not know. */
export const downFrame = z.discriminatedUnion('type', [
  welcome,
  ack,
  messageDown,
  typingDown,
  viewersDown,
  pageDown,
  readDown,
  conversationDown,
  errorDown,
]);
export type DownFrame = z.infer<typeof downFrame>;
