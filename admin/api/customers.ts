import type { ConversationSummary } from '../../protocol/conversation.ts';
import type { WidgetCustomerRecord } from '../../protocol/resources.ts';
import { api, askAsAgent } from './http.ts';

export type CustomerWithConversations = {
  widget_customer: WidgetCustomerRecord;
  conversations: ConversationSummary[];
};

export function getCustomer(id: string): Promise<CustomerWithConversations> {
  return askAsAgent((options) => api.admin.customers[':id'].$get({ param: { id } }, options));
}
