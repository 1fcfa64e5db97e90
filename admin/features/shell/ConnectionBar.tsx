import { createEffect, createMemo, createSignal, onCleanup, Show } from 'solid-js';
import type { Connection } from '../../../protocol/client/types.ts';
import { Icon } from '../../components/Icon.tsx';
import styles from './ConnectionBar.module.css';

/** Milliseconds before a lost connection is shown, since most recover quickly. */
const RECONNECT_GRACE = 2_000;

/** A line shown while the dashboard has no live connection. */
export function ConnectionBar(props: { connection: Connection; onReconnect(): void }) {
  const [overdue, setOverdue] = createSignal(false);
  const isLost = createMemo(() => !['open', 'idle'].includes(props.connection.state));
  /** The state after the last attempt, so that the bar does not flicker during the next one. */
  const offline = createMemo((before: boolean) => {
    const connection = props.connection;
    if (connection.state === 'connecting') return before;
    return connection.state === 'waiting' && connection.reason === 'offline';
  }, false);

  createEffect(() => {
    setOverdue(false);
    if (!isLost()) return;
    const timer = setTimeout(() => setOverdue(true), RECONNECT_GRACE);
    onCleanup(() => clearTimeout(timer));
  });

  const text = () => {
    const connection = props.connection;
    if (offline()) {
      return 'You’re offline. Drafts are saved, and messages will send when you reconnect.';
    }
    if (connection.state === 'stopped') return `Live updates stopped. ${connection.message}`;
    return 'Reconnecting. Drafts and unsent messages are saved; the list may be out of date.';
  };

  return (
    <div role="status">
      <Show when={isLost() && (overdue() || offline())}>
        <div class={styles.bar}>
          <Icon name="offline" />
          <span>{text()}</span>
          <Show when={props.connection.state === 'stopped'}>
            <button type="button" class={styles.retry} onClick={() => props.onReconnect()}>
              Reconnect
            </button>
          </Show>
        </div>
      </Show>
    </div>
  );
}
