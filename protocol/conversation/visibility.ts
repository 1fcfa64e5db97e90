import type { ConversationSummary } from './conversation.ts';

/** An agent, as far as it decides which conversations they see. */
export type Visibility = {
  /** Their user id. */
  id: string;
  /**
   * The departments that they serve, where the organization shows agents only these; left out:
   * they see everything.
   */
  departments?: readonly string[] | undefined;
};

/** What of a conversation decides who sees it. */
export type Placed = Pick<ConversationSummary, 'department_id' | 'assignee' | 'mentions'>;

/**
 * The one rule of which conversations an agent sees: those of the departments that they serve, what
 * is assigned to them, and what a note calls them to. So whoever hands a conversation to a
 * colleague, or names one in a note, shows it to them, wherever it is; and once it is neither
 * theirs nor in a department of theirs, it is not there for them.
 *
 * An agent sees a customer if they see one of the customer's conversations.
 *
 * The objects and the dashboard call it; the queries of the lists have the same rule in SQL
 * (worker/features/conversations/store/visible.ts), and a test compares the two.
 */
export function sees({ id, departments }: Visibility, conversation: Placed): boolean {
  return (
    departments === undefined ||
    departments.includes(conversation.department_id) ||
    conversation.assignee?.id === id ||
    conversation.mentions.some(({ user_id }) => user_id === id)
  );
}
