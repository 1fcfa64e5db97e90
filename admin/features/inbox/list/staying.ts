import { type Accessor, createSignal } from 'solid-js';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { type Filter, isOpen } from '../queues/queues.ts';
import { type Rows, withChange } from './rows.ts';

/**
 * Whether a row stays in the list that is shown although it belongs there no more, so that nothing
 * vanishes under the reader: the open conversation, and in Unassigned what this agent answered or
 * claimed.
 */
function stays(
  conversation: ConversationSummary,
  { queue }: Pick<Filter, 'queue'>,
  me: string,
  openId: string | undefined,
): boolean {
  if (conversation.id === openId) return true;
  return queue === 'unassigned' && isOpen(conversation) && conversation.assignee?.id === me;
}

/**
 * The rows that stay in the shown list: until the reader leaves the list, or opens another
 * conversation where they stay only because they are open. They keep their places.
 */
export function createStaying(me: string, filter: Accessor<Filter>) {
  const [left, setLeft] = createSignal<ReadonlySet<string>>(new Set());
  let openId: string | undefined;

  return {
    /** Whether a row belongs to the shown list no more. */
    has: (id: string) => left().has(id),
    /**
     * Decides about a conversation that changed.
     *
     * @param rows of the shown list
     * @returns whether its row stays as it is, although it belongs there no more
     */
    keeps(rows: Rows, state: ConversationSummary, isInList: boolean): boolean {
      const { id } = state;
      const keeps =
        !isInList && stays(state, filter(), me, openId) && rows.items.some((row) => row.id === id);
      if (keeps !== left().has(id)) {
        const others = [...left()].filter((other) => other !== id);
        setLeft(new Set(keeps ? [...others, id] : others));
      }
      return keeps;
    },
    /**
     * Sets the open conversation.
     *
     * @returns the ids of the rows that go now
     */
    open(id: string | undefined, conversations: Record<string, ConversationSummary>): string[] {
      openId = id;
      const gone = [...left()].filter((other) => {
        const state = conversations[other];
        return !state || !stays(state, filter(), me, openId);
      });
      if (gone.length > 0) setLeft(new Set([...left()].filter((other) => !gone.includes(other))));
      return gone;
    },
    /** The reader leaves the list: returns the ids of the rows that go with it. */
    leave(): string[] {
      const gone = [...left()];
      if (gone.length > 0) setLeft(new Set<string>());
      return gone;
    },
    /** The rows of the shown list after it was loaded again. */
    withStaying(loaded: Rows, before: Rows): Rows {
      const staying = before.items.filter(({ id }) => left().has(id));
      return staying.reduce((rows, row) => withChange(rows, row, true), loaded);
    },
  };
}
