import { createSignal, Show } from 'solid-js';
import { trimEmail } from '../../../protocol/text/email.ts';
import { RequestError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { t } from '../../texts/session.ts';
import { canUsePasskeys, describePasskeyError, signInWithPasskey } from '../passkeys/api.ts';
import styles from './EntryPage.module.css';
import { sendSignInLink } from './sign-in-api.ts';

/** Signing in with a passkey or an e-mailed link. */
export function PasswordlessSignIn(props: {
  /** The e-mail address as typed. */
  email: string;
  disabled: boolean;
  onStart(): void;
  /** Called after signing in. Its rejection is shown. */
  onSignedIn(): Promise<void>;
  onRefused(sentence: string): void;
}) {
  const [busy, setBusy] = createSignal<'passkey' | 'link' | null>(null);
  const [sent, setSent] = createSignal<string | null>(null);

  async function run(which: 'passkey' | 'link', work: () => Promise<void>): Promise<void> {
    if (busy() !== null) return;
    setBusy(which);
    setSent(null);
    props.onStart();
    try {
      await work();
    } catch (error) {
      const isMistyped = error instanceof RequestError && error.status === 400;
      props.onRefused(
        which === 'link' && isMistyped ? t.enterEmailFirst : describePasskeyError(error),
      );
    } finally {
      setBusy(null);
    }
  }

  const usePasskey = () =>
    run('passkey', async () => {
      await signInWithPasskey();
      await props.onSignedIn();
    });

  const sendLink = () =>
    run('link', async () => {
      const email = trimEmail(props.email);
      const minutes = await sendSignInLink(email);
      setSent(t.linkSent(email, minutes));
    });

  return (
    <div class={styles.others}>
      <Show when={canUsePasskeys()}>
        <Button
          busy={busy() === 'passkey'}
          disabled={props.disabled}
          onClick={() => void usePasskey()}
        >
          {busy() === 'passkey' ? t.waitingForPasskey : t.usePasskey}
        </Button>
      </Show>
      <Button busy={busy() === 'link'} disabled={props.disabled} onClick={() => void sendLink()}>
        {busy() === 'link' ? t.sending : t.sendLink}
      </Button>
      <p class={styles.sent} role="status">
        {sent()}
      </p>
    </div>
  );
}
