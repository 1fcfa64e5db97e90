import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import { preferences } from '../profile/preferences.ts';
import { needsAttention } from './news.ts';

/**
 * How many conversations need the attention of the agent `me`, updated with each change since there can
 * be many.
 *
 * @param all the known conversations, for when the preference changes; called untracked
 */
export function createAttention(
  me: string,
  all: () => readonly ConversationSummary[],
): {
  count: Accessor<number>;
  follow(conversation: ConversationSummary): void;
  drop(id: string): void;
} {
  const waiting = new Set<string>();
  const [count, setCount] = createSignal(0);

  function drop(id: string): void {
    waiting.delete(id);
    setCount(waiting.size);
  }

  function follow(conversation: ConversationSummary): void {
    if (needsAttention(conversation, me, preferences.notify_of)) waiting.add(conversation.id);
    else waiting.delete(conversation.id);
    setCount(waiting.size);
  }

  createEffect(
    on(
      () => preferences.notify_of,
      () => all().forEach(follow),
    ),
  );
  return { count, follow, drop };
}
