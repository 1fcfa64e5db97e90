import { useSearchParams } from '@solidjs/router';
import { createEffect, on } from 'solid-js';
import type { Conversation } from './conversation.ts';
import styles from './History.module.css';

type Deps = {
  conversation: Conversation;
  content: () => HTMLElement | undefined;
  /** The first message that is there. */
  first: () => number;
};

/** The layout is at rest two frames after a change: by then it no longer follows the end. */
const atRest = () =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

/**
 * Opens the history at the message that the address names (`?at=`), however far back it is.
 *
 * @returns how to go to any other message
 */
export function createJump({ conversation, content, first }: Deps) {
  const [query, setQuery] = useSearchParams();

  async function jump(seq: number): Promise<void> {
    while (first() > seq && conversation.hasEarlier()) {
      const before = first();
      await conversation.loadEarlier();
      if (first() === before) break;
    }
    await atRest();
    const rows = [...(content()?.querySelectorAll<HTMLElement>('[data-seq]') ?? [])];
    // What is an event has no row of its own: then the message before it.
    const row = rows.findLast((one) => Number(one.dataset.seq) <= seq);
    row?.scrollIntoView({ block: 'center' });
    row?.classList.add(styles.found ?? '');
    row?.addEventListener('animationend', () => row.classList.remove(styles.found ?? ''));
    if (query.at) setQuery({ at: null }, { replace: true });
  }

  createEffect(
    on(
      () => (conversation.ready() ? Number(query.at) : 0),
      (seq) => {
        // What could not be loaded says so itself, where the history begins.
        if (seq > 0) void jump(seq).catch(() => undefined);
      },
    ),
  );

  return jump;
}
