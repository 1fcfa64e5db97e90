import { Show } from 'solid-js';
import { IconButton } from '../../../components/Button.tsx';
import styles from './MessageTools.module.css';

/** The edit and delete buttons of one's own message, while they are allowed. */
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
