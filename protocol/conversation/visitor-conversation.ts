import { z } from 'zod';
import { customFields, widgetCustomer } from '../resources/customer.ts';
import { closedReason } from './closed-reason.ts';
import { conversationStatus } from './conversation-fields.ts';

const time = z.iso.datetime();

/** A conversation in its visitor's list. */
export const visitorConversationItem = z.object({
  id: z.uuid(),
  organization_id: z.string(),
  department_id: z.string(),
  department: z.object({ id: z.string(), name: z.string() }),
  widget_customer_id: z.string().nullable(),
  customer_id: z.string().nullable(),
  status: conversationStatus,
  closed_reason: closedReason.nullable(),
  last_message_preview: z.string().nullable(),
  last_message_at: time.nullable(),
  /** Whether an agent wrote something that the visitor has not seen. */
  unread: z.boolean(),
  created_at: time,
  closed_at: time.nullable(),
});
export type VisitorConversationItem = z.infer<typeof visitorConversationItem>;

/** What picking a department answers. */
export const startedConversation = z.object({
  id: z.uuid(),
  organization_id: z.string(),
  department_id: z.string(),
  widget_customer_id: z.string().nullable(),
  customer_id: z.string().nullable(),
  status: conversationStatus,
  pre_chat_data: customFields,
  previous_conversation_id: z.string().nullable(),
  created_at: time,
  widget_customer: widgetCustomer,
  department: z.object({ id: z.string(), name: z.string() }),
});
export type StartedConversation = z.infer<typeof startedConversation>;
