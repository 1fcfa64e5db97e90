import { createUniqueId, type JSX, Show } from 'solid-js';
import styles from './CheckField.module.css';

/** A checkbox with a label and a hint. */
export function CheckField(props: {
  label: JSX.Element;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  onChange(checked: boolean): void;
}) {
  const id = createUniqueId();
  return (
    <div class={styles.check}>
      <input
        id={id}
        type="checkbox"
        class={styles.box}
        checked={props.checked}
        disabled={props.disabled}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <label class={styles.label} for={id} dir="auto">
        {props.label}
      </label>
      <Show when={props.hint}>
        <p class={styles.hint} id={`${id}-hint`}>
          {props.hint}
        </p>
      </Show>
    </div>
  );
}
