import type { ConversationSummary, Priority } from '../../protocol/conversation.ts';
import type { Message } from '../../protocol/message.ts';
import type { ConversationDetail, Page, QueueCounts } from '../../protocol/resources.ts';
import { ask, withQuery } from './http.ts';

export type ConversationQuery = {
  status: 'open' | 'closed';
  /** A user's id, `me`, `none`, or null for everybody's. */
  assignee: string | null;
  department: string | null;
  /** Part of the customer's name or e-mail, or empty. */
  q: string;
  cursor: string | null;
};

/** A page of the list, the latest activity first. */
export function listConversations(query: ConversationQuery): Promise<Page<ConversationSummary>> {
  return ask(withQuery('conversations', query));
}

export function countConversations(): Promise<QueueCounts> {
  return ask('conversations/counts');
}

export async function getConversation(id: string): Promise<ConversationDetail> {
  const { conversation } = await ask<{ conversation: ConversationDetail }>(`conversations/${id}`);
  return conversation;
}

/** `status: 'active'` reopens. `assigneeId: null` gives it back to the queue. */
export type ConversationChange = {
  status?: 'active' | 'closed';
  closedReason?: 'resolved' | 'spam';
  assigneeId?: string | null;
  departmentId?: string;
  priority?: Priority;
};

export async function changeConversation(
  id: string,
  change: ConversationChange,
): Promise<ConversationSummary> {
  const { conversation } = await ask<{ conversation: ConversationSummary }>(`conversations/${id}`, {
    method: 'PATCH',
    body: change,
  });
  return conversation;
}

/** Takes it for the agent who asks; 409 `already_claimed` says who was faster. */
export async function claimConversation(id: string): Promise<ConversationSummary> {
  const { conversation } = await ask<{ conversation: ConversationSummary }>(
    `conversations/${id}/claim`,
    { method: 'POST', body: {} },
  );
  return conversation;
}

export function messagesBefore(id: string, before: number): Promise<Page<Message>> {
  return ask(withQuery(`conversations/${id}/messages`, { before: String(before) }));
}
