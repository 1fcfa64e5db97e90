import { z } from 'zod';
import { actor, storedActor } from './actor.ts';
import { closedReason } from './closed-reason.ts';
import { field } from './field.ts';
import { rating } from './rating.ts';

/** `waiting`: no agent has answered yet. */
export const conversationStatus = z.enum(['waiting', 'active', 'snoozed', 'closed']);
export type ConversationStatus = z.infer<typeof conversationStatus>;

export const priority = z.enum(['low', 'normal', 'high', 'urgent']);
export type Priority = z.infer<typeof priority>;

/** A user whom a note names, by the newest such note, and whether they have seen it. */
export const mention = z.object({
  user_id: z.string(),
  seq: z.number().int(),
  seen: z.boolean(),
});
export type Mention = z.infer<typeof mention>;

const person = z.object({ id: z.string(), name: z.string() });

/** A time as it is stored, and as it is shown. */
const time = z.string();
const shownTime = z.iso.datetime();

/** A number as it is stored, and as it is shown. */
const count = z.number();
const shownCount = z.number().int();

/**
 * Everything about a conversation that changes, once. From this list derive the state that its object
 * keeps and begins with (`state.ts`), what agents and visitors are told (`conversation.ts`), the
 * columns of its row (`drizzle/conversation-columns.ts`), and the conversations of the dashboard's tests.
 *
 * A field comes with the event that changes it (`events/`): nothing changes without an entry (P11).
 */
export const conversationFields = {
  /** Grows with every change. Of two states with the same id, the one with the higher version holds. */
  version: field(count, {
    firstFrom: ({ created_at }) => Date.parse(created_at),
    visibleTo: 'agents',
    shown: shownCount,
    column: 'long',
  }),
  department_id: field(z.string(), {
    firstFrom: ({ department_id }) => department_id,
    visibleTo: 'everyone',
    column: 'id',
  }),
  /** A visitor does not see all of it: see `visitorStatus`. */
  status: field(conversationStatus, { first: 'waiting', visibleTo: 'everyone', column: 'text' }),
  /** Which of the lists it is in: what `status` says, without who has answered. */
  shelf: field(z.enum(['open', 'snoozed', 'closed']), {
    first: 'open',
    visibleTo: 'nobody',
    column: 'text',
  }),
  /** The agent who answers, once there is one. */
  assignee: field(person.nullable(), { first: null, visibleTo: 'everyone' }),
  closed_reason: field(closedReason.nullable(), {
    first: null,
    visibleTo: 'everyone',
    column: 'text',
  }),
  /** Who closed it; null while it is open, and where that was not kept. */
  closed_by: field(storedActor.nullable(), {
    first: null,
    visibleTo: 'agents',
    shown: actor.nullable(),
    column: 'json',
  }),
  closed_at: field(time.nullable(), {
    first: null,
    visibleTo: 'everyone',
    shown: shownTime.nullable(),
    column: 'time',
  }),
  priority: field(priority, { first: 'normal', visibleTo: 'agents', column: 'text' }),
  /** When a snoozed one comes back by itself; null: when the visitor writes. */
  snoozed_until: field(time.nullable(), {
    first: null,
    visibleTo: 'agents',
    shown: shownTime.nullable(),
    column: 'time',
  }),
  label_ids: field(z.array(z.string()), { first: [], visibleTo: 'agents', column: 'json' }),
  mentions: field(z.array(mention), { first: [], visibleTo: 'agents', column: 'json' }),
  /** The number of entries. A visitor is told `last_public_seq` under this name. */
  last_seq: field(count, { first: 0, visibleTo: 'everyone', shown: shownCount, column: 'integer' }),
  /** The last seq that a visitor can see. */
  last_public_seq: field(count, { first: 0, visibleTo: 'nobody', column: 'integer' }),
  /** The seq of the message that the preview shows. */
  last_message_seq: field(count, { first: 0, visibleTo: 'nobody' }),
  last_message_preview: field(z.string().nullable(), {
    first: null,
    visibleTo: 'agents',
    column: 'text',
  }),
  last_message_at: field(time.nullable(), {
    first: null,
    visibleTo: 'agents',
    shown: shownTime.nullable(),
    column: 'time',
  }),
  last_sender: field(z.enum(['visitor', 'agent']).nullable(), {
    first: null,
    visibleTo: 'agents',
    column: 'text',
  }),
  /** When the lists last saw activity: it moves in steps, see ACTIVITY_STEP_MS. */
  activity_at: field(time, {
    firstFrom: ({ created_at }) => created_at,
    visibleTo: 'nobody',
    column: 'time',
  }),
  message_count: field(count, {
    first: 0,
    visibleTo: 'agents',
    shown: shownCount,
    column: 'integer',
  }),
  visitor_read_seq: field(count, {
    first: 0,
    visibleTo: 'everyone',
    shown: shownCount,
    column: 'integer',
  }),
  /** Where the agents have read to, whoever of them. For a visitor it never passes what they can see. */
  agent_read_seq: field(count, {
    first: 0,
    visibleTo: 'everyone',
    shown: shownCount,
    column: 'integer',
  }),
  /**
   * The same for each agent (`read-marks.ts`). A state from before these were kept has null; a new
   * conversation begins with none.
   */
  agent_reads: field(z.record(z.string(), z.number()).nullable().default(null), {
    firstFrom: () => ({}),
    visibleTo: 'agents',
    shown: z.record(z.string(), z.number().int()).nullable(),
    column: 'json',
  }),
  /** What the visitor gave it. */
  rating: field(rating.nullable(), { first: null, visibleTo: 'everyone' }),
  /** How often it was rated; conversations that began before this was counted have none. */
  ratings: field(count.optional(), { first: undefined, visibleTo: 'nobody' }),
  /** Of a closed one: whether the visitor's next message reopens it. Left out: it does not. */
  reopens: field(z.boolean().optional(), { first: undefined, visibleTo: 'visitor' }),
  /** Since when the visitor waits for an agent's answer; null when it is the visitor's turn. */
  waiting_since: field(time.nullable(), {
    firstFrom: ({ created_at }) => created_at,
    visibleTo: 'agents',
    shown: shownTime.nullable(),
    column: 'time',
  }),
  first_response_at: field(time.nullable(), {
    first: null,
    visibleTo: 'agents',
    shown: shownTime.nullable(),
    column: 'time',
  }),
  /**
   * When it was last reopened, back from snoozing or moved to another department: as after a word of
   * an agent, the time begins again for which its visitor may be silent. Left out: never.
   */
  resumed_at: field(time.optional(), { first: undefined, visibleTo: 'nobody' }),
  /**
   * Up to which entry the activity log is known to have what was done; left out where the
   * organization does not record it.
   */
  recorded_seq: field(count.optional(), { first: undefined, visibleTo: 'nobody' }),
  /** The version of the organization's policy by which a timer acted last. */
  policy_version: field(count.optional(), { first: undefined, visibleTo: 'nobody' }),
};
