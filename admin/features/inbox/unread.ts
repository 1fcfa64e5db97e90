import type { ConversationSummary } from '../../../protocol/conversation.ts';

/** Whether the visitor wrote something that no agent has seen. */
export function isUnread(conversation: ConversationSummary): boolean {
  return (
    conversation.last_sender === 'visitor' && conversation.agent_read_seq < conversation.last_seq
  );
}

/** Whether it is an open one that this agent is to look at: an own one, or one that nobody has. */
export function needsAttention(conversation: ConversationSummary, me: string): boolean {
  const { status, assignee } = conversation;
  return status !== 'closed' && (assignee === null || assignee.id === me) && isUnread(conversation);
}
