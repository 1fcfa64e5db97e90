import { useSearchParams } from '@solidjs/router';
import { createEffect, on, untrack } from 'solid-js';
import type { Conversation } from '../conversation.ts';
import styles from './History.module.css';
import { lastUpTo, rowsIn } from './history-rows.ts';

type Deps = {
  conversation: Conversation;
  content: () => HTMLElement | undefined;
  /** `hold` keeps a message visible; `heldSeq` is that message until the reader scrolls. */
  scroll: { heldSeq(): number | null; hold(seq: number): void };
  /** Whether a page of earlier messages can be requested: none is loading and none has failed. */
  canLoad: () => boolean;
  loadEarlier: () => unknown;
};

/**
 * Opens the history at the message that the address names (`?at=`), however far back it is. Loads
 * the missing pages, in whatever order they arrive.
 */
export function createJump({ conversation, content, scroll, canLoad, loadEarlier }: Deps): void {
  const [query, setQuery] = useSearchParams();

  /** The message that was already highlighted for this address. */
  let pointedOut: number | null = null;

  createEffect(
    on(
      () => Number(query.at),
      (seq) => {
        if (!(seq > 0)) return;
        pointedOut = null;
        scroll.hold(seq);
      },
    ),
  );

  const forget = () => query.at && setQuery({ at: null }, { replace: true });

  createEffect(() => {
    const seq = scroll.heldSeq();
    const messages = conversation.messages();
    const [first] = messages;
    if (seq === null || !first) return;
    if (first.seq > seq && conversation.hasEarlier()) {
      if (canLoad()) untrack(loadEarlier);
      return;
    }
    // A cached conversation may still be waiting for its newest messages.
    if ((messages.at(-1)?.seq ?? 0) < seq) return;
    untrack(() => {
      pointOut(seq);
      if (Number(query.at) === seq) forget();
    });
  });
  // The reader scrolled away, so the address no longer names the message.
  createEffect(
    on(scroll.heldSeq, (seq, before) => seq === null && before && forget(), { defer: true }),
  );

  function pointOut(seq: number): void {
    if (pointedOut === seq) return;
    pointedOut = seq;
    const row = lastUpTo(rowsIn(content()), seq)?.element;
    row?.classList.add(styles.found ?? '');
    row?.addEventListener('animationend', () => row.classList.remove(styles.found ?? ''));
  }
}
