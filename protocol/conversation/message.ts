import { z } from 'zod';
import { conversationEvent } from '../events/index.ts';
import { MAX_FILE_NAME_LENGTH, MAX_MENTIONS, MAX_MESSAGE_LENGTH } from '../limits.ts';
import { isEmpty } from '../text/text.ts';
import { type Actor, actor, systemFor } from './actor.ts';

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

/** A file that a message carries. Only a short-lived link leads to its bytes. */
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
  /**
   * The actor, for agents alone. Left out where `sender` says it, and of events from before it was
   * kept: `actorOf` knows it of every entry.
   */
  by: actor.optional(),
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

/** The actor of an entry: `by`, or where it is left out the sender. */
export function actorOf({ by, sender }: Pick<Message, 'by' | 'sender'>): Actor {
  if (by) return by;
  const { kind, id, name } = sender;
  if (kind === 'visitor') return { kind, id };
  return kind === 'agent' ? { kind, id, name: name ?? '' } : systemFor('unknown');
}

/** An entry that says who did it, also where its sender does. */
export function withActor(entry: Message): Message & { by: Actor } {
  return { ...entry, by: actorOf(entry) };
}

/** An entry that leaves out who did it where its sender says it. */
export function withoutKnownActor({ by, ...entry }: Message): Message {
  return !by || isImplied(by, entry.sender) ? entry : { ...entry, by };
}

/** Whether the sender says who the actor is. Each message asks, so it compares texts only where it must. */
function isImplied(by: Actor, { kind, id, name }: Sender): boolean {
  if (by.kind === 'visitor') return kind === 'visitor' && by.id === id;
  if (by.kind === 'agent') return kind === 'agent' && by.id === id && by.name === (name ?? '');
  return JSON.stringify(by) === JSON.stringify(actorOf({ sender: { kind, id, name } }));
}

/** An entry as its visitor is told of it: without who of the team did it. */
export function withoutActor({ by: _, ...entry }: Message): Message {
  return entry;
}

/** A message's text as somebody may send it: not empty, not over-long. */
export const messageBody = z
  .string()
  .max(MAX_MESSAGE_LENGTH, `A message has at most ${MAX_MESSAGE_LENGTH} characters.`)
  .refine((body) => !isEmpty(body), 'A message needs some text.');
