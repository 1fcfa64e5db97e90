import type { State } from './state.ts';

/**
 * What a message that is edited or taken back changes of the conversation, beside its own text.
 * Pure: the log says what still stands.
 *
 * Taking a message back leaves the conversation as if it had never been written, in these ways:
 * 1. `waiting_since`: since the first question that no standing answer and no closing came after;
 *    while neither ever came, since the conversation began. So a question waits again when its
 *    answer is taken back, and no longer when it is taken back itself.
 * 2. `first_response_at`: the first answer that still stands; null when none does, since the
 *    visitor then has no answer. `status` follows it, among those that are open.
 * 3. `last_sender`: who wrote the last message that stands; null when none does.
 * 4. `visitor_read_seq`: once no standing message is unread, the visitor has read everything.
 *
 * What stays: counts and positions, the assignee, the place in the lists, and whether it is snoozed.
 * The preview of a last message that was taken back is empty; an app shows that a message was deleted.
 * In a closed conversation nothing can be taken back.
 */

/** What of the log still stands: messages to the visitor and from them that were not taken back. */
export type Standing = {
  /** When the first answer was sent; null when there is none. */
  first_response_at: string | null;
  last_sender: 'visitor' | 'agent' | null;
  /** The seq of the last answer or the last closing; 0 for neither. */
  settled_seq: number;
  /** When the first question behind that was sent; null when there is none. */
  question_at: string | null;
  /** The seq of the last message to the visitor, by whomever; 0 when there is none. */
  last_to_visitor_seq: number;
};

/** The state after a message to the visitor or from them was taken back. */
export function retract(state: State, createdAt: string, standing: Standing): State {
  const { first_response_at, last_sender, settled_seq, question_at, last_to_visitor_seq } =
    standing;
  const isAllRead = last_to_visitor_seq <= state.visitor_read_seq;
  const open = state.status === 'waiting' || state.status === 'active';
  return {
    ...state,
    first_response_at,
    last_sender,
    visitor_read_seq: isAllRead ? state.last_public_seq : state.visitor_read_seq,
    waiting_since: state.closed_at ? null : settled_seq === 0 ? createdAt : question_at,
    status: open ? (first_response_at ? 'active' : 'waiting') : state.status,
  };
}

/** A note that was not taken back, and the users that it names. */
export type NoteMentions = { seq: number; mentions: readonly string[] };

/**
 * The state after a note's mentions change. Users who are new in it are notified, users who are gone
 * from it are not counted, and the others are not notified again.
 *
 * @param notes all notes that stand, in order, the changed one as it is now
 */
export function changeMentions(
  state: State,
  { seq, before, after }: { seq: number; before: readonly string[]; after: readonly string[] },
  notes: readonly NoteMentions[],
): State {
  const kept = state.mentions.flatMap((mention) => {
    const isNamed = after.includes(mention.user_id);
    if (mention.seq !== seq || isNamed) return [mention];
    // Another note may name them still.
    const other = notes.findLast(({ mentions }) => mentions.includes(mention.user_id));
    return other ? [{ ...mention, seq: other.seq }] : [];
  });
  const added = after.filter((id) => !before.includes(id));
  return addMentions({ ...state, mentions: kept }, seq, added);
}

/** Mentions that a conversation remembers; beyond that the oldest that were seen go. */
const MAX_KEPT_MENTIONS = 50;

/** The state after a note names these users, who have not seen it. */
export function addMentions(state: State, seq: number, users: readonly string[]): State {
  if (users.length === 0) return state;
  const others = state.mentions.filter(({ user_id }) => !users.includes(user_id));
  const added = users.map((user_id) => ({ user_id, seq, seen: false }));
  const all = [...others.sort((a, b) => Number(b.seen) - Number(a.seen)), ...added];
  return { ...state, mentions: all.slice(-MAX_KEPT_MENTIONS) };
}
