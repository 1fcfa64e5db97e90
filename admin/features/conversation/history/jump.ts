import { useSearchParams } from '@solidjs/router';
import { createEffect, on, untrack } from 'solid-js';
import type { Conversation } from '../conversation.ts';
import styles from './History.module.css';
import { lastUpTo, rowsIn } from './history-rows.ts';

type Deps = {
  conversation: Conversation;
  content: () => HTMLElement | undefined;
  /** Holds a message in sight; `held` is the one that is, until the reader moves. */
  scroll: { heldSeq(): number | null; hold(seq: number): void };
  /** Whether a page of earlier messages can be asked for: none is on its way, none has failed. */
  canLoad: () => boolean;
  loadEarlier: () => unknown;
};

/**
 * Opens the history at the message that the address names (`?at=`), however far back it is. What
 * is missing on the way to it is loaded as the rest comes in, in whatever order that is.
 */
export function createJump({ conversation, content, scroll, canLoad, loadEarlier }: Deps): void {
  const [query, setQuery] = useSearchParams();

  /** The one that was pointed out since it was asked for. */
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
    // One that was left open before may have its newest messages still to come.
    if ((messages.at(-1)?.seq ?? 0) < seq) return;
    untrack(() => {
      pointOut(seq);
      if (Number(query.at) === seq) forget();
    });
  });
  // The reader went elsewhere, and the address no longer says where they are.
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
