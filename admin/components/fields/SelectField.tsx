import { createUniqueId, For } from 'solid-js';
import styles from './Field.module.css';

/** A select with its label. */
export function SelectField(props: {
  label: string;
  value: string;
  choices: readonly { value: string; label: string }[];
  onChoose(value: string): void;
  /** For a row whose fields explain themselves: only screen readers get the label. */
  labelHidden?: boolean;
}) {
  const id = createUniqueId();
  return (
    <div class={styles.field}>
      <label class={props.labelHidden ? 'visually-hidden' : styles.label} for={id}>
        {props.label}
      </label>
      <select
        id={id}
        class={styles.input}
        onChange={({ currentTarget }) => {
          props.onChoose(currentTarget.value);
          // It shows what is chosen, also where the choice is refused or waits for an answer.
          currentTarget.value = props.value;
        }}
      >
        <For each={props.choices}>
          {(choice) => (
            <option value={choice.value} selected={choice.value === props.value}>
              {choice.label}
            </option>
          )}
        </For>
      </select>
    </div>
  );
}
