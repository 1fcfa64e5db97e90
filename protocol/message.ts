import { z } from 'zod';
import { MAX_FILE_NAME_LENGTH, MAX_MENTIONS, MAX_MESSAGE_LENGTH, MAX_RATING } from './limits.ts';
import { isEmpty } from './text.ts';

/**
 * `note` is private to agents; `file` carries a picture or a document, with what was said to it as
 * its body; `event` is a line in the history that nobody typed.
 */
export const messageKind = z.enum(['text', 'note', 'file', 'event']);
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

/** What a visitor thought of a conversation: 1 to 5, with a word on it or none. */
export const rating = z.object({
  score: z.number().int().min(1).max(MAX_RATING),
  comment: z.string().nullable(),
});
export type Rating = z.infer<typeof rating>;

/** A file that a message carries. Its bytes are had by a short-lived link only. */
export const messageFile = z.object({
  id: z.uuid(),
  name: z.string().max(MAX_FILE_NAME_LENGTH),
  /** The media type that its content has, whatever its name says. */
  type: z.string(),
  /** Bytes. */
  size: z.number().int().nonnegative(),
  /** Pixels, of pictures, so that room is kept before they load. */
  width: z.number().int().positive().optional(),
  height: z.number().int().positive().optional(),
});
export type MessageFile = z.infer<typeof messageFile>;

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
  /** Agents only: put aside until a time, `null` for until the visitor writes. */
  z.object({ type: z.literal('snoozed'), until: z.iso.datetime().nullable() }),
  /** Agents only: the time has come, or an agent took it up again. */
  z.object({ type: z.literal('woke') }),
  /** Agents only: what the visitor thought of it. */
  z.object({ type: z.literal('rated'), ...rating.shape }),
  /**
   * An earlier message has another text now, or none. Not a line of the history: readers put it in
   * place. `body` is the text as it is when the event is read, so that it can be applied in any
   * order and again; `note`: the message is a private note, and so is this.
   */
  z.object({
    type: z.literal('edited'),
    seq: z.number().int().positive(),
    body: z.string(),
    note: z.boolean().optional(),
  }),
  z.object({
    type: z.literal('deleted'),
    seq: z.number().int().positive(),
    note: z.boolean().optional(),
  }),
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
  file: messageFile.optional(),
  /** Users whom a note names; each is told. */
  mentions: z.array(z.string()).max(MAX_MENTIONS).optional(),
  sent_at: z.iso.datetime(),
  /** When its sender changed the text last, or took it back: then the body is empty. */
  edited_at: z.iso.datetime().optional(),
  deleted_at: z.iso.datetime().optional(),
});
export type Message = z.infer<typeof message>;

/** A message's text as somebody may send it: not empty, not over-long. */
export const messageBody = z
  .string()
  .max(MAX_MESSAGE_LENGTH, `A message has at most ${MAX_MESSAGE_LENGTH} characters.`)
  .refine((body) => !isEmpty(body), 'A message needs some text.');
