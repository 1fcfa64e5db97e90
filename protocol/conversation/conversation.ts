import { z } from 'zod';
import { type ConversationStatus, conversationFields } from './conversation-fields.ts';
import { shownShape } from './field.ts';

/** The status that a visitor sees: nothing shows them that agents have put the conversation aside. */
export function visitorStatus(status: ConversationStatus, isAnswered: boolean): ConversationStatus {
  if (status !== 'snoozed') return status;
  return isAnswered ? 'active' : 'waiting';
}

/**
 * A conversation as its visitor sees it on the socket. Notes leave no trace in it, nor does it show
 * that agents have put it aside.
 */
export const visitorConversation = z.object({
  id: z.uuid(),
  ...shownShape(conversationFields, ['everyone', 'visitor']),
});
export type VisitorConversation = z.infer<typeof visitorConversation>;

/**
 * A conversation as agents see it: a row of their list, the head of the open conversation, and
 * what the organization's socket pushes. Of two with the same id, the one with the higher `version` holds.
 */
export const conversationSummary = z.object({
  id: z.uuid(),
  organization_id: z.string(),
  widget_customer_id: z.string().nullable(),
  customer_id: z.string().nullable(),
  /** Enough of the customer for a row of the list. */
  customer: z.object({
    id: z.string(),
    full_name: z.string().nullable(),
    email: z.string().nullable(),
    /**
     * Of a visitor without a name, what is known of where they come from: the city, the country's code
     * and the path of the page on which the conversation began.
     */
    city: z.string().optional(),
    country: z.string().optional(),
    page: z.string().optional(),
  }),
  previous_conversation_id: z.string().nullable(),
  created_at: z.iso.datetime(),
  ...shownShape(conversationFields, ['everyone', 'agents']),
});
export type ConversationSummary = z.infer<typeof conversationSummary>;
