import { A, useNavigate } from '@solidjs/router';
import { createSignal, onMount, Show } from 'solid-js';
import { isEmpty } from '../../../protocol/text/text.ts';
import { describeError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { t } from '../../texts/session.ts';
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
    document.title = `${t.signIn} · Foyer`;
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
    if (address === null) return t.linkIncomplete;
    return code() === null ? t.signingInAs(address) : t.enterCodeFor(address);
  };

  return (
    <EntryPage title={t.signInTitle} text={text()}>
      <form class={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <div role="alert">
          <Show when={refusal()}>{(text) => <p class={styles.refusal}>{text()}</p>}</Show>
        </div>
        <Show when={code() !== null}>
          <Field
            ref={(field) => queueMicrotask(() => field.focus())}
            label={t.code}
            hint={t.codeHint}
            autocomplete="one-time-code"
            required
            value={code() ?? ''}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </Show>
        <Show when={address !== null}>
          <Button type="submit" look="primary" busy={busy()}>
            {busy() ? t.signingIn : t.signIn}
          </Button>
        </Show>
      </form>
      <p class={styles.aside}>
        <A href="/sign-in">{t.signInAnotherWay}</A>
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
