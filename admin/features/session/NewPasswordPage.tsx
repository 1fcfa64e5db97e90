import { A } from '@solidjs/router';
import { createSignal, onMount, Show } from 'solid-js';
import { trimEmail } from '../../../protocol/text/email.ts';
import { describeError, RequestError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { passwordHint } from '../../lib/password-hint.ts';
import { t as common } from '../../texts/common.ts';
import { t } from '../../texts/session.ts';
import { forgotPassword, resetPassword } from '../team/api.ts';
import styles from './EntryPage.module.css';
import { EntryPage } from './EntryPage.tsx';

/** With a token, sets a new password. Without, requests a link by e-mail. */
export default function NewPasswordPage() {
  const token = location.hash.slice(1);
  const [value, setValue] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [done, setDone] = createSignal(false);
  const [refusal, setRefusal] = createSignal<string | null>(null);

  onMount(() => {
    document.title = `${t.newPassword} · Foyer`;
  });

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (busy()) return;
    setBusy(true);
    setRefusal(null);
    try {
      await (token ? resetPassword(token, value()) : forgotPassword(trimEmail(value())));
      setDone(true);
    } catch (error) {
      const fields = error instanceof RequestError ? Object.values(error.fields ?? {}) : [];
      setRefusal(fields[0] ?? describeError(error));
    } finally {
      setBusy(false);
    }
  }

  const text = () => {
    if (done()) return token ? t.passwordChanged : t.resetLinkSent;
    return token ? t.oldPasswordStops : t.linkByEmail;
  };

  return (
    <EntryPage title={token ? t.chooseNewPassword : t.forgotPassword} text={text()}>
      <Show when={!done()}>
        <form class={styles.form} onSubmit={submit} noValidate>
          <div role="alert">
            <Show when={refusal()}>{(text) => <p class={styles.refusal}>{text()}</p>}</Show>
          </div>
          <Field
            label={token ? t.newPassword : common.email}
            type={token ? 'password' : 'text'}
            inputmode={token ? undefined : 'email'}
            autocapitalize="none"
            spellcheck={false}
            autocomplete={token ? 'new-password' : 'username'}
            required
            {...(token && { hint: passwordHint() })}
            value={value()}
            onInput={(event) => setValue(event.currentTarget.value)}
          />
          <Button type="submit" look="primary" busy={busy()} disabled={value() === ''}>
            {token ? t.setPassword : t.sendResetLink}
          </Button>
        </form>
      </Show>
      <p class={styles.aside}>
        <A href="/sign-in">{t.signIn}</A>
      </p>
    </EntryPage>
  );
}
