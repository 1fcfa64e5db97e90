import { A, useNavigate } from '@solidjs/router';
import { createSignal, onMount, Show } from 'solid-js';
import { isEmpty } from '../../../protocol/text/text.ts';
import { describeError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { getMe } from './api.ts';
import styles from './EntryPage.module.css';
import { EntryPage } from './EntryPage.tsx';
import { followSignInLink, verifyCode } from './sign-in-api.ts';

/** The page of an e-mailed sign-in link. */
export default function SignInLinkPage() {
  const navigate = useNavigate();
  const token = location.hash.slice(1);
  const [busy, setBusy] = createSignal(false);
  /** The two-step code; null while none is needed. */
  const [code, setCode] = createSignal<string | null>(null);
  const [refusal, setRefusal] = createSignal<string | null>(null);

  onMount(() => {
    document.title = 'Sign in · Foyer';
  });

  // Needs a click, since e-mail scanners open links.
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const typed = code();
    if (busy() || (typed !== null && isEmpty(typed))) return;
    setBusy(true);
    setRefusal(null);
    try {
      if (typed !== null) await verifyCode(typed.trim());
      else if ((await followSignInLink(token)) === 'second-factor') {
        setCode('');
        return;
      }
      await getMe();
      navigate('/inbox/unassigned', { replace: true });
    } catch (error) {
      setRefusal(describeError(error));
    } finally {
      setBusy(false);
    }
  }

  const address = addressIn(token);
  const text = () => {
    if (address === null) return 'This link is incomplete. Open it from the e-mail.';
    return code() === null
      ? `You’re signing in as ${address}. Continue only if you asked for this link.`
      : `Enter the code for ${address}.`;
  };

  return (
    <EntryPage title="Sign in to Foyer" text={text()}>
      <form class={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <div role="alert">
          <Show when={refusal()}>{(text) => <p class={styles.refusal}>{text()}</p>}</Show>
        </div>
        <Show when={code() !== null}>
          <Field
            ref={(field) => queueMicrotask(() => field.focus())}
            label="Code"
            hint="The 6-digit code from your authenticator app, or a backup code."
            autocomplete="one-time-code"
            required
            value={code() ?? ''}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </Show>
        <Show when={address !== null}>
          <Button type="submit" look="primary" busy={busy()}>
            {busy() ? 'Signing in…' : 'Sign in'}
          </Button>
        </Show>
      </form>
      <p class={styles.aside}>
        <A href="/sign-in">Sign in another way</A>
      </p>
    </EntryPage>
  );
}

/** The address in a link; null if the link is invalid. */
function addressIn(token: string): string | null {
  const shown = token.split('.')[3];
  try {
    return shown ? decodeURIComponent(shown) : null;
  } catch {
    return null;
  }
}
