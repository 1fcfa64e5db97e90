import { Show } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import styles from './CustomerPanel.module.css';
import type { Older } from './older.ts';

/** The button that loads older conversations of a customer, if there are any. */
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
