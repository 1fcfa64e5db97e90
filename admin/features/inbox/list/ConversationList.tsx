import { createEffect, For, Match, on, onCleanup, Show, Switch } from 'solid-js';
import { Button } from '../../../components/Button.tsx';
import { Message } from '../../../components/Message.tsx';
import { lazily } from '../../../lib/lazily.tsx';
import { t as common } from '../../../texts/common.ts';
import { t } from '../../../texts/inbox.ts';
import { useInbox } from '../context.ts';
import { ListSkeleton } from '../InboxSkeleton.tsx';
import styles from './ConversationList.module.css';
import { ConversationRow } from './ConversationRow.tsx';
import { createListWindow } from './list-window.ts';

const EmptyList = lazily(() => import('./EmptyList.tsx'));
const BulkBar = lazily(() => import('../bulk/BulkBar.tsx'));

/** The next page is fetched within so many pixels of the list's end. */
const PRELOAD_MARGIN = '600px';

/** The rows of the current queue, or its loading, empty or error state. */
export function ConversationList(props: {
  current: string | undefined;
  onClearFilter(): void;
  /**
   * Receives a function that renders and scrolls to a row, since only visible rows are rendered.
   */
  onWindow(reveal: (id: string) => void): void;
}) {
  const { inbox, selection } = useInbox();
  let scroller: HTMLDivElement | undefined;
  let end: HTMLDivElement | undefined;

  const rows = createListWindow(inbox.ids, () => scroller);
  props.onWindow(rows.reveal);

  createEffect(() => inbox.reachedTo(Math.max(...rows.shown().values(), 0) + 1));

  // Another list starts at its top. Changes in the same list keep the scroll position.
  createEffect(on(inbox.filter, () => scroller?.scrollTo({ top: 0 }), { defer: true }));
  createEffect(on(inbox.ids, rows.settle, { defer: true }));

  createEffect(() => {
    // Observed again after every page, since an end that stays visible is reported only once.
    inbox.ids();
    if (!end || !inbox.list()?.rows.cursor) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting) && !inbox.list()?.moreError) {
          void inbox.loadMore();
        }
      },
      { root: scroller ?? null, rootMargin: PRELOAD_MARGIN },
    );
    observer.observe(end);
    onCleanup(() => observer.disconnect());
  });

  return (
    <div class={styles.pane}>
      <div
        class={styles.scroller}
        classList={{ [styles.selecting ?? '']: selection.any() }}
        ref={scroller}
        data-list
        tabindex="-1"
        onScroll={rows.onScroll}
      >
        <Switch>
          <Match when={inbox.list()?.state === 'failed'}>
            <Message
              alert
              icon="alert"
              title={t.list.failed}
              text={t.list.failedText(inbox.list()?.error ?? '')}
            >
              <Button onClick={inbox.retry}>{common.tryAgain}</Button>
            </Message>
          </Match>
          <Match
            when={
              inbox.ids().length === 0 &&
              (inbox.list()?.state !== 'ready' || inbox.list()?.rows.cursor)
            }
          >
            <ListSkeleton />
          </Match>
          <Match when={inbox.ids().length === 0}>
            <EmptyList onClearFilter={props.onClearFilter} />
          </Match>
        </Switch>
        <ul
          class={styles.rows}
          style={{ 'block-size': `${rows.height()}px` }}
          onFocusIn={rows.onFocusIn}
          onFocusOut={rows.onFocusOut}
        >
          <For each={[...rows.shown().keys()]}>
            {(id) => (
              <Show when={inbox.conversations[id]}>
                {(conversation) => (
                  <ConversationRow
                    ref={(element) => rows.measure(element, id)}
                    conversation={conversation()}
                    current={props.current === id}
                    top={rows.topOf(rows.shown().get(id) ?? 0)}
                    place={(rows.shown().get(id) ?? 0) + 1}
                    of={inbox.list()?.rows.cursor ? -1 : inbox.ids().length}
                  />
                )}
              </Show>
            )}
          </For>
        </ul>
        <div ref={end} class={styles.end}>
          <Show when={inbox.list()?.moreError}>
            {(error) => (
              <p class={styles.more} role="alert">
                {error()} <Button onClick={() => void inbox.loadMore()}>{common.tryAgain}</Button>
              </p>
            )}
          </Show>
          <Show when={inbox.list()?.loadingMore}>
            <p class={styles.more}>{t.list.loadingMore}</p>
          </Show>
        </div>
      </div>
      {/* After the rows for the keyboard, too: it acts on what was chosen above it. */}
      <Show when={selection.any()}>
        <BulkBar />
      </Show>
    </div>
  );
}
