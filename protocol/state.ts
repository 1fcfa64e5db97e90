import { z } from 'zod';
import { storedActor } from './actor.ts';
import { conversationStatus, mention, priority } from './conversation.ts';
import { closedReason } from './events/closed.ts';
import { rating } from './events/rated.ts';

const person = z.object({ id: z.string(), name: z.string() }).nullable();

/**
 * What of a conversation changes. It is written whole with every entry of the log, so that the last
 * row is all one needs to wake. What has a default here, or is optional, came after the first
 * conversations.
 */
export const conversationState = z.object({
  version: z.number(),
  department_id: z.string(),
  status: conversationStatus,
  /** Which of the lists it is in: what `status` says, without who has answered. */
  shelf: z.enum(['open', 'snoozed', 'closed']),
  assignee: person,
  closed_reason: closedReason.nullable(),
  /** Who closed it; null while it is open, and where that was not kept. */
  closed_by: storedActor.nullable().default(null),
  priority,
  snoozed_until: z.string().nullable(),
  label_ids: z.array(z.string()).default([]),
  mentions: z.array(mention).default([]),
  rating: rating.nullable().default(null),
  /** How often it was rated; conversations that began before this was counted have none. */
  ratings: z.number().optional(),
  last_seq: z.number(),
  last_public_seq: z.number(),
  /** The seq of the message that the preview shows. */
  last_message_seq: z.number().default(0),
  last_message_preview: z.string().nullable(),
  last_message_at: z.string().nullable(),
  last_sender: z.enum(['visitor', 'agent']).nullable(),
  /** When the lists last saw activity: see ACTIVITY_STEP_MS. */
  activity_at: z.string(),
  message_count: z.number(),
  agent_read_seq: z.number(),
  visitor_read_seq: z.number(),
  waiting_since: z.string().nullable(),
  first_response_at: z.string().nullable(),
  closed_at: z.string().nullable(),
  /**
   * When it was last reopened, back from snoozing or moved to another department: as after a word of
   * an agent, the time begins again for which its visitor may be silent. Left out: never.
   */
  resumed_at: z.string().optional(),
  /** Of a closed one: whether the visitor's next message reopens it. */
  reopens: z.boolean().optional(),
  /** The version of the organization's policy by which a timer acted last. */
  policy_version: z.number().optional(),
});
export type State = z.infer<typeof conversationState>;

/** The state of a conversation that is back among those that are open. */
export function wake(state: State): State {
  const status = state.first_response_at ? 'active' : 'waiting';
  return { ...state, status, shelf: 'open', snoozed_until: null };
}
