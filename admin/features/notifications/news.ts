import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import { isUnreadBy, isUnseen } from '../../../protocol/conversation/read-marks.ts';
import type { NotifyOf } from '../../../protocol/resources/preference-choices.ts';

/** What an agent is notified about, by their preferences. */

/**
 * Whether the visitor sent a message that waits for the agent `me`: in their own conversations until
 * they have read it, in all others while no agent has seen it.
 */
function asksFor(conversation: ConversationSummary, me: string): boolean {
  return conversation.assignee?.id === me ? isUnreadBy(conversation, me) : isUnseen(conversation);
}

const mentionOf = (conversation: ConversationSummary | undefined, me: string) =>
  conversation?.mentions.find((mention) => mention.user_id === me);

function isInScope({ assignee, status }: ConversationSummary, me: string, scope: NotifyOf) {
  if (status === 'closed' || scope === 'mentions') return false;
  return scope === 'all' || assignee === null || assignee.id === me;
}

/** Whether it needs the attention of the agent `me`, who is notified about `scope`. */
export function needsAttention(
  conversation: ConversationSummary,
  me: string,
  scope: NotifyOf,
): boolean {
  if (mentionOf(conversation, me)?.seen === false) return true;
  return isInScope(conversation, me, scope) && asksFor(conversation, me);
}

/**
 * Milliseconds by which a version can be ahead of the message that it came with: see
 * architecture.md.
 */
const SAME_CHANGE = 1_000;

/**
 * What to notify the agent `me` about in a conversation's new state from the socket; null if it is
 * nothing in their preferences.
 *
 * @param before the previous state, if it is known
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
  // If the previous state is unknown, only the newest change counts as new.
  const isNewMention = before ? mention && mention.seq > earlier : mention?.seq === after.last_seq;
  if (mention && isNewMention && !mention.seen) return 'mention';
  if (!isInScope(after, me, scope) || !asksFor(after, me)) return null;
  const isNew = before
    ? after.message_count > before.message_count
    : Date.parse(after.last_message_at ?? '') >= after.version - SAME_CHANGE;
  return isNew ? 'message' : null;
}
