import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { NotifyOf } from '../../../protocol/resources/preference-choices.ts';

/** What an agent is told of, by their preferences. */

/** Whether the visitor wrote something that no agent has seen. */
export function isUnread(conversation: ConversationSummary): boolean {
  return (
    conversation.last_sender === 'visitor' && conversation.agent_read_seq < conversation.last_seq
  );
}

const mentionOf = (conversation: ConversationSummary | undefined, me: string) =>
  conversation?.mentions.find((mention) => mention.user_id === me);

function isInScope({ assignee, status }: ConversationSummary, me: string, scope: NotifyOf) {
  if (status === 'closed' || scope === 'mentions') return false;
  return scope === 'all' || assignee === null || assignee.id === me;
}

/** Whether it waits for the eyes of the agent `me`, who wants to be told of `scope`. */
export function needsAttention(
  conversation: ConversationSummary,
  me: string,
  scope: NotifyOf,
): boolean {
  if (mentionOf(conversation, me)?.seen === false) return true;
  return isInScope(conversation, me, scope) && isUnread(conversation);
}

/** Milliseconds by which a version may be ahead of the message that it came with: see architecture.md. */
const SAME_CHANGE = 1_000;

/**
 * What is new to the agent `me` in a state of a conversation that the inbox's socket told; null
 * when it is nothing that they want to be told of.
 *
 * @param before the state known until then, if there is one
 */
export function newsIn(
  before: ConversationSummary | undefined,
  after: ConversationSummary,
  me: string,
  scope: NotifyOf,
): 'message' | 'mention' | null {
  if (before && before.version >= after.version) return null;
  const mention = mentionOf(after, me);
  const earlier = mentionOf(before, me)?.seq ?? 0;
  // Of one that was not known, only what the newest change says is new.
  const isNewMention = before ? mention && mention.seq > earlier : mention?.seq === after.last_seq;
  if (mention && isNewMention && !mention.seen) return 'mention';
  if (!isInScope(after, me, scope) || !isUnread(after)) return null;
  const isNew = before
    ? after.message_count > before.message_count
    : Date.parse(after.last_message_at ?? '') >= after.version - SAME_CHANGE;
  return isNew ? 'message' : null;
}
