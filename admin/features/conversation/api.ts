import type { InferRequestType, InferResponseType } from 'hono/client';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { ConversationDetail } from '../../../protocol/conversation/conversation-detail.ts';
import type { Message } from '../../../protocol/conversation/message.ts';
import type { Page } from '../../../protocol/page.ts';
import type { QueueCounts } from '../../../protocol/resources/queue-counts.ts';
import { api, callAsAgent } from '../../api/http.ts';

const { conversations } = api.admin;
const conversationRoute = conversations[':id'];

/** The filters, order and cursor of the list. */
export type ConversationQuery = InferRequestType<typeof conversations.$get>['query'];

/** A page of the list, newest activity first unless the query sets another order. */
export function listConversations(
  query: ConversationQuery,
  cancel?: AbortSignal,
): Promise<Page<ConversationSummary>> {
  return callAsAgent((options) => conversations.$get({ query }, options), cancel);
}

export function countConversations(): Promise<QueueCounts> {
  return callAsAgent((options) => conversations.counts.$get({}, options));
}

export async function getConversation(id: string): Promise<ConversationDetail> {
  const { conversation } = await callAsAgent((options) =>
    conversationRoute.$get({ param: { id } }, options),
  );
  return conversation;
}

/** `status: 'active'` reopens. `assigneeId: null` unassigns. */
export type ConversationChange = InferRequestType<typeof conversationRoute.$patch>['json'];

export async function changeConversation(
  id: string,
  json: ConversationChange,
): Promise<ConversationSummary> {
  const { conversation } = await callAsAgent((options) =>
    conversationRoute.$patch({ param: { id }, json }, options),
  );
  return conversation;
}

/**
 * Assigns the conversation to the signed-in agent. 409 `already_claimed` if a colleague was faster.
 */
export async function claimConversation(id: string): Promise<ConversationSummary> {
  const { conversation } = await callAsAgent((options) =>
    conversationRoute.claim.$post({ param: { id } }, options),
  );
  return conversation;
}

export function messagesBefore(id: string, before: number): Promise<Page<Message>> {
  return callAsAgent((options) =>
    conversationRoute.messages.$get({ param: { id }, query: { before: String(before) } }, options),
  );
}

/** The result for one conversation of a bulk change. */
export type Outcome = InferResponseType<typeof conversations.bulk.$post, 200>['items'][number];

/** Makes the same change to up to 100 conversations. */
export async function changeMany(ids: string[], change: ConversationChange): Promise<Outcome[]> {
  const { items } = await callAsAgent((options) =>
    conversations.bulk.$post({ json: { ids, change } }, options),
  );
  return items;
}

const messageRoute = conversationRoute.messages[':seq'];

/**
 * Changes the text of one's own message. `mentions`: ids of the users whom the note mentions now.
 */
export async function editMessage(
  id: string,
  seq: number,
  body: string,
  mentions?: string[],
): Promise<void> {
  const param = { id, seq: String(seq) };
  const json = { id: crypto.randomUUID(), body, ...(mentions && { mentions }) };
  await callAsAgent((options) => messageRoute.$patch({ param, json }, options));
}

/** Deletes one's own message. */
export async function takeBackMessage(id: string, seq: number): Promise<void> {
  const param = { id, seq: String(seq) };
  const query = { id: crypto.randomUUID() };
  await callAsAgent((options) => messageRoute.$delete({ param, query }, options));
}
