import { Show } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import styles from './CustomerPanel.module.css';
import type { Older } from './older.ts';

/** The button below a customer's conversations that brings older ones; nothing where there are none. */
export function LoadOlder(props: { list: Older }) {
  return (
    <Show when={props.list.hasOlder()}>
      <Show when={props.list.error()}>
        {(text) => (
          <p class={styles.error} role="alert">
            {text()}
          </p>
        )}
      </Show>
      <Button busy={props.list.busy()} onClick={() => void props.list.load()}>
        Load older
      </Button>
    </Show>
  );
}
