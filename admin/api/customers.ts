import type { ConversationSummary } from '../../protocol/conversation.ts';
import type { WidgetCustomerRecord } from '../../protocol/resources.ts';
import { api, callAsAgent } from './http.ts';

export type CustomerWithConversations = {
  widget_customer: WidgetCustomerRecord;
  conversations: ConversationSummary[];
};

export function getCustomer(id: string): Promise<CustomerWithConversations> {
  return callAsAgent((options) => api.admin.customers[':id'].$get({ param: { id } }, options));
}
