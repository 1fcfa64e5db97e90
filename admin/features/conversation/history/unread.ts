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
  let awaitedSeq: number | null = null;
  let requested = false;
  // Before what is on the screen counts as seen: effects run in the order in which they are made.
  createEffect(
    on([conversation.messages, head], ([messages, now]) => {
      if (!now) return;
      if (!requested && isUnread(now) && now.agent_read_seq > 0) awaitedSeq = now.agent_read_seq;
      requested = true;
      const to = awaitedSeq;
      // One that is warm has the old ones first, and the new ones from its socket.
      if (
        to === null ||
        !messages.some((message) => message.seq > to && message.sender.kind === 'visitor')
      ) {
        return;
      }
      awaitedSeq = null;
      setSeenTo(to);
      requestAnimationFrame(() => requestAnimationFrame(() => look(to)));
    }),
  );

  return { first, above, hideJump: () => setAbove(null) };
}
