import { createSignal, onMount } from 'solid-js';
import { MAX_MESSAGE_LENGTH } from '../../../../protocol/limits.ts';
import { Button } from '../../../components/Button.tsx';
import styles from './MessageEditor.module.css';

/** A message's text, to be changed in its place: Enter saves, Escape leaves it as it was. */
export default function MessageEditor(props: {
  body: string;
  onSave(body: string): Promise<boolean>;
  onCancel(): void;
}) {
  const [text, setText] = createSignal(props.body);
  const [busy, setBusy] = createSignal(false);
  let field: HTMLTextAreaElement | undefined;
  onMount(() => {
    field?.focus();
    field?.setSelectionRange(text().length, text().length);
  });
  const savable = () => text().trim() !== '' && text().length <= MAX_MESSAGE_LENGTH;

  async function save(): Promise<void> {
    if (!savable() || busy()) return;
    if (text() === props.body) return props.onCancel();
    setBusy(true);
    if (!(await props.onSave(text()))) setBusy(false);
  }

  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        ref={field}
        class={styles.field}
        dir="auto"
        aria-label="Edit the message"
        value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
        on:keydown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            props.onCancel();
          } else if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            void save();
          }
        }}
      />
      <div class={styles.actions}>
        <Button onClick={() => props.onCancel()}>Cancel</Button>
        <Button type="submit" look="primary" busy={busy()} disabled={!savable()}>
          Save
        </Button>
      </div>
    </form>
  );
}
