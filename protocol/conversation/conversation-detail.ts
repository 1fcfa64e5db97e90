import { z } from 'zod';
import { customFields, registeredCustomer, widgetCustomerRecord } from '../resources/customer.ts';
import { preChatField } from '../resources/department.ts';
import { conversationSummary } from './conversation.ts';

/** A conversation with everything that the agent's panel shows. */
export const conversationDetail = conversationSummary.extend({
  page_url: z.string().nullable(),
  referrer: z.string().nullable(),
  pre_chat_data: customFields,
  department: z.object({
    id: z.string(),
    name: z.string(),
    pre_chat_fields: z.array(preChatField),
  }),
  widget_customer: widgetCustomerRecord.nullable(),
  registered_customer: registeredCustomer.nullable(),
});
export type ConversationDetail = z.infer<typeof conversationDetail>;
