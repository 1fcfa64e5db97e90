import { and, eq } from 'drizzle-orm';
import { fromColumns } from '../../../../drizzle/conversation-columns.ts';
import {
  type ConversationSummary,
  visitorStatus,
} from '../../../../protocol/conversation/conversation.ts';
import { visibleToAgents } from '../../../../protocol/conversation/state.ts';
import type { VisitorConversationItem } from '../../../../protocol/conversation/visitor-conversation.ts';
import { visitorHint } from '../../../conversation/state/visitor-hint.ts';
import { tables } from '../../../database/configured.ts';

const { conversations, customers, departments, users, widgetCustomers } = tables;

/** Rows of the conversations and what the API makes of them. */

export type ConversationRow = typeof conversations.$inferSelect;

export type WithCustomer = {
  conversation: ConversationRow;
  full_name: string | null;
  email: string | null;
  city: string | null;
  country: string | null;
  /** What the assignee is called now; null for an account that is gone. */
  assignee_name: string | null;
};

export type WithDepartment = { conversation: ConversationRow; department_name: string };

/** The condition that joins a conversation's customer. */
export const itsCustomer = and(
  eq(widgetCustomers.organization_id, conversations.organization_id),
  eq(widgetCustomers.id, conversations.widget_customer_id),
);

/** The condition that joins the registered customer whose conversation it is. */
export const itsRegistered = and(
  eq(customers.organization_id, conversations.organization_id),
  eq(customers.id, conversations.customer_id),
);

/**
 * The condition that joins the account of a conversation's assignee: the row has the name that they
 * had when the conversation was last open.
 */
export const itsAssignee = eq(users.id, conversations.assignee_id);

/** The condition that joins a conversation's department. */
export const itsDepartment = and(
  eq(departments.organization_id, conversations.organization_id),
  eq(departments.id, conversations.department_id),
);

export function isConversation(organizationId: string, id: string) {
  return and(eq(conversations.organization_id, organizationId), eq(conversations.id, id));
}

/** As agents see it; the same shape that the conversation's object pushes. */
export function toSummary({
  conversation,
  full_name,
  email,
  city,
  country,
  assignee_name: name,
}: WithCustomer): ConversationSummary {
  return {
    id: conversation.id,
    organization_id: conversation.organization_id,
    widget_customer_id: conversation.widget_customer_id,
    customer_id: conversation.customer_id,
    customer: {
      id: conversation.widget_customer_id ?? conversation.customer_id ?? '',
      full_name,
      email,
      ...visitorHint({ full_name, city, country, page_url: conversation.page_url }),
    },
    previous_conversation_id: conversation.previous_conversation_id,
    created_at: conversation.created_at.toISOString(),
    ...visibleToAgents(fromColumns(conversation, name)),
  };
}

/** As its visitor sees it in their list. */
export function toVisitorItem({
  conversation,
  department_name,
}: WithDepartment): VisitorConversationItem {
  const { last_public_seq, visitor_read_seq } = conversation;
  return {
    id: conversation.id,
    organization_id: conversation.organization_id,
    department_id: conversation.department_id,
    department: { id: conversation.department_id, name: department_name },
    widget_customer_id: conversation.widget_customer_id,
    customer_id: conversation.customer_id,
    status: visitorStatus(conversation.status, conversation.first_response_at !== null),
    closed_reason: conversation.closed_reason,
    last_message_preview: conversation.last_message_preview,
    last_message_at: iso(conversation.last_message_at),
    unread: visitor_read_seq < last_public_seq,
    created_at: conversation.created_at.toISOString(),
    closed_at: iso(conversation.closed_at),
  };
}

function iso(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}
