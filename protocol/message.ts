import { z } from 'zod';
import { MAX_MESSAGE_LENGTH } from './limits.ts';

/** `note` is private to agents; `event` is a line in the history that nobody typed. */
export const messageKind = z.enum(['text', 'note', 'event']);
export type MessageKind = z.infer<typeof messageKind>;

/** `id` is the widget customer's, the agent's user id, or `system`. */
export const sender = z.object({
  kind: z.enum(['visitor', 'agent', 'system']),
  id: z.string(),
  name: z.string().nullable(),
});
export type Sender = z.infer<typeof sender>;

export const closedReason = z.enum([
  'resolved',
  'department_changed',
  'visitor_left',
  'inactive',
  'spam',
]);
export type ClosedReason = z.infer<typeof closedReason>;

/** What an event says happened, for the reader's own language; `body` says it in English. */
export const conversationEvent = z.discriminatedUnion('type', [
  /** The first time that an agent takes part. */
  z.object({ type: z.literal('joined'), agent: z.object({ id: z.string(), name: z.string() }) }),
  /** Agents only: who is to answer, `null` for nobody. */
  z.object({
    type: z.literal('assigned'),
    assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
  }),
  z.object({
    type: z.literal('department_changed'),
    department: z.object({ id: z.string(), name: z.string() }),
  }),
  z.object({ type: z.literal('closed'), reason: closedReason }),
  z.object({ type: z.literal('reopened') }),
]);
export type ConversationEvent = z.infer<typeof conversationEvent>;

/** `seq` counts from 1 within the conversation (P3); `id` is the sender's UUID (P4). */
export const message = z.object({
  seq: z.number().int().positive(),
  id: z.uuid(),
  kind: messageKind,
  sender,
  body: z.string(),
  event: conversationEvent.optional(),
  sent_at: z.iso.datetime(),
});
export type Message = z.infer<typeof message>;

/** A message's text as somebody may send it: not blank, not over-long. */
export const messageBody = z
  .string()
  .max(MAX_MESSAGE_LENGTH, `A message has at most ${MAX_MESSAGE_LENGTH} characters.`)
  .refine((body) => body.trim() !== '', 'A message needs some text.');
