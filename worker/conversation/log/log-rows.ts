import { z } from 'zod';
import { storedActor } from '../../../protocol/conversation/actor.ts';
import { conversationFields } from '../../../protocol/conversation/conversation-fields.ts';
import { type Message, message } from '../../../protocol/conversation/message.ts';
import { conversationState, type State } from '../../../protocol/conversation/state.ts';
import { type ConversationEvent, conversationEvent } from '../../../protocol/events/index.ts';
import { founding } from '../state/founding.ts';
import { canUse } from './log-table.ts';

/** What the rows of the log look like, and how they are read. */

/** Row 0: the founding, with what a later version may have added. */
export const foundingRow = founding
  .extend({ schema: z.number(), works_from: z.number().optional() })
  .loose()
  .refine(canUse, 'A later version has changed this log in a way that this one cannot read.');

/** The state as a row has it; the first conversations had no `shelf`. */
const stateRow = conversationState.extend({ shelf: conversationFields.shelf.stored.optional() });

export function toState(text: string): State {
  const { shelf, ...rest } = stateRow.parse(JSON.parse(text));
  return { ...rest, shelf: shelf ?? (rest.closed_at ? 'closed' : 'open') };
}

/** A state from before: of one that showed a text that was taken back since, nothing is left. */
export type FormerState = { [Field in keyof State]?: State[Field] | undefined };

export function toFormerState(text: string): FormerState {
  return stateRow.partial().parse(JSON.parse(text));
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

/**
 * What an entry may have beside its text. An event of a type that came after these columns is
 * kept here: versions that do not know it skip it, and show the entry's English sentence.
 */
const details = message
  .pick({ file: true, mentions: true, edited_at: true, deleted_at: true })
  .extend({
    by: storedActor.optional(),
    event: conversationEvent.optional().catch(undefined),
  });
export type Details = z.infer<typeof details>;

export function toDetails(text: string): Details {
  const { event, ...rest } = details.parse(JSON.parse(text));
  return event ? { ...rest, event } : rest;
}

/** The column `details`; null where there is nothing. */
export function detailsOf(entry: Details): string | null {
  const { file, mentions, edited_at, deleted_at, by } = entry;
  const event = entry.event && !hasColumn(entry.event) ? entry.event : undefined;
  const values = { file, mentions, edited_at, deleted_at, by, event };
  return Object.values(values).some((value) => value !== undefined) ? JSON.stringify(values) : null;
}

/** The types of events that the first versions of the log had a column for. */
const FIRST_TYPES = new Set<ConversationEvent['type']>([
  'joined',
  'assigned',
  'department_changed',
  'closed',
  'reopened',
  'snoozed',
  'woke',
  'rated',
  'edited',
  'deleted',
]);

/** Whether the event is kept in the column `event`; else it is in the details. */
function hasColumn({ type }: ConversationEvent): boolean {
  return FIRST_TYPES.has(type);
}

/** The column `event`. An edit's text is kept with its message alone. */
export function eventOf({ event }: Pick<Message, 'event'>): string | null {
  if (!event || !hasColumn(event)) return null;
  if (event.type !== 'edited') return JSON.stringify(event);
  const { body: _, ...rest } = event;
  return JSON.stringify(rest);
}

export const standingRow = z.object({
  first_response_at: z.string().nullable(),
  last_sender: z.enum(['visitor', 'agent']).nullable(),
  settled_seq: z.number(),
  question_at: z.string().nullable(),
  last_to_visitor_seq: z.number(),
});
