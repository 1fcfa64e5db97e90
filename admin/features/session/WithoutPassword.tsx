import { createSignal, Show } from 'solid-js';
import { canUsePasskeys, describePasskeyError, signInWithPasskey } from '../../api/passkeys.ts';
import { Button } from '../../components/Button.tsx';
import styles from './EntryPage.module.css';

/** The ways in that need no password. */
export function WithoutPassword(props: {
  disabled: boolean;
  onStart(): void;
  /** Somebody is signed in now; what it rejects with is said. */
  onSignedIn(): Promise<void>;
  onRefused(sentence: string): void;
}) {
  const [busy, setBusy] = createSignal(false);

  async function usePasskey(): Promise<void> {
    if (busy()) return;
    setBusy(true);
    props.onStart();
    try {
      await signInWithPasskey();
      await props.onSignedIn();
    } catch (error) {
      props.onRefused(describePasskeyError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div class={styles.others}>
      <Show when={canUsePasskeys()}>
        <Button busy={busy()} disabled={props.disabled} onClick={() => void usePasskey()}>
          {busy() ? 'Waiting for your passkey…' : 'Use a passkey'}
        </Button>
      </Show>
    </div>
  );
}
