import { createUniqueId, type JSX, Show, splitProps } from 'solid-js';
import styles from './Field.module.css';

type TextAreaFieldProps = Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'class'> & {
  label: string;
  hint?: string;
  error?: string | undefined;
};

/** A text area with its label, hint and error. */
export function TextAreaField(props: TextAreaFieldProps) {
  const [own, area] = splitProps(props, ['label', 'hint', 'error']);
  const id = createUniqueId();
  const described = () =>
    [own.error && `${id}-error`, own.hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {own.label}
      </label>
      <textarea
        rows="3"
        {...area}
        id={id}
        class={`${styles.input} ${styles.area}`}
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
