import { z } from 'zod';
import { storedActor } from '../../protocol/actor.ts';
import { type Message, message } from '../../protocol/message.ts';
import { conversationState, type State } from '../../protocol/state.ts';
import { founding } from './founding.ts';

/** What the rows of the log look like, and how they are read. */

/**
 * Raised with each migration of the table; row 0 carries the one it was written with.
 *
 * 1: seq, id, kind, sender, body, event, sent_at, public, state
 * 2: details: what else a message has, as JSON
 */
export const SCHEMA = 2;

/** Row 0: whose conversation it is. */
export const foundingRow = founding.extend({ schema: z.number().max(SCHEMA) });

/** The state as a row has it; the first conversations had no `shelf`. */
const stateRow = conversationState.extend({ shelf: conversationState.shape.shelf.optional() });

export function toState(text: string): State {
  const { shelf, ...rest } = stateRow.parse(JSON.parse(text));
  return { ...rest, shelf: shelf ?? (rest.closed_at ? 'closed' : 'open') };
}

/** The columns of an entry. */
export const ENTRY = 'seq, id, kind, sender, body, event, sent_at, details';

export const entryRow = z.object({
  seq: z.number(),
  id: z.string(),
  kind: message.shape.kind,
  sender: z.string(),
  body: z.string(),
  event: z.string().nullable(),
  sent_at: z.string(),
  details: z.string().nullable(),
});

/** What a message may have beside its text. */
export const details = message
  .pick({ file: true, mentions: true, edited_at: true, deleted_at: true })
  .extend({ by: storedActor.optional() });
export type Details = z.infer<typeof details>;

/** The column `details`; null where there is nothing. */
export function detailsOf({ file, mentions, edited_at, deleted_at, by }: Details): string | null {
  const found = { file, mentions, edited_at, deleted_at, by };
  return Object.values(found).some((value) => value !== undefined) ? JSON.stringify(found) : null;
}

/** The column `event`. An edit's text is kept with its message alone. */
export function eventOf({ event }: Pick<Message, 'event'>): string | null {
  if (!event) return null;
  if (event.type !== 'edited') return JSON.stringify(event);
  const { body: _, ...rest } = event;
  return JSON.stringify(rest);
}

export const standingRow = z.object({
  first_response_at: z.string().nullable(),
  last_sender: z.enum(['visitor', 'agent']).nullable(),
  settled_seq: z.number(),
  asked_at: z.string().nullable(),
});
