import { For } from 'solid-js';
import { Skeleton } from '../../components/Skeleton.tsx';
import { t } from '../../texts/inbox.ts';
import styles from './InboxSkeleton.module.css';

/** The loading state of the list. */
export function ListSkeleton() {
  return (
    <div class={styles.rows} role="status">
      <span class="visually-hidden">{t.list.loading}</span>
      <For each={[1, 2, 3, 4, 5, 6]}>
        {() => (
          <div class={styles.row}>
            <Skeleton shape="avatar" />
            <div class={styles.lines}>
              <Skeleton shape="half" />
              <Skeleton shape="line" />
            </div>
          </div>
        )}
      </For>
    </div>
  );
}

/** The loading state of the whole inbox. */
export function InboxSkeleton() {
  return (
    <main class={styles.page}>
      <div class={styles.side} />
      <div class={styles.list}>
        <ListSkeleton />
      </div>
      <div class={styles.rest} />
    </main>
  );
}
