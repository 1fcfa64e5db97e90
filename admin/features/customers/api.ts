import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { Message } from '../../../protocol/conversation/message.ts';
import type { Page } from '../../../protocol/page.ts';
import type { CustomerNote, WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import type { CustomerEntry } from '../../../protocol/resources/customer-entry.ts';
import { api, callAsAgent } from '../../api/http.ts';

export type CustomerWithConversations = {
  widget_customer: WidgetCustomerRecord;
  registered: { id: string; external_id: string } | null;
  conversations: ConversationSummary[];
  /** The cursor of the older conversations; null if there are none. */
  conversations_cursor: string | null;
};

export function getCustomer(id: string): Promise<CustomerWithConversations> {
  return callAsAgent((options) => api.admin.customers[':id'].$get({ param: { id } }, options));
}

/** A page of the customer's conversations, newest first. */
export function olderConversations(id: string, cursor: string): Promise<Page<ConversationSummary>> {
  const route = api.admin.customers[':id'].conversations;
  return callAsAgent((options) => route.$get({ param: { id }, query: { cursor } }, options));
}

/** The filters and order of the list, named as in the API's query. */
export type CustomersQuery = {
  q?: string;
  seenSince?: string;
  hasEmail?: 'true';
  department?: string;
  label?: string;
  sort?: 'last_seen' | 'first_seen';
};

export function listCustomers(
  query: CustomersQuery,
  cursor: string | null,
): Promise<Page<WidgetCustomerRecord>> {
  return callAsAgent((options) =>
    api.admin.customers.$get({ query: { ...query, ...(cursor && { cursor }) } }, options),
  );
}

/** The URL of the same list as a CSV file. */
export function customersFile(query: CustomersQuery): string {
  return `/api/admin/customers.csv?${new URLSearchParams(query)}`;
}

/** Changes a customer's details. The Worker refuses empty texts. */
export async function changeCustomer(
  id: string,
  change: { name?: string; email?: string; phone?: string },
): Promise<WidgetCustomerRecord> {
  const { widget_customer } = await callAsAgent((options) =>
    api.admin.customers[':id'].$patch({ param: { id }, json: change }, options),
  );
  return widget_customer;
}

export async function setBlocked(id: string, blocked: boolean): Promise<WidgetCustomerRecord> {
  const route = api.admin.customers[':id'].block;
  const { widget_customer } = await callAsAgent((options) =>
    blocked ? route.$post({ param: { id } }, options) : route.$delete({ param: { id } }, options),
  );
  return widget_customer;
}

/** Ends the visitor's sessions. Their browser becomes a new visitor. */
export async function endSessions(id: string): Promise<void> {
  const route = api.admin.customers[':id'].sessions.revoke;
  await callAsAgent((options) => route.$post({ param: { id } }, options));
}

/** A page of the customer's history, newest first. */
export function listEntries(id: string, cursor: string | null): Promise<Page<CustomerEntry>> {
  const query = cursor === null ? {} : { cursor };
  return callAsAgent((options) =>
    api.admin.customers[':id'].entries.$get({ param: { id }, query }, options),
  );
}

export async function listNotes(id: string): Promise<CustomerNote[]> {
  const { items } = await callAsAgent((options) =>
    api.admin.customers[':id'].notes.$get({ param: { id } }, options),
  );
  return items;
}

export async function addNote(id: string, body: string): Promise<CustomerNote> {
  const { note } = await callAsAgent((options) =>
    api.admin.customers[':id'].notes.$post({ param: { id }, json: { body } }, options),
  );
  return note;
}

export async function removeNote(id: string, note: string): Promise<void> {
  await callAsAgent((options) =>
    api.admin.customers[':id'].notes[':note'].$delete({ param: { id, note } }, options),
  );
}

/** The newest messages of a conversation, in order. */
export async function readTranscript(id: string): Promise<Message[]> {
  const { items } = await callAsAgent((options) =>
    api.admin.conversations[':id'].messages.$get(
      { param: { id }, query: { before: String(Number.MAX_SAFE_INTEGER) } },
      options,
    ),
  );
  return items;
}

/** Customers whose name, e-mail or phone contains the query, newest first. */
export function findCustomers(
  q: string,
  limit: number,
  cancel?: AbortSignal,
): Promise<Page<WidgetCustomerRecord>> {
  const query = { q, limit: String(limit) };
  return callAsAgent((options) => api.admin.customers.$get({ query }, options), cancel);
}
