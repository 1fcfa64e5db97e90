import { onCleanup, Show } from 'solid-js';
import { onDiscardedElsewhere } from '../../../../protocol/client/discarded.ts';
import type { OutgoingMessage } from '../../../../protocol/client/types.ts';
import { Icon } from '../../../components/Icon.tsx';
import { FormattedText } from './FormattedText.tsx';
import styles from './MessageRow.module.css';

/** A message that has not reached the server yet. */
export function OutgoingRow(props: {
  message: OutgoingMessage;
  onRetry(): void;
  onDiscard(): void;
}) {
  const failed = () => props.message.state === 'failed';
  onCleanup(onDiscardedElsewhere(props.message.id, () => failed() && props.onDiscard()));
  return (
    <article
      class={`${styles.row} ${styles.own} ${styles.starts}`}
      classList={{
        [styles.note ?? '']: props.message.kind === 'note',
        [styles.pending ?? '']: !failed(),
        [styles.failed ?? '']: failed(),
      }}
      data-state={props.message.state}
    >
      <Show when={props.message.kind === 'note'}>
        <p class={styles.sender}>
          <Icon name="lock" />
          Private note · You
        </p>
      </Show>
      <div class={styles.bubble} dir="auto">
        <FormattedText body={props.message.body} />
      </div>
      <Show when={failed()} fallback={<p class={styles.foot}>Sending…</p>}>
        <p class={styles.failure} role="alert">
          <span>Not sent. {props.message.error?.message}</span>
          <button type="button" onClick={() => props.onRetry()}>
            Try again
          </button>
          <button type="button" onClick={() => props.onDiscard()}>
            Discard
          </button>
        </p>
      </Show>
    </article>
  );
}
