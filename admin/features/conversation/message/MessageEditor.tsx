import { createSignal, onMount } from 'solid-js';
import { brought } from '../../../../protocol/client/input/transfer.ts';
import { contentsOf } from '../../../../protocol/client/input/transfer-contents.ts';
import { typeText } from '../../../../protocol/client/input/type-text.ts';
import { FILE_REFUSALS } from '../../../../protocol/files.ts';
import { MAX_MESSAGE_LENGTH } from '../../../../protocol/limits.ts';
import { isEmpty, lengthOf } from '../../../../protocol/text/text.ts';
import { Button } from '../../../components/Button.tsx';
import { showToast } from '../../../lib/toasts.ts';
import styles from './MessageEditor.module.css';

/** Edits a message in place: Enter saves, Escape cancels. */
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
  const savable = () => !isEmpty(text()) && lengthOf(text()) <= MAX_MESSAGE_LENGTH;

  async function save(): Promise<void> {
    if (!savable() || busy()) return;
    if (text() === props.body) return props.onCancel();
    setBusy(true);
    if (!(await props.onSave(text()))) setBusy(false);
  }

  /** Pasted text goes into the field. Files are ignored, since a sent message cannot get any. */
  function onPaste(event: ClipboardEvent): void {
    const taken = brought(event, field);
    if (taken === null) return;
    const { text: pasted } = contentsOf(taken);
    if (taken.files.length > 0) {
      showToast({ tone: 'bad', text: FILE_REFUSALS.file_not_here });
    } else if (field && pasted) typeText(field, pasted);
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
        on:paste={onPaste}
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
