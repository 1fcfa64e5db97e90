import { z } from 'zod';
import { conversationEvent } from './events/index.ts';
import { MAX_FILE_NAME_LENGTH, MAX_MENTIONS, MAX_MESSAGE_LENGTH } from './limits.ts';
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
