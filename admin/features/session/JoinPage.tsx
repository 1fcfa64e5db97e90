import { A, useNavigate } from '@solidjs/router';
import { createSignal, onMount, Show } from 'solid-js';
import { RequestError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { passwordHint } from '../../lib/password-hint.ts';
import { describeBrowser } from '../../lib/user-agent.ts';
import { createOne } from '../../live/cache.ts';
import { t as common } from '../../texts/common.ts';
import { t } from '../../texts/session.ts';
import { canUsePasskeys, describePasskeyError, joinWithPasskey } from '../passkeys/api.ts';
import { acceptInvitation, lookAtInvitation } from '../team/api.ts';
import styles from './EntryPage.module.css';
import { EntryPage } from './EntryPage.tsx';
import { signIn } from './sign-in-api.ts';

/** The page of an invitation: joins with a new or an existing account. */
export default function JoinPage() {
  const navigate = useNavigate();
  const token = location.hash.slice(1);
  const invitation = createOne({ fetch: () => lookAtInvitation(token) });
  void invitation.load();
  const [name, setName] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [refusal, setRefusal] = createSignal<string | null>(null);
  const [problems, setProblems] = createSignal<Record<string, string>>({});
  /** Whether to join with an existing account; null until chosen. */
  const [chosen, setChosen] = createSignal<boolean | null>(null);
  const withAccount = () => chosen() ?? invitation.value()?.has_account ?? false;
  /** Whether a new account uses a passkey instead of a password. */
  const [usesPasskey, setUsesPasskey] = createSignal(false);
  const passkey = () => usesPasskey() && !withAccount();

  const title = () => {
    const details = invitation.value();
    return details ? t.joinOrganization(details.organization) : t.joinTeam;
  };
  const text = () => {
    const details = invitation.value();
    if (details) return t.invited(details.invited_by, details.email);
    return invitation.error() ?? t.loadingInvitation;
  };

  onMount(() => {
    document.title = `${t.join} · Foyer`;
  });

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const details = invitation.value();
    if (busy() || !details) return;
    setBusy(true);
    setRefusal(null);
    setProblems({});
    try {
      if (passkey()) {
        const called = describeBrowser(navigator.userAgent) ?? t.passkey;
        await joinWithPasskey({ token, name: name().trim(), email: details.email }, called);
        navigate('/inbox/unassigned', { replace: true });
        return;
      }
      await acceptInvitation({
        token,
        password: password(),
        ...(!withAccount() && { name: name().trim() }),
      });
      // The membership exists now. If the account has two-step sign-in, the sign-in page asks for
      // the code.
      const signedIn = await signIn(details.email, password()).catch(() => 'failed' as const);
      navigate(signedIn === 'signed-in' ? '/inbox/unassigned' : '/sign-in', { replace: true });
    } catch (error) {
      const fields = error instanceof RequestError ? (error.fields ?? {}) : {};
      setProblems(fields);
      if (Object.keys(fields).length === 0) setRefusal(describePasskeyError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <EntryPage title={title()} text={text()}>
      <Show when={invitation.value()}>
        {(details) => (
          <form class={styles.form} onSubmit={submit} noValidate>
            <div role="alert">
              <Show when={refusal()}>{(text) => <p class={styles.refusal}>{text()}</p>}</Show>
            </div>
            <p class={styles.aside}>{whatHappens(details(), withAccount())}</p>
            <Show when={!withAccount()}>
              <Field
                label={t.yourName}
                autocomplete="name"
                required
                value={name()}
                error={problems().name}
                onInput={(event) => setName(event.currentTarget.value)}
              />
            </Show>
            <Show when={!passkey()} fallback={<p class={styles.sent}>{t.passkeyComing}</p>}>
              <Field
                label={withAccount() ? t.yourPassword : common.password}
                type="password"
                autocomplete={withAccount() ? 'current-password' : 'new-password'}
                required
                {...(!withAccount() && { hint: passwordHint() })}
                value={password()}
                error={problems().password}
                onInput={(event) => setPassword(event.currentTarget.value)}
              />
            </Show>
            <Show when={!withAccount() && canUsePasskeys()}>
              <Button look="quiet" disabled={busy()} onClick={() => setUsesPasskey(!passkey())}>
                {passkey() ? t.choosePassword : t.choosePasskey}
              </Button>
            </Show>
            <Button type="submit" look="primary" busy={busy()}>
              {busy() ? t.joining : t.join}
            </Button>
            <Show when={details().choice}>
              <Button
                look="quiet"
                disabled={busy()}
                onClick={() => {
                  setChosen(!withAccount());
                  setProblems({});
                  setRefusal(null);
                }}
              >
                {withAccount() ? t.createAccount : t.haveAccount}
              </Button>
            </Show>
          </form>
        )}
      </Show>
      <p class={styles.aside}>
        {t.alreadyJoined} <A href="/sign-in">{t.signIn}</A>
      </p>
    </EntryPage>
  );
}

type Invitation = Awaited<ReturnType<typeof lookAtInvitation>>;

/** What joining does, in one or two sentences. */
function whatHappens(details: Invitation, withAccount: boolean): string {
  const { email, mailed, choice, organization } = details;
  if (!withAccount) {
    return mailed ? t.joinCreates(email) : t.joinCreatesHere(email, organization);
  }
  if (mailed && choice) return t.joinUnconfirmed(email);
  return mailed ? t.joinExisting(email) : t.joinConfirmed(email);
}
