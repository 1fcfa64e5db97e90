import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { isUnreadBy, readSeqOf } from '../../../../protocol/conversation/read-marks.ts';
import type { Conversation } from '../conversation.ts';

type Deps = {
  conversation: Conversation;
  head: () => ConversationSummary | null;
  scroller: () => HTMLElement | undefined;
  /** The signed-in agent's id. */
  me: string;
};

/** The messages that the agent had not seen when they opened the conversation. The first stays marked. */
export function createUnread({ conversation, head, scroller, me }: Deps) {
  /** The last message that they had seen at opening; null while unknown, or if nothing was unread. */
  const [seenTo, setSeenTo] = createSignal<number | null>(null);
  /** The first unread message, while it is above the visible part. */
  const [above, setAbove] = createSignal<number | null>(null);
  let observer: IntersectionObserver | undefined;
  onCleanup(() => observer?.disconnect());

  const first = createMemo(() => {
    const to = seenTo();
    const all = conversation.messages();
    if (to === null || (conversation.hasEarlier() && (all[0]?.seq ?? 0) > to + 1)) return null;
    return all.find(({ seq, sender }) => seq > to && sender.kind === 'visitor')?.seq ?? null;
  });

  /** Sets `above` while the first unread message is not visible. */
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

  /** The last seen message at opening, while the later messages are still to come. */
  let awaitedSeq: number | null = null;
  let requested = false;
  // Runs before visible messages are marked as seen: effects run in the order of creation.
  createEffect(
    on([conversation.messages, head], ([messages, now]) => {
      if (!now) return;
      const readTo = readSeqOf(now, me);
      if (!requested && isUnreadBy(now, me) && readTo > 0) awaitedSeq = readTo;
      requested = true;
      const to = awaitedSeq;
      // A cached conversation has its old messages first, and gets the new ones from the socket.
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
