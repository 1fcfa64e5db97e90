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
        onChange={({ currentTarget }) => {
          props.onChange(currentTarget.checked);
          // It shows what is chosen, also where the choice is refused or waits for an answer.
          currentTarget.checked = props.checked;
        }}
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
