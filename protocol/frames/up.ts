import { z } from 'zod';
import { messageBody } from '../conversation/message.ts';
import { MAX_MENTIONS, MAX_PAGE_TITLE_LENGTH, MAX_PAGE_URL_LENGTH } from '../limits.ts';

/** First frame on a conversation's socket: the last seq that the browser has, 0 for none. */
export const hello = z.object({ type: z.literal('hello'), after: z.number().int().nonnegative() });

/** `id` names the message: sent again, it changes nothing and gets the first ack (P4). */
export const send = z.object({
  type: z.literal('send'),
  id: z.uuid(),
  body: messageBody,
  /** `note` is for agents only. */
  kind: z.enum(['text', 'note']).optional(),
  /** Users whom a note names. */
  mentions: z.array(z.uuid().toLowerCase()).max(MAX_MENTIONS).optional(),
});

/** Kept nowhere, and forgotten by the reader after a few seconds. */
export const typingUp = z.object({
  type: z.literal('typing'),
  typing: z.boolean(),
  /** It is a private note: agents only are told. */
  note: z.boolean().optional(),
});

/** Everything up to `seq` was seen by a person. */
export const readUp = z.object({ type: z.literal('read'), seq: z.number().int().nonnegative() });

/** Where the visitor is now: for the agents who look, and kept nowhere. */
export const pageUp = z.object({
  type: z.literal('page'),
  /** As browsers write addresses, other scripts escaped: a character is a byte. */
  url: z
    .string()
    .max(MAX_PAGE_URL_LENGTH)
    .regex(/^[\x20-\x7e]*$/),
  title: z.string().max(MAX_PAGE_TITLE_LENGTH),
});

/** What a browser may say on a conversation's socket. */
export const upFrame = z.discriminatedUnion('type', [hello, send, typingUp, readUp, pageUp]);
export type UpFrame = z.infer<typeof upFrame>;
