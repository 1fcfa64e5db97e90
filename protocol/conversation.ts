import { z } from 'zod';
import { actor } from './actor.ts';
import { closedReason } from './events/closed.ts';
import { rating } from './events/rated.ts';

/** `waiting`: no agent has answered yet. */
export const conversationStatus = z.enum(['waiting', 'active', 'snoozed', 'closed']);
export type ConversationStatus = z.infer<typeof conversationStatus>;

/** The status that a visitor sees: nothing shows them that agents have put the conversation aside. */
export function visitorStatus(status: ConversationStatus, isAnswered: boolean): ConversationStatus {
  if (status !== 'snoozed') return status;
  return isAnswered ? 'active' : 'waiting';
}

export const priority = z.enum(['low', 'normal', 'high', 'urgent']);
export type Priority = z.infer<typeof priority>;

const time = z.iso.datetime();
const person = z.object({ id: z.string(), name: z.string() });

/** A user whom a note names, by the newest such note, and whether they have seen it. */
export const mention = z.object({
  user_id: z.string(),
  seq: z.number().int(),
  seen: z.boolean(),
});
export type Mention = z.infer<typeof mention>;

/**
 * A conversation as its visitor sees it on the socket. Notes leave no trace in it, nor does it show
 * that agents have put it aside.
 */
export const visitorConversation = z.object({
  id: z.uuid(),
  department_id: z.string(),
  status: conversationStatus,
  /** The agent who answers, once there is one. */
  assignee: person.nullable(),
  closed_reason: closedReason.nullable(),
  closed_at: time.nullable(),
  /** The last seq that a visitor can see. */
  last_seq: z.number().int(),
  visitor_read_seq: z.number().int(),
  agent_read_seq: z.number().int(),
  /** What the visitor gave it. */
  rating: rating.nullable(),
  /** Of a closed one: whether the visitor's next message reopens it. Left out: it does not. */
  reopens: z.boolean().optional(),
});
export type VisitorConversation = z.infer<typeof visitorConversation>;

/**
 * A conversation as agents see it: a row of their list, the head of the open conversation, and
 * what the inbox socket pushes. Of two with the same id, the one with the higher `version` holds.
 */
export const conversationSummary = z.object({
  id: z.uuid(),
  organization_id: z.string(),
  department_id: z.string(),
  widget_customer_id: z.string().nullable(),
  customer_id: z.string().nullable(),
  /** Enough of the customer for a row of the list. */
  customer: z.object({
    id: z.string(),
    full_name: z.string().nullable(),
    email: z.string().nullable(),
  }),
  status: conversationStatus,
  assignee: person.nullable(),
  previous_conversation_id: z.string().nullable(),
  closed_reason: closedReason.nullable(),
  /** Who closed it; null while it is open, and where that was not kept. */
  closed_by: actor.nullable(),
  priority,
  /** When a snoozed one comes back by itself; null: when the visitor writes. */
  snoozed_until: time.nullable(),
  label_ids: z.array(z.string()),
  mentions: z.array(mention),
  rating: rating.nullable(),
  last_seq: z.number().int(),
  message_count: z.number().int(),
  last_message_preview: z.string().nullable(),
  last_message_at: time.nullable(),
  last_sender: z.enum(['visitor', 'agent']).nullable(),
  agent_read_seq: z.number().int(),
  visitor_read_seq: z.number().int(),
  /** Since when the visitor waits for a word from an agent; null when it is the visitor's turn. */
  waiting_since: time.nullable(),
  first_response_at: time.nullable(),
  created_at: time,
  closed_at: time.nullable(),
  version: z.number().int(),
});
export type ConversationSummary = z.infer<typeof conversationSummary>;
