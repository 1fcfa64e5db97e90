import { createSignal, Show } from 'solid-js';
import { describeError, RequestError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import styles from './EditInPlace.module.css';

/** A value that becomes a field when clicked. Enter saves, Escape cancels. */
export function EditInPlace(props: {
  label: string;
  value: string | null;
  /** The field's name in the Worker's errors. */
  field: string;
  type?: 'text' | 'tel';
  inputmode?: 'email';
  /** The maximum number of characters. */
  longest: number;
  onSave(value: string): Promise<void>;
}) {
  const [draft, setDraft] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<string | null>(null);
  let opener: HTMLButtonElement | undefined;

  function cancel(): void {
    setDraft(null);
    setProblem(null);
    queueMicrotask(() => opener?.focus());
  }

  async function save(): Promise<void> {
    const value = (draft() ?? '').trim();
    if (value === (props.value ?? '')) return cancel();
    setBusy(true);
    setProblem(null);
    try {
      await props.onSave(value);
      cancel();
    } catch (error) {
      const fields = error instanceof RequestError ? error.fields : undefined;
      setProblem(fields?.[props.field] ?? describeError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Show
      when={draft() !== null}
      fallback={
        <button
          ref={opener}
          type="button"
          class={styles.value}
          classList={{ [styles.empty ?? '']: !props.value }}
          dir="auto"
          aria-label={`${props.label}: ${props.value ?? 'unknown'}. Edit`}
          onClick={() => setDraft(props.value ?? '')}
        >
          {props.value ?? 'Add'}
        </button>
      }
    >
      <form
        class={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <input
          ref={(element) => queueMicrotask(() => element.select())}
          class={styles.input}
          type={props.type ?? 'text'}
          inputmode={props.inputmode}
          data-max={props.longest}
          aria-label={props.label}
          aria-invalid={problem() ? 'true' : undefined}
          dir="auto"
          autocomplete="off"
          value={draft() ?? ''}
          onInput={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            cancel();
          }}
        />
        <Button type="submit" busy={busy()}>
          Save
        </Button>
        <Show when={problem()}>
          {(text) => (
            <p class={styles.problem} role="alert">
              {text()}
            </p>
          )}
        </Show>
      </form>
    </Show>
  );
}
