import { createUniqueId, type JSX, Show, splitProps } from 'solid-js';
import styles from './Field.module.css';

type FieldProps = Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'id' | 'class'> & {
  label: string;
  hint?: string;
  error?: string | undefined;
  /** For a row whose fields explain themselves: only screen readers get the label. */
  labelHidden?: boolean;
};

/** A text input with its label, hint and error. */
export function Field(props: FieldProps) {
  const [own, input] = splitProps(props, ['label', 'hint', 'error', 'labelHidden']);
  const id = createUniqueId();
  const described = () =>
    [own.error && `${id}-error`, own.hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div class={styles.field}>
      <label class={own.labelHidden ? 'visually-hidden' : styles.label} for={id}>
        {own.label}
      </label>
      <input
        {...input}
        id={id}
        class={styles.input}
        dir="auto"
        aria-invalid={own.error ? 'true' : undefined}
        aria-describedby={described() || undefined}
      />
      <Show when={own.error}>
        <p class={styles.error} id={`${id}-error`}>
          {own.error}
        </p>
      </Show>
      <Show when={own.hint}>
        <p class={styles.hint} id={`${id}-hint`}>
          {own.hint}
        </p>
      </Show>
    </div>
  );
}
