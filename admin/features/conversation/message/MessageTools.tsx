import { Show } from 'solid-js';
import { IconButton } from '../../../components/Button.tsx';
import styles from './MessageTools.module.css';

/** What can be done with one's own message, while it can. */
export function MessageTools(props: { onEdit: (() => void) | undefined; onTakeBack(): void }) {
  return (
    <div class={styles.tools}>
      <Show when={props.onEdit}>
        {(edit) => <IconButton icon="edit" label="Edit" onClick={() => edit()()} />}
      </Show>
      <IconButton icon="trash" label="Delete" onClick={() => props.onTakeBack()} />
    </div>
  );
}
