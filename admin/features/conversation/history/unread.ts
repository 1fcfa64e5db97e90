import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { isUnread } from '../../notifications/news.ts';
import type { Conversation } from '../conversation.ts';

type Deps = {
  conversation: Conversation;
  head: () => ConversationSummary | null;
  scroller: () => HTMLElement | undefined;
};

/** What no agent had seen when the conversation was opened: where it begins stays marked. */
export function createUnread({ conversation, head, scroller }: Deps) {
  /** Up to where agents had seen it; null while that is not known, or when there was no more. */
  const [seenTo, setSeenTo] = createSignal<number | null>(null);
  /** Where to go, while what is unread begins above what is on the screen. */
  const [above, setAbove] = createSignal<number | null>(null);
  let observer: IntersectionObserver | undefined;
  onCleanup(() => observer?.disconnect());

  const first = createMemo(() => {
    const to = seenTo();
    const all = conversation.messages();
    if (to === null || (conversation.hasEarlier() && (all[0]?.seq ?? 0) > to + 1)) return null;
    return all.find(({ seq, sender }) => seq > to && sender.kind === 'visitor')?.seq ?? null;
  });

  /** Says so when the first one is not on the screen, until it is. */
  function look(to: number): void {
    const view = scroller();
    const seq = first();
    const row = seq === null ? null : view?.querySelector(`[data-seq="${seq}"]`);
    if (!view || (row && row.getBoundingClientRect().top >= view.getBoundingClientRect().top)) {
      return;
    }
    setAbove(seq ?? to + 1);
    if (!row) return;
    observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setAbove(null),
      { root: view },
    );
    observer.observe(row);
  }

  /** Up to where they had seen it when it was opened, while what came after it is awaited. */
  let awaited: number | null = null;
  let asked = false;
  // Before what is on the screen counts as seen: effects run in the order in which they are made.
  createEffect(
    on([conversation.messages, head], ([messages, now]) => {
      if (!now) return;
      if (!asked && isUnread(now) && now.agent_read_seq > 0) awaited = now.agent_read_seq;
      asked = true;
      const to = awaited;
      // One that is warm has the old ones first, and the new ones from its socket.
      if (to === null || !messages.some((one) => one.seq > to && one.sender.kind === 'visitor')) {
        return;
      }
      awaited = null;
      setSeenTo(to);
      requestAnimationFrame(() => requestAnimationFrame(() => look(to)));
    }),
  );

  return { first, above, reached: () => setAbove(null) };
}
