import { createSignal, Show } from 'solid-js';
import { describeError } from '../api/http.ts';
import { Button } from './Button.tsx';
import styles from './ConfirmDialog.module.css';
import { Dialog } from './Dialog.tsx';

/** Says what an action does before it is done. It closes once it is done; a failure is shown in it. */
export function ConfirmDialog(props: {
  title: string;
  text: string;
  /** The button's text: the action as a verb. */
  action: string;
  onConfirm(): Promise<void>;
  onClose(): void;
}) {
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<string | null>(null);

  async function confirm(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await props.onConfirm();
      props.onClose();
    } catch (error) {
      setProblem(describeError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog look="card" title={props.title} open onClose={() => props.onClose()}>
      <div class={styles.content}>
        <p>{props.text}</p>
        <Show when={problem()}>
          {(text) => (
            <p class={styles.problem} role="alert">
              {text()}
            </p>
          )}
        </Show>
        <div class={styles.actions}>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button look="primary" busy={busy()} onClick={() => void confirm()}>
            {props.action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
